from datetime import date, time

import pytest

from placements.hours.models import StudentHours
from placements.models import Placement
from portal.history.models import Event
from portal.people.models import User
from tests.factories import (
    EmployerFactory,
    LineManagerFactory,
    PlacementFactory,
    SiteFactory,
    SpellFactory,
    StudentFactory,
    TimesheetFactory,
    UserFactory,
)
from tests.portal.importing import applied, csv_file, looked_at, planned, preview, said

HEADER = ["Student", "Employer name", "First day", "Last day", "Role"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WEEK = ["09:00-17:00/60"] * 5 + ["", ""]
NORMAL = ["student@cast.test", "Employer", "05/01/2027", "26/03/2027", "Site office"]


def says(cast, *rows, header=HEADER) -> list[tuple]:
    """(row, state, what it says) of each row, as the preview has it."""
    found = planned(cast.provider, "placements", csv_file(header, *rows))
    return [(row.number, row.state, said(row.details)) for row in found]


def planned_placement(cast, **facts) -> Placement:
    """The placement that NORMAL and WEEK are about, without a line manager."""
    facts = {"student": cast.student_record, "employer": cast.employer, "role": "Site office", "manager": None} | facts
    days = {"first_on": date(2027, 1, 5), "last_on": date(2027, 3, 26)}
    return PlacementFactory(**days | {"status": Placement.Status.PLANNED} | facts)


def test_a_placement_with_everything_which_the_same_file_again_leaves_as_it_is(cast):
    site = SiteFactory(employer=cast.employer, name="Depot")
    header = [*HEADER, "Site name", "Manager e-mail", "Pay", *DAYS]
    row = [*NORMAL, "DEPOT", "Manager@cast.test", "paid", *WEEK[:4], "", "10:00-13:00", ""]
    file = csv_file(header, row)
    made = applied(cast, "placements", file)
    placement = Placement.objects.get(first_on=date(2027, 1, 5))
    assert (placement.provider, placement.student, placement.employer) == (
        cast.provider,
        cast.student_record,
        cast.employer,
    )
    assert (placement.site, placement.manager, placement.role, placement.pay) == (
        site,
        cast.manager,
        "Site office",
        "paid",
    )
    assert (placement.last_on, placement.status) == (date(2027, 3, 26), "planned")
    days = list(placement.pattern_days.values_list("valid_from", "weekday", "starts", "finishes", "break_minutes"))
    assert days == [(date(2027, 1, 5), n, time(9), time(17), 60) for n in range(4)] + [
        (date(2027, 1, 5), 5, time(10), time(13), 0)
    ]
    assert [str(event) for event in Event.objects.about(placement)] == [
        "Coordinator Reed added it with the file placements.csv",
        "Coordinator Reed set the working pattern Mon to Thu 09:00-17:00/60, Sat 10:00-13:00/0 with the file "
        "placements.csv",
    ]
    assert made.preview.get().title == "Student Reed at Employer"
    assert preview(looked_at(cast, "placements", file)) == [(2, "unchanged", "")]


def test_the_totals_follow_new_placements(cast):
    student = StudentFactory(provider=cast.provider, uln="1000000019")
    assert StudentHours.objects.get(student=student).begun_on is None
    applied(cast, "placements", csv_file(HEADER, ["1000000019", "Employer", "05/01/2027", "26/03/2027", "Office"]))
    assert StudentHours.objects.get(student=student).begun_on == date(2027, 1, 5)


@pytest.mark.database
def test_what_changes_is_shown_from_and_to(cast):
    version = planned_placement(cast).version
    changed = [*NORMAL[:3], "02/04/2027", "Workshop"]
    header = [*HEADER, "Manager e-mail", *DAYS]
    made = applied(
        cast, "placements", csv_file(header, [*changed, "manager@cast.test", *["10:00-16:00/30"] * 3, *[""] * 4])
    )
    assert preview(made) == [
        (
            2,
            "changed",
            "last day: 26 March 2027 -> 2 April 2027 | role: Site office -> Workshop | "
            "line manager: empty -> Manager Reed | "
            "working pattern: Mon to Fri 09:00-17:00/60 -> Mon to Wed 10:00-16:00/30",
        )
    ]
    placement = Placement.objects.get(first_on=date(2027, 1, 5))
    assert (placement.last_on, placement.role, placement.manager) == (date(2027, 4, 2), "Workshop", cast.manager)
    assert placement.version == version + 1
    assert list(placement.pattern_days.values_list("weekday", "starts")) == [(n, time(10)) for n in range(3)]


def test_without_pattern_columns_the_pattern_stays_and_a_changed_one_alone_is_a_change(cast):
    placement = planned_placement(cast)
    assert says(cast, NORMAL) == [(2, "unchanged", "")]
    applied(cast, "placements", csv_file(HEADER, [*NORMAL[:4], "Workshop"]))
    assert placement.pattern_days.count() == 5
    mondays = csv_file([*HEADER, "Monday"], [*NORMAL[:4], "Workshop", "09:00-17:00/60"])
    assert preview(applied(cast, "placements", mondays)) == [
        (2, "changed", "working pattern: Mon to Fri 09:00-17:00/60 -> Mon 09:00-17:00/60"),
    ]
    assert placement.pattern_days.count() == 1


NO_STUDENT = "Student: No student here has this ULN or address. Import the students first."
TOO_FAR = "First day: This is more than three years from now. Check the year."
# What is wrong in a row, by column, and what is said about it.
WRONG = [
    ({"Student": "nobody@cast.test"}, NO_STUDENT),
    ({"Student": "other_student@cast.test"}, NO_STUDENT),
    (
        {"Employer name": "other Employer"},
        "Employer name: No employer here is called “other Employer”. Import the employers first.",
    ),
    ({"Site name": "Yard"}, "Site name: Employer has no site called “Yard”. Import the employers first."),
    (
        {"Manager e-mail": "manager2@cast.test"},
        "Manager e-mail: Employer has no line manager with this address. Import the employers first.",
    ),
    (
        {"First day": "05/01/2027", "Last day": "04/01/2027"},
        "Last day: 4 January 2027 lies before the first day, 5 January 2027.",
    ),
    (
        {"First day": "06/01/2027", "Last day": "26/03/2072"},
        "Last day: From 6 January 2027 to 26 March 2072 is more than two years. Check the years of both days.",
    ),
    ({"First day": "05/01/2127", "Last day": "26/03/2127"}, TOO_FAR),
    ({"First day": "05/01/9999", "Last day": "26/03/9999"}, TOO_FAR),
    (
        {"First day": "05/01/2007", "Last day": "26/03/2007"},
        "First day: This is more than three years ago. Check the year.",
    ),
    ({"Role": ""}, "Role: This is missing."),
    (
        {"Pay": "lots"},
        "Pay: “lots” is not known here. Write one of: Not paid; Paid; Not paid, expenses covered; Paid, and "
        "expenses covered.",
    ),
    (
        {"Monday": "17:00-09:00"},
        "Monday: “17:00-09:00” finishes before it starts. Write afternoon hours like 17:00.",
    ),
]


def test_a_wrong_row_says_the_column_and_the_reason(cast):
    normal = dict(zip(HEADER, NORMAL, strict=True)) | {"Site name": "", "Manager e-mail": "", "Pay": "", "Monday": ""}
    rows = [normal | {"First day": f"{day:02}/02/2027"} | cells for day, (cells, _) in enumerate(WRONG, start=1)]
    expected = [(number, "wrong", reason) for number, (_, reason) in enumerate(WRONG, start=2)]
    assert says(cast, *(list(row.values()) for row in rows), header=list(normal)) == expected


def test_a_placement_of_long_ago_that_is_there_already_may_stand_in_a_file(cast):
    planned_placement(cast, first_on=date(2021, 1, 5), last_on=date(2021, 3, 26), manager=cast.manager, weekdays=[])
    row = [*NORMAL[:2], "05/01/2021", "27/03/2021", *NORMAL[4:]]
    assert says(cast, row) == [(2, "changed", "last day: 26 March 2021 -> 27 March 2021")]


def test_a_pattern_that_breaks_working_time_is_wrong(cast):
    cast.student_record.born_on = date(2010, 5, 4)
    cast.student_record.save()
    week = ["08:00-18:00/60", *["09:00-17:00/60"] * 4, "", ""]
    [(_, state, words)] = says(cast, [*NORMAL, *week], header=[*HEADER, *DAYS])
    assert (state, words) == ("wrong", "Monday: 9 h on one day. Under 18 it is at most 8 h a day.")


def test_working_time_sees_the_other_placements_of_the_student(cast):
    cast.student_record.born_on = date(2010, 5, 4)
    cast.student_record.save()
    other = EmployerFactory(provider=cast.provider, name="Harbour")
    header = [*HEADER, "Monday"]
    first = [*NORMAL, "08:00-13:30/30"]
    second = ["student@cast.test", other.name, "01/02/2027", "26/03/2027", "Shop", "14:00-18:00/0"]
    assert [state for _, state, _ in says(cast, second, header=header)] == ["new"]
    (_, alone, _), (_, state, words) = says(cast, first, second, header=header)
    assert (alone, state, "9 h on one day" in words) == ("new", "wrong", True)
    placement = planned_placement(cast, weekdays=[])
    placement.pattern_days.create(weekday=0, valid_from=placement.first_on, starts=time(8), finishes=time(13))
    assert [state for _, state, _ in says(cast, second, header=header)] == ["wrong"]
    later = ["student@cast.test", other.name, "29/03/2027", "30/04/2027", "Shop", "14:00-18:00/0"]
    assert [state for _, state, _ in says(cast, later, header=header)] == ["new"]


def test_the_same_hours_at_two_employers_are_wrong(cast):
    harbour = EmployerFactory(provider=cast.provider, name="Harbour")
    header, first = [*HEADER, "Monday"], [*NORMAL, "09:00-17:00/60"]
    second = ["student@cast.test", harbour.name, "01/02/2027", "26/03/2027", "Shop", "13:00-18:00/30"]
    says_so = "Monday: These times overlap 09:00 to 17:00, agreed with Employer from 5 January 2027 to 26 March 2027."
    assert says(cast, first, second, header=header) == [(2, "new", "+placement"), (3, "wrong", says_so)]
    planned_placement(cast)
    assert says(cast, second, header=header) == [(2, "wrong", says_so)]


THERE_IS = "There is a placement with Employer already, from 5 January 2027 to 26 March 2027."


def test_a_new_placement_in_the_time_of_another_at_the_same_employer_is_noted(cast):
    planned_placement(cast)
    asks = f"{THERE_IS} If its first day has changed, change it on its page: this row is about a further one."
    corrected, header = [*NORMAL[:2], "12/01/2027", *NORMAL[3:]], [*HEADER, *DAYS]
    assert says(cast, NORMAL, corrected) == [(2, "unchanged", ""), (3, "new", f"+placement | {asks}")]
    [(_, state, words)] = says(cast, [*corrected, *WEEK], header=header)
    assert (state, words.split(" | ")[-1]) == ("wrong", f"First day: {asks}")
    elsewhere = ["student@cast.test", EmployerFactory(provider=cast.provider).name, *corrected[2:]]
    later = [*NORMAL[:2], "27/03/2027", "30/04/2027", "Site office"]
    assert says(cast, elsewhere, later) == [(2, "new", "+placement"), (3, "new", "+placement")]


def test_the_same_placement_twice_is_wrong_also_by_uln_and_address(cast):
    cast.student_record.uln = "1000000019"
    cast.student_record.save()
    reason = "Student: Row 2 is about the same placement. Keep one of the two."
    assert says(cast, NORMAL, ["1000000019", *NORMAL[1:]]) == [(2, "new", "+placement"), (3, "wrong", reason)]


def placement_of(cast, **facts) -> list[str]:
    """A row about the cast's placement, which is active since 2 March 2026."""
    return ["student@cast.test", "Employer", "02/03/2026", facts.get("last", "31/07/2026"), "Junior developer"]


def test_an_active_placement_may_last_longer(cast):
    assert says(cast, placement_of(cast, last="14/08/2026")) == [
        (2, "changed", "last day: 31 July 2026 -> 14 August 2026")
    ]


def test_a_new_placement_whose_first_day_has_passed_says_what_follows(cast):
    past = (
        "+placement | 2 November 2026 has passed. The placement starts as soon as nothing is missing, and its weeks "
        "since then are asked for."
    )
    row = [*NORMAL[:2], "02/11/2026", "26/03/2027", "Site office"]
    assert says(cast, row) == [(2, "new", past)]
    assert says(cast, [*row[:2], "23/11/2026", *row[3:]]) == [(2, "new", "+placement")]  # today
    assert preview(applied(cast, "placements", csv_file(HEADER, row))) == [(2, "new", past)]
    assert says(cast, [*row[:4], "Workshop"]) == [(2, "changed", "role: Site office -> Workshop")]


def test_a_last_day_after_the_course_is_noted(cast):
    beyond = "The last day is after the end of the course on 31 July 2027."
    assert says(cast, [*NORMAL[:3], "20/12/2027", *NORMAL[4:]]) == [(2, "new", f"+placement | {beyond}")]
    longer = placement_of(cast, last="01/08/2027")
    assert says(cast, longer) == [(2, "changed", f"last day: 31 July 2026 -> 1 August 2027 | {beyond}")]
    applied(cast, "placements", csv_file(HEADER, longer))
    assert says(cast, longer) == [(2, "unchanged", "")]


def test_the_hours_of_an_active_placement_change_on_its_page(cast):
    row = [*placement_of(cast), "10:00-16:00/30"]
    reason = "Monday: The placement has begun. Change the hours on its page, where you say from which day."
    assert says(cast, row, header=[*HEADER, "Monday"]) == [(2, "wrong", reason)]
    assert says(cast, [*placement_of(cast), *WEEK], header=[*HEADER, *DAYS]) == [(2, "unchanged", "")]


def test_the_line_manager_of_an_active_placement_changes_on_its_page(cast):
    new = LineManagerFactory(employer=cast.employer, user=UserFactory(email="new@cast.test"))
    row = [*placement_of(cast), new.user.email]
    reason = "Manager e-mail: The placement has begun. Change the line manager on its page."
    assert says(cast, row, header=[*HEADER, "Manager e-mail"]) == [(2, "wrong", reason)]
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    assert [state for _, state, _ in says(cast, row, header=[*HEADER, "Manager e-mail"])] == ["changed"]


def test_a_manager_who_may_not_sign_in_is_not_chosen(cast):
    User.objects.filter(pk=cast.manager.pk).update(is_active=False)
    reason = "Manager e-mail: Employer has no line manager with this address. Import the employers first."
    row = [*NORMAL, "manager@cast.test"]
    assert says(cast, row, header=[*HEADER, "Manager e-mail"]) == [(2, "wrong", reason)]


def test_working_time_is_that_of_the_age_on_each_day(cast):
    cast.student_record.born_on = date(2009, 3, 1)
    cast.student_record.save()
    header = [*HEADER, "Monday"]
    before = [*NORMAL[:2], "05/01/2027", "26/02/2027", "Office", "08:00-18:00/60"]
    after = [*NORMAL[:2], "01/03/2027", "26/03/2027", "Office", "08:00-18:00/60"]
    assert [state for _, state, _ in says(cast, before, after, header=header)] == ["wrong", "new"]


def test_a_placement_does_not_end_before_the_hours_recorded(cast):
    SpellFactory(timesheet=TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9)))
    assert says(cast, placement_of(cast, last="06/03/2026")) == [
        (2, "wrong", "Last day: Hours are recorded until 9 March 2026.")
    ]


def test_an_ended_placement_stays_as_it_is(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="ended")
    assert says(cast, placement_of(cast)) == [(2, "unchanged", "")]
    reason = "First day: This placement has ended. Take it up again on its page before changing it."
    assert says(cast, placement_of(cast, last="14/08/2026")) == [(2, "wrong", reason)]


def test_a_row_never_touches_another_provider(cast):
    PlacementFactory(
        student=StudentFactory(provider=cast.other_provider, user=UserFactory(email="twin@cast.test")),
        employer=EmployerFactory(provider=cast.other_provider, name="Employer"),
        first_on=date(2027, 1, 5),
        last_on=date(2027, 3, 26),
        status="planned",
    )
    [(_, state, words)] = says(cast, ["twin@cast.test", *NORMAL[1:]])
    assert (state, words) == ("wrong", "Student: No student here has this ULN or address. Import the students first.")
