"""What the line manager is told of what helps: written by anybody of the provider, released by the student alone."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from placements.models import Placement
from placements.setup.models import SharedAdjustment
from portal.asks.asking import answered_otherwise, ask, withdraw_all
from portal.asks.models import Ask
from portal.history.models import Look, label_of, looked, record
from portal.notices import mail
from portal.people.models import User
from portal.workflow import Refused

KIND = "adjustment"
ONCE_IN = timedelta(hours=1)


# --- reading, which is written down ---


def read_at_work(placement: Placement, user: User) -> SharedAdjustment | None:
    """The words at work now, if `user` may read them. Anybody's look but the student's is noted, once in an hour.

    One query, and one more to note the look.
    """
    looks = Look.objects.filter(about=label_of(SharedAdjustment), about_id=OuterRef("pk"), by=user)
    rows = SharedAdjustment.objects.at_work().visible_to(user).filter(placement=placement)
    row = rows.annotate(is_noted=Exists(looks.filter(at__gte=timezone.now() - ONCE_IN))).first()
    if row and not row.is_noted and user.pk != placement.student.user_id:
        looked(row, by=user)
    return row


def mark_read(row: SharedAdjustment, *, by: User):
    """The line manager says that they have read it, once; no reminder goes out."""
    if Ask.objects.about(row).open().filter(kind=KIND, to=by).exists():
        record(row, "read it", by=by)
        answered_otherwise(KIND, row, by=by)


# --- writing and releasing ---


@transaction.atomic
def write_adjustment(placement: Placement, words: str, *, by: User) -> SharedAdjustment:
    """Put words forward. They wait for the student's release; until then what the line manager reads stays theirs.

    What waited before is over, and so is what was released to somebody who cannot read it any more.
    """
    Placement.objects.select_for_update(of=["self"]).get(pk=placement.pk)
    rows = {bool(row.released_at): row for row in placement.adjustments.open()}
    released, waiting = rows.get(True), rows.get(False)
    is_own = by.pk == placement.student.user_id
    if released and not SharedAdjustment.objects.visible_to(by).filter(pk=released.pk).exists():
        raise Refused("The student has not let you read the words of now, so you cannot put others in their place.")
    if is_own and waiting and waiting.words == words:
        return waiting
    is_waiting_there = waiting and waiting.words == words and waiting.written_by_id == by.pk
    if is_waiting_there or (released and released.words == words):
        raise Refused("These are the words that are there already.")
    close(waiting, by=by)
    if released and not released.is_at_work:
        close(released, by=by)
    row = SharedAdjustment.objects.create(placement=placement, words=words, written_by=by)
    record(row, "wrote it down", by=by)
    if not is_own:
        link = mail.absolute(reverse("adjustment_list", args=[placement.pk]))
        mail.send("placement_adjustment", to=placement.student.user, context={"link": link}, about=row)
    return row


def close(row: SharedAdjustment | None, *, by: User) -> bool:
    """Nobody but the student can read it any more; the mailed link ends. Whether that was still to be done."""
    if row is None:
        return False
    rows = SharedAdjustment.objects.open().filter(pk=row.pk)
    done = bool(rows.update(taken_back_at=timezone.now(), taken_back_by=by))
    withdraw_all(KIND, row)
    return done


@transaction.atomic
def release(row: SharedAdjustment, *, by: User, with_office: bool = False) -> SharedAdjustment:
    """The student lets the line manager of now read exactly these words. Raises Refused with the reason.

    They take the place of the words that were released before, which nobody else can read from now on.
    Words that were released to somebody who is not the line manager any more become a row of their own.
    """
    placement = Placement.objects.select_for_update(of=["self"]).with_people().get(pk=row.placement_id)
    row = SharedAdjustment.objects.get(pk=row.pk)
    row.placement = placement
    if why := why_not_released(row, by):
        raise Refused(why)
    is_again = row.released_at is not None
    close(placement.adjustments.open().filter(released_at__isnull=False).first(), by=by)
    if is_again:
        row = SharedAdjustment.objects.create(placement=placement, words=row.words, written_by=row.written_by)
    row.released_at, row.released_by, row.to = timezone.now(), by, placement.manager
    row.released_to, row.with_office = f"{placement.manager} at {placement.employer}", with_office
    row.save()
    record(row, f"released it to {row.released_to}" + (", and to the placement office" if with_office else ""), by=by)
    ask(KIND, row, provider=placement.provider, to=placement.manager, by=by)
    return row


def why_not_released(row: SharedAdjustment, by: User) -> str:
    """What keeps the words from being released now, as a sentence; '' if nothing does."""
    placement = row.placement
    if by.pk != placement.student.user_id:
        return "Only the student can release this."
    if row.taken_back_at or row.is_at_work:
        return "This is released already, or other words have taken its place."
    if placement.status == Placement.Status.ENDED:
        return "This placement has ended. There is nobody who needs to know it now."
    if placement.manager is None or not placement.manager.is_active:
        return "There is no line manager yet. You can release it once there is one."
    return ""


@transaction.atomic
def let_office_read(row: SharedAdjustment, *, by: User, with_office: bool):
    """The student lets the placement office read a released one, too, or not any more."""
    if by.pk != row.placement.student.user_id:
        raise Refused("Only the student can say so.")
    rows = SharedAdjustment.objects.open().filter(pk=row.pk, released_at__isnull=False)
    if not rows.update(with_office=with_office):
        raise Refused("This is not released now.")
    record(row, "let the placement office read it" if with_office else "took it back from the placement office", by=by)


@transaction.atomic
def take_back(row: SharedAdjustment, *, by: User):
    """The employer can read it no more. The student or the staff; Refused where that has happened already."""
    if not close(row, by=by):
        raise Refused("This is taken back already.")
    record(row, "took it back", by=by)
