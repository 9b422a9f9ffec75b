"""manage.py rebuild_standings: look at every student afresh, and say whose standing differed."""

from reviews.risk.keeping import reckon
from reviews.risk.models import Standing
from students.rebuilding import RebuildCommand


class Command(RebuildCommand):
    help = (
        "Writes afresh how students stand, of all or of one provider's. The worker does so within a minute of every "
        "change and every night; this is for the first time, and safe at any time."
    )
    model = Standing
    rebuild = staticmethod(reckon)
    says = "{students} students looked at, {differed} stood otherwise than was kept."
    passed_over = ("reckoned_at", "reckoned_on", "is_stale")
