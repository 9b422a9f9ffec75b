"""The week as its student writes it, through the real page."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from placements.timesheets.day_form import SpellForm
from placements.timesheets.editing import form_of, keep_for_later, keep_token, save_week
from placements.timesheets.filling import filled
from placements.timesheets.models import Absence, Flag, Spell, Timesheet
from placements.timesheets.pages import neighbours
from placements.timesheets.week import problems_of, see_flag
from portal.history.models import Event
from portal.notices.models import Notice
from portal.times_of_day import overlap
from tests.conftest import signed_in
from tests.factories import PlacementFactory, SpellFactory, TimesheetFactory
from tests.pages import given_back, said, text_of

MONDAY = date(2026, 3, 2)
FRIDAY_EVENING = "2026-03-06 18:00"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to(FRIDAY_EVENING)


def week_url(cast):
    return reverse("week_open", args=[cast.placement.pk, MONDAY])


def sent(seen=0, do="save", **fields):
    """A week page as the browser sends it: monday_0_starts='09:00' is the first spell of Monday."""
    days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    data = {"seen": str(seen), "do": do}
    for number in range(7):
        data[f"d{number}-rows"] = "1"
    for name, value in fields.items():
        day, _, rest = name.partition("_")
        data[
            f"d{days.index(day)}-{rest.replace('_', '-', 1)}" if rest[0].isdigit() else f"d{days.index(day)}-{rest}"
        ] = value
    return data


def full_monday(**more):
    return sent(
        monday_0_starts="09:00",
        monday_0_finishes="17:00",
        monday_0_break_minutes="60",
        monday_0_activity="Wrote tests",
        **more,
    )


def new_week(cast) -> Timesheet:
    """The week of MONDAY, not begun yet."""
    return Timesheet(placement=cast.placement, monday=MONDAY)


def saved(cast, **fields) -> Timesheet:
    """The week of MONDAY as a draft, saved as its page does."""
    return save_week(new_week(cast), form_of(new_week(cast), sent(**fields)), by=cast.student, seen=0)


def test_a_draft_is_saved_as_hours_with_several_spells_and_an_absence(cast):
    data = full_monday(
        monday_rows="2",
        monday_1_starts="18:00",
        monday_1_finishes="19:30",
        tuesday_absence="sick",
        tuesday_note="Flu",
    )
    response = signed_in(cast.student).post(week_url(cast), data)
    week = Timesheet.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("week_edit", args=[week.pk])
    assert (week.status, week.minutes) == ("draft", 510)
    spell, evening = Spell.objects.order_by("starts")
    assert (spell.day, spell.starts, spell.finishes) == (MONDAY, time(9), time(17))
    assert (spell.break_minutes, spell.minutes, spell.activity) == (60, 420, "Wrote tests")
    assert (evening.day, evening.minutes) == (MONDAY, 90)
    absence = Absence.objects.get()
    assert (absence.day, absence.kind, absence.note, absence.foreseen) == (date(2026, 3, 3), "sick", "Flu", False)


def test_a_week_that_was_not_begun_promises_no_mail_that_does_not_go_and_stores_nothing(cast):
    response = signed_in(cast.student).get(week_url(cast))
    assert response.status_code == 200
    says = (
        f"{cast.manager} approves the week. A mail goes out at once; where other weeks wait already, or one was mailed "
        "today, it comes with the daily mail at 8:00."
    )
    page = text_of(response)
    assert [words in page for words in (says, "What I did", "I was at work")] == [True, True, True]
    assert Timesheet.objects.count() == 0
    assert '<h2 class="day-name">Monday 2 March</h2>' in page
    assert '<strong class="day-total" data-day-total></strong>' in page
    assert "data-day-total>0 h" not in page  # empty days have no total


# What is wrong with a day, by the day: as it is typed, and what is said next to each field.
WRONG = {
    "monday": (
        {"0_starts": "17:00", "0_finishes": "09:00", "note": "At home"},
        ["The finish must be later than the start.", "Say why you were away"],
    ),
    "tuesday": ({"0_starts": "09:00", "0_finishes": "09:30", "0_break_minutes": "30"}, ["The break is as long"]),
    "wednesday": ({"0_starts": "09:00", "0_activity": "x" * 501}, ["Give the time of the finish.", "500 characters"]),
    "thursday": ({"0_starts": "25:99", "0_finishes": "17:00"}, ["This is not a time."]),
    "friday": (
        {"0_finishes": "17:00", "0_break_minutes": "½ hour"},
        ["in whole minutes", "Give the time of the start"],
    ),
    "saturday": ({"0_starts": "09:00", "0_finishes": "12:00"}, ["This day has not come yet."]),
}


def test_what_is_impossible_is_refused_next_to_the_field_and_nothing_typed_is_lost(cast):
    client = signed_in(cast.student)
    fields = {f"{day}_{name}": value for day, (typed, _) in WRONG.items() for name, value in typed.items()}
    response = client.post(week_url(cast), sent(**fields))
    assert response.status_code == 422
    assert Spell.objects.count() == 0
    again = client.get(reverse("week_edit", args=[Timesheet.objects.get().pk])).text
    for words in (words for _, says in WRONG.values() for words in says):
        assert response.text.count(words) == 2  # in the summary, and next to the field
        assert words in again
    for typed in fields.values():
        assert typed[:400] in again


def test_spells_that_overlap_are_refused_on_their_day_unfolded_and_kept(cast):
    spells = {"tuesday_0_starts": "09:00", "tuesday_0_finishes": "12:00"}
    spells |= {"tuesday_rows": "2", "tuesday_1_starts": "11:00", "tuesday_1_finishes": "13:00"}
    response = signed_in(cast.student).post(week_url(cast), sent(**spells))
    assert response.status_code == 422
    assert response.text.count("This overlaps with the time from 09:00 to 12:00.") == 2
    assert '<details class="day" id="day-1" data-day open>' in response.text
    assert response.text.count("data-day open>") == 1
    typed = Timesheet.objects.get().typed
    assert [typed[f"d1-{row}-starts"] for row in (0, 1)] == ["09:00", "11:00"]
    assert Spell.objects.count() == 0


def test_hours_may_not_overlap_with_the_other_placement(cast):
    other = PlacementFactory(student=cast.student_record)
    SpellFactory(timesheet=TimesheetFactory(placement=other, monday=MONDAY), starts=time(16), finishes=time(20))
    form = form_of(new_week(cast), full_monday())
    assert not form.is_valid()
    [spell] = form.days[0].spell_forms
    assert spell.errors == {"starts": ["This overlaps with your other placement from 16:00 to 20:00."]}


@pytest.mark.parametrize("midnight", ["00:00", "24:00"])
def test_a_day_may_finish_at_midnight(cast, midnight):
    times = {"monday_0_starts": "18:00", "monday_0_finishes": midnight, "monday_0_break_minutes": "30"}
    form = form_of(new_week(cast), sent(**times, monday_0_activity="Wrote tests"))
    assert (form.is_valid(), form.minutes(), form.days[0].told()) == (True, 330, "18:00 to 00:00. Wrote tests")
    saved(cast, **times)
    assert (str(Spell.objects.get()), Spell.objects.get().minutes) == ("18:00 to 00:00", 330)


def test_what_goes_on_until_midnight_overlaps_with_what_lies_before_it():
    evening, early, late = (
        Spell(starts=time(starts), finishes=time(finishes)) for starts, finishes in ((18, 0), (0, 4), (23, 0))
    )
    assert (overlap(evening, late), overlap(late, evening), overlap(evening, early)) == (True, True, False)


@pytest.mark.database
def test_no_spell_is_stored_that_finishes_before_it_starts(week):
    for starts, finishes in ((time(9), time(8)), (time(9), time(9)), (time(0), time(0))):
        with pytest.raises(IntegrityError), transaction.atomic():
            week.spells.update(starts=starts, finishes=finishes)


def test_days_outside_the_placement_are_not_asked_for(cast):
    cast.placement.first_on = date(2026, 3, 4)
    cast.placement.save()
    saved(cast, monday_0_starts="09:00", monday_0_finishes="17:00")
    assert Spell.objects.count() == 0


def test_a_week_is_handed_in_with_a_declaration(cast):
    client = signed_in(cast.student)
    undeclared = client.post(week_url(cast), full_monday(do="hand_in"))
    assert undeclared.status_code == 422
    assert "Declaration: Tick the box to confirm that the hours are right." in undeclared.content.decode()
    week = Timesheet.objects.get()
    assert (week.status, week.minutes) == ("draft", 420)
    data = full_monday(do="hand_in") | {"declared": "on", "message": "Left early on Friday", "seen": str(week.version)}
    client.post(reverse("week_edit", args=[week.pk]), data)
    week.refresh_from_db()
    assert (week.status, week.message, week.handed_in_by) == ("handed_in", "Left early on Friday", cast.student)
    assert week.sentence() == "Sent to Manager Reed on 6 March, not answered yet"
    assert Event.objects.about(week).first().says == "handed in the week. Message: Left early on Friday"


def test_an_empty_week_is_not_handed_in(cast):
    response = signed_in(cast.student).post(week_url(cast), sent(do="hand_in") | {"declared": "on"})
    says, kept = said(response)
    assert says.startswith("This week is empty.")
    assert kept == "Your draft is saved."
    assert Timesheet.objects.get().status == "draft"


def test_a_week_of_nothing_but_absences_is_handed_in(cast):
    saved(cast, monday_absence="sick", tuesday_absence="sick").hand_in(by=cast.student)
    assert Timesheet.objects.get().status == "handed_in"


def test_another_row_for_a_day_keeps_what_was_typed(cast):
    week = new_week(cast)
    typed, _ = filled(week, form_of(week, full_monday()), "row-0")
    first, second = form_of(week, typed).days[0].spell_forms
    assert (first["activity"].value(), second["activity"].value()) == ("Wrote tests", None)


def test_the_draft_saves_itself_while_typing(cast, week):
    url = reverse("week_edit", args=[week.pk])
    client = signed_in(cast.student)
    answer = client.post(url, full_monday(), headers={"X-Autosave": "1"}).json()
    assert answer == {"seen": 1, "says": "Saved at 18:00"}
    answer = client.post(url, sent(seen=1, monday_0_starts="09:00"), headers={"X-Autosave": "1"}).json()
    assert answer == {"seen": 2, "says": "Kept at 18:00; something is not right yet"}


@pytest.mark.parametrize("how", ["quietly", "usual", "signed out"])
def test_a_line_that_is_too_long_is_kept_in_full_and_stands_there_again(client, cast, week, how):
    words = "word " * 1500 + "the end"
    client = client if how == "signed out" else signed_in(cast.student)
    data = sent(do=how, monday_0_activity=words) | {"keep": keep_token(week, cast.student)}
    headers = {"X-Autosave": "1"} if how == "quietly" else {}
    client.post(reverse("week_edit", args=[week.pk]), data, headers=headers)
    [activity] = [row["activity"] for row in form_of(Timesheet.objects.get()).days[0].spell_forms]
    assert activity.value() == words
    assert activity.errors == ["Keep this to 500 characters; longer thoughts belong in the logbook."]


def test_nobody_else_can_leave_words_in_a_draft(cast, week):
    of_a_stranger = keep_token(TimesheetFactory(placement=cast.placement2), cast.student2)
    for keep in ("", "nonsense", of_a_stranger):
        assert not keep_for_later(week, full_monday() | {"keep": keep})
        week.refresh_from_db()
        assert week.typed is None


def test_only_the_student_writes_in_the_week(cast, week):
    for user in (cast.tutor, cast.coordinator):
        assert signed_in(user).post(reverse("week_edit", args=[week.pk]), full_monday()).status_code == 403


def test_a_draft_is_not_shown_to_the_manager_before_it_is_handed_in(cast, week):
    url = reverse("week_edit", args=[week.pk])
    assert signed_in(cast.manager).get(url).status_code == 404
    week.hand_in(by=cast.student)
    assert signed_in(cast.manager).get(url).status_code == 200
    assert signed_in(cast.manager).post(url, full_monday()).status_code == 403


def test_a_manager_is_led_to_weeks_that_were_handed_in_only(cast, week):
    week.hand_in(by=cast.student)
    after = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    assert neighbours(week, cast.manager) == (None, None)
    assert neighbours(week, cast.tutor) == (None, after.monday)
    Timesheet.objects.filter(pk=after.pk).update(
        status="handed_in", handed_in_at="2026-03-13T12:00Z", handed_in_by=cast.student
    )
    assert neighbours(week, cast.manager) == (None, after.monday)
    assert "Week after" in signed_in(cast.manager).get(reverse("week_edit", args=[week.pk])).text


def test_the_week_is_taken_back_while_nobody_answered_and_twice_is_no_mistake(cast, week):
    week.hand_in(by=cast.student)
    client = signed_in(cast.student)
    assert "Take it back" in client.get(reverse("week_edit", args=[week.pk])).content.decode()
    client.post(reverse("week_recall", args=[week.pk]))
    week.refresh_from_db()
    assert week.status == "draft"
    assert [event.says for event in Event.objects.about(week)] == ["took the week back", "handed in the week"]
    again = client.post(reverse("week_recall", args=[week.pk]))
    assert said(again)[-1] == "The week is yours already. Change it and hand it in once more."


def test_taking_back_after_the_manager_answered_is_told_and_a_question_gets_no_full_stop(cast, week):
    week.hand_in(by=cast.student)
    week.send_back(by=cast.manager, reason="Check it?")
    client, url = signed_in(cast.student), reverse("week_recall", args=[week.pk])
    too_late = "Too late to take it back: Sent back by Manager Reed on 6 March: Check it"
    assert said(client.post(url)) == [f"{too_late}?"]
    Timesheet.objects.update(reason="Check it")
    assert said(client.post(url))[-1] == f"{too_late}."


def test_a_folded_day_names_all_its_spells(cast):
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY)
    spells = {MONDAY: [(9, 12), (13, 17)], date(2026, 3, 3): [(7, 9), (10, 12), (13, 17)]}
    for day, times in spells.items():
        for starts, finishes in times:
            SpellFactory(timesheet=week, day=day, starts=time(starts), finishes=time(finishes), activity="Wrote tests")
    monday, tuesday, *_ = form_of(week).days
    assert monday.told() == "09:00 to 12:00 and 13:00 to 17:00. Wrote tests; Wrote tests"
    assert tuesday.told() == "3 spells from 07:00 to 17:00. Wrote tests; Wrote tests; Wrote tests"


def test_an_approved_week_is_locked_until_the_tutor_opens_it_again_with_a_reason(cast, week):
    week.hand_in(by=cast.student)
    week.approve(by=cast.manager)
    cast.student_record.hours.refresh_from_db()
    assert cast.student_record.hours.counted == 420
    url = reverse("week_reopen", args=[week.pk])
    tutor = signed_in(cast.tutor)
    assert tutor.post(url, {"reason": ""}).status_code == 422
    tutor.post(url, {"reason": "Wrong Monday"})
    assert given_back(tutor.post(url, {"reason": "Monday was a holiday"})) == ["Monday was a holiday"]
    week.refresh_from_db()
    cast.student_record.hours.refresh_from_db()
    assert (week.status, week.reason, cast.student_record.hours.counted) == ("sent_back", "Wrong Monday", 0)
    notice = Notice.objects.get(kind="week_came_back")
    assert (notice.to, notice.subject) == (cast.student, "One of your weeks has come back")


def test_an_unusual_day_is_kept_and_flagged_to_the_tutor_but_not_shown_to_the_manager(cast, week):
    cast.student_record.born_on = date(2009, 1, 1)
    cast.student_record.save()
    week.spells.update(starts="08:00", finishes="18:00", minutes=540)
    week.hand_in(by=cast.student)
    flag = week.flags.get()
    assert (flag.code, flag.day) == ("long_day", MONDAY)
    assert flag.says == "9 h on one day. Under 18 it is at most 8 h a day."
    assert Notice.objects.get(kind="week_flagged").to == cast.tutor
    tutor, url = signed_in(cast.tutor), reverse("week_edit", args=[week.pk])
    tutor.post(reverse("flag_seen", args=[flag.pk]), {"note": "Spoke to both"})
    flag.refresh_from_db()
    assert (flag.seen_by, flag.seen_note) == (cast.tutor, "Spoke to both")
    assert "Spoke to both" in tutor.get(url).text
    read_by_the_manager = signed_in(cast.manager).get(url).text
    assert "Worth a look" not in read_by_the_manager
    assert "Spoke to both" not in read_by_the_manager


def test_a_second_look_at_what_is_unusual_loses_no_note(cast, week):
    flag = week.flags.create(code="long_day", day=MONDAY, says="9 h on one day.")

    def after(by, note):
        see_flag(Flag.objects.get(pk=flag.pk), by=by, note=note)
        flag.refresh_from_db()
        return flag.seen_by, flag.seen_note

    tutor, office = cast.tutor, cast.coordinator
    assert after(tutor, "") == (cast.tutor, "")
    assert after(tutor, "Agreed a rest day") == (cast.tutor, "Agreed a rest day")
    assert after(office, "") == (cast.tutor, "Agreed a rest day")  # an older page takes no note away
    assert after(office, "Agreed a rest day") == (cast.tutor, "Agreed a rest day")  # the same once more
    assert after(office, "Rang the manager") == (cast.coordinator, "Rang the manager")
    assert [(event.by, event.says) for event in Event.objects.about(flag)] == [
        (cast.coordinator, "looked at the note '9 h on one day.' and wrote: Rang the manager"),
        (cast.tutor, "looked at the note '9 h on one day.' and wrote: Agreed a rest day"),
        (cast.tutor, "looked at the note '9 h on one day.'"),
    ]


def test_a_day_away_that_was_worked_in_full_is_flagged_like_other_unusual_days(cast, week):
    Absence.objects.create(placement=cast.placement, day=MONDAY, kind="sick")
    says = "Away, yet 7 h of work. Usually it is one or the other."
    assert [problem.says for problem in problems_of(week)] == [says]
    week.hand_in(by=cast.student)
    assert [flag.says for flag in week.flags.all()] == [says]
    assert Notice.objects.filter(kind="week_flagged", to=cast.tutor).count() == 1


def test_a_day_away_of_which_half_was_worked_is_nothing_unusual(cast, week):
    Absence.objects.create(placement=cast.placement, day=MONDAY, kind="sick")
    week.spells.update(finishes="12:00", break_minutes=0, minutes=180)
    week.hand_in(by=cast.student)
    assert (week.status, week.flags.count()) == ("handed_in", 0)
    assert not Notice.objects.filter(kind="week_flagged").exists()


def test_the_list_shows_every_week_that_has_come(cast, time_machine):
    time_machine.move_to("2026-03-18 12:00")
    page = signed_in(cast.student).get(reverse("week_list")).content.decode()
    assert "I'll be away" in page
    assert [day in page for day in ("2 March 2026", "9 March 2026", "16 March 2026", "23 March 2026")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_question_that_was_taken_back_is_taken_back_by_mail_too(cast, week):
    week.hand_in(by=cast.student)
    week.send_back(by=cast.manager, reason="Really until five?", day=MONDAY)
    week.undo(by=cast.manager)
    kinds = list(Notice.objects.filter(to=cast.student).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["week_came_back", "week_stays"]


def test_a_week_that_the_placement_does_not_touch_is_not_there(cast):
    client = signed_in(cast.student)
    for monday in ("9999-12-27", "0001-01-01", "2027-03-01", "2026-03-03"):
        assert client.get(f"/placements/{cast.placement.pk}/weeks/{monday}/").status_code == 404, monday


def test_whoever_opened_a_week_again_is_named_as_who_wrote(cast, week):
    week.hand_in(by=cast.student)
    week.approve(by=cast.manager)
    week.reopen(by=cast.tutor, reason="Friday was a bank holiday")
    page = signed_in(cast.student).get(reverse("week_edit", args=[week.pk])).content.decode()
    assert "Tutor Reed wrote" in page
    assert "Opened again by Tutor Reed on 6 March." in page
    assert ("your manager wrote" in page, "Sent back by" in page) == (False, False)


SPLIT = "Did you work past midnight? Then split it at midnight: write it until 00:00 here, and the rest from 00:00 on"


@pytest.mark.parametrize(
    ("starts", "finishes", "split"),
    [
        ("22:00", "06:00", True),
        ("17:00", "09:00", False),
        ("12:00", "11:00", False),
        ("09:00", "09:00", False),
        ("00:00", "00:00", False),
    ],
)
def test_work_past_midnight_is_refused_with_the_way_to_write_it(starts, finishes, split):
    form = SpellForm({"starts": starts, "finishes": finishes}, day=MONDAY, approaches={})
    [says] = form.errors["finishes"]
    assert says.startswith("The finish must be later than the start.")
    assert (SPLIT in says) == split


@pytest.mark.parametrize(
    ("day", "where"), [(MONDAY, "Tuesday 3 March."), (date(2026, 3, 8), "Monday 9 March, in the week after.")]
)
def test_the_rest_of_a_night_is_written_on_the_day_after_wherever_that_stands(day, where):
    form = SpellForm({"starts": "22:00", "finishes": "06:00"}, day=day, approaches={})
    assert form.errors["finishes"][0].endswith(f"{SPLIT} {where}")
