"""Where useful links show themselves: on the placement office's dashboard, those that no longer open."""

from portal.needs import Waiting, for_staff
from portal.people.models import Role
from students.resources.models import Link


@for_staff(
    "resource_link",
    says="This useful link does not open. {words}.",
    called="A useful link does not open",
    act="Mend the link",
    url="resource_edit",
    tone="calm",
    icon="link",
    role=Role.COORDINATOR,
)
def broken_links(desk):
    """For the placement office: links that students see and that the last check could not open."""
    rows = Link.objects.broken().filter(provider=desk.provider_id)
    return Waiting(rows, student="", named="title", since="trouble_since", words="trouble")
