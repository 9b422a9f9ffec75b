"""The manager decides: signed in and by link, the same screen and the same acts."""

import re
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from placements.approvals import screen
from placements.approvals.deciding import decide
from placements.approvals.forms import WordsForm
from placements.approvals.screen import one_laid_out
from placements.timesheets.models import Absence
from placements.timesheets.week import see_flag
from portal.asks.models import Ask
from portal.history.models import Event
from portal.workflow import SomebodyWasQuicker
from tests.conftest import signed_in
from tests.factories import (
    LineManagerFactory,
    SpellFactory,
    TimesheetFactory,
)
from tests.pages import said, text_of
from tests.placements.approvals.scenes import HOME, MONDAYS, fresh, waiting, waiting_of_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(cast):
    """The placement's manager, signed in."""
    return signed_in(cast.manager)


def act(name, week):
    return reverse(name, args=[week.pk])


def lines_of(response) -> list[str]:
    """The line of each week, which also stands there while the week is folded."""
    summaries = re.findall(r'<summary class="week-line">(.*?)</summary>', text_of(response))
    return [" ".join(strip_tags(summary).split()) for summary in summaries]


def opened(response) -> list[bool]:
    """Of each week, whether it is open."""
    return [bool(is_open) for is_open in re.findall(r'<details class="week-fold"( open)?>', text_of(response))]


# --- The screen ---


def test_the_screen_shows_agreed_beside_claimed_and_marks_differences(cast, manager):
    week = TimesheetFactory(placement=cast.placement)
    SpellFactory(timesheet=week, day=date(2026, 3, 2))
    SpellFactory(timesheet=week, day=date(2026, 3, 3), finishes=time(18))
    SpellFactory(timesheet=week, day=date(2026, 3, 4), finishes=time(16), starts=time(8))
    SpellFactory(timesheet=week, day=date(2026, 3, 7), starts=time(10), finishes=time(12), break_minutes=0)
    Absence.objects.create(placement=cast.placement, day=date(2026, 3, 5), kind="sick", note="Flu")
    week.hand_in(by=cast.student, message="Saturday was the open day")

    page = text_of(manager.get(HOME))
    assert "One week waits for you" in page
    assert "1 h longer than agreed" in page.lower()
    assert "other times than agreed" in page.lower()
    assert "not in the pattern" in page.lower()
    assert "Sick: Flu" in page
    assert page.lower().count("nothing written") == 1
    assert "Saturday was the open day" in page
    assert "Wrote tests for the booking page" in page
    assert "Approve all" not in page


def test_a_week_as_agreed_says_so(cast, manager):
    week = TimesheetFactory(placement=cast.placement, minutes=5 * 420)
    for number in range(2, 7):
        SpellFactory(timesheet=week, day=date(2026, 3, number))
    week.hand_in(by=cast.student)
    page = text_of(manager.get(HOME))
    assert "<span>As agreed</span>" in page
    assert "status-attention" not in page


def test_one_week_is_open_the_first_or_the_one_that_a_link_points_at_and_the_others_are_a_line_each(cast, manager):
    first, second = waiting(cast.placement), waiting(cast.placement, MONDAYS[1], message="The shop was shut")
    page = manager.get(HOME)
    assert lines_of(page) == [
        "Student Reed Week of 2 March 2026 7 h claimed, 35 h agreed 28 h less than agreed",
        "Student Reed Week of 9 March 2026 7 h claimed, 35 h agreed 28 h less than agreed With a message",
    ]
    assert opened(page) == [True, False]
    assert opened(manager.get(HOME, {"week": second.pk})) == [False, True]
    first.approve(by=cast.manager)
    page = manager.get(HOME)
    assert opened(page) == [True]
    assert lines_of(page)[0].startswith("Student Reed Week of 9 March 2026")


def test_a_week_from_paper_is_marked_flags_are_a_hint_and_what_the_tutor_noted_stays_with_the_tutor(cast, manager):
    week = SpellFactory(timesheet=TimesheetFactory(placement=cast.placement), break_minutes=0).timesheet
    week.hand_in(by=cast.tutor)
    flag = week.flags.get()
    see_flag(flag, by=cast.tutor, note="Struggling at home, asked twice")
    page = text_of(manager.get(HOME))
    assert "Recorded from paper by Tutor Reed" in page
    assert flag.says in page
    assert "Struggling at home" not in page


