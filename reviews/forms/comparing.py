"""The line manager's ratings beside the student's own view (placements.behaviours), once they are handed in."""

from placements.behaviours.models import Group
from placements.behaviours.others import says_behaviour
from reviews.forms.chart import figure_of
from reviews.forms.models import ReviewForm


@says_behaviour
def latest_form(student):
    """The figures of the form that was handed in last, by group. Two queries."""
    rows = ReviewForm.objects.handed_in().filter(placement__student=student).order_by("-handed_in_at", "-pk")
    form = rows.prefetch_related("answers").first()
    if form is None:
        return None
    return {group: figure_of(form, group, f"Line manager, {form.get_occasion_display().lower()}") for group in Group}
