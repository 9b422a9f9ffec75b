"""How a signed-in person is fetched: the person and their memberships in one query."""

from itertools import islice

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS

from portal.people.models import Membership, Provider, User
from portal.prepared import Later, prepared

PARTS = {Membership: "", User: "user__", Provider: "provider__"}  # of a row, and the way to each


class DeskBackend(AuthenticationBackend):
    """allauth's backend (e-mail address and password), with `user.desks` filled by the query that fetches the user."""

    def get_user(self, user_id):
        desks = desks_of(user_id)
        if not desks:
            return super().get_user(user_id)
        user = desks[0].user
        if not self.user_can_authenticate(user):
            return None
        for desk in desks:
            desk.user = user
        user.desks = desks
        return user


@prepared
def anybodys_desks():
    """The memberships of somebody, with the person and the providers. Asked for every page, so written once."""
    names = [f"{way}{field.attname}" for model, way in PARTS.items() for field in model._meta.concrete_fields]
    return Membership.objects.filter(user=Later("user")).order_by("pk").values_list(*names)


def desks_of(user_id: int) -> list[Membership]:
    """The memberships of a person, in a fixed order."""
    found = []
    for row in anybodys_desks().asked(user=user_id):
        values = iter(row)
        desk, desk.user, desk.provider = (read(model, values) for model in PARTS)
        found.append(desk)
    return found


def read(model, values):
    """A thing of the model from the next values."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(DEFAULT_DB_ALIAS, names, list(islice(values, len(names))))
