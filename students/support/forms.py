"""What a student writes down, and who may read it."""

from django import forms
from django.db.models import Q

from students.support.models import Need, SupportKind

TUTOR, OFFICE = "tutor", "office"


class NeedForm(forms.ModelForm):
    """One need. What it is or what helps: one of the two is enough, and no diagnosis has to be named."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = Need
        fields = ["kind", "words", "helps", "plan"]
        labels = {
            "kind": "What is it about?",
            "words": "In your own words",
            "helps": "What helps?",
            "plan": "Is it in an education, health and care plan (EHC plan)?",
        }
        help_texts = {
            "words": "As much or as little as you like. You need not name a diagnosis.",
            "helps": "What others could do, or leave alone. For example: tell me the day before when a plan changes.",
            "plan": "If you do not know what that is, you most likely have none.",
        }
        widgets = {
            "kind": forms.RadioSelect,
            "words": forms.Textarea(attrs={"rows": 4}),
            "helps": forms.Textarea(attrs={"rows": 4}),
            "plan": forms.RadioSelect,
        }
        error_messages = {
            "kind": {
                "required": "Choose what comes nearest. “Something else” is always right.",
                "invalid_choice": "Choose one of these.",
            },
            "plan": {"invalid_choice": "Choose one of these."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = SupportKind.objects.filter(Q(retired_at=None) | Q(pk=self.instance.kind_id))
        self.fields["kind"].queryset = kinds
        self.fields["kind"].empty_label = None
        self.fields["kind"].label_from_instance = lambda kind: f"{kind.title}. {kind.hint}" if kind.hint else kind.title
        self.fields["plan"].choices = Need.Plan.choices
        self.fields["plan"].required = False
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.version

    def clean_plan(self):
        return self.cleaned_data["plan"] or Need.Plan.UNSAID

    def clean(self):
        data = super().clean()
        unreadable = {"words", "helps"} & set(self.errors)
        if not unreadable and not (data.get("words") or data.get("helps")):
            self.add_error("words", "Write what it is, or what helps. One of the two is enough.")
        return data

    def keep(self) -> Need:
        """The need as it is to be stored, with the title of its kind as it was read; not saved."""
        need = self.save(commit=False)
        if "kind" in self.changed_data or not need.kind_words:
            need.kind_words = need.kind.title
        return need


class ReadersForm(forms.Form):
    """Who may read it: the tutor, or the tutor and the placement office."""

    readers = forms.ChoiceField(
        label="Who may read it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may read it.", "invalid_choice": "Choose who may read it."},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, need: Need, **kwargs):
        super().__init__(*args, **kwargs)
        tutor = f"My tutor, {need.tutor}" if need.tutor else "My tutor, as soon as I have one"
        self.fields["readers"].choices = [(TUTOR, tutor), (OFFICE, f"{tutor}, and the placement office")]
        self.fields["readers"].initial = OFFICE if need.with_office else TUTOR
        self.fields["seen"].initial = need.version
