"""Forms that ask about what is unusual, once, and then believe the answer."""

from django import forms


class AskingForm(forms.BaseForm):
    """A form that may be wrong about what looks wrong: `ask`, in `clean`, instead of refusing."""

    def ask(self, name: str, label: str, *, about: str, says: str):
        """Refuse the field `about` in the words of `says`, until the tick `name` below it answers the question."""
        question = forms.BooleanField(label=label, required=False)
        names = list(self.fields)
        names.insert(names.index(about) + 1, name)
        self.fields[name] = question  # only a form that asks has it
        self.order_fields(names)
        if not question.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)):
            self.add_error(about, says)
