"""Measures the lists in this process: python benchmarks/measure_lists.py REPEATS. Run by lists.py, like measure.py."""

import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])

from benchmarks.measure import Get, measure  # noqa: I001 (it sets Django up)
from django.urls import reverse

from employers.opportunities.models import Opportunity
from placements.models import Placement
from portal.people.models import User

STUDENT = [
    "place_list", "application_list", "logbook_list", "concern_own_list", "contact_list", "action_list",
    "student_home",
]  # fmt: skip
MANAGER = ["manager_home", "applicant_list", "managed_list"]
TUTOR = ["tutor_home", "finding_board", "logbook_list", "concern_list", "review_meeting_list"]
COORDINATOR = [
    "employer_list", "check_list", "conversation_list", "opportunity_list", "find_list", "finding_board",
    "library_goal_list", "point_list", "concern_list", "placement_list", "selfassessment_spread", "coordinator_home",
    "need_list", "review_meeting_list",
]  # fmt: skip
OF_THE_PLACEMENT = ["placement_detail", "logbook_placement", "goal_list", "meeting_list", "review_form_list"]


def lists() -> dict[str, Get]:
    """The lists, for the people with the most rows (see filling.py)."""
    placement = Placement.objects.with_people().filter(status="active").first()
    student, manager, tutor = placement.student.user, placement.manager, placement.student.tutor
    coordinator = User.objects.get(email="coordinator@populate.test")
    found = {"bare": Get(student, reverse("bare"))}
    desks = {"student": (student, STUDENT), "manager": (manager, MANAGER), "tutor": (tutor, TUTOR)}
    for desk, (user, names) in (desks | {"coordinator": (coordinator, COORDINATOR)}).items():
        found |= {f"{name}, {desk}": Get(user, reverse(name)) for name in names}
    for name in OF_THE_PLACEMENT:
        found[f"{name}, tutor"] = Get(tutor, reverse(name, args=[placement.pk]))
    found["student_timeline, tutor"] = Get(tutor, reverse("student_timeline", args=[placement.student_id]))
    part = reverse("employer_part", args=[placement.employer_id, "conversations"])
    found["conversations of one employer"] = Get(coordinator, part)
    opportunity = Opportunity.objects.order_by("pk").first().pk
    found["opportunity_applicants, manager"] = Get(manager, reverse("opportunity_applicants", args=[opportunity]))
    found["opportunity_detail, coordinator"] = Get(coordinator, reverse("opportunity_detail", args=[opportunity]))
    return found


if __name__ == "__main__":
    measure(lists(), int(sys.argv[1]))
