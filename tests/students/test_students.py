"""Students: added with an invitation, corrected, moved to another tutor, removed when nothing hangs on them."""

from datetime import date

import pytest

from portal.history.models import Event
from portal.notices.models import Notice
from portal.people.models import Provider, Role, User
from students.forms import StudentForm
from students.keeping import correct_student, move_student
from students.models import Student
from students.tlevels.models import Specialism, TLevel
from students.years import what_is_unusual
from tests.conftest import signed_in
from tests.factories import MembershipFactory, PlacementFactory, StudentFactory, UserFactory
from tests.pages import told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_autumn(time_machine):
    time_machine.move_to("2026-11-22 12:00")


ANY = Provider(pk=0)  # where nobody is yet


def tlevel(title="Digital Software Development"):
    return TLevel.objects.get(title=title).pk


def amir(**more):
    return {
        "first_name": "Amir",
        "last_name": "Khan",
        "email": "Amir@home.test",
        "phone": "",
        "born_on": "4/5/2009",
        "uln": "9276308686",
        "tlevel": tlevel(),
        "specialism": "",
        "entry_year": "2026/27",
        "tutor": "",
    } | more


def add(cast, **more):
    return signed_in(cast.coordinator).post("/students/add/", amir(**more))


def form_of(provider=ANY, **more) -> StudentForm:
    return StudentForm(amir(**more), provider=provider)


def kept(**more) -> Student:
    """The student whom the form would add."""
    form = form_of(**more)
    assert form.is_valid(), form.errors
    return form.instance


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_a_student_is_added_and_invited(cast):
    response = add(cast, tutor=cast.tutor.pk, has_send="on")
    student = Student.objects.get(uln="9276308686")
    assert response.url == f"/students/{student.pk}/"
    assert (student.name, student.user.email, student.born_on) == ("Amir Khan", "amir@home.test", date(2009, 5, 4))
    assert (student.provider, student.tutor, student.has_send) == (cast.provider, cast.tutor, True)
    assert student.user.memberships.get().role == Role.STUDENT
    assert Notice.objects.get().address == "amir@home.test"
    assert student.hours.required == 315 * 60


def test_a_date_of_birth_is_written_as_one_likes():
    ways = ["4/5/2009", "04.05.2009", "2009-05-04", "4 May 2009"]
    assert {written: kept(born_on=written).born_on for written in ways} == dict.fromkeys(ways, date(2009, 5, 4))


ACADEMIC_YEAR = "Write the academic year like 2025/26."


def test_what_is_wrong_is_said_next_to_the_field(cast):
    wrong = {"uln": "2452343451", "born_on": "31/2/2009", "entry_year": "2026/28", "email": "amir at home"}
    says = {
        "uln": "This is not a valid ULN. A ULN has 10 digits and the last one checks the others: look for a "
        "swapped or missing digit. Leave it empty until the real number is known.",
        "born_on": "There is no such date. Write it like 4/5/2008.",
        "entry_year": ACADEMIC_YEAR,
        "email": "This is not an e-mail address. It looks like name@example.org.",
    }
    response = add(cast, **wrong)
    assert errors_of(response).keys() == says.keys()
    for field, words in says.items():
        assert errors_of(response)[field][0].startswith(words)
        assert f'href="#id_{field}"' in response.text
    assert 'value="Amir"' in response.text
    wrong = {"born_on": "1/1/2027", "entry_year": "last year", "email": "student@cast.test"}
    errors = form_of(cast.provider, **wrong).errors
    assert errors["entry_year"][0].startswith(ACADEMIC_YEAR)
    assert errors["born_on"] == ["This day has not come yet."]
    assert errors["email"] == ["Student Reed has this address and is a student here already."]


def test_years_of_this_century_are_possible():
    for year in ("1999/00", "2126/27"):
        says = ["Years from 2000/01 to 2099/00 are possible."]
        assert form_of(entry_year=year).errors == {"entry_year": says}


def test_a_year_of_entry_is_tidied():
    tidy = {"2025/26": "2025/26", "2025-26": "2025/26", "2025/2026": "2025/26", "2099": "2099/00"}
    right = {"entry_year_is_right": "on"}
    assert {written: kept(entry_year=written, **right).entry_year for written in tidy} == tidy


def test_an_unusual_year_of_entry_is_asked_about_once(cast):
    response = add(cast, entry_year="2062/63")
    assert errors_of(response) == {
        "entry_year": ["2062/63 does not begin before September 2062. Correct the year, or say below that it is right."]
    }
    assert "Yes, this year of entry is right" in response.content.decode()
    assert kept(entry_year="2062/63", entry_year_is_right="on").entry_year == "2062/63"
    Student.objects.filter(pk=cast.student_record.pk).update(entry_year="2062/63", uln="9276308686")
    same = amir(entry_year="2062/63", email="student@cast.test")
    student = Student.objects.get(pk=cast.student_record.pk)
    assert StudentForm(same, instance=student, provider=cast.provider).is_valid()


