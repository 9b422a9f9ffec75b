"""People of a provider: listed, added, given roles, corrected, shut out; never those of another provider."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.history.models import Event
from portal.notices.models import Notice
from portal.people.filters import PeopleFilter
from portal.people.forms import PersonAddForm, PersonEditForm
from portal.people.joining import close_access, join, withdraw_role
from portal.people.models import Role, User
from portal.workflow import Refused
from tests.conftest import signed_in
from tests.factories import MembershipFactory, ProviderFactory, StudentFactory, UserFactory
from tests.pages import told, undrawn

pytestmark = pytest.mark.django_db

NADIA = {"first_name": "Nadia", "last_name": "Khan", "email": "Nadia@college.test", "role": "tutor", "phone": ""}


def roles_of(user):
    return sorted(user.memberships.values_list("role", flat=True))


def page_of(client, path):
    return client.get(path, follow=True).content.decode()


def test_the_list_shows_own_people_only_and_those_asked_for(cast):
    client = signed_in(cast.coordinator)
    page = page_of(client, "/people/")
    assert "Student2 Reed" in page
    assert "Tutor Reed" in page
    assert "Other Tutor Reed" not in page
    page = page_of(client, "/people/?q=tutor2")
    assert "Tutor2 Reed" in page
    assert "Student2 Reed" not in page


def test_people_are_found_by_words_by_role_and_by_whether_they_came_in(cast):
    closed = MembershipFactory(provider=cast.provider, user__is_active=False, user__first_name="Closed").user
    User.objects.filter(pk=cast.coordinator.pk).update(last_login=timezone.now())
    here = User.objects.filter(memberships__provider=cast.provider)
    found = {
        "q=tutor2": ["Tutor2 Reed"],
        "q=reed+manager2": ["Manager2 Reed"],
        "role=coordinator&q=reed": ["Coordinator Reed", "Coordinator2 Reed"],
        "role=tutor&q=nobody": [],
        "state=in": ["Coordinator Reed"],
        "state=out": [closed.name],
        "state=never&q=closed": [],
        "state=never&q=tutor": ["Tutor Reed", "Tutor2 Reed"],
    }
    pages = {asked: PeopleFilter(QueryDict(asked), here, provider=cast.provider).qs for asked in found}
    assert {asked: [person.name for person in page] for asked, page in pages.items()} == found


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_takes_five_queries(cast, more, django_assert_num_queries):
    MembershipFactory.create_batch(more, provider=cast.provider, role=Role.TUTOR)
    client = signed_in(cast.coordinator)
    with django_assert_num_queries(5):
        client.get("/people/")


def test_a_tutor_is_added_and_invited(cast):
    response = signed_in(cast.coordinator).post("/people/add/", NADIA | {"invite": "on"})
    nadia = User.objects.get(email="nadia@college.test")
    assert response.url == f"/people/{nadia.pk}/"
    assert (nadia.name, roles_of(nadia), nadia.has_usable_password()) == ("Nadia Khan", ["tutor"], False)
    assert Notice.objects.get().kind == "invitation"
    said = list(Event.objects.about(nadia.memberships.get()).values_list("says", flat=True))
    assert said == ["invited Nadia Khan by mail to nadia@college.test", "gave Nadia Khan the role of tutor"]


def test_without_the_tick_nobody_is_mailed(cast):
    signed_in(cast.coordinator).post("/people/add/", NADIA)
    assert Notice.objects.count() == 0


def test_somebody_known_elsewhere_is_added_under_the_name_they_have(cast):
    client = signed_in(cast.coordinator)
    mistyped = client.post("/people/add/", NADIA | {"email": "OTHER_tutor@cast.test"})
    assert "The portal knows this address under another name." in mistyped.content.decode()
    assert "Other Tutor" not in mistyped.content.decode()
    assert 'value="Nadia"' in mistyped.content.decode()
    named = {"email": "OTHER_tutor@cast.test", "first_name": "Other Tutor", "last_name": "Reed"}
    response = client.post("/people/add/", NADIA | named)
    assert roles_of(cast.other_tutor) == ["tutor", "tutor"]
    page = page_of(signed_in(cast.coordinator), response.url)
    assert "Other Tutor Reed" in page
    assert "Other College" not in page
    assert User.objects.filter(last_name="Khan").count() == 0


def test_what_speaks_against_adding_somebody_is_told_next_to_its_field(cast):
    def errors(**more):
        return PersonAddForm(NADIA | more, provider=cast.provider).errors

    assert errors() == {}
    assert errors(email="student@cast.test") == {
        "email": ["This is the address of Student Reed, a student here. A tutor needs one of their own."]
    }
    assert errors(email="tutor@cast.test")["email"] == ["Tutor Reed has this address and is a tutor here already."]
    long = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.test"
    assert errors(email=long, first_name="N" * 101) == {
        "email": ["Make this shorter: at most 254 characters, it has 269 now."],
        "first_name": ["Make this shorter: at most 100 characters, it has 101 now."],
    }


def test_a_person_gets_a_further_role_and_loses_it_again(cast):
    client = signed_in(cast.coordinator)
    client.post(f"/people/{cast.tutor.pk}/roles/", {"role": "manager"})
    assert roles_of(cast.tutor) == ["tutor"], "only a staff role can be given by hand"
    client.post(f"/people/{cast.tutor.pk}/roles/", {"role": "coordinator"})
    assert roles_of(cast.tutor) == ["coordinator", "tutor"]
    client.post(f"/roles/{cast.tutor.memberships.get(role='coordinator').pk}/withdraw/")
    assert roles_of(cast.tutor) == ["tutor"]
    assert Event.objects.about(cast.provider).get().says == "withdrew Tutor Reed's role of coordinator"


def test_a_student_gets_no_further_role(cast):
    client = signed_in(cast.coordinator)
    assert "Give a further role" in page_of(client, f"/people/{cast.tutor.pk}/")
    assert "Give a further role" not in page_of(client, f"/people/{cast.student.pk}/")
    says = "This is the address of Student Reed, a student here. A coordinator needs one of their own."
    assert told(client.post(f"/people/{cast.student.pk}/roles/", {"role": "coordinator"})) == says
    assert roles_of(cast.student) == ["student"]
    with pytest.raises(Refused, match="Tutor Reed, who works here"):
        join(cast.provider, "student", email="tutor@cast.test", first_name="Tutor", last_name="Reed", by=cast.tutor)


def test_a_tutor_with_students_is_replaced_first(cast):
    client = signed_in(cast.coordinator)
    withdraw = f"/roles/{cast.tutor.memberships.get().pk}/withdraw/"
    says = "Tutor Reed is the tutor of 1 student. Move them to another tutor first."
    assert told(client.post(withdraw)) == says
    assert roles_of(cast.tutor) == ["tutor"]
    cast.student_record.tutor = cast.tutor2
    cast.student_record.save()
    assert client.post(withdraw).url == "/people/"
    assert roles_of(cast.tutor) == []


def test_the_last_coordinator_who_can_sign_in_stays(cast):
    User.objects.filter(pk=cast.coordinator2.pk).update(is_active=False)
    for last, name in ((cast.other_coordinator, "Other Coordinator Reed"), (cast.coordinator, "Coordinator Reed")):
        says = f"^{name} is the only coordinator. Make somebody else a coordinator first.$"
        with pytest.raises(Refused, match=says):
            withdraw_role(last.memberships.get(), by=last)
        assert roles_of(last) == ["coordinator"]


def test_a_student_and_a_line_manager_keep_roles_that_records_lean_on(cast):
    client = signed_in(cast.coordinator)
    for person in (cast.student, cast.manager):
        assert client.post(f"/roles/{person.memberships.get().pk}/withdraw/").status_code == 404
    assert (roles_of(cast.student), roles_of(cast.manager)) == (["student"], ["manager"])


def test_a_closed_access_ends_the_session_at_once(cast):
    session = signed_in(cast.student)
    client = signed_in(cast.coordinator)
    client.post(f"/people/{cast.student.pk}/close/")
    assert session.get("/me/").url.startswith("/accounts/login/")
    client.post(f"/people/{cast.student.pk}/open/")
    assert signed_in(cast.student).get("/").url == "/home/"
    said = list(Event.objects.about(cast.student.memberships.get()).values_list("says", flat=True))
    assert said == ["opened Student Reed's access again", "closed Student Reed's access: they cannot sign in"]


def test_nobody_closes_their_own_access(cast):
    with pytest.raises(Refused, match=r"You cannot close your own access\."):
        close_access(cast.coordinator, cast.provider, by=cast.coordinator)


def test_who_works_elsewhere_too_is_not_shut_out_there(cast):
    MembershipFactory(user=cast.manager, provider=cast.other_provider, role=Role.MANAGER)
    says = told(signed_in(cast.coordinator).post(f"/people/{cast.manager.pk}/close/"))
    assert "Manager Reed does not only work with Northfield College." in says
    assert "Other College" not in says
    cast.manager.refresh_from_db()
    assert cast.manager.is_active is True


def test_details_are_corrected_with_history(cast):
    details = {"first_name": "Tom", "last_name": "Reed", "email": "tom@cast.test", "phone": "01632 960123"}
    response = signed_in(cast.coordinator).post(f"/people/{cast.tutor.pk}/edit/", details)
    cast.tutor.refresh_from_db()
    assert (cast.tutor.name, cast.tutor.email, cast.tutor.phone) == ("Tom Reed", "tom@cast.test", "01632 960123")
    assert response.url == f"/people/{cast.tutor.pk}/"
    assert Event.objects.about(cast.tutor.memberships.get())[0].says == (
        "changed e-mail address from tutor@cast.test to tom@cast.test; first name from Tutor to Tom; "
        "phone number from empty to 01632 960123"
    )


def test_an_address_is_not_taken_from_somebody_else(cast):
    details = {"first_name": "Tom", "last_name": "Reed", "email": "OTHER_tutor@cast.test", "phone": "by pigeon"}
    errors = PersonEditForm(details, instance=cast.tutor).errors
    assert errors["email"] == ["Somebody else has this address."]
    assert errors["phone"] == ["This is not a phone number. Write it like 01632 960123."]


def test_details_of_who_works_elsewhere_too_are_their_own(cast):
    MembershipFactory(user=cast.manager, provider=cast.other_provider, role=Role.MANAGER)
    details = {"first_name": "X", "last_name": "Y", "email": "mine@evil.test", "phone": ""}
    response = signed_in(cast.coordinator).post(f"/people/{cast.manager.pk}/edit/", details)
    assert "Manager Reed looks after their own details" in told(response)
    cast.manager.refresh_from_db()
    assert cast.manager.email == "manager@cast.test"


def test_ones_own_page_says_who_corrects_the_address(cast):
    for who, says in [
        (cast.student, "Your placement office can correct that address and your name."),
        (cast.manager, "The placement office of Northfield College can correct that address."),
        (cast.coordinator, "Another coordinator, or the operator of the portal, can correct that address."),
    ]:
        assert says in page_of(signed_in(who), "/me/")


def test_an_operator_keeps_their_own_name(db):
    page = page_of(signed_in(UserFactory(is_staff=True, is_superuser=True)), "/me/")
    assert "You can correct that address in the operator&#x27;s pages." in page.replace("'", "&#x27;")
    assert 'name="first_name"' in page


def change_own(user):
    data = {"first_name": "Sam", "last_name": "Reed", "phone": "01632 960123", "email": "x@evil.test"}
    signed_in(user).post("/me/", data)
    user.refresh_from_db()
    return user.name, user.phone, user.email


def test_everybody_keeps_their_own_name_and_phone_number(cast):
    assert change_own(cast.manager) == ("Sam Reed", "01632 960123", "manager@cast.test")
    page = page_of(signed_in(cast.coordinator), f"/people/{cast.manager.pk}/")
    assert "changed first name from Manager to Sam; phone number from empty to 01632 960123" in page


def test_the_name_of_a_student_is_corrected_by_the_placement_office(cast):
    assert change_own(cast.student) == ("Student Reed", "01632 960123", "student@cast.test")


def test_somebody_shut_out_is_added_without_an_invitation(cast):
    User.objects.filter(pk=cast.other_tutor.pk).update(is_active=False)
    response = signed_in(cast.coordinator).post(
        "/people/add/",
        NADIA | {"email": "other_tutor@cast.test", "first_name": "Other Tutor", "last_name": "Reed", "invite": "on"},
    )
    assert "Other Tutor Reed may not sign in at the moment." in told(response)
    assert Notice.objects.count() == 0


def test_an_operator_is_never_changed_by_a_provider(cast):
    operator = UserFactory(is_staff=True, is_superuser=True)
    MembershipFactory(user=operator, provider=cast.provider, role=Role.TUTOR)
    client = signed_in(cast.coordinator)
    client.post(f"/people/{operator.pk}/close/")
    client.post(
        f"/people/{operator.pk}/edit/", {"first_name": "X", "last_name": "Y", "email": "mine@evil.test", "phone": ""}
    )
    operator.refresh_from_db()
    assert (operator.is_active, operator.email == "mine@evil.test") == (True, False)


def test_a_student_of_two_providers_is_seen_by_each_with_its_own_role(cast):
    StudentFactory(provider=ProviderFactory(), user=cast.student)
    with undrawn():
        person = signed_in(cast.coordinator).get(f"/people/{cast.student.pk}/").context["person"]
    assert [membership.provider for membership in person.roles_here] == [cast.provider]
