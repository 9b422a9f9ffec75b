"""What a manager's decision does, and what they are told about it: a refusal becomes a sentence."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from placements.hours.totals import gathered
from placements.timesheets.models import UNDO_MINUTES, Timesheet
from placements.timesheets.undoing import why_not_undone
from placements.working_time import in_hours
from portal.posted import whole_number
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker

Status = Timesheet.Status
CHANGED = "changed after you opened this page"
LEADS_TO = {"approve": Status.APPROVED, "send_back": Status.SENT_BACK, "undo": Status.HANDED_IN}


@dataclass
class Outcome:
    """What came of one decision: done or not, and the sentence to say. `stale`: the week had changed meanwhile."""

    done: bool
    says: str
    stale: bool = False


def called(timesheet) -> str:
    """'Maya's week of 2 March'."""
    return f"{timesheet.placement.student.user.first_name}'s week of {timesheet.monday:%-d %B}"


def decide(verb: str, timesheet, *, by, seen: int, **details) -> Outcome:
    """Use a verb on a week as it was shown at version `seen`. A second click on a button is no second opinion."""
    words = timesheet.reason if verb == "undo" and timesheet.status == Status.SENT_BACK else ""
    try:
        getattr(timesheet, verb)(by=by, seen=seen, **details)
    except Refused as refused:
        return Outcome(False, str(refused))
    except SomebodyWasQuicker:
        timesheet = Timesheet.objects.with_people().get(pk=timesheet.pk)
        same = timesheet.status == LEADS_TO[verb] and timesheet.decided_by_id in (by.pk, None)
        if not same or timesheet.version != seen + 1:
            return Outcome(False, too_late(timesheet, verb, by), stale=True)
        if verb == "send_back" and not says_the_same(timesheet, **details):
            return Outcome(False, other_words(timesheet), stale=True)
    return Outcome(True, told(verb, timesheet, words))


def says_the_same(timesheet, *, reason: str, day=None) -> bool:
    """Whether the week was sent back with exactly these words, about this day."""
    return (timesheet.reason, timesheet.asked_on) == (reason.strip(), day)


def other_words(timesheet) -> str:
    """That other words went to the student before, from a second tab for example."""
    about = f" about {timesheet.asked_on:%A %-d %B}" if timesheet.asked_on else ""
    return (
        f"{called(timesheet)} was sent back already, with these words{about}: “{timesheet.reason}”. "
        "What you wrote now was not sent."
    )


def decide_all(verb: str, weeks, shown: Iterable[str], *, by) -> tuple[list[Timesheet], dict[str, list[Timesheet]]]:
    """Use a verb on exactly the weeks `shown` ('pk:version'); returns those done, and those left as they are by why."""
    seen = dict(pair for pair in map(pair_of, shown) if pair)
    done, left = [], defaultdict(list)
    with gathered():
        for timesheet in weeks.filter(pk__in=seen).with_people().order_by("monday", "pk"):
            outcome = decide(verb, timesheet, by=by, seen=seen[timesheet.pk])
            (done if outcome.done else left[CHANGED if outcome.stale else outcome.says]).append(timesheet)
    return done, left


def not_yours(number: int) -> str:
    """What to say of weeks that were on the screen and are another line manager's by now."""
    weeks = "one of these weeks" if number == 1 else f"{number} of these weeks"
    return (
        f"Somebody else approves the hours of {weeks} now. You decided nothing about {'it' if number == 1 else 'them'}."
    )


def pair_of(text: str) -> tuple[int, int] | None:
    """'7:3' -> (7, 3), None for anything else."""
    pk, _, version = text.partition(":")
    pair = whole_number(pk), whole_number(version)
    return pair if min(pair) >= 0 else None


def told(verb: str, timesheet, words: str = "") -> str:
    """What to say when it is done. `words` are those that went with what is taken back: they are not lost by that."""
    first_name = timesheet.placement.student.user.first_name
    if verb == "approve":
        return f"Approved: {called(timesheet)}, {in_hours(timesheet.minutes)}."
    if verb == "undo":
        wrote = f" You had written: “{words}”" if words else ""
        return f"Taken back: {called(timesheet)} waits for you again.{wrote}"
    if timesheet.asked_on:
        return (
            f"Asked: {first_name} gets your question about {timesheet.asked_on:%A %-d %B} and hands the week in again."
        )
    return f"Sent back: {first_name} gets your words and hands the week of {timesheet.monday:%-d %B} in again."


def told_of_all(verb: str, done: list) -> str:
    """What to say when several are done."""
    count = "1 week" if len(done) == 1 else f"{len(done)} weeks"
    if verb == "undo":
        return f"Taken back: {count} {'waits' if len(done) == 1 else 'wait'} for you again."
    minutes = sum(timesheet.minutes for timesheet in done)
    return f"Approved: {count}, {in_hours(minutes)} altogether. You can undo this for {UNDO_MINUTES} minutes."


def too_late(timesheet, verb: str, by) -> str:
    """Why nothing was done, from what the week is by now."""
    own = timesheet.status == Status.SENT_BACK and timesheet.decided_by_id == by.pk
    if verb == "undo" and own and (why := why_not_undone(timesheet, by)):
        return why
    if timesheet.status == Status.HANDED_IN:
        return f"{called(timesheet)} {CHANGED}. Nothing was decided: look at it again below."
    if timesheet.status == Status.DRAFT:
        first_name = timesheet.placement.student.user.first_name
        return (
            f"{first_name} took the week of {timesheet.monday:%-d %B} back before you answered. Nothing was decided. "
            "It comes to you again when it is handed in."
        )
    if timesheet.status == Status.SENT_BACK and timesheet.handed_in_at is None:
        return f"{called(timesheet)} was opened again by {timesheet.decided_by} meanwhile."
    return f"{called(timesheet)} is answered already: {full_stop(timesheet.sentence())} Nothing was changed."


def left_because(why: str, left: list) -> str:
    """Which of many weeks were left as they are (a cookie carries this, so it names a few), and why."""
    names = [called(timesheet) for timesheet in left[:5]]
    rest = f" and {len(left) - 5} more" if len(left) > 5 else ""
    if why == CHANGED:
        return f"Left as they are, because they {CHANGED}: {', '.join(names)}{rest}."
    return f"Left as they are: {', '.join(names)}{rest}. {why}"
