"""The working pattern: typed, filled in, refused where it breaks working time, changed over time."""

from datetime import date, time

import pytest

from placements.agreements.filling import facts_of
from placements.models import PatternDay, Placement
from placements.setup import plan
from placements.setup.changing import set_pattern
from placements.setup.pattern_form import WEEKDAYS, PatternForm
from portal.history.models import Event
from students.models import Student
from tests.conftest import signed_in
from tests.factories import EmployerFactory, PlacementFactory
from tests.pages import said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_winter(time_machine):
    time_machine.move_to("2026-02-10 12:00")


def typed(days, *, valid_from="2026-03-02", **more):
    """What the browser sends: `days` maps weekdays to (start, finish, break)."""
    data = {"pattern-valid_from": valid_from}
    for weekday in range(7):
        starts, finishes, pause = days.get(weekday, ("", "", ""))
        data |= {
            f"day{weekday}-starts": starts,
            f"day{weekday}-finishes": finishes,
            f"day{weekday}-break_minutes": pause,
        }
    return data | more


def week(start="09:00", finish="16:00", pause="60", days=range(5)):
    return dict.fromkeys(days, (start, finish, pause))


def send(cast, days, query="", **more):
    return signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/pattern/{query}", typed(days, **more))


def agree(cast, days, start, replaces=None):
    """Agree on other days and times from a day on, as the page does once they are right."""
    placement = Placement.objects.with_people().get(pk=cast.placement.pk)
    first, replaced = date.fromisoformat(start), replaces and date.fromisoformat(replaces)
    form = PatternForm(placement, first, replaced, typed(days, valid_from=start))
    assert form.is_valid()
    set_pattern(placement, first, form.pattern_days(), replaces=replaced, seen=placement.version, by=cast.tutor)


def filled_in(cast, days, *, replaces=None, **more) -> PatternForm:
    """The form of another pattern as the page checks it."""
    placement = Placement.objects.with_people().get(pk=cast.placement.pk)
    form = PatternForm(placement, placement.first_on, replaces, data=typed(days, **more))
    form.is_valid()
    return form


def agreed(cast):
    """{valid from: what is agreed}."""
    placement = type(cast.placement).objects.get(pk=cast.placement.pk)
    return {start: placement.pattern.described(start) for start, _ in placement.pattern.versions}


def born(cast, day):
    Student.objects.filter(pk=cast.student_record.pk).update(born_on=day)


# --- The same again ---

FIRST, MAY = "2026-03-02", "2026-05-04"
MON_TO_FRI = "Mon to Fri 09:00 to 16:00"


def test_the_same_days_and_times_from_a_later_day_are_no_change_and_another_break_is_one(cast):
    agree(cast, week(), FIRST, replaces=FIRST)
    facts = facts_of(Placement.objects.get(pk=cast.placement.pk), [])
    events = Event.objects.about(cast.placement).count()
    response = send(cast, week(), valid_from="2026-05-04")
    assert said(response) == [f"Nothing has changed: this is agreed already: {MON_TO_FRI}."]
    assert agreed(cast) == {date(2026, 3, 2): MON_TO_FRI}
    assert facts_of(Placement.objects.get(pk=cast.placement.pk), []) == facts
    assert Event.objects.about(cast.placement).count() == events
    agree(cast, week(pause="30"), MAY)
    assert agreed(cast) == {date(2026, 3, 2): MON_TO_FRI, date(2026, 5, 4): MON_TO_FRI}


def test_a_later_pattern_that_says_what_the_one_before_says_goes(cast):
    agree(cast, week(), FIRST, replaces=FIRST)
    agree(cast, week("10:00"), MAY)
    assert list(agreed(cast)) == [date(2026, 3, 2), date(2026, 5, 4)]
    agree(cast, week(), MAY, replaces=MAY)
    assert agreed(cast) == {date(2026, 3, 2): MON_TO_FRI}
    agree(cast, week("10:00"), MAY)
    agree(cast, week("10:00"), FIRST, replaces=FIRST)
    assert agreed(cast) == {date(2026, 3, 2): "Mon to Fri 10:00 to 16:00"}


# --- Typing it ---


def test_a_later_pattern_is_added(cast):
    response = send(cast, {0: ("10:00", "14:00", ""), 2: ("09:00", "17:00", "30")}, valid_from="2026-05-04")
    assert response.url == f"/placements/{cast.placement.pk}/"
    assert agreed(cast) == {
        date(2026, 3, 2): "Mon to Fri 09:00 to 17:00",
        date(2026, 5, 4): "Mon 10:00 to 14:00, Wed 09:00 to 17:00",
    }
    says = "set the working pattern from 4 May 2026: Mon 10:00 to 14:00, Wed 09:00 to 17:00"
    assert Event.objects.about(cast.placement).first().says == says


