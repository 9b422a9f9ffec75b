"""What the student wants to take along."""

from django import forms

from portal.taking import choices
from reviews.portfolio.packing import PDF, ZIP


class PortfolioForm(forms.Form):
    """A tick for each choice that a room offers, and which of the two is wanted (`do`, the button pressed)."""

    do = forms.ChoiceField(
        choices=[(PDF, "PDF"), (ZIP, "ZIP")],
        widget=forms.HiddenInput,
        error_messages={
            "required": "Choose the PDF or the archive.",
            "invalid_choice": "Choose the PDF or the archive.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for choice in choices():
            self.fields[choice.name] = forms.BooleanField(
                label=choice.label, help_text=choice.hint, required=False, initial=choice.is_ticked
            )

    @property
    def ticks(self):
        """The fields that people see."""
        return [self[choice.name] for choice in choices()]

    @property
    def wanted(self) -> list[str]:
        """The names of what was ticked."""
        return sorted(choice.name for choice in choices() if self.cleaned_data.get(choice.name))
