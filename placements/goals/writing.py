"""Writing learning goals and agreeing to them. What somebody agreed to is never written over."""

from contextlib import suppress
from hashlib import sha256

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from placements.goals.models import MOST, LearningGoal
from placements.models import Placement
from portal.asks.asking import answered, ask, ask_again, withdraw_all
from portal.asks.models import Ask
from portal.history.models import record
from portal.notices import mail
from portal.workflow import Refused, SomebodyWasQuicker
from students.frozen import refuse_if_frozen

KIND = "goals"


def current_goals(placement: Placement) -> list[LearningGoal]:
    return list(placement.goals.current())


def fingerprint(goals) -> str:
    """Changes whenever a goal, its wording, their order or who agreed changes: what a form shows to its reader."""
    seen = "|".join(f"{goal.pk}.{goal.number}.{goal.wording}.{goal.tutor_agreed_at}" for goal in goals)
    return sha256(seen.encode()).hexdigest()[:16]


def locked(placement: Placement, seen: str | None) -> list[LearningGoal]:
    """The current goals, held until the transaction ends; SomebodyWasQuicker where they differ from those `seen`."""
    Placement.objects.select_for_update(of=["self"]).get(pk=placement.pk)
    refuse_if_frozen(placement.student_id)
    goals = current_goals(placement)
    if seen is not None and seen != fingerprint(goals):
        raise SomebodyWasQuicker(placement)
    return goals


@transaction.atomic
def write_goals(placement: Placement, rows: list[tuple[int | None, str]], *, by, seen: str | None = None) -> bool:
    """Make `rows` the goals, in their order: (primary key of a current goal or None for a new one, its wording).

    A goal that is not among them is dropped. Returns whether anything changed. Raises Refused for more than ten,
    SomebodyWasQuicker where the goals are not those that were `seen` (a fingerprint).
    """
    if len(rows) > MOST:
        raise Refused(f"At most {MOST} goals can hold at a time. Put some together, or leave one out.")
    before = locked(placement, seen)
    if rows == [(goal.pk, goal.wording) for goal in before]:
        return False
    goals = {goal.pk: goal for goal in before}
    kept = [(goals.pop(pk, None), wording) for pk, wording in rows]
    for goal in goals.values():
        drop(goal)
    make_room(placement, [goal for goal, _ in kept if goal])
    for number, (goal, wording) in enumerate(kept, start=1):
        write_goal(placement, goal, number, wording, by=by)
    record(placement, f"wrote the learning goals ({len(rows)})" if not before else "changed the learning goals", by=by)
    return True


def make_room(placement: Placement, goals: list[LearningGoal]):
    """Take kept goals out of the numbering for a moment, so that they can change places one by one."""
    LearningGoal.objects.filter(pk__in=[goal.pk for goal in goals]).update(replaced_at=timezone.now())


def drop(goal: LearningGoal):
    """Take a goal out. One that somebody agreed to, or that work may have served, is kept as history."""
    if goal.is_draft and goal.placement.status == Placement.Status.PLANNED:
        goal.delete()
        return
    goal.replaced_at = timezone.now()
    goal.save(update_fields=["replaced_at"])


def write_goal(placement: Placement, goal: LearningGoal | None, number: int, wording: str, *, by):
    """Put one goal in its place. A new wording of one that was agreed to by somebody is a new row."""
    if goal is None:
        LearningGoal.objects.create(placement=placement, number=number, wording=wording, written_by=by)
    elif wording == goal.wording:
        LearningGoal.objects.filter(pk=goal.pk).update(number=number, replaced_at=None)
    elif not goal.is_draft:
        fresh = LearningGoal(placement=placement, number=number, wording=wording, written_by=by, replaces=goal)
        fresh.save()
    elif goal.replaces and goal.replaces.wording == wording:  # written back: the agreed wording holds on
        LearningGoal.objects.filter(pk=goal.replaces_id).update(number=number, replaced_at=None)
        drop(goal)
    else:
        LearningGoal.objects.filter(pk=goal.pk).update(
            number=number, wording=wording, written_by=by, written_at=timezone.now(), replaced_at=None
        )


@transaction.atomic
def send_goals(placement: Placement, *, by, seen: str | None = None):
    """Agree to the goals for the provider and put them to the line manager. Wishes of the manager are settled by that.

    Raises Refused with the reason where nothing can be sent.
    """
    goals = locked(placement, seen)
    if not goals:
        raise Refused("Write at least one goal first.")
    if all(goal.is_agreed and not goal.wish for goal in goals):
        raise Refused("All goals are agreed already.")
    if placement.manager is None:
        raise Refused("No line manager is named who could agree. Choose one first.")
    current = placement.goals.current()
    current.filter(tutor_agreed_at=None).update(tutor_agreed_at=timezone.now(), tutor_agreed_name=by.name)
    current.exclude(wish="").update(wish="", wished_at=None, wished_name="")
    record(placement, "agreed to the learning goals for the provider", by=by)
    if current.filter(manager_agreed_at=None).exists():
        ask_manager(placement, by=by)


