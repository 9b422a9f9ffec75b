"""Where CVs and cover letters show themselves: the student's next steps, the student's page, what needs staff."""

from datetime import timedelta
from functools import partial

from django.db.models import Exists, F, Q
from django.urls import reverse
from django.utils import timezone

from portal.needs import Waiting, for_staff
from portal.people.models import Role
from portal.rooms import Entry, Figures, Step, WhenAny, for_student, on_student
from students.models import Student
from students.papers.models import Kind, Version

NEW_FOR = timedelta(days=7)
Status = Version.Status


@for_student(70)
def feedback_to_read(student, placements, today):
    """Feedback of the last week on the newest version; a newer version settles it."""
    return WhenAny(with_feedback, feedback_steps, student=student.pk, since=timezone.now() - NEW_FOR)


def with_feedback(student, since):
    rows = Version.objects.filter(paper__student=student, withdrawn_at=None, number=F("paper__made"))
    return rows.filter(status__in=[Status.GIVEN, Status.GOOD], feedback_at__gte=since)


def feedback_steps(rows):
    found = []
    for version in rows.select_related("paper").order_by("feedback_at")[:2]:
        what = version.paper.get_kind_display() if version.paper.kind == Kind.CV else "cover letter"
        is_good = version.status == Status.GOOD
        says = f"Your {what} is good to send" if is_good else f"Feedback on your {what}"
        detail = "Your tutor said so." if is_good else "Read it, and upload a new version when you are ready."
        found.append(Step(says, version.paper.get_absolute_url(), "good" if is_good else "attention", detail))
    return found


@for_student(75)
def a_cv_to_write(student, placements, today):
    """For whoever has no placement yet and no CV here."""
    return None if placements else WhenAny(without_cv, cv_steps, student=student.pk)


def without_cv(student):
    has_one = Version.objects.filter(paper__student=student, paper__kind=Kind.CV, withdrawn_at=None)
    return Student.objects.filter(~Exists(has_one), pk=student)


def cv_steps(students):
    return [Step("Upload your CV", reverse("paper_list"), "calm", "Your tutor can look at it before employers do.")]


@on_student(40)
def papers(student, user):
    """For the tutor and the placement office: how the newest CV that was shown stands, and what waits.

    Research on employers has no line of its own: the tutor finds it on the same page.
    """
    url = reverse("student_papers", args=[student.pk])
    title = "CV, cover letters and research" if student.tutor_id == user.pk else "CV and cover letters"
    shown = Version.objects.shown().filter(paper__student=student)
    return Figures({"are_there": Exists(shown)}, partial(papers_shown, title, url, shown))


def papers_shown(title, url, shown, are_there):
    shown = shown.select_related("paper", "feedback_by").order_by("-asked_at", "-pk")
    versions = list(shown[:50]) if are_there else []
    if not versions:
        return Entry(title, url, "Nothing shown yet")
    if waiting := [version for version in versions if version.status == Status.ASKED]:
        return Entry(title, url, waiting[-1].sentence(), "attention")
    newest = next((version for version in versions if version.paper.kind == Kind.CV), versions[0])
    return Entry(title, url, f"{newest.paper.get_kind_display()}: {said(newest)}", newest.tone)


def said(version: Version) -> str:
    words = version.sentence()
    return words[0].lower() + words[1:]


@for_staff(
    "paper",
    says="Has asked for feedback on a CV or cover letter",
    act="Look at it",
    url="paper_feedback",
    tone="waiting",
    icon="paper",
)
def papers_to_look_at(desk):
    """For the tutor; for the placement office where there is no tutor who can sign in."""
    rows = Version.objects.filter(status=Status.ASKED, withdrawn_at=None)
    if desk.role == Role.COORDINATOR:
        rows = rows.filter(Q(paper__student__tutor=None) | Q(paper__student__tutor__is_active=False))
    return Waiting(rows, student="paper__student", since="asked_at")
