from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from placements.hours.models import StudentHours
from portal.history.models import Event
from portal.imports.importer import IMPORTERS
from portal.people.models import User
from students.models import Student
from students.tlevels.models import TLevel
from tests.factories import MembershipFactory, StudentFactory, UserFactory
from tests.portal.importing import applied, csv_file, looked_at, planned, preview, said

HEADER = ["ULN", "First name", "Last name", "E-mail", "Date of birth", "T Level", "Year of entry"]
AMIRA = [
    "1000000019", "Amira", "Okafor", "amira@college.example", "04/05/2008", "Digital Software Development", "2025/26",
]  # fmt: skip


def row(**changes) -> list[str]:
    """Amira's row with some cells changed."""
    names = ["uln", "first", "last", "email", "born", "tlevel", "year"]
    return [changes.get(name, cell) for name, cell in zip(names, AMIRA, strict=True)]


def compared(cast, file: bytes) -> list[tuple]:
    """What the preview of a file would say: (row, state, words)."""
    rows = planned(cast.provider, "students", file)
    return [(row.number, row.state, said(row.details)) for row in rows]


def says(cast, *rows, header=HEADER) -> list[tuple]:
    return compared(cast, csv_file(header, *rows))


def test_a_student_with_everything(cast):
    header = [*HEADER, "Specialism", "Tutor e-mail", "SEND", "Phone"]
    cells = [*row(tlevel="61057484"), "early years educator", "TUTOR@cast.test", "yes", "01632 960123"]
    made = applied(cast, "students", csv_file(header, cells))

    student = Student.objects.get(uln="1000000019")
    assert student.provider == cast.provider
    assert (student.name, student.user.email, student.user.phone) == (
        "Amira Okafor",
        "amira@college.example",
        "01632 960123",
    )
    assert student.born_on == date(2008, 5, 4)
    assert (student.tlevel.title, student.specialism.title) == ("Education and Early Years", "Early Years Educator")
    assert (student.entry_year, student.tutor, student.has_send) == ("2025/26", cast.tutor, True)
    assert list(student.user.memberships.values_list("provider", "role")) == [(cast.provider.pk, "student")]
    assert student.user.has_usable_password() is False
    assert made.new_people == [student.user_id]
    assert StudentHours.objects.get(student=student).required == 750 * 60
    assert [str(event) for event in Event.objects.about(student)] == [
        "Coordinator Reed added it with the file students.csv"
    ]


def test_the_preview_of_a_new_student_shows_what_was_understood(cast):
    made = looked_at(cast, "students", csv_file([*HEADER, "SEND"], [*AMIRA, "No"]))
    assert made.preview.get().title == "Amira Okafor"
    assert made.preview.get().details["facts"] == [
        "1000000019",
        "amira@college.example",
        "4 May 2008",
        "Digital Software Development",
        "2025/26",
        "SEND: no",
    ]


def test_the_same_file_again_changes_nothing(cast):
    header = [*HEADER, "Tutor e-mail", "SEND", "Phone"]
    file = csv_file(
        header,
        [*AMIRA, "tutor@cast.test", "no", "01632 960123"],
        [*row(uln="9999999999", email="ben@college.example"), "", "", ""],
    )
    applied(cast, "students", file)
    assert compared(cast, file) == [(2, "unchanged", ""), (3, "unchanged", "")]


@pytest.mark.database
def test_what_changes_is_shown_from_and_to(cast):
    student = StudentFactory(
        provider=cast.provider,
        uln="1000000019",
        user=UserFactory(email="amira@college.example", first_name="Amira", last_name="Oka"),
        born_on=date(2008, 4, 5),
    )
    cells = [*row(tlevel="61057484"), "Assisting Teaching", "tutor@cast.test"]
    made = applied(cast, "students", csv_file([*HEADER, "Specialism", "Tutor e-mail"], cells))
    assert preview(made) == [
        (
            2,
            "changed",
            "last name: Oka -> Okafor | date of birth: 5 April 2008 -> 4 May 2008 | "
            "specialism: empty -> Assisting Teaching | "
            "T Level: Digital Software Development -> Education and Early Years | tutor: empty -> Tutor Reed",
        )
    ]
    student = Student.objects.get(pk=student.pk)
    assert (student.name, student.born_on, student.tutor) == ("Amira Okafor", date(2008, 5, 4), cast.tutor)
    assert sorted(str(event) for event in Event.objects.about(student)) == [
        "Coordinator Reed changed date of birth from 5 April 2008 to 4 May 2008; T Level from Digital Software "
        "Development to Education and Early Years; specialism from empty to Assisting Teaching; tutor from empty to "
        "Tutor Reed with the file students.csv",
        "Coordinator Reed changed last name from Oka to Okafor with the file students.csv",
    ]


