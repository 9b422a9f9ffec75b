"""The access table of agreements (see tests/house/test_access.py)."""

from placements.agreements.agreeing import give_answer, make_agreement, sign_on_paper
from portal.uploads import Accepted
from tests.posts import POST_ONLY
from tests.ready import agree_on_goals

STAFF = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"
EVERYBODY = "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"
OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"


def agreement_of(cast):
    agree_on_goals(cast.placement, by=cast.tutor)
    return make_agreement(cast.placement, by=cast.tutor)


def half_signed_of(cast):
    agreement = agreement_of(cast)
    give_answer(agreement, "student", agreed=True, name="Student Reed", by=cast.student, way="portal")
    return cast.placement


def scanned_of(cast):
    agreement = agreement_of(cast)
    scan = Accepted("paper.pdf", "application/pdf", b"%PDF-1.7")
    sign_on_paper(agreement, ["student", "employer"], scan, agreement.made_at.date(), by=cast.tutor)
    return agreement


THINGS = {
    "agreements_placement": lambda cast: cast.placement.pk,
    "agreements_half": lambda cast: half_signed_of(cast).pk,
    "agreement": lambda cast: agreement_of(cast).pk,
    "agreement_scanned": lambda cast: scanned_of(cast).pk,
    "agreements_shipped": lambda cast: 0,
}

ROWS = {
    "agreement_detail": ("pk=agreements_half", EVERYBODY),
    "agreement_make": ("pk=agreements_placement", POST_ONLY),
    "agreement_answer": ("pk=agreements_placement", POST_ONLY),
    "agreement_take_back": ("pk=agreements_placement", POST_ONLY),
    "agreement_parent": ("pk=agreements_placement", POST_ONLY),
    "agreement_paper": ("pk=agreements_half", STAFF),
    "agreement_print": ("pk=agreement", EVERYBODY),
    "agreement_pdf": ("pk=agreement", EVERYBODY),
    "agreement_scan": ("pk=agreement_scanned", EVERYBODY),
    "agreement_text": ("", OFFICE),
    "agreement_text_version": ("version=agreements_shipped", OFFICE),
}