def test_a_pattern_is_changed_and_may_begin_on_another_day(cast):
    send(cast, week(days=[0]), query="?from=2026-03-02", valid_from="2026-03-09")
    assert agreed(cast) == {date(2026, 3, 9): "Mon 09:00 to 16:00"}


def test_without_saying_which_the_first_one_is_not_overwritten(cast):
    response = send(cast, week(), valid_from="2026-03-02")
    assert response.context["form"].head.errors["valid_from"] == [
        "Another pattern begins on this day. Change that one instead."
    ]


def test_a_pattern_begins_within_the_placement(cast):
    for day in ("2026-03-01", "2026-08-01"):
        form = filled_in(cast, week(), valid_from=day)
        assert form.head.errors["valid_from"] == ["The placement lasts from 2 March 2026 to 31 July 2026."]


def test_what_is_wrong_is_said_next_to_the_day(cast):
    wrong = {
        0: (("09:00", "", ""), "finishes", "Give the finish as well."),
        1: (("", "17:00", ""), "starts", "Give the start as well."),
        2: (("17:00", "09:00", ""), "finishes", "The finish has to be later than the start."),
        3: (("09:00", "10:00", "60"), "break_minutes", "The break is as long as the whole day."),
        4: (("", "", "30"), "starts", "Give the times, or take the break out."),
        5: (("nine", "17:00", ""), "starts", "This is not a time. Write it like 09:00 or 17:30."),
        6: (("09:00", "17:00", "half an hour"), "break_minutes", "Give the break in whole minutes, for example 30."),
    }
    response = send(cast, {weekday: day for weekday, (day, _, _) in wrong.items()}, valid_from="2026-05-04")
    page, rows = response.content.decode(), response.context["form"].rows
    labels = {"starts": "start", "finishes": "finish", "break_minutes": "break, minutes"}
    for weekday, (_, field, says) in wrong.items():
        assert rows[weekday].errors == {field: [says]}
        assert f'<a href="#id_day{weekday}-{field}">{WEEKDAYS[weekday]}, {labels[field]}: {says}</a>' in page
    assert len(agreed(cast)) == 1


def test_a_week_without_any_day_is_no_pattern(cast):
    [says] = filled_in(cast, {}, valid_from="2026-05-04").head.non_field_errors()
    assert "Give the times of at least one day" in says


# --- Days alike ---


def test_days_alike_are_filled_in_and_nothing_is_stored(cast):
    helper = {
        "fill": "1",
        "alike-starts": "08:30",
        "alike-finishes": "12:00",
        "alike-break_minutes": "15",
        "alike-days": ["1", "3"],
    }
    response = send(cast, {0: ("9 o'clock", "17:00", "60")}, valid_from="2026-05-04", **helper)
    page = response.content.decode()
    assert 'name="day1-starts" value="08:30"' in page
    assert 'name="day3-break_minutes" value="15"' in page
    assert 'name="day0-starts" value="9 o&#x27;clock"' in page
    assert 'name="pattern-valid_from" value="2026-05-04"' in page
    assert "error-summary" not in page
    assert len(agreed(cast)) == 1


def test_the_helper_asks_for_its_days(cast):
    response = send(cast, {}, **{"fill": "1", "alike-starts": "08:30", "alike-finishes": "12:00"})
    assert 'href="#id_alike-days_0"' in response.content.decode()


# --- Working time ---


def refused(cast, days, valid_from=MAY, replaces=None) -> list[str]:
    """What speaks against these days and times from a day on."""
    form = filled_in(cast, days, valid_from=valid_from, replaces=replaces)
    return plan.problems_of(form.placement, form.valid_from, form.days(), replaces=replaces)


def test_a_long_day_is_refused_under_18_and_accepted_from_18_on(cast):
    born(cast, date(2008, 9, 1))
    says = "Tuesday: 9 h on one day. Under 18 it is at most 8 h a day."
    assert refused(cast, {1: ("08:00", "18:00", "60")}) == [says]
    born(cast, date(2008, 3, 1))
    assert refused(cast, {1: ("08:00", "18:00", "60")}) == []


def test_who_turns_18_during_the_pattern_keeps_to_both_limits(cast):
    born(cast, date(2008, 6, 1))
    response = send(cast, {1: ("08:00", "18:00", "60")}, valid_from="2026-05-04")
    assert response.context["problems"] == ["Tuesday: 9 h on one day. Under 18 it is at most 8 h a day."]
    assert "From the 18th birthday on 1 June 2026 the limits are wider" in response.content.decode()
    assert len(agreed(cast)) == 1
    assert refused(cast, {1: ("08:00", "18:00", "60")}, valid_from="2026-06-01") == []