def test_the_totals_follow_a_changed_course(cast):
    student = StudentFactory(provider=cast.provider, uln="1000000019", user=UserFactory(email="amira@college.example"))
    assert StudentHours.objects.get(student=student).required == 315 * 60
    applied(cast, "students", csv_file([*HEADER, "Specialism"], [*row(tlevel="61057484"), "Early Years Educator"]))
    assert StudentHours.objects.get(student=student).required == 750 * 60


def test_another_course_without_a_specialism_ends_the_old_one(cast):
    early_years = TLevel.objects.get(core_code="61057484")
    StudentFactory(
        provider=cast.provider,
        uln="1000000019",
        user=UserFactory(email="amira@college.example"),
        tlevel=early_years,
        specialism=early_years.specialisms.first(),
    )
    applied(cast, "students", csv_file(HEADER, AMIRA))
    student = Student.objects.get(uln="1000000019")
    assert (student.tlevel.title, student.specialism) == ("Digital Software Development", None)


def test_a_real_uln_takes_the_place_of_the_temporary_one(cast):
    user = UserFactory(email="amira@college.example", first_name="Amira", last_name="Okafor")
    student = StudentFactory(provider=cast.provider, user=user, born_on=date(2008, 5, 4))
    change = "unique learner number (ULN): 9999999999 -> 1000000019"
    assert preview(applied(cast, "students", csv_file(HEADER, AMIRA))) == [(2, "changed", change)]
    student.refresh_from_db()
    assert student.uln == "1000000019"
    assert says(cast, row(uln="9999999999")) == [(2, "unchanged", "")]


def test_an_address_follows_the_uln(cast):
    user = UserFactory(email="old@college.example", first_name="Amira", last_name="Okafor")
    StudentFactory(provider=cast.provider, user=user, uln="1000000019", born_on=date(2008, 5, 4))
    change = "e-mail address: old@college.example -> amira@college.example"
    assert preview(applied(cast, "students", csv_file(HEADER, AMIRA))) == [(2, "changed", change)]
    user.refresh_from_db()
    assert user.email == "amira@college.example"


def test_an_old_address_lets_nobody_in(cast):
    user = UserFactory(email="old@college.example")
    StudentFactory(provider=cast.provider, user=user, uln="1000000019")
    EmailAddress.objects.create(user=user, email="old@college.example", primary=True, verified=True)
    applied(cast, "students", csv_file(HEADER, AMIRA))
    assert not EmailAddress.objects.filter(email="old@college.example").exists()


def test_an_unusual_age_is_pointed_out_once(cast):
    file = csv_file(HEADER, row(born="04/05/1979"))
    [(_, state, said)] = preview(applied(cast, "students", file))
    assert (state, said.partition(" | ")[0]) == ("new", "+student")
    assert "The date of birth makes an age of " in said
    assert compared(cast, file) == [(2, "unchanged", "")]


def test_an_unusual_year_of_entry_is_pointed_out_once(cast):
    file = csv_file(HEADER, row(year="2099/00"), row(uln="9276308686", email="ben@college.example", year="2021/22"))
    assert preview(applied(cast, "students", file)) == [
        (2, "new", "+student | Is the year of entry right? 2099/00 does not begin before September 2099."),
        (
            3,
            "new",
            "+student | Is the year of entry right? Whoever began in 2021/22 could be certificated with their peers "
            "until 31 October 2023.",
        ),
    ]
    assert compared(cast, file) == [(2, "unchanged", ""), (3, "unchanged", "")]


