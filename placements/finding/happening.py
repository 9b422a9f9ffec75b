"""Applications, interviews and employers found in a student's timeline."""

from django.utils import timezone

from placements.finding.models import Application, Find
from portal.timeline import Facts, Happening, happens

Status = Application.Status
OUTCOMES = {
    Status.OFFERED: "Was offered the place at {}",
    Status.ACCEPTED: "Accepted the place at {}",
    Status.DECLINED: "Declined the place at {}",
    Status.NOT_SUCCESSFUL: "Not successful at {}",
    Status.WITHDRAWN: "Withdrew the application at {}",
}


def applications(student, user):
    return Application.objects.visible_to(user).filter(student=student)


@happens("finding")
def applied(student, user):
    return Happening(
        applications(student, user), "applied_at", lambda row: f"Applied at {row.words}", "application_detail",
        words="opportunity__employer__name",
    )  # fmt: skip


@happens("finding")
def interviews(student, user):
    return Happening(
        applications(student, user).filter(status__in=Application.AFTER_INTERVIEW),
        "interview_at",
        lambda row: f"Interview at {row.words}, {timezone.localtime(row.at):%H:%M}",
        "application_detail",
        words="opportunity__employer__name",
        tone="waiting",
    )


@happens("finding")
def outcomes(student, user):
    return Happening(
        applications(student, user).filter(status__in=OUTCOMES),
        "moved_at",
        lambda row: OUTCOMES[row.state].format(row.words),
        "application_detail",
        state="status",
        words="opportunity__employer__name",
        tone={Status.OFFERED: "waiting", Status.ACCEPTED: "good"},
    )


@happens("finding")
def finds(student, user):
    """Employers that the student found."""
    return Happening(
        Find.objects.visible_to(user).filter(student=student).exclude(status=Find.Status.WITHDRAWN), "made_at",
        lambda row: f"Told of an employer that they found: {row.words}", "find_detail", words="name",
    )  # fmt: skip


@happens("finding")
def finds_decided(student, user):
    return Happening(
        Find.objects.visible_to(user).filter(student=student).exclude(status=Find.Status.WITHDRAWN),
        "decided_at",
        says_decided,
        "find_detail",
        state="status",
        words="name",
        tone={Find.Status.ACCEPTED: "good"},
    )


def says_decided(row: Facts) -> str:
    accepted = row.state == Find.Status.ACCEPTED
    return f"The college {'accepted' if accepted else 'turned down'} {row.words} as an employer"
