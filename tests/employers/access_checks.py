"""The access table of the checks of employers (see tests/house/test_access.py)."""

from employers.checks.asking import ask_employer, give
from employers.checks.keeping import change_check
from employers.checks.models import CheckKind
from employers.checks.standing import standings_of
from portal.uploads import Accepted
from tests.checked import record
from tests.posts import ANY_TUTOR_OF_THE_COLLEGE_POSTS, POST_ONLY

STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"
OWN_STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 404 404"
OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"
OWN_OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"
TO_TAB = "in | 403 403 302 302 | 403 403 302 | 403 403 302 302"
PAPER = Accepted("certificate.pdf", "application/pdf", b"%PDF-1.4 certificate")


def kind_of(cast, slug="insurance") -> CheckKind:
    return CheckKind.objects.get(provider=cast.provider, slug=slug)


def check_of(cast):
    return record(cast.employer, "insurance", by=cast.coordinator)


def check_with_document(cast):
    check = check_of(cast)
    change_check(check, document=PAPER, by=cast.coordinator)
    return check


def item_of(cast):
    """A thing that the employer was asked for and has sent."""
    wanted = [standing for standing in standings_of(cast.employer, []) if standing.kind.slug == "insurance"]
    request = ask_employer(cast.employer, wanted, facts=False, by=cast.coordinator, to=cast.manager)
    item = request.items.get()
    give(item, name="Manager Reed", document=PAPER, note="Shire Mutual")
    return item


THINGS = {
    "check_employer": lambda cast: cast.employer.pk,
    "check_kind": lambda cast: kind_of(cast).pk,
    "check": lambda cast: check_of(cast).pk,
    "check_with_document": lambda cast: check_with_document(cast).pk,
    "check_item": lambda cast: item_of(cast).pk,
}

ROWS = {
    "check_list": ("", STAFF),
    "employer_checks": ("pk=check_employer", TO_TAB),
    "check_add": ("pk=check_employer kind=check_kind", OWN_STAFF),
    "check_edit": ("pk=check", OWN_STAFF),
    "check_remove": ("pk=check", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
    "check_document": ("pk=check_with_document", OWN_STAFF),
    "check_kind_list": ("", OFFICE),
    "check_kind_add": ("", OFFICE),
    "check_kind_edit": ("pk=check_kind", OWN_OFFICE),
    "check_kind_stop": ("pk=check_kind", POST_ONLY),
    "check_kind_resume": ("pk=check_kind", POST_ONLY),
    "check_request_add": ("pk=check_employer", OWN_STAFF),
    "check_item_edit": ("pk=check_item", OWN_STAFF),
    "check_item_send_back": ("pk=check_item", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
    "check_item_remove": ("pk=check_item", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
    "check_item_document": ("pk=check_item", OWN_STAFF),
}
