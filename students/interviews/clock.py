"""What the clock does for interviews: removed questions and research sheets go for good."""

from portal.clock import due
from students.interviews.models import KEPT_AFTER_REMOVAL, Question, Sheet


@due
def forget_what_was_removed(now):
    """Delete what was removed so long ago that it can't be put back."""
    for model in (Question, Sheet):
        model.objects.filter(removed_at__lte=now - KEPT_AFTER_REMOVAL).delete()
