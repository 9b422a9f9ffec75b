"""Where support shows itself to staff. The student finds it from their home; nothing nags them."""

from functools import partial

from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse

from portal.history.models import Look
from portal.needs import Waiting, for_staff
from portal.paging import CountUpTo
from portal.people.models import Role
from portal.rooms import Entry, Figures, on_student
from students.support.models import Need


@on_student(15)
def support(student, user):
    """How much was shared with this reader; the same for everybody with whom nothing was."""
    shared = Need.objects.visible_to(user).shared().filter(student=student)
    return Figures({"shared": CountUpTo(shared)}, partial(support_entry, student))


def support_entry(student, shared):
    says = "1 shared with you" if shared == 1 else f"{shared} shared with you" if shared else "Nothing shared with you"
    url = reverse("student_support", args=[student.pk])
    return Entry("Support on the student's terms", url, says, "good" if shared else "calm", "lock")


@for_staff(
    "support_to_read", says="Has shared with you what helps", act="Read it", url="student_support",
    tone="waiting", icon="lock",
)  # fmt: skip
def not_read_yet(desk):
    """What is new to the tutor, or to everybody of the placement office: one row for a student."""
    looks = Look.objects.filter(about="support.need", about_id=OuterRef("pk"), at__gte=OuterRef("told_at"))
    if desk.role == Role.COORDINATOR:
        looks = looks.filter(Q(by=desk.user_id) | ~Q(by=OuterRef("student__tutor")))
    else:
        looks = looks.filter(by=desk.user_id)
    unread = Need.objects.at_desk(desk).filter(~Exists(looks))
    first = unread.order_by().values("student").annotate(first=Min("pk")).values("first")
    return Waiting(Need.objects.filter(pk__in=first), "student", "told_at", thing="student")