def test_a_day_away_with_all_hours_claimed_is_marked_and_never_as_agreed(cast, manager):
    week = TimesheetFactory(placement=cast.placement, minutes=5 * 420)
    for number in range(2, 7):
        SpellFactory(timesheet=week, day=date(2026, 3, number))
    Absence.objects.create(placement=cast.placement, day=date(2026, 3, 4), kind="sick")
    week.hand_in(by=cast.student)
    page = text_of(manager.get(HOME))
    assert "<span>Away, yet 7 h claimed</span>" in page
    assert "Usually it is one or the other." not in page, "said once is enough"
    assert "1 day differs from what was agreed" in page
    assert "<span>As agreed</span>" not in page


def test_after_a_question_the_answer_stands_beside_it(cast, manager, week):
    week.send_back(by=cast.manager, reason="Were you not off?", day=date(2026, 3, 3))
    week.hand_in(by=cast.student, message="I swapped days")
    page = text_of(manager.get(HOME))
    assert "Asked before about Tuesday 3 March:</strong> Were you not off?" in page
    assert "answers:</strong> I swapped days" in page
    assert "<strong>Manager Reed</strong> asked about Tuesday 3 March: Were you not off?" in page  # what happened


def test_weeks_of_two_providers_stand_under_their_names_and_those_for_other_managers_nowhere(cast, manager):
    LineManagerFactory(employer=cast.other_employer, user=cast.manager)
    cast.other_placement.manager = cast.manager
    cast.other_placement.save()
    for placement in (cast.placement, cast.other_placement, cast.placement2):
        waiting(placement)
    page = text_of(manager.get(HOME))
    assert "2 weeks wait for you" in page
    assert "<h2>Northfield College</h2>" in page
    assert "<h2>Other College</h2>" in page
    assert "Student2 Reed" not in page


def test_nothing_waits_where_nobody_handed_anything_in(manager):
    assert "Nothing waits for you" in text_of(manager.get(HOME))


def test_the_screen_takes_eight_queries_for_three_weeks_as_for_two(cast, manager, django_assert_num_queries):
    waiting_of_many(cast, 3)
    with django_assert_num_queries(8):
        page = text_of(manager.get(HOME))
    assert page.count("What happened so far") == 3


@pytest.mark.database
def test_a_week_with_several_flags_stands_there_once_with_all_of_them(cast, manager, django_assert_num_queries):
    week = waiting(cast.placement)
    waiting(cast.placement, MONDAYS[1])
    week.flags.create(code="no_weekly_rest", day=week.monday, says="No rest of 24 hours this week")
    week.flags.create(code="long_day", day=week.monday, says="More than 8 hours on Monday")
    with django_assert_num_queries(8):
        page = text_of(manager.get(HOME))
    assert "2 weeks wait for you" in page
    assert page.count("What happened so far") == 2
    assert page.count("No rest of 24 hours this week") == page.count("More than 8 hours on Monday") == 1


def test_so_many_asks_at_once_and_the_others_are_told(cast, manager):
    to = {"to": cast.manager, "name": cast.manager.name, "provider": cast.provider}
    asks = [Ask(kind="briefing", about="placements.placement", about_id=n, **to) for n in range(51)]
    Ask.objects.bulk_create(asks)
    page = text_of(manager.get(HOME))
    assert page.count("Read about your student</a>") == 50
    assert "There are more. They move up when you have answered these." in page


def test_beside_weeks_three_asks_are_shown_and_the_others_are_folded(cast, manager):
    to = {"to": cast.manager, "name": cast.manager.name, "provider": cast.provider}
    Ask.objects.bulk_create(Ask(kind="briefing", about="placements.placement", about_id=n, **to) for n in range(5))
    alone = text_of(manager.get(HOME))
    assert alone.count("Read about your student</a>") == 5
    assert "more" not in alone.partition('id="asks"')[2].partition("</section>")[0]
    waiting(cast.placement)
    shown, folded = text_of(manager.get(HOME)).split("<summary>2 more</summary>")
    assert shown.count("Read about your student</a>") == 3
    assert folded.count("Read about your student</a>") == 2


def test_so_many_weeks_at_once_and_the_others_are_told(weeks, manager, monkeypatch):
    monkeypatch.setattr(screen, "AT_ONCE", 2)
    page = text_of(manager.get(HOME))
    assert "3 weeks wait for you" in page
    assert "Approve all 2, 14 h" in page
    assert "1 more comes after these" in page
    assert "Week of 16 March 2026" not in page


# --- Approve ---


