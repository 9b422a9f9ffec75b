"""Forms of the action plan."""

from django import forms
from django.utils import timezone

from portal.form_fields import DayField
from students.actions.models import Action, Comment


class ActionForm(forms.ModelForm):
    """One thing to get better at. What it is and by when are needed, the rest can follow."""

    due_on = DayField(label="By when")

    class Meta:
        model = Action
        fields = ["improve", "how", "due_on", "progress"]
        labels = {
            "improve": "What do you want to get better at?",
            "how": "How will you do it, and what support do you need?",
            "progress": "How is it going?",
        }
        help_texts = {"how": "For example: answer the phone twice a day; Amira listens in and tells me what went well."}
        widgets = {
            "improve": forms.Textarea(attrs={"rows": 2}),
            "how": forms.Textarea(attrs={"rows": 3}),
            "progress": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {"improve": {"required": "Say in a few words what you want to get better at."}}

    def clean_due_on(self):
        """A day that is set now lies ahead; one that was set before may have passed."""
        due_on = self.cleaned_data["due_on"]
        if "due_on" in self.changed_data and due_on < timezone.localdate():
            raise forms.ValidationError("Choose today or a day to come.")
        return due_on


class CommentForm(forms.ModelForm):
    """A few words beside an action."""

    class Meta:
        model = Comment
        fields = ["words"]
        labels = {"words": "Your comment"}
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"words": {"required": "Write something first."}}
