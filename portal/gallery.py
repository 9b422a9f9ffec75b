"""The gallery: every component in every state, on one page (development mode only)."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render

from portal.history.models import Event


class SampleForm(forms.Form):
    """One field of each kind."""

    role = forms.CharField(label="Role", help_text="As the employer calls it, such as 'IT support technician'.")
    first_day = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label="Start", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(
        label="Unpaid break, in minutes", widget=forms.TextInput(attrs={"inputmode": "numeric"}), help_text="0 if none."
    )
    site = forms.ChoiceField(label="Site", choices=[("", "Choose a site"), ("1", "Harbour Street"), ("2", "Old Mill")])
    notes = forms.CharField(label="What I did", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    paid = forms.ChoiceField(
        label="Is the placement paid?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Days of attendance",
        help_text="Choose all that apply.",
        choices=[("1", "Monday"), ("2", "Tuesday"), ("3", "Wednesday")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="These are the hours that I worked")
    file = forms.FileField(label="CSV file", required=False, help_text="Up to 10 MB.")


class SampleRow(forms.Form):
    start = forms.TimeField(label="Start")
    summary_label = "Monday 2 March"


def sample_events():
    at = datetime(2026, 3, 9, 14, 5, tzinfo=UTC)
    said = [
        ("Maya Patel", "handed in the week again"),
        ("Tom Reid", "sent back the week. Reason: you left at three on Tuesday, I think"),
        ("The portal", "reminded Tom Reid that the week waits"),
    ]
    return [Event(by_name=name, says=says, at=at - timedelta(hours=19 * n)) for n, (name, says) in enumerate(said)]


@login_not_required
def components(request):
    """Values only: nothing here reads the database."""
    rows = forms.formset_factory(SampleRow, extra=1)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-start": "25:00"}
    )
    wrong = SampleForm({"first_day": "2026-02-31", "minutes": "half an hour", "notes": "Helped at the desk."})
    wrong.add_error(None, "The first day lies after the last day.")
    return render(
        request,
        "portal/components.html",
        {
            "form": SampleForm(prefix="empty"),
            "wrong": wrong,
            "rows": rows,
            "events": sample_events(),
            "page": Paginator(range(1234), 50).page(7),
            "params": request.GET,
            "tones": ["calm", "waiting", "good", "attention", "problem"],
            "icons": sorted(drawing.stem for drawing in (settings.BASE_DIR / "templates/portal/icons").glob("*.svg")),
        },
    )