def test_manager_approves_the_week_that_was_seen_and_a_double_click_says_the_same_calmly(cast, manager, week):
    manager.post(act("week_approve", week))
    assert fresh(week).status == "handed_in", "nothing was said of what was seen"
    seen, approved = {"seen": week.version}, "Approved: Student's week of 2 March, 7 h."
    response = manager.post(act("week_approve", week), seen)
    assert (response.url, said(response)[1:]) == (HOME, [approved])
    assert fresh(week).status == "approved"
    assert cast.student_record.hours.counted == 420
    assert said(manager.post(act("week_approve", week), seen))[1:] == [approved, approved]
    assert Event.objects.about(week).filter(says="approved the week").count() == 1


def test_approve_all_approves_exactly_what_was_shown(cast, manager, weeks):
    shown = [f"{week.pk}:{week.version}" for week in weeks[:2]]
    response = manager.post(reverse("weeks_approve"), {"shown": shown})
    assert said(response) == ["Approved: 2 weeks, 14 h altogether. You can undo this for 10 minutes."]
    assert [fresh(week).status for week in weeks] == ["approved", "approved", "handed_in"]
    assert cast.student_record.hours.counted == 840


def test_approve_all_leaves_what_changed_meanwhile_and_says_which(cast, manager, weeks):
    shown = [f"{week.pk}:{week.version}" for week in weeks]
    weeks[1].recall(by=cast.student)
    response = manager.post(reverse("weeks_approve"), {"shown": shown})
    assert said(response) == [
        "Approved: 2 weeks, 14 h altogether. You can undo this for 10 minutes.",
        "Left as they are, because they changed after you opened this page: Student's week of 9 March.",
    ]
    assert [fresh(week).status for week in weeks] == ["approved", "draft", "approved"]


def test_another_managers_week_is_not_found(cast, manager):
    week = waiting(cast.placement2)
    for name in ("week_approve", "week_undo", "week_send_back"):
        assert manager.post(act(name, week), {"seen": week.version, "reason": "No"}).status_code == 404
    manager.post(reverse("weeks_approve"), {"shown": [f"{week.pk}:{week.version}", "x", "1:", "-1:2"]})
    assert fresh(week).status == "handed_in"


# --- Races ---


@pytest.mark.database
def test_a_week_recalled_meanwhile_is_not_approved_and_the_manager_is_told(cast, week):
    seen = week.version
    week.recall(by=cast.student)
    outcome = decide("approve", week, by=cast.manager, seen=seen)
    assert (outcome.done, outcome.says) == (
        False,
        "Student took the week of 2 March back before you answered. Nothing was decided. "
        "It comes to you again when it is handed in.",
    )
    assert fresh(week).status == "draft"


@pytest.mark.database
def test_a_week_changed_and_handed_in_again_is_shown_again_instead_of_approved(cast, week):
    seen = week.version
    week.recall(by=cast.student)
    week.hand_in(by=cast.student)
    outcome = decide("approve", week, by=cast.manager, seen=seen)
    assert outcome.says.startswith("Student's week of 2 March changed after you opened this page.")
    assert fresh(week).status == "handed_in"


@pytest.mark.database
def test_approve_and_recall_at_the_same_moment_only_one_wins(cast, week):
    read_by_student, read_by_manager = fresh(week), fresh(week)
    read_by_student.recall(by=cast.student)
    with pytest.raises(SomebodyWasQuicker):
        read_by_manager.approve(by=cast.manager, seen=week.version)
    assert fresh(week).status == "draft"
    assert not Event.objects.about(week).filter(says="approved the week").exists()


# --- Ask, send back ---


def test_manager_asks_about_one_day(cast, manager, week):
    page = text_of(manager.get(act("week_send_back", week) + "?day=2026-03-03"))
    assert "<h1>Ask Student about Tuesday 3 March</h1>" in page
    assert "<span>Ask Student and send the week back</span>" in page
    words = {"seen": week.version, "day": "2026-03-03", "reason": "You left at three, I think?"}
    response = manager.post(act("week_send_back", week), words)
    assert said(response) == ["Asked: Student gets your question about Tuesday 3 March and hands the week in again."]
    week = fresh(week)
    assert (week.status, week.asked_on, week.reason) == ("sent_back", date(2026, 3, 3), "You left at three, I think?")


def test_manager_sends_a_week_back_with_a_reason(cast, manager, week):
    words = {"seen": week.version, "day": "week", "reason": "The breaks are missing"}
    response = manager.post(act("week_send_back", week), words)
    assert said(response) == ["Sent back: Student gets your words and hands the week of 2 March in again."]
    week = fresh(week)
    assert (week.status, week.asked_on, week.reason) == ("sent_back", None, "The breaks are missing")
    assert Event.objects.about(week)[0].says == "sent the week back. Reason: The breaks are missing"