def test_the_address_of_somebody_known_elsewhere_stays(cast):
    user = UserFactory(email="old@college.example", first_name="Amira", last_name="Okafor")
    StudentFactory(provider=cast.provider, user=user, uln="1000000019")
    MembershipFactory(user=user, provider=cast.other_provider, role="student")
    reason = "E-mail: Amira Okafor signs in as old@college.example. Only the operator can change that."
    assert says(cast, AMIRA) == [(2, "wrong", reason)]


def test_a_uln_and_an_address_of_two_people_do_not_fit_together(cast):
    StudentFactory(provider=cast.provider, uln="1000000019", user=UserFactory(first_name="Una", last_name="Lee"))
    UserFactory(email="amira@college.example")
    reason = "E-mail: The ULN is that of Una Lee, but the address belongs to somebody else."
    assert says(cast, AMIRA) == [(2, "wrong", reason)]


def test_an_address_with_another_uln_is_wrong(cast):
    user = UserFactory(email="amira@college.example", first_name="Amira", last_name="Okafor")
    StudentFactory(provider=cast.provider, user=user, uln="9276308686")
    reason = "ULN: The address belongs to Amira Okafor, whose ULN is 9276308686."
    assert says(cast, AMIRA) == [(2, "wrong", reason)]


def test_staff_do_not_become_students_by_a_slip(cast):
    reason = "E-mail: This is the address of Tutor Reed, who works here. A student needs one of their own."
    assert says(cast, row(email="tutor@cast.test")) == [(2, "wrong", reason)]


def test_a_student_known_elsewhere_gets_a_record_here_and_keeps_their_name(cast):
    theirs = cast.other_student_record
    theirs.uln = "1000000019"
    theirs.save()
    file = csv_file(HEADER, row(email="other_student@cast.test"))
    mistaken = looked_at(cast, "students", file)
    assert [state for _, state, _ in preview(mistaken)] == ["wrong"]
    assert "Reed" not in str(mistaken.preview.get().details)
    named = row(email="other_student@cast.test", first="Other Student", last="Reed")
    made = applied(cast, "students", csv_file(HEADER, named))
    assert preview(made) == [(2, "new", "+student")]
    ours = Student.objects.get(provider=cast.provider, uln="1000000019")
    assert ours.user == theirs.user
    theirs.refresh_from_db()
    assert theirs.provider == cast.other_provider
    assert User.objects.get(pk=theirs.user_id).name == "Other Student Reed"
    assert made.new_people == []


def test_a_wrong_cell_says_the_column_and_the_reason(cast):
    wrong = [
        ({"uln": ""}, "ULN: This is missing."),
        ({"uln": "1E+09"}, "ULN: The spreadsheet has shortened this number to 1E+09 and lost digits. Format"),
        ({"born": "31/02/2008"}, "Date of birth: 31/02/2008 does not exist: February 2008 has no such day."),
        ({"born": "04/05/2024"}, "Date of birth: 4 May 2024 cannot be the date of birth of a student."),
        (
            {"tlevel": "Wizardry"},
            "T Level: “Wizardry” is no T Level that the portal knows. Titles and core codes stand on the page "
            "“T Levels” that “Rules” leads to.",
        ),
        ({"tlevel": "Onsite Construction"}, "T Level: Onsite Construction is closed to new students."),
        ({"year": "2025/27"}, "Year of entry: “2025/27” is not an academic year. Write it like 2025/26."),
        ({"email": "amira"}, "E-mail: “amira” is not an e-mail address."),
    ]
    for changes, reason in wrong:
        [(_, state, said)] = says(cast, row(**changes))
        assert state == "wrong"
        assert said.startswith(reason)


def test_a_tutor_must_be_known_here(cast):
    reason = "Tutor e-mail: No tutor here has the address {}. Add them under People first."
    for address in ("nobody@college.example", "other_tutor@cast.test", "coordinator@cast.test"):
        assert says(cast, [*AMIRA, address], header=[*HEADER, "Tutor e-mail"]) == [(2, "wrong", reason.format(address))]


def test_a_specialism_is_kept_where_it_matters(cast):
    header = [*HEADER, "Specialism"]
    reason = (
        "Specialism: “Early Years” is none that the portal knows. The required hours of Education and Early Years "
        "depend on it: write Assisting Teaching or Early Years Educator."
    )
    assert says(cast, [*row(tlevel="61057484"), "Early Years"], header=header) == [(2, "wrong", reason)]
    reason = "Specialism: For Health the portal knows Dental Nursing. Leave it empty for any other."
    assert says(cast, [*row(tlevel="Health"), "Midwifery"], header=header) == [(2, "wrong", reason)]
    note = "The specialism is not kept: it makes no difference to the rules of Digital Software Development."
    assert says(cast, [*AMIRA, "Web development"], header=header) == [(2, "new", f"+student | {note}")]


