"""What the clock does for mail."""

from django_tasks_db.models import DBTaskResult

from portal.clock import due
from portal.notices.mail import deliver
from portal.notices.models import Notice

LAST = -10  # other tasks do not wait for a mail server that let us down before


@due
def deliver_what_was_left(now):
    """Queue the mails that are due: their last try failed or died, or they never came into the queue.

    None is queued while deliveries wait there, as those may be of the same mails.
    """
    if DBTaskResult.objects.ready().filter(task_path=deliver.module_path).exists():
        return
    for pk in Notice.objects.filter(try_at__lte=now).order_by("try_at").values_list("pk", flat=True)[:200]:
        deliver.using(priority=LAST).enqueue(pk)
