"""What is chosen for a file of reports."""

from django import forms

from reviews.reports.sheets import kinds
from reviews.reports.views.caseload import THE_LIST

PORTFOLIO = "portfolio"  # stands for all kinds

WAYS = [
    ("pdf", "One PDF, with a bookmark for each student and each report"),
    ("zip", "A ZIP file, with a folder for each student and a PDF for each report"),
]


class ChoiceForm(forms.Form):
    """Which kinds of reports, and as what."""

    students = forms.MultipleChoiceField(
        label="Whom is it about?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one student.",
            "invalid_choice": "One of these students is not on the list any more. Open the list again.",
        },
    )
    kinds = forms.MultipleChoiceField(
        label="Which reports?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one report.",
            "invalid_choice": "This is not one of the reports. Choose from the list.",
        },
    )
    way = forms.ChoiceField(
        label="As what?",
        choices=WAYS,
        initial="pdf",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one PDF or a ZIP file.",
            "invalid_choice": "Choose one PDF or a ZIP file.",
        },
    )

    def __init__(self, *args, for_staff: bool, with_list: bool = False, students=(), **kwargs):
        """`students`: those who can be left out one by one; none, where there is nobody to leave out.

        The portfolio is a choice for staff; students have a room of their own for theirs.
        """
        super().__init__(*args, **kwargs)
        self.fields["students"].choices = [(str(student.pk), student.name) for student in students]
        self.fields["students"].initial = [str(student.pk) for student in students]
        if not students:
            del self.fields["students"]
        self.kinds = kinds()
        choices = [(kind.name, f"{kind.title}. {kind.says}") for kind in self.kinds.values()]
        if for_staff:
            said = "Portfolio. Everything below in one go; what is private to the student is not in it."
            choices.insert(0, (PORTFOLIO, said))
        if with_list:
            choices.insert(0, (THE_LIST, "The list of these students. Who is where, the hours, where the pace leads."))
        self.fields["kinds"].choices = choices
        self.use_required_attribute = False

    def clean_kinds(self) -> list[str]:
        """The kinds, the portfolio spelled out. In one PDF it goes without what is sealed."""
        chosen = self.cleaned_data["kinds"]
        if PORTFOLIO in chosen:
            as_pdf = self.data.get("way") == "pdf"
            everything = [name for name in self.kinds if not (as_pdf and self.is_sealed(name))]
            chosen = [name for name in chosen if name == THE_LIST] + everything
        return chosen

    def clean(self):
        data = super().clean()
        sealed = [self.kinds[name].title for name in data.get("kinds", []) if self.is_sealed(name)]
        if sealed and data.get("way") == "pdf":
            self.add_error(
                "way",
                f"{sealed[0]}: it is signed digitally, and joining it with others would break the signature. "
                "Choose the ZIP file, or leave it out.",
            )
        return data

    def chosen_students(self) -> list[int]:
        """The primary keys of those who are not left out, in the order of the list."""
        kept = set(self.cleaned_data["students"])
        return [int(pk) for pk, _ in self.fields["students"].choices if pk in kept]

    def is_sealed(self, name: str) -> bool:
        return name in self.kinds and self.kinds[name].is_sealed

    def title(self) -> str:
        """What was chosen, in words."""
        chosen = self.cleaned_data["kinds"]
        if PORTFOLIO in self.data.getlist("kinds"):
            return "Portfolio"
        named = [self.kinds[name].title if name in self.kinds else "List of the students" for name in chosen]
        return ", ".join(named) if len(named) < 3 else f"{named[0]} and {len(named) - 1} other reports"