def test_the_year_of_entry_of_a_course_that_is_over_is_asked_about():
    assert form_of(entry_year="2024/25").errors == {
        "entry_year": [
            "Whoever began in 2024/25 could be certificated with their peers until 31 October 2026. Correct the year, "
            "or say below that it is right."
        ]
    }


def test_years_of_entry_of_those_on_course_and_the_next_one_are_usual():
    usual = {"2024/25": False, "2025/26": True, "2026/27": True, "2027/28": True, "2028/29": False}
    assert {year: what_is_unusual(year, date(2026, 11, 22)) == "" for year in usual} == usual


def test_a_uln_belongs_to_one_student(cast):
    StudentFactory(provider=cast.provider, uln="9276308686", user=UserFactory(first_name="Amir", last_name="Khan"))
    assert form_of(cast.provider, email="other@home.test").errors == {"uln": ["Amir Khan has this ULN already."]}


@pytest.mark.parametrize(("written", "uln"), [("1000 000 019", "1000000019"), ("", "9999999999")])
def test_a_uln_may_be_copied_with_spaces_or_left_open(written, uln):
    assert kept(uln=written).uln == uln


def test_an_unusual_age_is_asked_about_once(cast):
    response = add(cast, born_on="4/5/1990")
    assert "Correct the date, or say below that it is right." in errors_of(response)["born_on"][0]
    assert "Yes, this date of birth is right" in response.content.decode()
    assert kept(born_on="4/5/1990", born_on_is_right="on").born_on == date(1990, 5, 4)


def test_ages_from_14_to_25_are_usual():
    def is_asked(born_on):
        return "or say below that it is right" in str(form_of(born_on=born_on).errors.get("born_on"))

    born = {"23/11/2012": True, "22/11/2012": False, "23/11/2000": False, "22/11/2000": True}
    assert {born_on: is_asked(born_on) for born_on in born} == born


def test_the_question_about_the_age_is_not_shown_before_it_is_asked(cast):
    assert "born_on_is_right" not in StudentForm(provider=cast.provider).fields


def test_where_the_hours_depend_on_the_specialism_it_is_asked_for(cast):
    says = "Choose the specialism: the required hours of Education and Early Years depend on it."
    assert form_of(cast.provider, tlevel=tlevel("Education and Early Years")).errors == {"specialism": [says]}
    educator = Specialism.objects.get(title="Early Years Educator")
    add(cast, tlevel=tlevel("Education and Early Years"), specialism=educator.pk)
    assert Student.objects.get(uln="9276308686").hours.required == 750 * 60


def test_where_they_do_not_it_may_be_left_open():
    assert kept(tlevel=tlevel("Health")).specialism is None


def test_a_specialism_belongs_to_its_t_level():
    says = "Dental Nursing does not belong to the T Level Digital Software Development."
    nursing = Specialism.objects.get(title="Dental Nursing").pk
    assert form_of(specialism=nursing).errors == {"specialism": [says]}


def test_a_closed_t_level_takes_no_new_students_but_keeps_those_it_has(cast):
    closed = TLevel.objects.get(title="Onsite Construction")
    assert "tlevel" in form_of(cast.provider, tlevel=closed.pk).errors
    student = cast.student_record
    student.tlevel = closed
    data = amir(tlevel=closed.pk, email="student@cast.test")
    assert StudentForm(data, instance=student, provider=cast.provider).is_valid()


def test_only_tutors_of_the_provider_can_be_chosen(cast):
    assert "tutor" in form_of(cast.provider, tutor=cast.other_tutor.pk).errors
    assert "tutor" in form_of(cast.provider, tutor=cast.student2.pk).errors


def test_somebody_known_elsewhere_becomes_a_student_under_the_name_they_have(cast):
    assert "email" in form_of(cast.provider, email="other_student@cast.test").errors
    add(cast, email="other_student@cast.test", first_name="other student", last_name="REED")
    assert Student.objects.get(uln="9276308686").name == "Other Student Reed"
    assert User.objects.filter(last_name="Khan").count() == 0


def test_a_change_stands_in_the_history(cast):
    client = signed_in(cast.coordinator)
    data = amir(email="student@cast.test", born_on="4/5/2007", first_name="Student", last_name="Reed-Khan")
    path = f"/students/{cast.student_record.pk}/edit/"
    page = client.post(path, data | {"tutor": cast.tutor2.pk}, follow=True).text
    assert "last name from Reed to Reed-Khan" in page
    assert "tutor from Tutor Reed to Tutor2 Reed" in page
    assert "unique learner number (ULN) from 9999999999 to 9276308686" in page


