"""What the clock does for CVs and cover letters: withdrawn versions go for good."""

from django.db.models import Exists, OuterRef

from portal.clock import due
from students.papers.models import KEPT_AFTER_WITHDRAWAL, Paper, Version


@due
def forget_withdrawn_versions(now):
    """Delete what was withdrawn so long ago that it can't be put back, and papers of which nothing is left."""
    gone = Version.objects.filter(withdrawn_at__lte=now - KEPT_AFTER_WITHDRAWAL)
    papers = set(gone.values_list("paper", flat=True))
    gone.delete()
    left = Exists(Version.objects.filter(paper=OuterRef("pk")))
    Paper.objects.filter(~left, pk__in=papers).delete()
