"""What a manager writes to a student, and whom staff name as approver."""

from django import forms

from employers.models import LineManager
from portal.people.models import User

WHOLE_WEEK = "week"


class WordsForm(forms.Form):
    """A question about one day, or what is to be changed in the week."""

    day = forms.ChoiceField(label="What is it about?")
    reason = forms.CharField(
        label="What should be changed or answered?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write a sentence or two."},
    )

    def __init__(self, week, *args, **kwargs):
        super().__init__(*args, **kwargs)
        student = week.student.first_name
        self.days = {day.day.isoformat(): day.day for day in week.days}
        self.fields["day"].choices = [(WHOLE_WEEK, "The whole week")] + [
            (value, f"{day:%A %-d %B}") for value, day in self.days.items()
        ]
        self.fields["reason"].help_text = f"{student} and the tutor read this. A sentence is enough."
        self.use_required_attribute = False

    def clean_day(self):
        return self.days.get(self.cleaned_data["day"])


class ApproverForm(forms.Form):
    """One of the employer's line managers, other than the one who is named now."""

    manager = forms.ModelChoiceField(
        User.objects.none(),
        label="Who approves the hours from now on?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose who approves the hours."},
    )

    def __init__(self, placement, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = LineManager.objects.filter(employer=placement.employer_id, user__is_active=True)
        rows = rows.exclude(user=placement.manager_id).select_related("user")
        titles = {row.user_id: row.job_title for row in rows}
        self.has_choices = bool(titles)
        field = self.fields["manager"]
        field.queryset = User.objects.filter(pk__in=titles)
        field.label_from_instance = lambda user: f"{user.name}, {titles[user.pk]}" if titles[user.pk] else user.name
        self.use_required_attribute = False
