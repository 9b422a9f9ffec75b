"""'I found an employer myself': the student tells, the placement office takes it on or turns it down."""

from datetime import date

import pytest

from employers.models import Employer
from placements.finding.find_forms import FindForm
from placements.finding.models import Find
from placements.models import Placement
from portal.history.models import Event
from portal.notices.models import Notice
from portal.people.models import Role
from tests import factories
from tests.conftest import signed_in
from tests.pages import said
from tests.placements.finding_scenes import WEDNESDAY, cast_for, find_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_wednesday(time_machine):
    time_machine.move_to(WEDNESDAY)


@pytest.fixture
def cast(request, db):
    return cast_for(request.fixturenames)


@pytest.fixture
def sam(cast):
    return cast.sam


@pytest.fixture
def me(sam):
    return signed_in(sam.user)


@pytest.fixture
def office(cast):
    return signed_in(cast.coordinator)


def text(response) -> str:
    return response.content.decode()


FACTS = {
    "name": "Corner Bakery",
    "role": "Help with the web shop",
    "address": "Mill Lane",
    "town": "Northfield",
    "postcode": "nf26ps",
    "contact_first_name": "Bo",
    "contact_last_name": "Baker",
    "contact_email": "bo@bakery.test",
    "contact_phone": "01632 960397",
    "first_on": "2027-01-11",
    "last_on": "2027-06-11",
    "words": "My aunt works there.",
}


def test_a_student_tells_of_an_employer(me, sam):
    response = me.post("/finds/add/", FACTS)
    find = Find.objects.get()
    assert response.url == f"/finds/{find.pk}/"
    assert (find.student, find.postcode, find.status) == (sam, "NF2 6PS", "asked")
    assert "Sent on 18 November 2026, not checked yet" in text(me.get(response.url))


NO_SENSE = [
    ({"name": ""}, "This is missing."),
    ({"contact_email": "bo at bakery"}, "This is not an e-mail address. It looks like name@example.org."),
    ({"contact_phone": "call me"}, "This is not a phone number."),
    ({"last_on": "2027-01-01"}, "1 January 2027 lies before the first day, 11 January 2027."),
    (
        {"first_on": "2127-01-11", "last_on": "2127-06-11"},
        "This is more than three years from now. Check the year.",
    ),
    ({"first_on": "2020-01-01", "last_on": "2020-02-01"}, "This day has passed already."),
    ({"last_on": "2037-06-11"}, "From 11 January 2027 to 11 June 2037 is more than two years."),
    ({"words": "x" * 2001}, "at most 2000 characters"),
    ({"town": "nul \x00"}, "Null characters are not allowed."),
]


@pytest.mark.parametrize(("changed", "words"), NO_SENSE)
def test_what_makes_no_sense_is_refused(changed, words):
    [[says]] = FindForm(FACTS | changed, instance=Find()).errors.values()
    assert words in says


def test_what_is_refused_is_not_sent_and_stays_on_the_page(me):
    response = me.post("/finds/add/", FACTS | {"contact_phone": "call me"})
    assert response.status_code == 422
    assert "This is not a phone number." in text(response)
    assert "Help with the web shop" in text(response)
    assert Find.objects.count() == 0


def test_it_is_changed_but_not_by_an_old_page_taken_back_and_sent_again(me, sam):
    find = find_of(sam)
    old = me.post(f"/finds/{find.pk}/edit/", FACTS | {"seen": "x", "name": "Other"})
    assert old.status_code == 422
    assert "Somebody was quicker" in text(old)
    me.post(f"/finds/{find.pk}/edit/", FACTS | {"seen": "0", "name": "Corner Bakeries"})
    find.refresh_from_db()
    assert (find.name, find.version, find.status) == ("Corner Bakeries", 1, "asked")
    me.post(f"/finds/{find.pk}/withdraw/", {"seen": "1"})
    assert "Change and send again" in text(me.get(f"/finds/{find.pk}/"))
    me.post(f"/finds/{find.pk}/edit/", FACTS | {"seen": "2"})
    find.refresh_from_db()
    assert (find.name, find.status) == ("Corner Bakery", "asked")
    assert Event.objects.about(find)[0].says == "sent it again"


def accept(client, find, **changed):
    data = {"employer": "", "role": "Web shop", "first_on": "2027-01-11", "last_on": "2027-06-11", "seen": find.version}
    data |= {"first_name": "Bo", "last_name": "Baker", "email": find.contact_email, "phone": find.contact_phone}
    return client.post(f"/finds/{find.pk}/accept/", data | changed)


def test_taking_it_on_keeps_the_employer_and_plans_one_placement(cast, me, sam, office):
    find = find_of(sam)
    assert "The employer is kept in your list" in text(office.get(f"/finds/{find.pk}/accept/"))
    response = accept(office, find)
    placement = Placement.objects.get(student=sam)
    assert response.url == f"/placements/{placement.pk}/"
    employer = Employer.objects.get(name="Corner Bakery")
    assert (employer.provider, employer.town) == (cast.provider, "Northfield")
    assert (placement.employer, placement.manager.email, placement.role) == (employer, "bo@bakery.test", "Web shop")
    assert employer.line_managers.get().user.memberships.get().role == Role.MANAGER
    find.refresh_from_db()
    assert (find.status, find.placement, find.employer) == ("accepted", placement, employer)
    notice = Notice.objects.get(kind="find_answered")
    assert (notice.to, notice.subject) == (sam.user, "About the employer that you found")
    assert "Open the placement" in text(me.get(f"/finds/{find.pk}/"))
    assert said(me.get(f"/finds/{find.pk}/edit/")) == ["This is accepted already. Talk to your tutor about changes."]
    assert "That is not possible now." in said(office.post(f"/finds/{find.pk}/accept/", {}))[-1]
    assert Placement.objects.filter(student=sam).count() == 1


