"""The form with which it is recorded that a student left the T Level."""

from django import forms

from portal.form_fields import DayField
from students.departure.acts import what_is_wrong
from students.models import LeftBecause, Student


class LeaveForm(forms.Form):
    """The last day, the reason, and what else should be known."""

    on = DayField(label="Last day on the T Level")
    because = forms.ChoiceField(
        label="Why?",
        choices=LeftBecause,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what comes closest."},
    )
    note = forms.CharField(
        label="Note",
        max_length=500,
        required=False,
        help_text="The student and staff can read it, employers cannot. For example where they go on to.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, student: Student, **kwargs):
        super().__init__(*args, **kwargs)
        self.student = student

    def clean(self):
        data = super().clean()
        if "on" in data and "because" in data:
            for says in what_is_wrong(self.student, data["on"], data["because"], data.get("note", "")):
                self.add_error("note" if says.startswith("Say") else "on", says)
        return data
