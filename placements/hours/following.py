"""The kept totals follow every change of the facts behind them, in the same transaction."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from placements.hours.totals import refresh
from placements.models import Placement
from placements.pattern import pattern_changed
from placements.timesheets.models import Absence, Timesheet
from portal.workflow import moved
from students.models import Student


@receiver(moved, sender=Timesheet)
def after_a_week_moved(sender, thing, **kwargs):
    refresh(thing.placement.student_id)


@receiver(moved, sender=Placement)
def after_a_placement_moved(sender, thing, **kwargs):
    refresh(thing.student_id)


@receiver(post_save, sender=Student)
def after_a_student(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh(instance.pk)


@receiver([post_save, pattern_changed], sender=Placement)
def after_a_placement(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh(instance.student_id)


@receiver([post_save, post_delete], sender=Absence)
def after_an_absence(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh(instance.placement.student_id)
