"""Where review forms show themselves: on the placement, on the student's home, on the dashboards of staff."""

from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.rooms import Entry, Step, WhenAny, for_student, of_first, on_placement
from reviews.forms.models import ReviewForm

PATIENCE = timedelta(days=8)  # reminders went out after 3 and 7 days
FRESH = timedelta(days=14)


@on_placement(70)
def review_forms_of_placement(placement, relations):
    """For everybody concerned, once the placement has begun: the latest form, as far as it is theirs to read."""
    if placement.status == Placement.Status.PLANNED:
        return None
    rows = handed_in if relations == {"student"} else final_first
    url = reverse("review_form_list", args=[placement.pk])
    nothing = Entry("Employer's review forms", url, "None yet", icon="paper")
    reads = "occasion", "status", "asked_at", "handed_in_at", "handed_in_name", "recorded_by", "signed_on"
    return of_first(rows, partial(form_entry, placement, url), nothing, reads=reads, placement=placement.pk)


def final_first(placement):
    return ReviewForm.objects.filter(placement=placement).order_by("occasion")  # final before midway


def handed_in(placement):
    return final_first(placement).handed_in()


def form_entry(placement, url, found):
    found.placement = placement
    says = f"{found.get_occasion_display()}: {found.sentence()[:1].lower()}{found.sentence()[1:]}"
    return Entry("Employer's review forms", url, says, found.tone, "paper")


@for_student(60)
def read_what_the_manager_says(student, placements, today):
    """A form that came in lately, until the student has said something to it."""
    keys = [placement.pk for placement in placements]
    return WhenAny(without_remarks, steps_to_read, placements=keys, since=timezone.now() - FRESH) if keys else None


def without_remarks(placements, since):
    rows = ReviewForm.objects.handed_in().filter(placement__in=placements, handed_in_at__gte=since, remarks=None)
    return rows.order_by("-handed_in_at")


def steps_to_read(rows):
    for form in rows:
        yield Step(
            "Read what your line manager says about you",
            reverse("review_form_detail", args=[form.pk]),
            "calm",
            f"{form.title}, from {form.handed_in_name}. You can say something to it.",
        )


@for_staff(
    "review_form",
    says="The line manager has not answered the {words} review form, in spite of two reminders.",
    called="The line manager has not answered a review form",
    act="Open the form",
    url="review_form_detail",
    icon="paper",
)
def unanswered_forms(desk):
    """Asked more than a week ago, and not handed in."""
    rows = ReviewForm.objects.filter(status=ReviewForm.Status.ASKED, asked_at__lt=desk.now - PATIENCE)
    return Waiting(rows, since="asked_at", words="occasion")
