"""The access table of the rooms about finding a place (see tests/house/test_access.py)."""

from tests.placements.finding_scenes import application_of, find_of, opportunity_of
from tests.posts import ANY_TUTOR_OF_THE_COLLEGE_POSTS, POST_ONLY


def place_of(cast) -> int:
    """An opportunity with which the cast's student has something to do; manager is its contact."""
    opportunity = opportunity_of(cast)
    application_of(opportunity, cast.student_record, "withdrawn")
    return opportunity.pk


def finding_application(cast, status="interview"):
    return application_of(opportunity_of(cast), cast.student_record, status)


THINGS = {
    "finding_place": place_of,
    "finding_opportunity": lambda cast: opportunity_of(cast).pk,
    "finding_closed": lambda cast: opportunity_of(cast, status="closed", closed_because="They moved").pk,
    "finding_application": lambda cast: finding_application(cast).pk,
    "finding_offer_act": lambda cast: "offer",
    "finding_find": lambda cast: find_of(cast.student_record).pk,
    "finding_student": lambda cast: cast.student_record.pk,
}

STUDENTS = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"
STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"
STAFF_OF_THE_PROVIDER = "in | 403 403 200 200 | 403 403 200 | 403 403 404 404"
ROWS = {
    "place_list": ("", STUDENTS),
    "place_detail": ("pk=finding_place", "in | 200 403 403 403 | 200 403 403 | 404 403 403 403"),
    "place_apply": ("pk=finding_place", "in | 200 403 403 403 | 200 403 403 | 404 403 403 403"),
    "application_list": ("", STUDENTS),
    "application_detail": ("pk=finding_application", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "application_cv": ("pk=finding_application", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "application_interview": ("pk=finding_application", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "application_feedback": ("pk=finding_application", "in | 200 404 404 404 | 404 404 404 | 404 404 404 404"),
    "application_feedback_ask": ("pk=finding_application", POST_ONLY),
    "application_act": (
        "pk=finding_application act=finding_offer_act",
        "in | 404 200 200 200 | 404 404 404 | 404 404 404 404",
    ),
    "find_list": ("", STAFF),
    "find_add": ("", STUDENTS),
    "find_detail": ("pk=finding_find", "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"),
    "find_edit": ("pk=finding_find", "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"),
    "find_withdraw": ("pk=finding_find", POST_ONLY),
    "find_accept": ("pk=finding_find", "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"),
    "find_turn_down": ("pk=finding_find", "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"),
    "finding_board": ("", STAFF),
    "finding_student": ("pk=finding_student", "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"),
    "finding_forward": (
        "pk=finding_student opportunity=finding_opportunity",
        "in | 403 403 200 200 | 403 403 404 | 403 403 404 404",
    ),
    "opportunity_list": ("", STAFF),
    "opportunity_add": ("", STAFF),
    "opportunity_detail": ("pk=finding_opportunity", STAFF_OF_THE_PROVIDER),
    "opportunity_edit": ("pk=finding_opportunity", STAFF_OF_THE_PROVIDER),
    "opportunity_copy": ("pk=finding_opportunity", STAFF_OF_THE_PROVIDER),
    "opportunity_close": ("pk=finding_opportunity", STAFF_OF_THE_PROVIDER),
    "opportunity_reopen": ("pk=finding_closed", STAFF_OF_THE_PROVIDER),
    "opportunity_remove": ("pk=finding_opportunity", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
    "applicant_list": ("", "in | 403 200 403 403 | 403 200 403 | 403 200 403 403"),
    "opportunity_applicants": ("pk=finding_opportunity", "in | 403 200 403 403 | 403 404 403 | 403 404 403 403"),
    "opportunity_rest": ("pk=finding_opportunity", "in | 403 200 403 403 | 403 404 403 | 403 404 403 403"),
}
