"""The access table of the ground floor (see tests/house/test_access.py)."""

from portal.imports import tasks
from portal.imports.models import Import
from portal.people.invitations import path_for
from portal.people.models import Role
from tests.factories import MembershipFactory, UserFactory


def invitation_of(cast) -> str:
    """The token of somebody new at the cast's provider."""
    person = UserFactory(password=None)
    MembershipFactory(user=person, provider=cast.provider, role=Role.TUTOR)
    return path_for(person).split("/")[2]


def an_import(cast) -> int:
    """An import of the coordinator that was read: one row is new, one is wrong."""
    content = b"Employer name,Manager e-mail\r\nHartley,\r\nHarbour,nobody\r\n"
    made = Import.start(cast.provider, "employers", "employers.csv", content, by=cast.coordinator)
    tasks.read.call(made.pk)
    return made.pk


THINGS = {
    "tutor": lambda cast: cast.tutor.pk,
    "membership": lambda cast: cast.tutor.memberships.get().pk,
    "invitation": invitation_of,
    "import": an_import,
    "kind": lambda cast: "students",
}

COORDINATORS = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"
POST_ONLY = "in | 405 405 405 405 | 405 405 405 | 405 405 405 405"

ROWS = {
    "home": ("", "in | 302 302 302 302 | 302 302 302 | 302 302 302 302"),
    "health": ("", "200 | 200 200 200 200 | 200 200 200 | 200 200 200 200"),
    "desk_switch": ("", POST_ONLY),
    "profile_edit": ("", "in | 200 200 200 200 | 200 200 200 | 200 200 200 200"),
    "provider_edit": ("", COORDINATORS),
    "provider_logo": ("", "in | 404 404 404 404 | 404 404 404 | 404 404 404 404"),
    "people_list": ("", COORDINATORS),
    "person_add": ("", COORDINATORS),
    "person_detail": ("pk=tutor", "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"),
    "person_edit": ("pk=tutor", "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"),
    "role_add": ("pk=tutor", POST_ONLY),
    "role_withdraw": ("pk=membership", POST_ONLY),
    "person_invite": ("pk=tutor", POST_ONLY),
    "person_close": ("pk=tutor", POST_ONLY),
    "person_open": ("pk=tutor", POST_ONLY),
    "welcome": ("token=invitation", "200 | 200 200 200 200 | 200 200 200 | 200 200 200 200"),
    "welcome_again": ("token=invitation", "405 | 405 405 405 405 | 405 405 405 | 405 405 405 405"),
    "import_list": ("", COORDINATORS),
    "import_new": ("kind=kind", COORDINATORS),
    "import_template": ("kind=kind", COORDINATORS),
    "import_detail": ("pk=import", "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"),
    "import_progress": ("pk=import", "in | 403 403 403 302 | 403 403 403 | 403 403 403 404"),
    "import_wrong": ("pk=import", "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"),
    "import_read": ("pk=import", POST_ONLY),
    "import_apply": ("pk=import", POST_ONLY),
    "import_discard": ("pk=import", POST_ONLY),
    "import_invite": ("pk=import", POST_ONLY),
}
