"""Forms of the provider's pattern of review meetings."""

from django import forms

from reviews.meetings.models import PatternMeeting

ROWS_AT_MOST = 8


class PatternForm(forms.ModelForm):
    """One row of the provider's pattern."""

    class Meta:
        model = PatternMeeting
        fields = ["title", "days", "anchor"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"] = forms.IntegerField(
            label="Days", min_value=0, max_value=365, widget=forms.TextInput(attrs={"inputmode": "numeric"})
        )


class PatternRows(forms.BaseModelFormSet):
    """The whole pattern; an emptied row is taken out."""

    def clean(self):
        if any(self.errors):
            return
        rows = [form.cleaned_data or form.initial for form in self.forms]
        titles = [row["title"] for row in rows if row.get("title") and not row.get("DELETE")]
        if not titles:
            raise forms.ValidationError("Keep at least one meeting.")
        if len({title.casefold() for title in titles}) < len(titles):
            raise forms.ValidationError("Two meetings have the same name.")

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.summary_label = f"Meeting {index + 1}"
        form.fields["DELETE"].label = "Take it out"
