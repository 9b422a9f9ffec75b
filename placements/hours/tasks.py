"""What takes too long for a request: the totals of everybody, after a rule has changed."""

from django_tasks import task

from placements.hours.totals import rebuild
from students.models import Student


@task()
def rebuild_all():
    """Write the totals of every student afresh."""
    rebuild(Student.objects.order_by("pk").values_list("pk", flat=True))