LIMITS_UNDER_18 = [
    (week("08:00", "16:30", "30", range(6)), "48 h in the week. Under 18 it is at most 40 h."),
    (week("09:00", "12:00", "0", range(7)), "No rest of 48 h in a row in this week. Under 18 one is due each week."),
    ({0: ("09:00", "14:00", "")}, "Monday: 5 h without a break. Under 18 a break of 30 min is due after 4 h 30 min."),
    ({0: ("15:00", "22:30", "60")}, "Monday: Work between 22:00 and 06:00. Under 18 there is no night work."),
    (
        {0: ("14:00", "21:00", "60"), 1: ("07:00", "12:00", "60")},
        "Tuesday: 10 h of rest after the day before. Under 18 at least 12 h are due.",
    ),
]


def test_under_18_every_limit_is_looked_at(cast):
    born(cast, date(2009, 9, 1))
    for days, says in LIMITS_UNDER_18:
        assert says in refused(cast, days)


def test_from_18_on_48_hours_a_week_are_the_limit_on_average(cast):
    born(cast, date(2000, 1, 1))
    too_long = week("08:00", "18:30", "30")
    says = "50 h a week over 17 weeks. From 18 on it is at most 48 h on average."
    assert refused(cast, too_long, FIRST, replaces=date(2026, 3, 2)) == [says]
    assert refused(cast, too_long, "2026-07-20") == [], "a long fortnight beside shorter weeks is no long week"


def test_the_mean_is_of_the_17_weeks_with_most_work(cast):
    born(cast, date(2000, 1, 1))  # the fifteen weeks from 20 April on come to 54 h, two before them to 35 h
    says = "51 h 45 min a week over 17 weeks. From 18 on it is at most 48 h on average."
    assert refused(cast, week("08:00", "19:18", "30"), valid_from="2026-04-20") == [says]


def test_a_placement_of_one_week_has_no_other_weeks_to_be_averaged_with(cast):
    born(cast, date(2000, 1, 1))
    Placement.objects.filter(pk=cast.placement.pk).update(last_on=date(2026, 3, 6))
    says = "50 h in one week. From 18 on it is at most 48 h on average."
    assert refused(cast, week("08:00", "18:30", "30"), FIRST, replaces=date(2026, 3, 2)) == [says]


def test_the_hours_with_another_employer_are_added_up(cast):
    born(cast, date(2009, 9, 1))
    PlacementFactory(
        student=cast.student_record,
        employer=EmployerFactory(provider=cast.provider, name="Abbey Care"),
        first_on=date(2026, 6, 1),
        last_on=date(2026, 6, 30),
        weekdays=[5],
    )
    says = "42 h in the week. Under 18 it is at most 40 h. The hours with Abbey Care are added up."
    days = week("09:00", "17:00", "60", range(5))
    assert says in refused(cast, days)
    assert refused(cast, days, valid_from="2026-07-01") == []


@pytest.fixture
def abbey(cast):
    """Another placement of the student in June, from Tuesday the 2nd: Tuesdays, from the 15th Thursdays, 9 to 5."""
    placement = PlacementFactory(
        student=cast.student_record,
        employer=EmployerFactory(provider=cast.provider, name="Abbey Care"),
        first_on=date(2026, 6, 2),
        last_on=date(2026, 6, 30),
        weekdays=[1],
    )
    times = {"starts": time(9), "finishes": time(17), "break_minutes": 60}
    placement.pattern_days.create(weekday=3, valid_from=date(2026, 6, 15), **times)
    return placement


OVERLAP = "These times overlap 09:00 to 17:00, agreed with Abbey Care from 2 June 2026 to 30 June 2026."


def test_the_same_hours_at_two_employers_are_refused_next_to_the_day(cast, abbey):
    response = send(cast, week("08:30", "16:30", days=[0, 1, 3]), valid_from="2026-05-04")
    rows = {row.weekday: row.errors for row in response.context["form"].rows if row.errors}
    assert rows == {"Tuesday": {"starts": [OVERLAP]}, "Thursday": {"starts": [OVERLAP]}}
    assert response.context["problems"] == []
    assert f'<a href="#id_day1-starts">Tuesday, start: {OVERLAP}</a>' in response.text
    assert len(agreed(cast)) == 1


def test_one_may_work_at_two_employers_one_after_the_other(cast, abbey):
    """Before and after the other's hours, and on days that the other does not have then."""
    assert refused(cast, {1: ("07:00", "09:00", ""), 0: ("09:00", "17:00", "60")}) == []
    assert refused(cast, week(days=[1]), valid_from="2026-06-10") == []  # the next Tuesday is free there
    assert refused(cast, week(days=[1, 3]), valid_from="2026-07-01") == []


