"""The form of the provider's pattern of review meetings."""

from django import forms

from portal.form_seen import SeenFields
from reviews.meetings.models import Anchor, PatternMeeting

ROWS_AT_MOST = 8
FREE_ROWS = 2
FIELDS = ("title", "days", "anchor")


class PatternForm(SeenFields, forms.Form):
    """One row of the pattern, by its place: others may change it meanwhile, also by filling in a free one."""

    title = forms.CharField(label="Name", max_length=80)
    days = forms.IntegerField(
        label="Days", min_value=0, max_value=365, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    anchor = forms.ChoiceField(label="Counted from", choices=Anchor.choices, initial=Anchor.START)

    def is_stored(self) -> bool:
        return True


class BasePatternRows(forms.BaseFormSet):
    """The whole pattern; a row can be taken out."""

    def clean(self):
        if any(self.errors):
            return
        titles = [row["title"] for row in self.kept()]
        if not titles:
            raise forms.ValidationError("Keep at least one meeting.")
        if len({title.casefold() for title in titles}) < len(titles):
            raise forms.ValidationError("Two meetings have the same name.")

    def kept(self) -> list[dict]:
        """What the rows say in their order, without those that are taken out or free (of a valid form)."""
        rows = [form.cleaned_data or form.initial for form in self.forms]
        return [{name: row[name] for name in FIELDS} for row in rows if row.get("title") and not row.get("DELETE")]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.summary_label = f"Meeting {index + 1}"
        form.fields["DELETE"].label = "Take it out"


PatternRows = forms.formset_factory(
    PatternForm, formset=BasePatternRows, extra=FREE_ROWS, can_delete=True,
    max_num=ROWS_AT_MOST, absolute_max=ROWS_AT_MOST, validate_max=True,
)  # fmt: skip


def rows_of(pattern: list[PatternMeeting], data=None) -> BasePatternRows:
    """The pattern to be changed, with a few free rows."""
    initial = [{name: getattr(row, name) for name in FIELDS} for row in pattern]
    return PatternRows(data, initial=initial, prefix="meetings")