def ask_manager(placement: Placement, *, by):
    """Put the goals to the line manager by mail; one that went out a few minutes ago opens them as they are now."""
    for found in Ask.objects.about(placement).open().filter(kind=KIND).exclude(to=placement.manager):
        Ask.objects.filter(pk=found.pk).open().update(withdrawn_at=timezone.now())
    found = Ask.objects.about(placement).open().filter(kind=KIND, to=placement.manager).first()
    if found is None:
        ask(KIND, placement, provider=placement.provider, to=placement.manager, by=by)
        return
    with suppress(Refused):
        ask_again(found, placement, by=by)


@transaction.atomic
def agree_to_goals(placement: Placement, *, name: str, by, seen: str, found: Ask | None = None):
    """The line manager agrees to all goals that the provider agreed to. `by` is the person who answers."""
    goals = locked(placement, seen)
    waiting = [goal for goal in goals if goal.tutor_agreed_at and not goal.manager_agreed_at]
    if not waiting:
        raise Refused("There is nothing to agree to just now.")
    LearningGoal.objects.filter(pk__in=[goal.pk for goal in waiting]).update(
        manager_agreed_at=timezone.now(), manager_agreed_name=name, wish="", wished_at=None, wished_name=""
    )
    record(placement, f"agreed to the learning goals ({len(waiting)})", by=by)
    if found:
        answered(found)


@transaction.atomic
def wish_for_goals(placement: Placement, words: dict[int, str], *, name: str, by, seen: str, found: Ask | None = None):
    """The line manager asks for a change, with words for single goals (by primary key). The tutor is told by mail."""
    goals = {goal.pk: goal for goal in locked(placement, seen)}
    wishes = {goals[pk]: wish for pk, wish in words.items() if pk in goals and wish}
    if not wishes:
        raise Refused("Say in a few words what should be different, beside at least one goal.")
    for goal, wish in wishes.items():
        LearningGoal.objects.filter(pk=goal.pk).update(wish=wish, wished_at=timezone.now(), wished_name=name)
    said = "; ".join(f"goal {goal.number}: {wish}" for goal, wish in wishes.items())
    record(placement, f"asked for a change to the learning goals: {said}", by=by)
    if found:
        answered(found)
    if placement.tutor and placement.tutor.is_active:
        link = mail.absolute(reverse("goal_list", args=[placement.pk]))
        context = {"placement": placement, "name": name, "link": link}
        mail.send("goals_wished", to=placement.tutor, context=context, about=placement)


@transaction.atomic
def record_agreed_in_person(placement: Placement, on, *, by, seen: str | None = None):
    """Record that the line manager agreed to all goals in person; whoever records it agrees for the provider."""
    goals = locked(placement, seen)
    waiting = [goal for goal in goals if not goal.is_agreed]
    if not waiting:
        raise Refused("All goals are agreed already." if goals else "Write at least one goal first.")
    if placement.manager is None:
        raise Refused("No line manager is named who could have agreed. Choose one first.")
    now, rows = timezone.now(), LearningGoal.objects.filter(pk__in=[goal.pk for goal in waiting])
    rows.filter(tutor_agreed_at=None).update(tutor_agreed_at=now, tutor_agreed_name=by.name)
    rows.filter(manager_agreed_at=None).update(
        manager_agreed_at=now,
        manager_agreed_name=placement.manager.name,
        agreed_in_person_on=on,
        recorded_by_name=by.name,
    )
    rows.update(wish="", wished_at=None, wished_name="")
    says = f"recorded that {placement.manager.name} agreed to the learning goals in person on {on:%-d %B %Y}"
    record(placement, says, by=by)
    withdraw_all(KIND, placement, by=None)


@transaction.atomic
def take_goals_back(placement: Placement, *, by):
    """Take back what the line manager was asked and has not answered; the goals can be changed and sent again."""
    goals = [goal for goal in locked(placement, None) if goal.manager_agreed_at is None and goal.tutor_agreed_at]
    if not goals:
        raise Refused("Nothing of it waits for the line manager any more.")
    LearningGoal.objects.filter(pk__in=[goal.pk for goal in goals]).update(tutor_agreed_at=None, tutor_agreed_name="")
    withdraw_all(KIND, placement, by=None)
    record(placement, "took the learning goals back before the line manager had answered", by=by)
