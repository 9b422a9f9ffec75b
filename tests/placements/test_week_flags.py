"""What is unusual in a week, as it is read: with its day, and nothing said twice."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.timesheets.models import Flag, Timesheet
from placements.timesheets.week import problems_of, see_flag
from portal.notices.models import Notice
from tests.conftest import signed_in
from tests.factories import PlacementFactory, SpellFactory, TimesheetFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to("2026-03-06 18:00", tick=False)


@pytest.fixture
def flagged(cast, week):
    """A week handed in with a flag for Monday, for Tuesday and for the whole week."""
    week.hand_in(by=cast.student)
    week.flags.create(code="long_day", day=MONDAY, says="10 h on one day.")
    week.flags.create(code="long_day", day=MONDAY + timedelta(days=1), says="9 h on one day.")
    week.flags.create(code="long_week", day=MONDAY, says="44 h in this week.")
    return week


def page_of(week, who) -> str:
    return text_of(signed_in(who).get(reverse("week_edit", args=[week.pk])))


def test_a_flag_names_its_day_and_whom_to_talk_to_is_said_once_for_all_of_a_week(cast, flagged):
    to_read = page_of(flagged, cast.student)
    for page in (to_read, page_of(flagged, cast.tutor)):
        assert "<strong>Monday 2 March: </strong>10 h on one day." in page
        assert "<strong>Tuesday 3 March: </strong>9 h on one day." in page
        assert "<p>44 h in this week.</p>" in page
    assert to_read.count("Your tutor sees these notes. Talk to Tutor Reed") == 1
    assert to_read.count("mailto:tutor@cast.test") == 1


def test_the_mail_to_the_tutor_names_the_days(cast, week, django_capture_on_commit_callbacks, mailoutbox):
    week.spells.update(starts="08:00", finishes="19:00", minutes=600)
    cast.student_record.born_on = date(2009, 1, 1)
    cast.student_record.save()
    with django_capture_on_commit_callbacks(execute=True):
        week.hand_in(by=cast.student)
    mail = next(mail for mail in mailoutbox if mail.to == ["tutor@cast.test"])
    words = "Monday 2 March: 10 h on one day. Under 18 it is at most 8 h a day."
    assert f"- {words}" in mail.body
    assert f"<li>{words}</li>" in mail.alternatives[0].content


# --- The weeks around it ---


def week_of(placement, monday, *spells, status="draft", by=None):
    """A week with spells of (day, start, finish, break), as a draft or handed in."""
    found = TimesheetFactory(placement=placement, monday=monday)
    for day, starts, finishes, pause in spells:
        day = monday + timedelta(days=day)
        SpellFactory(timesheet=found, day=day, starts=time(starts), finishes=time(finishes), break_minutes=pause)
    if by:
        Timesheet.objects.filter(pk=found.pk).update(
            status=status, handed_in_at=timezone.now(), handed_in_by=by, decided_at=timezone.now(), decided_by=by
        )
    return found


LATE_SUNDAY, EARLY_MONDAY = (6, 18, 23, 0), (0, 7, 12, 30)
TOO_SHORT = "8 h of rest after the day before. From 18 on at least 11 h are due."


@pytest.mark.parametrize("status", ["handed_in", "approved"])
def test_a_week_that_comes_late_flags_the_next_one(
    cast, time_machine, mailoutbox, django_capture_on_commit_callbacks, status
):
    time_machine.move_to("2026-03-18 18:00", tick=False)
    there = week_of(cast.placement, date(2026, 3, 9), EARLY_MONDAY, status=status, by=cast.student)
    late = week_of(cast.placement, MONDAY, LATE_SUNDAY)
    with django_capture_on_commit_callbacks(execute=True):
        late.hand_in(by=cast.student)
    assert [(flag.code, flag.day, flag.says) for flag in there.flags.all()] == [
        ("short_rest", date(2026, 3, 9), TOO_SHORT)
    ]
    assert late.flags.count() == 0
    [mail] = [mail for mail in mailoutbox if mail.to == ["tutor@cast.test"]]
    assert "The week of 2 March was just handed in. Beside it, the week of 9 March is unusual:" in mail.body
    assert f"- Monday 9 March: {TOO_SHORT}" in mail.body


def test_a_week_that_comes_late_flags_the_next_one_at_another_employer(cast, time_machine):
    time_machine.move_to("2026-03-18 18:00", tick=False)
    other = PlacementFactory(student=cast.student_record)
    there = week_of(other, date(2026, 3, 9), EARLY_MONDAY, status="handed_in", by=cast.student)
    week_of(cast.placement, MONDAY, LATE_SUNDAY).hand_in(by=cast.student)
    assert [flag.code for flag in there.flags.all()] == ["short_rest"]


def test_weeks_that_are_open_or_of_others_are_not_flagged_by_a_late_one(cast, time_machine):
    time_machine.move_to("2026-03-18 18:00", tick=False)
    week_of(cast.placement, date(2026, 3, 9), EARLY_MONDAY)
    week_of(cast.other_placement, date(2026, 3, 9), EARLY_MONDAY, status="handed_in", by=cast.other_student)
    week_of(cast.placement, MONDAY, LATE_SUNDAY).hand_in(by=cast.student)
    assert Flag.objects.count() == 0


def test_what_the_tutor_has_looked_at_stays_when_the_week_before_comes_late(cast, time_machine):
    time_machine.move_to("2026-03-18 18:00", tick=False)
    there = week_of(cast.placement, date(2026, 3, 9), EARLY_MONDAY, status="handed_in", by=cast.student)
    flag = there.flags.create(code="short_rest", day=date(2026, 3, 9), says=TOO_SHORT)
    see_flag(flag, by=cast.tutor, note="Spoke to both")
    week_of(cast.placement, MONDAY, LATE_SUNDAY).hand_in(by=cast.student)
    assert there.flags.get().seen_note == "Spoke to both"
    assert not Notice.objects.filter(kind="week_flagged").exists()


def sixty_hours(placement, monday):
    return week_of(placement, monday, *[(day, 8, 20, 0) for day in range(5)])


def averages(timesheet) -> list[str]:
    return [problem.says for problem in problems_of(timesheet) if problem.code == "long_week"]


def test_48_hours_are_averaged_over_the_weeks_since_the_start(cast):
    weeks = [sixty_hours(cast.placement, MONDAY + timedelta(weeks=n)) for n in range(3)]
    assert averages(weeks[0]) == ["60 h in one week. From 18 on it is at most 48 h on average."]
    assert averages(weeks[2]) == ["60 h a week over 3 weeks. From 18 on it is at most 48 h on average."]
    short = week_of(cast.placement, MONDAY + timedelta(weeks=3), (0, 9, 21, 0))
    assert averages(short) == []  # 180 h and 12 h in 4 weeks are 48 h


def test_a_start_longer_ago_than_17_weeks_is_no_longer_looked_at(cast):
    week_of(cast.placement, MONDAY, (0, 9, 12, 0))
    assert averages(sixty_hours(cast.placement, MONDAY + timedelta(weeks=16))) == []
    assert averages(sixty_hours(cast.placement, MONDAY + timedelta(weeks=17))) == [
        "60 h a week over 2 weeks. From 18 on it is at most 48 h on average."
    ]


# --- As it is read ---


def test_the_reason_of_a_week_sent_back_stands_once_and_who_sent_it_and_when_stays(cast, week):
    week.hand_in(by=cast.student)
    week.send_back(by=cast.manager, reason="Monday was a college day")
    page = page_of(week, cast.student).split("What happened with this week")[0]
    assert page.count("Monday was a college day") == 1
    assert "Manager Reed wrote" in page
    assert "Sent back by Manager Reed on 6 March." in page


# --- The break of the whole day in a part of it ---

BREAK = (
    "09:00 to 12:00 has the break of the whole day, 1 h, taken off. If the break was later, or there was none, it is 0 "
    "here."
)


def test_a_short_spell_from_which_the_break_of_the_whole_day_was_taken_is_told(cast, week, subtests):
    """Agreed are 09:00 to 17:00 with a break of an hour."""
    for finishes, pause, told in (("12:00", 60, 1), ("12:00", 45, 0), ("13:00", 60, 1), ("13:01", 60, 0)):
        with subtests.test(finishes, pause=pause):
            week.spells.update(finishes=finishes, break_minutes=pause)
            assert [problem.code for problem in problems_of(week)] == ["whole_break"] * told


def test_it_is_told_where_unusual_hours_are_told_before_and_after_handing_in(cast, week):
    week.spells.update(finishes="12:00", minutes=120)
    assert [problem.says for problem in problems_of(week)] == [BREAK]
    week.hand_in(by=cast.student)
    assert week.flags.get().says == BREAK


def test_two_such_spells_of_a_day_are_one_note_that_names_both(cast, week):
    spell = week.spells.earliest("day")
    week.spells.filter(pk=spell.pk).update(finishes="11:00", minutes=60)
    SpellFactory(timesheet=week, day=spell.day, starts=time(12), finishes=time(13, 30), break_minutes=60)
    week.hand_in(by=cast.student)
    assert week.flags.get().says == (
        "09:00 to 11:00 has the break of the whole day, 1 h, taken off. "
        "12:00 to 13:30 has the break of the whole day, 1 h, taken off. "
        "If the break was later, or there was none, it is 0 here."
    )


def test_a_break_on_a_day_off_is_nobodys_slip(cast, week):
    week.placement.pattern_days.all().delete()
    week.spells.update(finishes="12:00")
    assert problems_of(Timesheet.objects.get(pk=week.pk)) == []
