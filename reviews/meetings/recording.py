"""Writing the notes at the table. What two people write at once is merged; the same place twice is shown to both."""

import json
from datetime import date
from uuid import UUID, uuid4

from django import forms
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from placements.logbook.models import Entry, EntryGoal
from portal.form_fields import DayField, why_far_off
from portal.form_merged import merged
from reviews.forms.models import Progress
from reviews.meetings.forms import words_field
from reviews.meetings.models import Action, GoalWord, Meeting, Party

NEW_ROWS = 3
ACTIONS_AT_MOST = 20
FARTHEST_YEARS = 2
LONG = 3000


class RecordForm(forms.Form):
    """The notes as one form. `was` holds what was stored when the page was drawn, so that changes can be told apart."""

    behaviours = words_field("Behaviours at work", rows=4, longest=LONG)
    notes = words_field("What else was said", rows=5, longest=LONG)
    next_on = DayField(label="Next meeting around", required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, meeting: Meeting, state: dict, goals, actions, earlier, data=None):
        known = {str(action.key) for action in actions}
        keys = [key for key in new_keys(data) if key not in known]
        keys += [str(uuid4()) for _ in range(NEW_ROWS - len(keys))]
        self.goals, self.actions, self.earlier, self.keys = goals, actions, earlier, keys
        self.met_on = timezone.localdate(meeting.starts_at)
        self.conflicts = {}
        super().__init__(data, initial=state | {"was": json.dumps(state)})
        for goal in goals:
            self.fields[f"goal{goal.pk}"] = forms.ChoiceField(
                label=goal.wording, required=False, choices=Progress.choices, widget=forms.RadioSelect
            )
            self.fields[f"goal{goal.pk}-words"] = words_field("In words", rows=2)
        for key in [*(str(action.key) for action in actions), *keys]:
            self.fields[f"what-{key}"] = forms.CharField(label="What", required=False, max_length=300)
            self.fields[f"owner-{key}"] = forms.ChoiceField(
                label="Who", required=False, choices=Party.choices, initial=Party.STUDENT
            )
            self.fields[f"due-{key}"] = DayField(label="By", required=False)
        for action in earlier:
            self.fields[f"done-{action.pk}"] = forms.BooleanField(label=action.what, required=False)

    def goal_rows(self):
        for goal in self.goals:
            yield goal, self[f"goal{goal.pk}"], self[f"goal{goal.pk}-words"]

    def action_rows(self):
        keys = [str(action.key) for action in self.actions] + self.keys
        return [(key, self[f"what-{key}"], self[f"owner-{key}"], self[f"due-{key}"]) for key in keys]

    def earlier_rows(self):
        return [(action, self[f"done-{action.pk}"]) for action in self.earlier]

    def clean_next_on(self):
        next_on = self.cleaned_data["next_on"]
        if next_on and next_on < timezone.localdate():
            raise forms.ValidationError("This day is past.")
        if next_on and (why_not := why_far_off(next_on, FARTHEST_YEARS)):
            raise forms.ValidationError(why_not)
        return next_on

    def clean_was(self):
        """What was stored when the page was drawn; nonsense counts as nothing."""
        try:
            found = json.loads(self.cleaned_data["was"] or "{}")
        except ValueError:
            found = {}
        return found if isinstance(found, dict) else {}

    def clean(self):
        data = super().clean()
        for name in [name for name in data if name.startswith("due-")]:
            is_new = plain(data[name]) != self.initial.get(name, "")
            if data[name] and is_new and (why_not := self.why_not_due(data[name])):
                self.add_error(name, why_not)
        return data

    def why_not_due(self, due: date) -> str:
        """Why what is agreed now cannot be meant to be done by this day, as a sentence; '' if it can."""
        if due < self.met_on:
            return f"This day is before the meeting on {self.met_on:%-d %B %Y}."
        return why_far_off(due, FARTHEST_YEARS)

    def mine(self) -> dict:
        """What was sent, as plain values by field (of fields without an error)."""
        return {
            name: plain(self.cleaned_data[name]) for name in self.fields if name != "was" and name in self.cleaned_data
        }


def new_keys(data) -> list[str]:
    """The keys of rows that the page offered for new actions."""
    found = []
    for value in (data.getlist("key") if data is not None else [])[:ACTIONS_AT_MOST]:
        try:
            found.append(str(UUID(value)))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def plain(value):
    """A value as JSON has it: days as text, nothing as ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value).strip()


def state_of(meeting: Meeting, goals, words, actions, earlier) -> dict:
    """What is stored, by the names of the fields. `words` are the meeting's words to goals."""
    state = {name: plain(getattr(meeting, name)) for name in ("behaviours", "notes", "next_on")}
    said = {row.goal_id: row for row in words if row.side == GoalWord.Side.TOGETHER}
    for goal in goals:
        row = said.get(goal.pk)
        state |= {f"goal{goal.pk}": row.progress if row else "", f"goal{goal.pk}-words": row.words if row else ""}
    for action in actions:
        state |= {
            f"what-{action.key}": action.what,
            f"owner-{action.key}": action.owner,
            f"due-{action.key}": plain(action.due_on),
        }
    return state | {f"done-{action.pk}": action.done_at is not None for action in earlier}


