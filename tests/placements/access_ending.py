"""The access table of the ending: the student's own, staff's to read, the manager's reference by link."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from placements.ending import doing, early, referring
from placements.ending.models import EarlyEnd, EndReason, Handover, Letter, Presentation, Reference
from placements.ending.referring import give
from placements.models import Placement
from portal.asks.models import Ask
from portal.uploads import PDF, accept
from tests.posts import POST_ONLY

WORDS = {
    "known_for": "I was the line manager for five months",
    "work": "Testing and small features",
    "strengths": "Asks early, finishes what was begun",
    "words": "We would have liked to keep them.",
    "recommends": "warmly",
    "title": "Lead developer",
}


def reference_of(cast) -> Reference:
    return referring.ask_for_reference(cast.placement, message="", by=cast.student)


def given_reference_of(cast) -> Reference:
    reference = reference_of(cast)
    ask = Ask.objects.get(kind="reference")
    give(reference, ask, by=cast.manager, seen=0, **WORDS)
    return reference


def presentation_of(cast) -> Presentation:
    upload = accept(SimpleUploadedFile("talk.pdf", b"%PDF-1.7 slides"), kinds=(PDF,))
    presentation = Presentation(placement=cast.placement, title="Five months of tests")
    return doing.keep_presentation(presentation, upload, drop_file=False, by=cast.student)


def early_end_of(cast) -> EarlyEnd:
    """As stored: what a row of the access table makes is undone, and the cast's own placement stays as it was."""
    found = EarlyEnd(
        placement=Placement.objects.with_people().get(pk=cast.placement.pk),
        asked_by="employer",
        reason=EndReason.objects.get(number=6),
        last_on=date(2026, 5, 29),
        next_step="new_place",
        next_on=date(2026, 6, 12),
    )
    return early.end_early(found, tell=False, by=cast.tutor)


def handover_of(cast) -> Handover:
    return Handover.objects.create(placement=cast.placement, what="The list of laptops", to_whom="Dev")


def letter_of(cast) -> int:
    Letter.objects.get_or_create(placement=cast.placement, defaults={"text": "Dear Manager"})
    return cast.placement.pk


THINGS = {
    "reference": lambda cast: reference_of(cast).pk,
    "given_reference": lambda cast: given_reference_of(cast).pk,
    "placement_with_slides": lambda cast: presentation_of(cast).placement_id,
    "placement_with_letter": letter_of,
    "placement_with_handover": lambda cast: handover_of(cast).placement_id,
    "handover": lambda cast: handover_of(cast).pk,
    "early_end": lambda cast: early_end_of(cast).pk,
}

ONLY_THE_STUDENT = "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"
STUDENT_AND_STAFF = "in | 200 403 200 200 | 404 403 404 | 404 403 404 404"

ROWS = {
    "ending_detail": ("pk=placement", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "ending_points": ("pk=placement", POST_ONLY),
    "manager_to_contacts": ("pk=placement", POST_ONLY),
    "reflection_edit": ("pk=placement", ONLY_THE_STUDENT),
    "reflection_unshare": ("pk=placement", POST_ONLY),
    "presentation_edit": ("pk=placement", ONLY_THE_STUDENT),
    "presentation_file": ("pk=placement_with_slides", STUDENT_AND_STAFF),
    "presentation_remove": ("pk=placement", POST_ONLY),
    "presentation_restore": ("pk=placement", POST_ONLY),
    "letter_edit": ("pk=placement", ONLY_THE_STUDENT),
    "letter_sent": ("pk=placement", POST_ONLY),
    "letter_redraft": ("pk=placement", POST_ONLY),
    "letter_print": ("pk=placement_with_letter", ONLY_THE_STUDENT),
    "letter_pdf": ("pk=placement_with_letter", ONLY_THE_STUDENT),
    "handover_list": ("pk=placement", ONLY_THE_STUDENT),
    "handover_edit": ("pk=handover", ONLY_THE_STUDENT),
    "handover_done": ("pk=handover", POST_ONLY),
    "handover_remove": ("pk=handover", POST_ONLY),
    "handover_restore": ("pk=handover", POST_ONLY),
    "reference_ask": ("pk=placement", STUDENT_AND_STAFF),
    "reference_take_back": ("pk=reference", POST_ONLY),
    "reference_reopen": ("pk=reference", POST_ONLY),
    "reference_print": ("pk=given_reference", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "reference_pdf": ("pk=given_reference", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "feedback_edit": ("pk=placement", ONLY_THE_STUDENT),
    "feedback_remove": ("pk=placement", POST_ONLY),
    "ending_pack": ("pk=placement_with_handover", ONLY_THE_STUDENT),
    "ending_pack_pdf": ("pk=placement_with_handover", ONLY_THE_STUDENT),
    "early_end_detail": ("pk=early_end", STUDENT_AND_STAFF),
    "early_end_next": ("pk=early_end", POST_ONLY),
    "early_end_settle": ("pk=early_end", POST_ONLY),
    "early_end_tell": ("pk=early_end", POST_ONLY),
}
