"""What marks a standing as old: moved totals, and every verb on something that belongs to a placement."""

from functools import partial

from django.db import transaction
from django.dispatch import receiver

from placements.hours.models import StudentHours
from placements.hours.totals import totals_written
from placements.models import Placement
from portal.workflow import moved
from reviews.forms.models import ReviewForm
from reviews.meetings.models import Meeting
from reviews.risk.keeping import reckon, touch
from reviews.risk.models import Standing
from students.departure.acts import left


@receiver(totals_written, sender=StudentHours)
def after_totals(sender, pks, **kwargs):
    """Weeks, absences, patterns, placements, the student's own record: all of them move the totals."""
    touch(pks)


@receiver(moved, sender=Placement)
def after_a_placement_moved(sender, thing, verb, by, **kwargs):
    """Whoever ends a placement, or takes it up again, reads on the next page how the student stands now. Those that the
    clock ends are many, and wait for it.
    """
    if by is not None and verb in ("end", "resume"):
        transaction.on_commit(partial(reckon, [thing.student_id]))


@receiver(moved, sender=Meeting)
@receiver(moved, sender=ReviewForm)
def after_a_review_moved(sender, thing, **kwargs):
    touch([thing.placement.student_id])


@receiver(left)
def after_a_student_left(sender, student, **kwargs):
    """Whoever is gone has no standing, and so is in no figure of the cohort. The clock makes one of who is back."""
    Standing.objects.filter(pk=student.pk).delete()
