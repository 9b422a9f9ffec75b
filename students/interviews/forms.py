"""Forms of getting ready: the worksheet, questions, research."""

from django import forms

from portal.form_merged import MergedFields
from students.interviews.models import Line, Question, Reach, Sheet, Thought

MOST_WORDS = 2000


class WorksheetForm(MergedFields, forms.Form):
    """The prompts of one group, none of them required."""

    def __init__(self, prompts: list[Line], thoughts: dict[str, Thought], data=None):
        """`thoughts`: what is written so far, by the prompt's code."""
        super().__init__(data)
        self.prompts = prompts
        for prompt in prompts:
            thought = thoughts.get(prompt.code)
            self.fields[prompt.code] = forms.CharField(
                label=prompt.wording,
                help_text=hint_of(prompt, thought),
                max_length=MOST_WORDS,
                required=False,
                initial=thought.words if thought else "",
                widget=forms.Textarea(attrs={"rows": 5}),
            )

    def save(self, student):
        """Keep what was changed and can be kept; what was emptied is gone. Two queries at most."""
        given = [(prompt, self.changes[prompt.code]) for prompt in self.prompts if prompt.code in self.changes]
        emptied = [prompt.code for prompt, words in given if not words]
        if emptied:
            Thought.objects.filter(student=student, code__in=emptied).delete()
        changed = [
            Thought(student=student, code=prompt.code, wording=prompt.wording, words=words)
            for prompt, words in given
            if words
        ]
        Thought.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["student", "code"],
            update_fields=["wording", "words", "written_at"],
        )


def hint_of(prompt: Line, thought: Thought | None) -> str:
    """The hint, and the older wording where that is what was answered."""
    if thought and thought.wording != prompt.wording:
        return f"{prompt.hint} When you wrote this, it asked: “{thought.wording}”".strip()
    return prompt.hint


class NewQuestionForm(forms.ModelForm):
    class Meta:
        model = Question
        fields = ["words"]
        labels = {"words": "A question of my own"}
        error_messages = {"words": {"required": "Write the question first."}}


class QuestionForm(NewQuestionForm):
    """The question, and after the interview what they said."""

    class Meta(NewQuestionForm.Meta):
        fields = ["words", "answer"]
        labels = {"words": "The question", "answer": "What they said"}
        help_texts = {"answer": "For after the interview. Only you read it."}
        widgets = {"answer": forms.Textarea(attrs={"rows": 4})}


class NewSheetForm(forms.ModelForm):
    class Meta:
        model = Sheet
        fields = ["name"]
        labels = {"name": "Which organisation?"}
        error_messages = {"name": {"required": "Write the name of the organisation."}}


class SheetForm(MergedFields, NewSheetForm):
    """All of a research sheet. Only the name is required."""

    reach = forms.ChoiceField(
        label="How far does it reach?", choices=[*Reach.choices, ("", "I do not know yet")], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ["name", "does", "values", "reach", "size", "news"]

    class Meta(NewSheetForm.Meta):
        fields = ["name", "does", "values", "size", "news"]
        labels = {
            "name": "Organisation",
            "does": "What does it do and make?",
            "values": "What does it stand for, and what is it like to work there?",
            "size": "How large is it, and how is it built up?",
            "news": "What is new there?",
        }
        help_texts = {
            "does": "Products, services, customers. In your own words, as you would tell a friend.",
            "values": "Its website often says “our values” or “about us”. Do you know somebody who works there?",
            "size": "How many people, which departments or sites, who leads it, where you would be.",
            "news": "A new building, a prize, a product, something in the local paper.",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("does", "values", "size", "news")}