def test_without_words_or_about_a_day_of_another_week_nothing_is_sent_and_the_words_are_kept(cast, manager, week):
    form = WordsForm(one_laid_out(week), {"day": "week", "reason": "  "})
    assert form.errors == {"reason": ["Write a sentence or two."]}
    words = {"seen": week.version, "day": "2026-04-01", "reason": "What was this?"}
    response = manager.post(act("week_send_back", week), words)
    assert response.status_code == 422
    assert "What was this?" in text_of(response)
    assert fresh(week).status == "handed_in"


def test_words_are_kept_when_the_week_was_recalled_or_changed_meanwhile(cast, manager, week):
    words = {"seen": week.version, "day": "week", "reason": "The breaks are missing"}
    week.recall(by=cast.student)
    response = manager.post(act("week_send_back", week), words)
    page = text_of(response)
    assert (response.status_code, "What you wrote" in page, "<textarea" in page) == (409, True, False)
    assert "The breaks are missing" in page
    week.hand_in(by=cast.student)
    response = manager.post(act("week_send_back", week), words)
    assert response.status_code == 409
    page = text_of(response)
    assert "The breaks are missing</textarea>" in page
    assert "<span>Send back to Student</span>" in page
    assert f'name="seen" value="{fresh(week).version}"' in page


def test_other_words_in_a_second_tab_are_not_said_to_be_sent(cast, manager, week):
    seen = week.version
    week.send_back(by=cast.manager, reason="The breaks are missing")
    second = {"seen": seen, "day": "week", "reason": "Were you off on Tuesday?"}
    response = manager.post(act("week_send_back", week), second)
    assert response.status_code == 409
    assert said(response) == [
        "Student's week of 2 March was sent back already, with these words: “The breaks are missing”. "
        "What you wrote now was not sent."
    ]
    assert "Were you off on Tuesday?" in text_of(response)
    assert fresh(week).reason == "The breaks are missing"


def test_a_second_click_is_one_with_the_same_words_about_the_same_day(cast, week):
    again = {"by": cast.manager, "seen": week.version, "reason": "The breaks are missing"}
    week.send_back(by=cast.manager, reason="The breaks are missing")
    assert decide("send_back", fresh(week), **again).done
    assert not decide("send_back", fresh(week), **again, day=date(2026, 3, 3)).done


def test_the_page_for_words_of_a_week_that_no_longer_waits_leads_back(cast, manager, week, time_machine):
    week.approve(by=cast.manager)
    leads_back = manager.get(act("week_send_back", week))
    assert said(leads_back) == ["You have just answered about that week. You can take it back below."]
    time_machine.move_to("2026-03-22 18:11", tick=False)
    response = manager.get(act("week_send_back", week))
    assert said(response)[-1] == "That week does not wait for you any more."


# --- Undo ---

REOPEN = "Once you are signed in you can open the week again with a reason, and so can the student's tutor."


def test_manager_undoes_within_ten_minutes(cast, manager, week, time_machine):
    week.approve(by=cast.manager)
    time_machine.move_to("2026-03-22 18:09", tick=False)
    assert "Just decided" in text_of(manager.get(HOME))
    response = manager.post(act("week_undo", week), {"seen": week.version})
    assert said(response) == ["Taken back: Student's week of 2 March waits for you again."]
    assert fresh(week).status == "handed_in"
    assert cast.student_record.hours.counted == 0


def test_after_ten_minutes_there_is_nothing_to_undo(cast, manager, week, time_machine):
    week.approve(by=cast.manager)
    time_machine.move_to("2026-03-22 18:11", tick=False)
    assert "Just decided" not in text_of(manager.get(HOME))
    late = f"That was more than 10 minutes ago. {REOPEN}"
    assert decide("undo", fresh(week), by=cast.manager, seen=week.version).says == late
    response = manager.post(reverse("weeks_undo"), {"shown": [f"{week.pk}:{week.version}"]})
    assert said(response) == [f"Left as they are: Student's week of 2 March. {late}"]
    assert fresh(week).status == "approved"


def test_what_the_manager_before_decided_is_not_said_to_be_too_late(cast, week):
    week.approve(by=cast.manager)
    cast.placement.manager = cast.manager2
    cast.placement.save()
    outcome = decide("undo", fresh(week), by=cast.manager2, seen=week.version)
    assert outcome.says == "Manager Reed decided that, so it is not yours to take back."


