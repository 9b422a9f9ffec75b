"""What a student takes along of the end of a placement: looking back, what was handed over, the reference."""

from functools import partial

from django.http import Http404

from placements.ending.models import Handover, Letter, Reference
from placements.ending.views.printing import letter_of, pack_of
from placements.taking import own_placements
from portal.taking import PRIVATE, Part, Sheet, stored, table, takes

WITHIN = ("reflection", "presentation", "handovers", "reference")


@takes(70, "Looking back, and the reference", choices=[PRIVATE])
def endings(student, user, wanted):
    """What was shared, and letters that were sent; drafts where they are wanted."""
    placements, private = list(own_placements(student, user)), PRIVATE.name in wanted
    packs = [pack for pack in (pack_or_none(placement, private) for placement in placements) if pack]
    letters = Letter.objects.visible_to(user).filter(placement__in=placements).select_related("placement__employer")
    letters = list(letters if private else letters.exclude(sent_on=None))
    if not packs and not letters:
        return None
    sheets = [Sheet(f"At {pack['placement'].employer}", "print/ending.html", partial(dict, pack)) for pack in packs]
    talks = [pack["presentation"] for pack in packs if pack["presentation"] and pack["presentation"].file_id]
    return Part(
        sheets=sheets + [thanks(letter) for letter in letters],
        tables=tables_of(user, placements, [pack["reflection"] for pack in packs if pack["reflection"]]),
        files=[stored("presentation", talk.file) for talk in talks],
    )


def pack_or_none(placement, private: bool) -> dict | None:
    """What there is of an ending; the reflection only where it was shared, or what is private is wanted."""
    try:
        pack = pack_of(placement)
    except Http404:
        return None
    if pack["reflection"] and not (private or pack["reflection"].shared_at):
        pack["reflection"] = None
    return pack if any(pack[name] for name in WITHIN) else None


def thanks(letter) -> Sheet:
    title = f"Letter of thanks to {letter.placement.employer}"
    return Sheet(title, "print/letter.html", partial(letter_of, letter.placement))


def tables_of(user, placements, reflections):
    yield table(
        "reflections",
        reflections,
        Employer="placement.employer.name",
        What_I_did="did",
        What_I_learned="learned",
        What_I_am_proud_of="proud",
        What_I_would_do_differently="differently",
    )
    given = Reference.objects.visible_to(user).filter(placement__in=placements, status=Reference.Status.GIVEN)
    yield table(
        "references",
        given.select_related("placement__employer"),
        Employer="placement.employer.name",
        Given_by="given_name",
        Their_role="given_title",
        Given="decided_at",
        How_they_know_me="known_for",
        What_was_done="work",
        Strengths="strengths",
        In_their_words="words",
        Would_they_recommend_me="get_recommends_display",
    )
    handed = Handover.objects.visible_to(user).kept().filter(placement__in=placements)
    yield table(
        "handovers",
        handed.select_related("placement__employer"),
        Employer="placement.employer.name",
        What="what",
        To_whom="to_whom",
        Done="done_at",
    )
