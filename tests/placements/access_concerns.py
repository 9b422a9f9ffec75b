"""The access table of worries (see tests/house/test_access.py): the office sees only what is theirs."""

from datetime import date, timedelta

from django.utils import timezone

from placements.concerns.models import Accident, Concern, ConcernKind
from placements.concerns.raising import raise_concern
from placements.concerns.releasing import propose
from tests.posts import POST_ONLY


def kind_of(code: str) -> ConcernKind:
    return ConcernKind.objects.current().get(code=code)


def concern_of(cast, text="The bus never comes", code="transport", **more) -> Concern:
    """A worry of the student about their placement, for the tutor only."""
    more.setdefault("placement", cast.placement)
    found = raise_concern(cast.student_record, kind_of(code), text=text, **more)
    return Concern.objects.with_people().get(pk=found.pk)


def concerns_of(cast, number: int):
    """So many at once, which the placement office may read too: for lists where only the length matters."""
    facts = {"provider": cast.provider, "student": cast.student_record, "placement": cast.placement}
    due = timezone.now() + timedelta(days=2)
    rows = [Concern(**facts, kind=kind_of("transport"), visibility="office", due_at=due) for _ in range(number)]
    Concern.objects.bulk_create(rows)


def late_concern_of(cast, text="Nobody answers") -> Concern:
    """One whose answer was due an hour ago."""
    concern = concern_of(cast, text)
    Concern.objects.filter(pk=concern.pk).update(due_at=timezone.now() - timedelta(hours=1))
    return Concern.objects.with_people().get(pk=concern.pk)


def accident_of(cast) -> Concern:
    """A fall in the stores, told the same day."""
    facts = Accident(
        happened_on=date(2026, 3, 4), place="Stores, loading door", what="I slipped on the wet ramp", told="Mr Reed"
    )
    return concern_of(cast, "", "accident", accident=facts)


def proposed_of(cast, text="The ramp"):
    """Words for the manager, written by the student, that the tutor has not agreed to."""
    concern = concern_of(cast, text)
    return concern.releases.first() or propose(concern, "Maya starts at ten on Fridays", by=cast.student)


def released_of(cast):
    """The same, agreed by the tutor."""
    release = proposed_of(cast, "The early bus")
    if release.status == "proposed":
        release.agree(by=cast.tutor)
    return release


THINGS = {
    "concern_kind": lambda cast: kind_of("transport").pk,
    "concern": lambda cast: concern_of(cast).pk,
    "concern_late": lambda cast: late_concern_of(cast).pk,
    "concern_accident": lambda cast: accident_of(cast).pk,
    "concern_proposed": lambda cast: proposed_of(cast).pk,
    "concern_released": lambda cast: released_of(cast).pk,
}

STUDENTS = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"
STUDENT_AND_TUTOR = "in | 200 404 200 404 | 404 404 404 | 404 404 404 404"

ROWS = {
    "concern_list": ("", "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"),
    "concern_own_list": ("", STUDENTS),
    "concern_new": ("", STUDENTS),
    "concern_add": ("kind=concern_kind", STUDENTS),
    "concern_detail": ("pk=concern", STUDENT_AND_TUTOR),
    "concern_write": ("pk=concern", POST_ONLY),
    "concern_settle": ("pk=concern", STUDENT_AND_TUTOR),
    "concern_withdraw": ("pk=concern", POST_ONLY),
    "concern_reopen": ("pk=concern", POST_ONLY),
    "concern_follow_up": ("pk=concern", POST_ONLY),
    "concern_share": ("pk=concern", POST_ONLY),
    "concern_contact": ("pk=concern", "in | 200 404 403 404 | 404 404 404 | 404 404 404 404"),
    "concern_hand_over": ("pk=concern", "in | 403 404 200 404 | 404 404 404 | 404 404 404 404"),
    "concern_hand_back": ("pk=concern", POST_ONLY),
    "concern_waiting": ("pk=concern_late", "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"),
    "concern_remind": ("pk=concern_late", POST_ONLY),
    "accident_print": ("pk=concern_accident", "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"),
    "accident_pdf": ("pk=concern_accident", "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"),
    "accident_edit": ("pk=concern_accident", "in | 200 404 200 403 | 404 404 404 | 404 404 404 404"),
    "release_add": ("pk=concern", STUDENT_AND_TUTOR),
    "release_detail": ("pk=concern_released", "in | 200 200 200 404 | 404 404 404 | 404 404 404 404"),
    "release_edit": ("pk=concern_proposed", STUDENT_AND_TUTOR),
    "release_agree": ("pk=concern_proposed", POST_ONLY),
    "release_take_back": ("pk=concern_released", POST_ONLY),
}
