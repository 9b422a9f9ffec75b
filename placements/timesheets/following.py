"""What follows the moves of a week: flags to the tutor at once, a mail to the student when it comes back."""

from datetime import timedelta

from django.dispatch import receiver
from django.utils import timezone

from placements.timesheets.models import UNDO_MINUTES, Timesheet
from placements.timesheets.week import raise_flags, weeks_beside
from portal.notices import mail
from portal.workflow import moved


@receiver(moved, sender=Timesheet)
def flags_follow(sender, thing, verb, **kwargs):
    """Unusual weeks are flagged when they are handed in, and so are those beside a week that comes late.

    The tutor hears of new flags at once, but not of those of a week that the same tutor recorded.
    """
    if verb != "hand_in":
        return
    tutor = thing.placement.tutor
    for week in (thing, *weeks_beside(thing)):
        new = raise_flags(week)
        if new and tutor and (week != thing or tutor != thing.handed_in_by):
            context = {"timesheet": week, "came": thing, "link": mail.absolute(week.get_absolute_url())}
            mail.send("week_flagged", to=tutor, context=context, about=week)


def just_now():
    """Since when a decision can still be taken back."""
    return timezone.now() - timedelta(minutes=UNDO_MINUTES)


@receiver(moved, sender=Timesheet)
def student_hears(sender, thing, verb, by, **kwargs):
    """A week that comes back is mailed to the student, with the reason; so is that the manager took it back again."""
    student = thing.placement.student.user
    if verb == "undo" and student.notices.filter(kind="week_came_back", about_id=thing.pk, created_at__gte=just_now()):
        mail.send("week_stays", to=student, context={"timesheet": thing, "by": by}, about=thing)
    if verb in ("send_back", "reopen"):
        context = {"timesheet": thing, "by": by, "link": mail.absolute(thing.get_absolute_url())}
        mail.send("week_came_back", to=student, context=context, about=thing)