def test_a_stale_approval_of_a_week_that_was_asked_about_says_so(cast, week):
    week.send_back(by=cast.manager, reason="Did you swap days?", day=date(2026, 3, 3))
    outcome = decide("approve", fresh(week), by=cast.manager, seen=week.version - 1)
    assert outcome.says == (
        "Student's week of 2 March is answered already: Asked about Tuesday 3 March by Manager Reed on 22 March: "
        "Did you swap days? Nothing was changed."
    )


def test_a_week_sent_back_and_taken_up_by_the_student_is_not_undone(cast, week):
    week.send_back(by=cast.manager, reason="Breaks?")
    seen = week.version
    week.take_turn(seen=seen)
    assert decide("undo", fresh(week), by=cast.manager, seen=seen).says == TAKEN_UP
    assert fresh(week).status == "sent_back"


TAKEN_UP = (
    "Student's week was changed after that, so it cannot be taken back any more. It comes to you again when Student "
    "hands it in."
)


def test_what_the_student_wrote_after_a_question_is_never_handed_in_for_them(cast, manager, week):
    week.send_back(by=cast.manager, reason="Breaks?")
    student = signed_in(cast.student)
    for finishes in ("nonsense", "18:30"):
        draft = {"seen": fresh(week).version, "do": "save", "d0-rows": "1", "d0-0-starts": "09:00"}
        draft |= {"d0-0-finishes": finishes, "d0-0-break_minutes": "60"}
        student.post(reverse("week_edit", args=[week.pk]), draft)
        asked = fresh(week)
        assert decide("undo", asked, by=cast.manager, seen=asked.version).says == TAKEN_UP
        assert (fresh(week).status, fresh(week).reason) == ("sent_back", "Breaks?")
    assert "Just decided" not in text_of(manager.get(HOME))


def test_all_that_was_just_decided_is_undone_at_once_but_for_what_a_student_changed(cast, manager, weeks):
    *approved, asked, changed = weeks
    for week in approved:
        week.approve(by=cast.manager)
    for week in (asked, changed):
        week.send_back(by=cast.manager, reason="Breaks?")
    changed.take_turn(seen=changed.version)
    response = manager.post(reverse("weeks_undo"), {"shown": [f"{week.pk}:{fresh(week).version}" for week in weeks]})
    assert said(response)[0] == "Taken back: 2 weeks wait for you again."
    assert [fresh(week).status for week in weeks] == ["handed_in", "handed_in", "sent_back"]


def test_to_undo_all_is_about_approvals_and_leaves_a_question_alone(cast, manager, weeks):
    asked, *others = weeks
    asked.send_back(by=cast.manager, reason="Breaks?")
    for week in others:
        week.approve(by=cast.manager)
    page = manager.get(HOME).text
    assert "Undo all 2 approvals" in page
    assert {f'name="shown" value="{week.pk}:{week.version}"' in page for week in others} == {True}
    assert f'name="shown" value="{asked.pk}:' not in page
    assert f'action="{act("week_undo", asked)}"' in page
    weeks[1].undo(by=cast.manager)
    assert "Undo all" not in manager.get(HOME).text


# --- Earlier decisions ---


def test_decided_weeks_are_listed_in_four_queries_and_lead_to_opening_them_again(
    cast, manager, weeks, django_assert_num_queries
):
    weeks[0].approve(by=cast.manager)
    with django_assert_num_queries(4):
        page = text_of(manager.get(reverse("decision_list")))
    assert page.count("Approved by Manager Reed on 22 March") == 1
    for week in weeks[1:]:
        week.approve(by=cast.manager)
    with django_assert_num_queries(4):
        page = text_of(manager.get(reverse("decision_list")))
    assert page.count("Approved by Manager Reed on 22 March") == 3
    assert reverse("week_edit", args=[weeks[0].pk]) in page


def test_manager_opens_an_approved_week_again_from_its_page(cast, manager, week):
    week.approve(by=cast.manager)
    assert reverse("week_reopen", args=[week.pk]) in text_of(manager.get(reverse("week_edit", args=[week.pk])))
    manager.post(reverse("week_reopen", args=[week.pk]), {"reason": "Friday was a bank holiday"})
    week = fresh(week)
    assert (week.status, week.reason) == ("sent_back", "Friday was a bank holiday")


def test_a_stranger_sees_none_of_the_decided_weeks(cast, week):
    week.approve(by=cast.manager)
    assert "Nothing decided yet" in text_of(signed_in(cast.manager2).get(reverse("decision_list")))
