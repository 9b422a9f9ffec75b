"""What the line manager sees behind the mailed link: the goals, one button to agree, or words for a change."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect

from placements.goals import writing
from placements.goals.models import LONGEST
from placements.models import Placement
from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url
from portal.workflow import Refused, SomebodyWasQuicker


class WishForm(forms.Form):
    """What should be different about one goal."""

    wish = forms.CharField(
        label="What should be different",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"At most {LONGEST} characters are possible. Say it shorter."},
    )

    def __init__(self, *args, goal, **kwargs):
        super().__init__(*args, prefix=f"goal{goal.pk}", **kwargs)
        self.goal = goal
        self.summary_label = f"Goal {goal.number}"
        self.fields["wish"].label = f"What should be different about goal {goal.number}"


class WishForms:
    """A form for each goal, as one thing for the error summary."""

    can_delete = False

    def __init__(self, goals, data=None):
        self.forms = [WishForm(data, goal=goal) for goal in goals]
        self.is_bound = data is not None

    def __iter__(self):
        return iter(self.forms)

    def non_form_errors(self) -> list:
        return []

    def is_valid(self) -> bool:
        return not any(form.errors for form in self.forms)

    def words(self) -> dict[int, str]:
        """What is asked for, by primary key of the goal (of valid forms)."""
        return {form.goal.pk: form.cleaned_data["wish"].strip() for form in self.forms}


@answers(writing.KIND, Placement, title="Agree to the learning goals")
def goals_by_link(request, ask, placement, step=""):
    """Read the goals; agree to all, or ask for a change. Goals that the tutor is still writing are not shown."""
    goals = [goal for goal in placement.goals.current() if goal.tutor_agreed_at]
    wants_change = request.method == "POST" and "wish" in request.POST
    wishes = WishForms(goals, request.POST if wants_change else None)
    problem = ""
    if request.method == "POST" and (not wants_change or wishes.is_valid()):
        try:
            return answer(request, ask, placement, wishes, wants_change)
        except (Refused, SomebodyWasQuicker) as refused:
            problem = str(refused)
    context = {
        "placement": placement,
        "wishes": wishes,
        "goals": goals,
        "problem": problem,
        "wants_change": wants_change,
        "seen": writing.fingerprint(placement.goals.current()),
        "waiting": any(goal.manager_agreed_at is None for goal in goals),
        "wished": any(goal.wish for goal in goals),
    }
    return ask_page(request, ask, "goals/goals_by_link.html", context, status=422 if request.method == "POST" else 200)


def answer(request, ask, placement, wishes: WishForms, wants_change: bool):
    """Write the answer down; back to the page, which says how it stands now."""
    who = {"name": ask.name, "by": ask.to, "seen": request.POST.get("seen", ""), "found": ask}
    if wants_change:
        writing.wish_for_goals(placement, wishes.words(), **who)
        messages.success(request, "Thank you. The college has your words and will answer.")
    else:
        writing.agree_to_goals(placement, **who)
        messages.success(request, "Thank you. You have agreed to the learning goals.")
    return redirect(ask_url(request, ask))
