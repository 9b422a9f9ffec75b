"""Forms of readiness: points for a group at once, all points of one student."""

from django import forms

from students.readiness.models import Settled
from students.readiness.settling import AT_ONCE
from students.readiness.standing import Standing

NOTE = Settled._meta.get_field("note").max_length


class SettleForm(forms.Form):
    """Points for a group: of `own`, whoever was ticked, or all of `shown` (both querysets of students)."""

    points = forms.MultipleChoiceField(
        label="What is settled",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one point."},
    )
    everybody = forms.BooleanField(required=False)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=NOTE,
        help_text="For example the lesson in which it was done. The students read it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data, *, own, shown, points, found: int):
        super().__init__(data)
        self.own, self.shown, self.all_points = own, shown, points
        self.fields["points"].choices = [(point.code, point.short) for point in points]
        self.fields["everybody"].label = f"Everybody who is found ({found}), on all pages"
        self.chosen = {int(pk) for pk in data.getlist("student") if pk.isdecimal() and len(pk) < 19} if data else set()

    def clean(self):
        data = super().clean()
        everybody = data.get("everybody")
        rows = self.shown if everybody else self.own.filter(pk__in=list(self.chosen)[: AT_ONCE + 1])
        data["students"] = list(rows.order_by("pk")[: AT_ONCE + 1])
        if len(data["students"]) > AT_ONCE:
            self.add_error(
                "everybody", f"These are more than {AT_ONCE} students. Narrow the list by the filters first."
            )
        elif not data["students"]:
            self.add_error("everybody", "Choose students in the list, or everybody who is found.")
        data["chosen_points"] = [point for point in self.all_points if point.code in data.get("points", [])]
        return data


class StudentForm(forms.Form):
    """The points of one student: settled or not, and a note each. `seen` is how the page showed them."""

    def __init__(self, data, standings: list[Standing]):
        super().__init__(data)
        self.standings = standings
        for standing in standings:
            code, settled = standing.point.code, standing.settled
            self.fields[f"point-{code}"] = forms.BooleanField(
                label=standing.point.wording, required=False, initial=settled is not None
            )
            self.fields[f"note-{code}"] = forms.CharField(
                label="Note",
                required=False,
                max_length=NOTE,
                initial=settled.note if settled else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def rows(self):
        """(standing, its checkbox, its note) of each point."""
        return [(one, self[f"point-{one.point.code}"], self[f"note-{one.point.code}"]) for one in self.standings]

    @property
    def wanted(self) -> dict[str, str | None]:
        """The note by code; None for a point that is not settled."""
        data = self.cleaned_data
        codes = [standing.point.code for standing in self.standings]
        return {code: data[f"note-{code}"] if data[f"point-{code}"] else None for code in codes}

    @property
    def seen(self) -> dict[str, str]:
        """What the page showed as settled, note by code."""
        codes = [standing.point.code for standing in self.standings]
        return {code: self.data[f"was-{code}"] for code in codes if f"was-{code}" in self.data}