def at_bramble(cast, day, **times):
    """A third placement, of one day."""
    employer = EmployerFactory(provider=cast.provider, name="Bramble")
    there = PlacementFactory(student=cast.student_record, employer=employer, first_on=day, last_on=day, weekdays=[])
    there.pattern_days.create(weekday=day.weekday(), valid_from=day, break_minutes=0, **times)
    return there


def test_nothing_overlaps_on_a_bank_holiday_and_one_day_is_called_one_day(cast):
    there = at_bramble(cast, date(2026, 4, 3), starts=time(9), finishes=time(13))  # Good Friday
    overlap = "Friday: These times overlap 09:00 to 13:00, agreed with Bramble"
    assert refused(cast, week(), valid_from="2026-03-30") == []
    Placement.objects.filter(pk=there.pk).update(last_on=date(2026, 4, 10))
    assert refused(cast, week(), valid_from="2026-03-30") == [f"{overlap} from 3 April 2026 to 10 April 2026."]
    Placement.objects.filter(pk=there.pk).update(first_on=date(2026, 4, 10))
    assert refused(cast, week(), valid_from="2026-03-30") == [f"{overlap} on 10 April 2026."]


def test_one_problem_is_said_once_and_names_who_has_to_do_with_it(cast, abbey):
    """Late on Mondays, early at Abbey Care on Tuesdays in June; for a week of it the student is at Bramble, too."""
    there = at_bramble(cast, date(2026, 6, 10), starts=time(18), finishes=time(19))
    Placement.objects.filter(pk=there.pk).update(first_on=date(2026, 6, 8), last_on=date(2026, 6, 14))
    short = "Tuesday: 10 h of rest after the day before. From 18 on at least 11 h are due."
    assert refused(cast, {0: ("16:00", "23:00", "30")}) == [f"{short} The hours with Abbey Care are added up."]


def test_only_the_time_of_the_pattern_itself_is_looked_at(cast):
    born(cast, date(2008, 6, 1))
    agree(cast, week(), "2026-06-01")
    long_day = {1: ("08:00", "18:00", "60")}
    assert refused(cast, long_day, "2026-06-01", replaces=date(2026, 6, 1)) == []


# --- What it adds up to, and taking one away ---


def test_agreed_hours_leave_bank_holidays_out(cast):
    placement = PlacementFactory(
        student=cast.student_record, first_on=date(2026, 4, 1), last_on=date(2026, 4, 30), weekdays=[0, 4]
    )
    # 3 Fridays after Good Friday (10, 17, 24 April), 3 Mondays after Easter Monday (13, 20, 27 April)
    assert plan.agreed_minutes(placement) == 6 * 420


def test_the_page_says_in_eight_queries_whether_the_hours_will_do(cast, django_assert_num_queries):
    """Session, person, placement, days; what is to come: agreed, days away, weeks handed in; the kept totals."""
    client, address = signed_in(cast.tutor), f"/placements/{cast.placement.pk}/pattern/"
    with django_assert_num_queries(8):
        page = client.get(address).text
    assert "742 h in 22 weeks, bank holidays left out." in page
    assert "The required 315 h are reached, with 427 h to spare for days missed." in page
    PatternDay.objects.filter(weekday__gt=0).delete()
    page = client.get(address).text
    assert "short of the required 315 h: more days, longer days or a later last day would help." in page


def remove(cast, day):
    data = {"from": day, "seen": type(cast.placement).objects.get(pk=cast.placement.pk).version}
    return signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/pattern/remove/", data)


def test_a_later_pattern_is_removed(cast):
    agree(cast, week(), MAY)
    assert "the one before holds on" in said(remove(cast, MAY))[0]
    assert agreed(cast) == {date(2026, 3, 2): "Mon to Fri 09:00 to 17:00"}
    assert Event.objects.about(cast.placement).first().says == "removed the working pattern from 4 May 2026"


def test_the_first_pattern_stays(cast):
    for day in ("2026-03-02", "nonsense"):
        assert said(remove(cast, day)) == ["Only a later pattern can be removed. The first one can be changed."]
    assert len(agreed(cast)) == 1


def test_a_birthday_on_29_february_comes_on_1_march(cast):
    assert plan.birthday(Student(born_on=date(2008, 2, 29)), 2026) == date(2026, 3, 1)


def test_times_are_stored_as_typed_and_a_day_may_finish_at_midnight(cast):
    agree(cast, {3: ("08:15", "12:45", "15"), 4: ("16:00", "24:00", "30")}, MAY)
    thursday, friday = PatternDay.objects.filter(valid_from=date(2026, 5, 4)).order_by("weekday")
    assert (thursday.weekday, thursday.starts, thursday.finishes, thursday.break_minutes) == (
        3, time(8, 15), time(12, 45), 15,
    )  # fmt: skip
    assert (str(friday), friday.minutes) == ("16:00 to 00:00", 450)
