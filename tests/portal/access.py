"""The access table of the ground floor (see tests/house/test_access.py)."""

from django.http import HttpResponse

from placements.models import Placement
from portal.asks.asking import answered
from portal.asks.kinds import answers
from portal.asks.models import Ask
from portal.asks.views import ask_page
from portal.imports import tasks
from portal.imports.models import Import
from portal.people.invitations import path_for
from portal.people.models import Role
from tests.factories import MembershipFactory, UserFactory
from tests.posts import ONLY_ITS_MANAGER, POST_ONLY, WHOEVER_HAS_IT_POSTS


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


@answers("trial", Placement, title="Try this")
def trial(request, ask, thing, step=""):
    """A kind of ask that only tests know: shows a page, and is answered by any POST."""
    if request.method == "POST":
        answered(ask)
        return HttpResponse("Thank you")
    return ask_page(request, ask, "asks/ask_link_again.html", {})


def trial_of(cast) -> Ask:
    """Something that the cast's manager was asked about their placement."""
    return Ask.objects.create(
        kind="trial",
        provider=cast.provider,
        to=cast.manager,
        name=cast.manager.name,
        about="placements.placement",
        about_id=cast.placement.pk,
    )


LEADS_BACK = "302 | 302 302 302 302 | 302 302 302 | 302 302 302 302"
ITS_OWN = "in | 404 200 404 404 | 404 404 404 | 404 404 404 404"

THINGS = {
    "trial": lambda cast: trial_of(cast).pk,
    "trial_token": lambda cast: Ask.objects.get(kind="trial").token(),
    "step": lambda cast: "first",
    "tutor": lambda cast: cast.tutor.pk,
    "membership": lambda cast: cast.tutor.memberships.get().pk,
    "invitation": invitation_of,
    "import": an_import,
    "kind": lambda cast: "students",
}

COORDINATORS = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"

ROWS = {
    "home": ("", "in | 302 302 302 302 | 302 302 302 | 302 302 302 302"),
    "desk_switch": ("", POST_ONLY),
    "profile_edit": ("", "in | 200 200 200 200 | 200 200 200 | 200 200 200 200"),
    "college": ("", COORDINATORS),
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
    "welcome_again": ("token=invitation", WHOEVER_HAS_IT_POSTS),
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
    "ask_detail": ("pk=trial", ITS_OWN),
    "ask_detail_step": ("pk=trial step=step", ITS_OWN),
    "ask_link": ("pk=trial token=trial_token", ONLY_ITS_MANAGER),
    "ask_link_step": ("pk=trial token=trial_token step=step", ONLY_ITS_MANAGER),
    "ask_link_again": ("pk=trial token=trial_token", LEADS_BACK),
    "ask_send": ("pk=trial", POST_ONLY),
    "ask_withdraw": ("pk=trial", POST_ONLY),
    "ask_copy": ("pk=trial", POST_ONLY),
}
