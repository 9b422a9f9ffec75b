"""The kept totals follow every change of the facts behind them, in the same transaction; rules follow by the worker."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from placements.hours.tasks import rebuild_all
from placements.hours.totals import refresh
from placements.models import Placement
from placements.pattern import pattern_changed
from placements.timesheets.models import Absence, Timesheet
from portal.batches import batches
from portal.imports.signals import rows_written
from portal.workflow import moved
from students.frozen import refuse_if_frozen
from students.models import Student
from students.tlevels.models import ApproachRule, RequiredHours, RuleSet, Specialism, TLevel


@receiver(moved, sender=Timesheet)
def after_a_week_moved(sender, thing, by, **kwargs):
    """Count anew; `refresh` holds the student's row, so that no week slips into a record that is being signed off."""
    refresh(thing.placement.student_id)
    if by is not None:
        refuse_if_frozen(thing.placement.student_id)


@receiver(moved, sender=Placement)
def after_a_placement_moved(sender, thing, **kwargs):
    refresh(thing.student_id)


@receiver(post_save, sender=Student)
def after_a_student(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh(instance.pk)


@receiver([post_save, post_delete, pattern_changed], sender=Placement)
def after_a_placement(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh(instance.student_id)


@receiver([post_save, post_delete], sender=Absence)
def after_an_absence(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh(instance.placement.student_id)


@receiver(rows_written, sender=Student)
def after_imported_students(sender, pks, **kwargs):
    refresh(*pks)


@receiver(rows_written, sender=Placement)
def after_imported_placements(sender, pks, **kwargs):
    for part in batches(pks):
        refresh(*Placement.objects.filter(pk__in=part).order_by().values_list("student", flat=True).distinct())


@receiver([post_save, post_delete])
def after_a_rule(sender, raw=False, **kwargs):
    """Everybody's totals, once for all the rules that were changed together."""
    if sender in (RuleSet, RequiredHours, ApproachRule, TLevel, Specialism) and not raw:
        waiting = [callback for _, callback, *_ in transaction.get_connection().run_on_commit]
        if rebuild_everybody not in waiting:
            transaction.on_commit(rebuild_everybody)


def rebuild_everybody():
    rebuild_all.enqueue()
