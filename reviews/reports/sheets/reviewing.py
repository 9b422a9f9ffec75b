"""Reviews on paper: the notes of meetings, the employer's forms, all of them in one sheet, and the behaviours."""

from collections import defaultdict
from functools import partial

from django.utils import timezone

from portal.words import long_date
from reviews.forms.models import ReviewForm
from reviews.forms.views import printing as forms_printing
from reviews.meetings.models import Meeting
from reviews.meetings.views import printing as meetings_printing
from reviews.reports import behaviours, history
from reviews.reports.kinds import Sheet, page, report


@report(
    "meetings",
    title="Notes of review meetings",
    says="What was said and agreed in each meeting that was held, and who confirmed it.",
    order=30,
)
def meetings(students, user):
    rows = Meeting.objects.visible_to(user).with_people()
    rows = rows.filter(placement__student__in=students, status__in=Meeting.OVER)
    found = defaultdict(list)
    for meeting in rows.order_by("starts_at", "pk"):
        found[meeting.placement.student_id].append(notes(meeting, user))
    return found


def notes(meeting: Meeting, user) -> Sheet:
    when = long_date(meeting.starts_at)
    return Sheet(
        f"Review meeting on {when}",
        f"Review meeting - {meeting.placement.student.name} - {timezone.localdate(meeting.starts_at):%Y-%m-%d}",
        page("meeting_print", meeting.pk),
        "print/review_meeting.html",
        partial(meetings_printing.sheet, meeting, user),
    )


@report(
    "forms",
    title="The employer's review forms",
    says="The midway and the final form with all answers, once they are handed in.",
    order=35,
)
def forms(students, user):
    rows = ReviewForm.objects.visible_to(user).handed_in().with_people().filter(placement__student__in=students)
    found = defaultdict(list)
    for form in rows.order_by("handed_in_at", "pk"):
        found[form.placement.student_id].append(review_form(form))
    return found


def review_form(form: ReviewForm) -> Sheet:
    student, employer = form.placement.student, form.placement.employer.name
    return Sheet(
        f"{form.title}, {employer}",
        f"{form.title} - {student.name} - {employer}",
        page("review_form_print", form.pk),
        "print/review_form.html",
        partial(forms_printing.sheet, form),
    )


@report(
    "history",
    title="Review history",
    says="All reviews on a page or two: meetings, forms, how far each goal has come, what is still to do.",
    order=40,
)
def histories(students, user):
    """Six queries for all of them. Nothing for who has had no review."""
    found = history.histories_of(students, user)
    return {
        student.pk: [
            Sheet(
                "Review history",
                f"Review history - {student.name}",
                page("review_history", student.pk),
                "print/review_history.html",
                partial(history.context_of, student, found[student.pk]),
            )
        ]
        for student in students
        if found[student.pk].is_begun
    }


@report(
    "behaviours",
    title="Behaviours over the reviews",
    says="How the line managers rate the 27 behaviours, form by form, with the chart.",
    order=50,
)
def behaviours_over_reviews(students, user):
    """Two queries for all of them. Nothing for whom no form is handed in."""
    found = behaviours.parts_of(students, user)
    return {
        student.pk: [
            Sheet(
                "Behaviours over the reviews",
                f"Behaviours - {student.name}",
                page("behaviour_report", student.pk),
                "print/behaviours.html",
                partial(behaviours.context_of, student, found[student.pk]),
            )
        ]
        for student in students
        if found[student.pk]
    }
