"""Where required hours show themselves to the placement office: students of whom they are not certain."""

from placements.hours.models import StudentHours
from portal.needs import Waiting, for_staff
from portal.people.models import Role
from students.tlevels.models import Specialism


@for_staff(
    "no_specialism", says="Has no specialism, and the required hours depend on it", act="Choose the specialism",
    url="student_edit", icon="clock", role=Role.COORDINATOR,
)  # fmt: skip
def without_specialism(desk):
    """Students whose T Level asks for other hours by specialism and who have none: they count by the T Level's."""
    depending = Specialism.objects.changing_hours().values("tlevel")
    rows = StudentHours.objects.filter(
        student__tlevel__in=depending, student__specialism=None, student__signed_off_at=None
    )
    return Waiting(rows, student="student", since="student__user__joined_at", thing="student")