def test_of_two_tabs_the_second_is_told_what_the_first_has_changed(cast):
    path, client = f"/students/{cast.student_record.pk}/edit/", signed_in(cast.coordinator)
    mine = amir(email="student@cast.test", born_on="4/5/2007", first_name="Student", last_name="Reed", has_send="on")
    mine |= {"entry_year": "2025/26", "tutor": ""}
    mine["seen"] = StudentForm(instance=cast.student_record, provider=cast.provider)["seen"].value()
    correct_student(cast.student_record, {"last_name": "Khan"}, by=cast.coordinator)
    move_student(cast.student_record, cast.tutor2, by=cast.coordinator)
    response = client.post(path, mine)
    assert errors_of(response) == {
        "last_name": ["Somebody changed this to “Khan” meanwhile. Put in what is right, and save again."],
        "tutor": ["Somebody changed this to “Tutor2 Reed” meanwhile. Put in what is right, and save again."],
    }
    assert 'value="Reed"' in response.content.decode()
    cast.student.refresh_from_db()
    assert cast.student.last_name == "Khan"
    seen = response.context["form"]["seen"].value()
    assert f'name="seen" value="{seen}"' in response.content.decode()
    client.post(path, mine | {"seen": seen})
    cast.student.refresh_from_db()
    cast.student_record.refresh_from_db()
    assert (cast.student.last_name, cast.student_record.tutor) == ("Reed", None)


def test_the_address_of_somebody_else_is_not_taken(cast):
    data = amir(email="other_student@cast.test", entry_year="2025/26")
    form = StudentForm(data, instance=cast.student_record, provider=cast.provider)
    assert form.errors == {"email": ["Somebody else has this address."]}


def test_details_of_who_studies_elsewhere_too_are_their_own(cast):
    MembershipFactory(user=cast.student, provider=cast.other_provider, role=Role.STUDENT)
    client = signed_in(cast.coordinator)
    client.post(f"/students/{cast.student_record.pk}/edit/", amir(entry_year="2025/26"))
    cast.student.refresh_from_db()
    cast.student_record.refresh_from_db()
    assert (cast.student.name, cast.student.email) == ("Student Reed", "student@cast.test")
    assert cast.student_record.entry_year == "2025/26"


def test_a_student_moves_to_another_tutor(cast):
    client = signed_in(cast.coordinator)
    path = f"/students/{cast.student_record.pk}/move/"
    assert "Tutor2 Reed (1 student)" in client.get(path).content.decode()
    client.post(path, {"tutor": cast.tutor2.pk})
    assert Event.objects.about(cast.student_record)[0].says == "changed tutor from Tutor Reed to Tutor2 Reed"
    visible = {who: Student.objects.visible_to(who).contains(cast.student_record) for who in (cast.tutor, cast.tutor2)}
    assert visible == {cast.tutor: False, cast.tutor2: True}


def test_the_page_of_a_student_says_how_things_stand(cast):
    page = signed_in(cast.tutor).get(f"/students/{cast.student_record.pk}/").content.decode()
    assert "On placement until 31 July 2026" in page
    assert "Junior developer, 2 March 2026 to 31 July 2026, with Manager Reed" in page
    assert f'href="/students/{cast.student_record.pk}/hours/"' in page
    assert "/edit/" not in page


def test_the_page_of_a_student_takes_seven_queries(cast, django_assert_num_queries):
    path = f"/students/{cast.student_record.pk}/"
    clients = [signed_in(cast.coordinator), signed_in(cast.tutor)]
    clients[0].get(path)  # rules and points are read once per process
    for more in (0, 2):
        for month in range(9, 9 + more):
            PlacementFactory(student=cast.student_record, first_on=date(2025, month, 1), last_on=date(2025, 12, 1))
        for client in clients:
            with django_assert_num_queries(7):
                client.get(path)


def test_a_student_without_placement_can_be_removed(cast):
    student = StudentFactory(provider=cast.provider)
    assert "has been removed." in told(signed_in(cast.coordinator).post(f"/students/{student.pk}/remove/"))
    assert not Student.objects.filter(pk=student.pk).exists()
    assert list(student.user.memberships.all()) == []


def test_a_student_with_a_placement_is_kept(cast):
    response = signed_in(cast.coordinator).post(f"/students/{cast.student_record.pk}/remove/")
    assert told(response) == "Student Reed has a placement and is kept for the record."
    assert Student.objects.filter(pk=cast.student_record.pk).exists()