def test_an_employer_that_is_known_is_linked(cast, sam, office):
    find = find_of(sam, name="employer", contact_email=cast.manager.email)
    page = office.get(f"/finds/{find.pk}/accept/")
    assert page.context["form"].initial["employer"] == cast.employer
    named = {"first_name": "Manager", "last_name": "Reed"}
    assert "You keep an employer of this name already." in text(accept(office, find, **named))
    accept(office, find, employer=cast.employer.pk, **named)
    placement = Placement.objects.get(student=sam)
    assert (placement.employer, placement.manager) == (cast.employer, cast.manager)


def test_an_address_of_somebody_else_is_refused(cast, sam, office):
    find = find_of(sam, contact_email=cast.other_manager.email)
    response = accept(office, find)
    assert response.status_code == 422
    assert response.context["form"].errors["email"] == [
        "The portal knows this address under another name. Check the address and the spelling of the name."
    ]
    assert not Employer.objects.filter(name="Corner Bakery").exists()


@pytest.mark.parametrize("is_new", [True, False])
def test_the_address_of_a_line_manager_under_another_name_is_asked_about(cast, sam, office, is_new):
    find = find_of(sam, contact_email=cast.manager.email)
    employer = "" if is_new else cast.employer.pk
    response = accept(office, find, employer=employer, last_name="Bakker")
    assert response.status_code == 422
    assert response.context["form"].errors["email"] == [
        "Manager Reed has this address and is a line manager here already. Check the address; or, if it is "
        "Manager Reed, write the name like this and send it again."
    ]
    assert 'value="Bakker"' in text(response)
    assert not Placement.objects.filter(student=sam).exists()
    accept(office, find, employer=employer, first_name="manager", last_name="reed")
    assert Placement.objects.get(student=sam).manager == cast.manager


def test_a_contact_that_the_student_mistyped_is_put_right_by_the_office(sam, office):
    find = find_of(sam, contact_phone="01632 960397")
    page = office.get(f"/finds/{find.pk}/accept/")
    shown = {name: page.context["form"][name].value() for name in ("first_name", "last_name", "email", "phone")}
    assert shown == {
        "first_name": "Bo",
        "last_name": "Baker",
        "email": "bo@bakery.test",
        "phone": "01632 960397",
    }
    accept(office, find, first_name="Beau", email="beau@bakery.test")
    manager = Placement.objects.get(student=sam).manager
    assert (manager.name, manager.email) == ("Beau Baker", "beau@bakery.test")
    find.refresh_from_db()
    assert find.contact_email == "bo@bakery.test"


def test_what_the_student_changed_meanwhile_is_not_taken_on_unseen(sam, office):
    find = find_of(sam)
    Find.objects.update(version=3)
    assert "Somebody was quicker" in text(accept(office, find))
    assert not Employer.objects.filter(name="Corner Bakery").exists()


def test_a_placement_that_is_there_already_is_refused(cast, sam, office):
    find = find_of(sam, name="Employer")
    facts = {"student": sam, "employer": cast.employer, "manager": cast.manager, "weekdays": []}
    factories.PlacementFactory(first_on=date(2027, 1, 11), last_on=date(2027, 2, 11), **facts)
    response = accept(office, find, employer=cast.employer.pk)
    assert "There is a placement with Employer from this day already." in text(response)


def test_turning_it_down_wants_a_reason_and_it_can_be_sent_again(me, sam, office):
    find = find_of(sam)
    url = f"/finds/{find.pk}/turn-down/"
    assert office.post(url, {"reason": "", "seen": 0}).status_code == 422
    office.post(url, {"reason": "They have no insurance.", "seen": 0})
    assert "Turned down by Coordinator Reed: They have no insurance." in text(me.get(f"/finds/{find.pk}/"))
    assert "They have no insurance." in Notice.objects.get(kind="find_answered").text
    me.post(f"/finds/{find.pk}/edit/", FACTS | {"seen": 1})
    find.refresh_from_db()
    assert (find.status, find.reason) == ("asked", "")


def test_a_question_as_the_reason_gets_no_full_stop(cast, sam, office):
    find = find_of(sam)
    find.turn_down(by=cast.coordinator, reason="Is it real?")
    response = office.post(f"/finds/{find.pk}/accept/", {})
    assert said(response)[-1] == "That is not possible now. Turned down by Coordinator Reed: Is it real?"


def test_the_tutor_reads_and_does_not_decide(cast, sam):
    find = find_of(sam)
    tutor = signed_in(cast.tutor)
    assert "Take it on" not in text(tutor.get(f"/finds/{find.pk}/"))
    assert "Corner Bakery" in text(tutor.get("/finds/"))
    assert "None so far" in text(signed_in(cast.tutor2).get("/finds/"))


def test_the_list_takes_four_queries_however_long(cast, office, sam, django_assert_num_queries):
    find = find_of(sam)
    with django_assert_num_queries(4):
        assert text(office.get("/finds/")).count("Corner Bakery") == 1
    Find.objects.bulk_create([factories.like(find), factories.like(find)])
    with django_assert_num_queries(4):
        assert text(office.get("/finds/")).count("Corner Bakery") == 3