EARLY_YEARS_LACKS = (
    "Specialism: This is missing. The required hours of Education and Early Years depend on it: write Assisting "
    "Teaching or Early Years Educator."
)


def test_where_the_hours_depend_on_the_specialism_a_row_without_it_is_refused(cast):
    for header, cells in ([HEADER, []], [[*HEADER, "Specialism"], [""]]):
        assert says(cast, [*row(tlevel="61057484"), *cells], header=header) == [(2, "wrong", EARLY_YEARS_LACKS)]


@pytest.mark.parametrize("before", ["Digital Software Development", "Education and Early Years"])
def test_that_holds_for_whoever_is_here_already(cast, before):
    user = UserFactory(email="amira@college.example", first_name="Amira", last_name="Okafor")
    tlevel = TLevel.objects.get(title=before)
    StudentFactory(provider=cast.provider, uln="1000000019", user=user, born_on=date(2008, 5, 4), tlevel=tlevel)
    assert says(cast, row(tlevel="61057484")) == [(2, "wrong", EARLY_YEARS_LACKS)]


def test_whose_specialism_is_known_needs_no_cell_for_it(cast):
    early_years = TLevel.objects.get(core_code="61057484")
    StudentFactory(
        provider=cast.provider, uln="1000000019", born_on=date(2008, 5, 4), tlevel=early_years,
        user=UserFactory(email="amira@college.example", first_name="Amira", last_name="Okafor"),
        specialism=early_years.specialisms.get(title="Early Years Educator"),
    )  # fmt: skip
    assert says(cast, row(tlevel="61057484")) == [(2, "unchanged", "")]


def test_a_record_that_was_signed_off_is_not_asked_for_it_any_more(cast):
    StudentFactory(
        provider=cast.provider, uln="1000000019", born_on=date(2008, 5, 4), signed_off_at=timezone.now(),
        user=UserFactory(email="amira@college.example", first_name="Amira", last_name="Okafor"),
        tlevel=TLevel.objects.get(core_code="61057484"),
    )  # fmt: skip
    assert says(cast, row(tlevel="61057484")) == [(2, "unchanged", "")]


def test_where_only_the_rules_depend_on_it_a_note_says_so_once(cast):
    note = (
        "No specialism is given. In Dental Nursing all hours are worked in person with an employer: add it if it is "
        "theirs."
    )
    file = csv_file(HEADER, row(tlevel="Health"))
    assert preview(applied(cast, "students", file)) == [(2, "new", f"+student | {note}")]
    assert compared(cast, file) == [(2, "unchanged", "")]


def test_the_same_student_twice_is_wrong(cast):
    for second, column in [({"email": "ben@college.example"}, "ULN"), ({"uln": "9276308686"}, "E-mail")]:
        reason = f"{column}: Row 2 is about the same student. Keep one of the two."
        assert says(cast, AMIRA, row(**second)) == [(2, "new", "+student"), (3, "wrong", reason)]


def test_several_students_may_have_the_temporary_uln(cast):
    rows = [row(uln="9999999999"), row(uln="9999999999", email="ben@college.example")]
    assert [state for _, state, _ in says(cast, *rows)] == ["new", "new"]


def test_the_example_of_the_template_is_not_imported(cast):
    columns = IMPORTERS["students"].columns.values()
    file = csv_file([column.title for column in columns], [column.example for column in columns])
    assert compared(cast, file) == [(2, "wrong", "This is the example of the template. Take the row out.")]


def test_an_address_with_capitals_is_the_same_person(cast):
    StudentFactory(provider=cast.provider, user=UserFactory(email="amira@college.example"), uln="1000000019")
    User.objects.filter(email="amira@college.example").update(email="Amira@College.example")
    assert [state for _, state, _ in says(cast, AMIRA)] == ["changed"]
    assert User.objects.filter(email__iexact="amira@college.example").count() == 1
