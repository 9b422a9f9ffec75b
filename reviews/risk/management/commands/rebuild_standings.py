"""manage.py rebuild_standings: look at every student afresh, and say whose standing differed."""

from reviews.risk.keeping import reckon
from reviews.risk.models import Standing
from students.rebuilding import RebuildCommand

KEPT = [
    field.attname
    for field in Standing._meta.concrete_fields
    if field.name not in ("reckoned_at", "reckoned_on", "is_stale")
]


class Command(RebuildCommand):
    help = (
        "Writes afresh how students stand, of all or of one provider's. The worker does so within a minute of every "
        "change and every night; this is for the first time, and safe at any time."
    )
    says = "{students} students looked at, {differed} stood otherwise than was kept."

    def kept(self, ids):
        return Standing.objects.filter(pk__in=ids).values_list("pk", *KEPT)

    def rebuild(self, ids):
        reckon(ids)