def stored_now(meeting: Meeting, goals) -> tuple[dict, list[Action], list[Action]]:
    """(state, actions of this meeting, actions of earlier ones) as they are in the database. Two queries."""
    actions, earlier = actions_of(meeting)
    return state_of(meeting, goals, list(meeting.goal_words.all()), actions, earlier), actions, earlier


def goals_of(meeting: Meeting) -> list:
    """The goals that both have agreed to, as they hold now, each with `entries`, the number of logbook entries."""
    shared = EntryGoal.objects.filter(entry__placement=meeting.placement_id, entry__status=Entry.Status.PUBLISHED)
    serving = shared.filter(Q(goal=OuterRef("pk")) | Q(goal=OuterRef("replaces"))).order_by().values("entry__placement")
    count = Subquery(serving.annotate(count=Count("entry", distinct=True)).values("count"))
    goals = meeting.placement.goals.current().annotate(entries=count)
    return [goal for goal in goals if goal.is_agreed]


def actions_of(meeting: Meeting) -> tuple[list[Action], list[Action]]:
    """(those of this meeting, those of earlier ones: open first, then by day). One query."""
    earlier = Q(meeting__starts_at__lt=meeting.starts_at) & ~Q(meeting=meeting.pk)
    rows = Action.objects.filter(Q(meeting=meeting.pk) | earlier, meeting__placement=meeting.placement_id)
    rows = list(rows.order_by("pk"))
    before = [row for row in rows if row.meeting_id != meeting.pk]
    before.sort(key=lambda row: (row.done_at is not None, row.due_on or date.max, row.pk))
    return [row for row in rows if row.meeting_id == meeting.pk], before[:ACTIONS_AT_MOST]


def record_form(meeting: Meeting, data=None) -> RecordForm:
    """The form of the notes as they are stored now; `form.prepared`: what the student said to goals. Three queries."""
    goals, words = goals_of(meeting), list(meeting.goal_words.all())
    actions, earlier = actions_of(meeting)
    form = RecordForm(meeting, state_of(meeting, goals, words, actions, earlier), goals, actions, earlier, data)
    form.prepared = {row.goal_id: row for row in words if row.side == GoalWord.Side.STUDENT}
    return form


@transaction.atomic
def write(meeting: Meeting, form: RecordForm, *, by) -> dict:
    """Keep what changed; returns the conflicts, of which nothing is written. Raises SomebodyWasQuicker once closed."""
    meeting.take_turn()
    stored, actions, earlier = stored_now(meeting, form.goals)
    mine = form.mine()
    new_rows = {name: Party.STUDENT.value for name in mine if name.startswith("owner-")}
    changes, conflicts = merged(new_rows | form.cleaned_data.get("was", {}), mine, stored)
    own = {name: changes[name] for name in ("behaviours", "notes", "next_on") if name in changes}
    if own:
        own = {name: value or (None if name == "next_on" else "") for name, value in own.items()}
        Meeting.objects.filter(pk=meeting.pk).update(**own)
    write_goals(meeting, form, changes, stored)
    write_actions(meeting, changes, mine, {str(action.key): action for action in actions})
    for action in earlier:
        if f"done-{action.pk}" in changes:
            tick(action, changes[f"done-{action.pk}"], by=by)
    return conflicts


def write_goals(meeting, form, changes, stored):
    for goal in form.goals:
        names = {"progress": f"goal{goal.pk}", "words": f"goal{goal.pk}-words"}
        found = {field: changes[name] for field, name in names.items() if name in changes}
        if found:
            GoalWord.objects.update_or_create(
                meeting=meeting, side=GoalWord.Side.TOGETHER, goal=goal,
                defaults=found | {"wording": goal.wording, "number": goal.number},
            )  # fmt: skip


def write_actions(meeting, changes, mine, known):
    """New rows, changed ones, and emptied ones, which are taken out. A row that was sent twice is one."""
    keys = {name.partition("-")[2] for name in changes if name.startswith(("what-", "owner-", "due-"))}
    for key in sorted(keys, key=list(dict.fromkeys(name.partition("-")[2] for name in mine)).index):
        fields = {"what": f"what-{key}", "owner": f"owner-{key}", "due_on": f"due-{key}"}
        found = {field: changes[name] for field, name in fields.items() if name in changes}
        if "due_on" in found:
            found["due_on"] = found["due_on"] or None
        if "owner" in found:
            found["owner"] = found["owner"] or Party.STUDENT
        if key in known and found.get("what") == "":
            known[key].delete()
        elif key in known:
            Action.objects.filter(pk=known[key].pk).update(**found)
        elif found.get("what") and len(known) < ACTIONS_AT_MOST:
            Action.objects.get_or_create(meeting=meeting, key=key, defaults=found)


def tick(action: Action, is_done: bool, *, by):
    """Say that an action is done, or that it is not."""
    action.done_at, action.done_name = (timezone.now(), by.name) if is_done else (None, "")
    action.save(update_fields=["done_at", "done_name"])
