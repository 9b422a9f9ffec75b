"""Where rooms say what needs staff: the lines of the dashboards of tutor and placement office.

A room marks functions in its `showing.py` with `for_staff`, and the kind of need gets its place in the lists below. The
dashboards ask here and know no room.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import BigIntegerField, Case, CharField, Count, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from portal.discovering import discover
from portal.people.models import Role
from portal.prepared import AnyDesk, Asked, PreparedUnion, known, prepared

# How urgent each kind of need is, the most urgent first. A tutor's weeks stand between the worries and what is red,
# their placements that cannot start between that and the others (reviews/dashboards/needs.py).
WORRIES = ("concern_overdue", "concern_waiting", "concern_open", "concern_follow_up")
RED = ("check_lapsed", "check_kept_from", "agreement_declined", "check_missing", "check_lapses_7", "out_of_reach")
OTHERS = (
    "support_to_read",
    "no_specialism",
    "goals_wished",
    "induction",
    "consideration_waits",
    "meeting_notes",
    "figure_dispute",
    "meeting_dates",
    "figure_question",
    "review_form",
    "meeting_unconfirmed",
    "meeting_due",
    "early_end_next",
    "early_end_leaves",
    "signing_key_ends",
    "ready_to_sign_off",
    "certificate_waits",
    "people_uninvited",
    "no_tutor",
    "check_given",
    "reference_late",
    "ending_not_begun",
    "resource_link",
    "find",
    "offer",
    "check_lapses_30",
    "paper",
    "check_lapses_60",
    "conversation_due",
)
IN_ORDER = (*WORRIES, *RED, *OTHERS)


@dataclass(frozen=True)
class Waiting:
    """Rows of a room that need staff, as a queryset and where its columns are found: see `for_staff`."""

    rows: QuerySet
    student: str = "placement__student"  # way to the Student; "" where it is about none, then `named` says what
    since: str = "pk"  # a date or moment
    thing: str = "pk"  # what the address is made with
    words: str = ""  # a text field that goes into the sentence
    named: str = ""  # a text field that names what it is about, where that is no student
    outlasts: bool = False  # whether it needs staff also after the student has left the T Level
    by_kind: dict[str, Q] | None = None  # which rows are of which kind, by its name, where several kinds share them


@dataclass(frozen=True)
class StaffNeed:
    """One row of `Waiting`, read: since when, about whom, the primary key for its address, the sentence."""

    kind: "Kind"
    student: int | None
    name: str
    since: datetime
    thing: int
    says: str


@dataclass(frozen=True)
class Kind:
    """What a room said about a kind of need. `says` may hold {words}; `called` is its name where kinds are chosen.

    `seen`: the name of the address that puts it aside with a note; '' where only the act settles it.
    """

    name: str
    says: str
    act: str
    url: str
    tone: str
    icon: str
    role: str
    called: str
    seen: str
    find: Callable


kinds: list[Kind] = []


def for_staff(
    name: str, *, says: str, act: str, url: str, called="", tone="attention", icon="warning", role="", seen=""
):
    """Mark a function (desk) -> Waiting: rows of any student. Those that the desk looks after are chosen here, and, but
    for what `outlasts` it, those who have not left the T Level.

    It is called once for each role, with an `AnyDesk`: what depends on the time starts from its `now` or `today`.

    Where one function has several kinds, it is marked for each, and each row is of one of them: `Waiting.by_kind`.
    With `role` only desks of that role are told. `seen` names an address, made as that of `url` is, where a POST with a
    `note` puts it aside. A kind is `called` what it `says` unless that holds {words}. All kinds are one query. Raises
    LookupError where the name stands in none of the lists above.
    """
    if name not in IN_ORDER:
        raise LookupError(
            f"{name!r} has no place yet among the needs of staff: portal/needs.py says how urgent each is."
        )

    def register(find):
        kinds.append(Kind(name, says, act, url, tone, icon, role, called or says, seen, find))
        kinds.sort(key=lambda kind: IN_ORDER.index(kind.name))
        return find

    return register


def looked_after(desk, way: str) -> Q:
    """Rows about a student of this desk: a tutor's own, the provider's for everybody else. `way` leads to the Student.

    A database finds a tutor's few students first. A provider may have 100,000: the cast hides their index, so that it
    begins with the few rows that wait.
    """
    if desk.role == Role.TUTOR:
        return Q(**{f"{way}__tutor": desk.user_id, f"{way}__provider": desk.provider_id})
    return Q(Exact(Cast(f"{way}__provider", BigIntegerField()), desk.provider_id))


def needs_of_staff(desk, now: datetime, at_most: int = 200) -> list[StaffNeed]:
    """What needs the person at this desk, the most urgent first, then what has waited longest. One query."""
    return [read_need(row) for row in needs_in_order(desk, now)[:at_most]]


def needs_in_order(desk, now: datetime, kind: str = "") -> Asked:
    """The same as rows for `read_need`, for paging; with `kind` only those of the kind of this name."""
    return _needs(desk.role, kind).asked(**known(desk, now))


@prepared
def _needs(role: str, kind: str):
    return PreparedUnion(_columns(waiting).order_by(*_in_order(waiting)) for waiting in _waiting(role, kind))


def _in_order(waiting: Waiting) -> list[str]:
    """The most urgent first, then what has waited longest."""
    return ["position", waiting.since] if waiting.by_kind else [waiting.since]


def _waiting(role: str, name: str = "") -> Iterator[Waiting]:
    """What each room has for such desks, its rows with the `position` of their kind; with `name` only of that kind."""
    discover("showing")
    wanted, desk = defaultdict(dict), AnyDesk(role)
    for position, kind in enumerate(kinds):
        if kind.role in ("", role) and name in ("", kind.name):
            wanted[kind.find][kind.name] = position
    for find, positions in wanted.items():
        found = find(desk)
        rows = found.rows.filter(looked_after(desk, found.student)) if found.student else found.rows
        if found.student and not found.outlasts:
            rows = rows.filter(**{f"{found.student}__left_on": None})
        yield replace(found, rows=_with_position(rows, found.by_kind, positions).order_by())


def _with_position(rows: QuerySet, by_kind: dict[str, Q] | None, positions: dict[str, int]) -> QuerySet:
    """`rows` of the kinds that `positions` name, each with that of its own."""
    if by_kind is None:
        return rows.annotate(position=Value(*positions.values()))
    whens = [When(by_kind[name], then=Value(position)) for name, position in positions.items()]
    return rows.filter(reduce(or_, (by_kind[name] for name in positions))).annotate(position=Case(*whens))


def read_need(row: tuple) -> StaffNeed:
    """One row of `needs_in_order` in words."""
    position, since, student, thing, first, last, words = row
    says = kinds[position].says.format(words=words)
    return StaffNeed(kinds[position], student, f"{first} {last}".strip(), since, thing, says)


def number_of_needs(desk, now: datetime) -> list[tuple[Kind, int]]:
    """How many there are of each kind of which there is any, in the order of their urgency. One query."""
    found = sorted(_numbers(desk.role).asked(**known(desk, now)))
    return [(kinds[position], number) for position, number in found if number]


@prepared
def _numbers(role: str):
    first, *others = [waiting.rows.values_list("position").annotate(number=Count("pk")) for waiting in _waiting(role)]
    return first.union(*others, all=True)


NOBODY = {"no_student": Cast(Value(None), BigIntegerField()), "no_name": Value("", output_field=CharField())}


def _columns(waiting: Waiting) -> QuerySet:
    way = waiting.student
    who = (
        [way, f"{way}__user__first_name", f"{way}__user__last_name"]
        if way
        else ["no_student", waiting.named, "no_name"]
    )
    words = Cast(F(waiting.words), CharField()) if waiting.words else Value("", output_field=CharField())
    return waiting.rows.annotate(
        waited_since=Cast(F(waiting.since), DateTimeField()),
        words_shown=words,
        **({} if way else NOBODY),
    ).values_list("position", "waited_since", who[0], waiting.thing, *who[1:], "words_shown")
