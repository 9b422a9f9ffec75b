"""manage.py rebuild_hours: write the kept totals afresh from the rows, and say which differed."""

from placements.hours.models import StudentHours
from placements.hours.totals import rebuild
from students.rebuilding import RebuildCommand


class Command(RebuildCommand):
    help = (
        "Writes the kept totals of hours afresh, of all students or of one provider's. They follow every change by "
        "themselves, so that this should find nothing to correct; it is safe at any time."
    )
    model = StudentHours
    rebuild = staticmethod(rebuild)
    says = "{students} students looked at, the totals of {differed} corrected."
