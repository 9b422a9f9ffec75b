"""What a student takes along of getting ready: the points that the college has settled with them."""

from portal.taking import Part, table, takes
from students.readiness.models import Settled


@takes(8, "Ready for the placement")
def readiness(student, user, wanted):
    """Only as rows."""
    rows = list(Settled.objects.visible_to(user).filter(student=student).select_related("point"))
    if not rows:
        return None
    return Part(tables=[table("readiness", rows, Point="point.wording", Settled="at", By="by_name", Note="note")])
