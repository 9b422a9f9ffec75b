"""The professional behaviours: 27 in 5 groups, and versions that keep what was chosen."""

from collections import Counter

import pytest
from django.contrib.admin import site
from django.test import RequestFactory

from placements.behaviours.models import Behaviour, by_group
from placements.logbook.forms import EntryForm
from portal.people.models import User
from portal.versions import retire, reword
from tests.conftest import signed_in
from tests.placements.logbooks import shared

pytestmark = pytest.mark.django_db


def test_27_are_shipped_in_5_groups():
    found = Counter(Behaviour.objects.current().values_list("group", flat=True))
    assert found == {"professionalism": 10, "results": 5, "team": 4, "communication": 6, "responsibility": 2}
    assert list(Behaviour.objects.values_list("number", flat=True)) == list(range(1, 28))
    assert [name for name, _ in by_group(Behaviour.objects.current())] == [
        "Being professional", "Producing results", "Working in a team", "Communicating well", "Taking responsibility",
    ]  # fmt: skip


def test_another_wording_is_a_new_version():
    old = Behaviour.objects.get(code="calm")
    new = reword(old, "Keeps a cool head")
    assert (new.code, new.number, new.group, new.version) == ("calm", 3, "professionalism", 2)
    assert Behaviour.objects.current().get(code="calm") == new
    old.refresh_from_db()
    assert (old.wording, old.retired_at is not None) == ("Stays calm when there is pressure", True)
    assert reword(new, " Keeps a cool head ") == new, "the same words change nothing"


def test_an_entry_keeps_the_wording_in_which_a_behaviour_was_chosen(cast):
    old = Behaviour.objects.get(code="calm")
    entry = shared(cast, behaviours=[old])
    new = reword(old, "Keeps a cool head")
    assert "Stays calm when there is pressure" in signed_in(cast.tutor).get(f"/logbook/{entry.pk}/").content.decode()
    for offered, other in ((EntryForm(placement=cast.placement, entry=entry).offered, new),
                           (EntryForm(placement=cast.placement).offered, old)):  # fmt: skip
        assert len(offered) == 27
        assert other not in offered


def test_a_retired_behaviour_is_offered_no_more(cast):
    retire(Behaviour.objects.get(code="calm"))
    assert len(EntryForm(placement=cast.placement).offered) == 26


def test_the_operator_rewords_by_the_admin(db):
    operator = User.objects.create_superuser("op@cast.test", "secret", first_name="Olu", last_name="Operator")
    behaviour = Behaviour.objects.get(code="calm")
    client = signed_in(operator)
    address = f"/operator/behaviours/behaviour/{behaviour.pk}/change/"
    assert client.get(address).status_code == 200
    client.post(address, {"wording": "Keeps a cool head"})
    assert Behaviour.objects.current().get(code="calm").wording == "Keeps a cool head"
    behaviour.refresh_from_db()
    assert behaviour.wording == "Stays calm when there is pressure"
    client.post(address, {"wording": "Too late for a retired one"})
    assert Behaviour.objects.filter(code="calm").count() == 2
    client.post("/operator/behaviours/behaviour/", {"action": "retire_chosen", "_selected_action": "2"})
    assert Behaviour.objects.current().count() == 26
    request = RequestFactory().get("/")
    assert site.get_model_admin(Behaviour).has_delete_permission(request) is False
