"""The access table of the employers rooms (see tests/house/test_access.py)."""

from tests.posts import ANY_TUTOR_OF_THE_COLLEGE_POSTS

THINGS = {
    "employer": lambda cast: cast.employer.pk,
    "employer_part": lambda cast: "placements",
    "site": lambda cast: cast.employer.sites.get().pk,
    "line_manager": lambda cast: cast.employer.line_managers.get().pk,
}

STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"
OWN_STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 404 404"

ROWS = {
    "employer_list": ("", STAFF),
    "employer_add": ("", STAFF),
    "employer_detail": ("pk=employer", OWN_STAFF),
    "employer_part": ("pk=employer slug=employer_part", OWN_STAFF),
    "employer_edit": ("pk=employer", OWN_STAFF),
    "employer_remove": ("pk=employer", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
    "site_add": ("pk=employer", OWN_STAFF),
    "site_edit": ("pk=site", OWN_STAFF),
    "site_remove": ("pk=site", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
    "line_manager_add": ("pk=employer", OWN_STAFF),
    "line_manager_edit": ("pk=line_manager", OWN_STAFF),
    "line_manager_remove": ("pk=line_manager", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
}
