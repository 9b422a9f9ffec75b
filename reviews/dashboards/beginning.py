"""How a new college begins: what it brings in first, read from what is there already."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from employers.models import Employer
from placements.models import Placement
from portal.imports.models import Import
from portal.people.models import Membership, Provider, Role
from students.models import Student


@dataclass(frozen=True)
class FirstStep:
    """One thing to bring in: at `url`, or the slower way, `by_hand` at `by_hand_url`."""

    title: str
    says: str
    done: bool
    url: str
    by_hand: str = ""
    by_hand_url: str = ""


def brought_in(provider: Provider) -> tuple[bool, bool, bool, bool, bool]:
    """Whether there are tutors, employers, students, placements, students from a file still to invite. One query."""
    at = {"provider": OuterRef("pk")}
    rows = Provider.objects.filter(pk=provider.pk).values_list(
        Exists(Membership.objects.filter(role=Role.TUTOR, **at)),
        Exists(Employer.objects.filter(**at)),
        Exists(Student.objects.filter(**at)),
        Exists(Placement.objects.filter(**at)),
        Exists(Import.objects.students_to_invite().filter(**at)),
    )
    return rows.get()


def first_steps(provider: Provider) -> list[FirstStep]:
    """What a provider brings in, in this order, until it has a placement and has said who it is. One query.

    What is not done by then needs the placement office (portal.imports.showing).
    """
    tutors, employers, students, placements, to_invite = brought_in(provider)
    if placements and provider.address:
        return []
    return [
        FirstStep(
            "Say who you are",
            "Your address, your logo, and whom to call after an accident. It stands on every PDF.",
            bool(provider.address),
            reverse("provider_edit"),
        ),
        FirstStep(
            "Invite the tutors",
            "And colleagues of the placement office. Each gets a mail with a link to come in.",
            tutors,
            reverse("person_add"),
        ),
        FirstStep(
            "Bring in the employers",
            "With their sites and line managers, from a spreadsheet.",
            employers,
            reverse("import_new", args=["employers"]),
            "Add one by hand",
            reverse("employer_add"),
        ),
        FirstStep(
            "Bring in the students",
            "A whole cohort from a spreadsheet; none of them is invited before you say so.",
            students,
            reverse("import_new", args=["students"]),
            "Add one by hand",
            reverse("student_add"),
        ),
        FirstStep(
            "Set up the placements",
            "Who goes where, on which days and at what times, once students and employers are here.",
            placements,
            reverse("import_new", args=["placements"]),
            "Add one by hand",
            reverse("placement_add"),
        ),
        FirstStep(
            "Invite the students",
            "From the page of the file that brought them in. Those added by hand are invited at once.",
            students and not to_invite,
            reverse("import_list"),
        ),
    ]
