"""What marks a standing as old: moved totals, and every verb on something that belongs to a placement."""

from django.dispatch import receiver

from placements.hours.models import StudentHours
from placements.hours.totals import totals_written
from portal.workflow import moved
from reviews.forms.models import ReviewForm
from reviews.meetings.models import Meeting
from reviews.risk.keeping import touch
from reviews.risk.models import Standing
from students.departure.acts import left


@receiver(totals_written, sender=StudentHours)
def after_totals(sender, pks, **kwargs):
    """Weeks, absences, patterns, placements, the student's own record: all of them move the totals."""
    touch(pks)


@receiver(moved, sender=Meeting)
@receiver(moved, sender=ReviewForm)
def after_a_review_moved(sender, thing, **kwargs):
    touch([thing.placement.student_id])


@receiver(left)
def after_a_student_left(sender, student, **kwargs):
    """Whoever is gone has no standing, and so is in no figure of the cohort. The clock makes one of who is back."""
    Standing.objects.filter(pk=student.pk).delete()
