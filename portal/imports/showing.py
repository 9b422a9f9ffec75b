"""Where imports show themselves among what needs staff."""

from datetime import timedelta

from portal.imports.models import Import
from portal.needs import Waiting, for_staff
from portal.people.models import Role

ASKED_FOR = timedelta(days=180)  # after half a year whoever was to come has come in another way


@for_staff(
    "people_uninvited",
    says="The new students of this file have not been invited",
    act="Invite them",
    url="import_detail",
    icon="mail",
    role=Role.COORDINATOR,
)
def people_uninvited(desk):
    """Students only: line managers need no invitation, a link comes with every mail about hours."""
    rows = Import.objects.students_to_invite().filter(provider=desk.provider_id)
    return Waiting(rows.filter(applied_at__gt=desk.now - ASKED_FOR), student="", named="file_name", since="applied_at")
