"""Before and at the meeting: the student prepares, the tutor writes at the table, everybody answers the notes."""

import json

from django.contrib import messages
from django.db import transaction
from django.db.models import Subquery
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from placements.checklists.signed_out import keeps_words
from portal.access import role_required
from portal.form_merged import one_save_at_a_time
from portal.history.models import record
from portal.people.models import STAFF, Role
from portal.posted import is_quiet, posted, words_in
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.forms.models import Answer, ReviewForm
from reviews.forms.models.lines import GOALS
from reviews.meetings.confirming import confirm, parties_heard
from reviews.meetings.forms import AtTheTableForm, ConfirmForm, PrepareForm
from reviews.meetings.models import GoalWord, Meeting, Preparation
from reviews.meetings.recording import goals_of, record_form, stored_now, write
from reviews.meetings.views.meetings import meeting_or_404, meeting_to_handle, page, words_of

PREPARES = [Meeting.Status.PLANNED, Meeting.Status.OFFERED, Meeting.Status.AGREED]


# --- the student prepares ---


@role_required(Role.STUDENT)
@one_save_at_a_time
def meeting_prepare(request, pk):
    """What went well, what was hard, how far each goal is; kept as it is typed, shown to the others once shared."""
    meeting = meeting_or_404(request, pk)
    if meeting.placement.student.user_id != request.user.pk or meeting.status not in PREPARES:
        raise Http404
    form = prepare_form(meeting, posted(request))
    if request.method == "POST":
        keep_preparation(meeting, form, by=request.user, share="share" in request.POST)
        if is_quiet(request):
            return form.told_quietly()
        if not form.errors:
            told = "Shared with your tutor and your line manager." if "share" in request.POST else "Saved."
            messages.success(request, told)
            return redirect("meeting_detail", pk)
    context = {"meeting": meeting, "placement": meeting.placement, "form": form}
    return render(request, "meetings/meeting_prepare.html", context, status=422 if form.errors else 200)


def prepare_form(meeting, data):
    found = getattr(meeting, "preparation", None) or Preparation(meeting=meeting)
    stored = {row.goal_id: row for row in words_of(meeting, GoalWord.Side.STUDENT)}
    return PrepareForm(data, instance=found, goals=goals_of(meeting), stored=stored)


@transaction.atomic
def keep_preparation(meeting, form, *, by, share: bool):
    """Keep what was changed and holds no error; share it where all is well and that is wanted."""
    found, _ = Preparation.objects.get_or_create(meeting=meeting)
    form.is_valid()
    own = [name for name in form.changes if name in form.Meta.fields]
    for name in own:
        setattr(found, name, form.changes[name])
    if share and not form.errors and found.shared_at is None:
        found.shared_at = timezone.now()
        record(meeting, "prepared the meeting", by=by)
    found.save(update_fields=[*own, "shared_at"])
    for goal, said in form.said():
        GoalWord.objects.update_or_create(
            meeting=meeting, side=GoalWord.Side.STUDENT, goal=goal,
            defaults=said | {"number": goal.number, "wording": goal.wording},
        )  # fmt: skip


# --- at the table ---


def record_url(pk) -> str:
    return reverse("meeting_record", args=[pk])


@role_required(*STAFF)
def meeting_record(request, pk):
    """The page for the laptop on the table: hours, goals, last actions, both views, and what is agreed."""
    meeting = meeting_to_handle(request, pk)
    if not meeting.is_agreed:
        return redirect("meeting_detail", pk)
    return table(request, meeting, record_form(meeting))


def table(request, meeting, form, *, status: int = 200, conflicts=()):
    preparation = getattr(meeting, "preparation", None)
    is_shared = bool(preparation and preparation.shared_at)
    latest = ReviewForm.objects.handed_in().filter(placement=meeting.placement_id).order_by("-handed_in_at")
    answers = list(Answer.objects.filter(form=Subquery(latest.values("pk")[:1])).select_related("form"))
    managers = {answer.code: answer for answer in answers if answer.screen == GOALS}
    goals = [
        {
            "goal": goal,
            "choice": choice,
            "words": words,
            "student": form.prepared.get(goal.pk) if is_shared else None,
            "manager": managers.get(str(goal.pk)),
        }
        for goal, choice, words in form.goal_rows()
    ]
    context = {
        "meeting": meeting,
        "placement": meeting.placement,
        "student": meeting.placement.student,
        "form": form,
        "goals": goals,
        "preparation": preparation if is_shared else None,
        "review": answers[0].form if answers else None,
        "managers_words": [answer for answer in answers if answer.part == "question"],
        "conflicts": conflicts,
    }
    return render(request, "meetings/meeting_record.html", context, status=status)


@keeps_words(record_url)
@role_required(*STAFF)
def meeting_write(request, pk):
    """Keep the notes; `do` may close them. Where somebody else wrote the same meanwhile, both stand on the page."""
    meeting = meeting_to_handle(request, pk)
    quietly = is_quiet(request)
    if meeting.starts_at is None:
        return too_late(request, meeting, "Nothing was saved: notes are of a meeting that has a date.", quietly)
    form = record_form(meeting, request.POST)
    is_valid = form.is_valid()
    try:
        conflicts = write(meeting, form, by=request.user)
    except SomebodyWasQuicker as quicker:
        return too_late(request, meeting, str(quicker), quietly)
    if quietly:
        return told_quietly(meeting, form, conflicts)
    if conflicts:
        return both(request, meeting, form, conflicts)
    if not is_valid:
        return table(request, meeting, form, status=422)
    if request.POST.get("do") == "finish":
        return closed(request, meeting)
    messages.success(request, "Saved.")
    return redirect("meeting_record", pk)


def told_quietly(meeting, form, conflicts):
    """What the page hears after a save by itself; `was` is what it compares with from now on."""
    wrong = next((error for errors in form.errors.values() for error in errors), "")
    if conflicts:
        wrong = "Somebody else wrote in the same place. Press Save to see both."
    meeting.refresh_from_db(fields=["behaviours", "notes", "next_on"])
    stored, _, _ = stored_now(meeting, form.goals)
    was = form.cleaned_data.get("was", {}) | {
        name: value for name, value in form.mine().items() if stored.get(name) == value
    }
    return JsonResponse({"says": wrong or "Saved.", "was": json.dumps(was)}, status=422 if wrong else 200)


def both(request, meeting, form, conflicts):
    """The page with what both wrote: mine in the field, theirs beside it. Saving again is a decision then."""
    meeting.refresh_from_db(fields=["behaviours", "notes", "next_on", "version"])
    data, mine, was = request.POST.copy(), form.mine(), form.cleaned_data.get("was", {})
    stored = json.loads(record_form(meeting).initial["was"])
    for name, value in stored.items():
        if name not in conflicts and (name not in mine or mine[name] == was.get(name, "")):
            data[name] = value  # what I left alone shows what the other one wrote
            if value is False:
                del data[name]
    data["was"] = json.dumps(stored)
    again = record_form(meeting, data)
    again.is_valid()
    shown = [(again[name].label, theirs, mine, name) for name, (theirs, mine) in conflicts.items()]
    return table(request, meeting, again, status=409, conflicts=shown)


def too_late(request, meeting, words: str, quietly: bool):
    """The notes are closed, or there is no date for them: what was typed is shown, so that it can be copied."""
    if quietly:
        why = "the notes are closed already" if meeting.starts_at else "the meeting has no date"
        return JsonResponse({"says": f"Not saved: {why}."}, status=409)
    context = {"meeting": meeting, "written": words_in(request.POST), "says": words}
    return render(request, "meetings/too_late.html", context, status=409)


def closed(request, meeting):
    try:
        meeting = meeting_to_handle(request, meeting.pk)
        meeting.finish(by=request.user)
        messages.success(request, "The notes are closed, and everybody is asked whether they agree.")
        return redirect("meeting_detail", meeting.pk)
    except (Refused, SomebodyWasQuicker) as refused:
        messages.warning(request, str(refused))
        messages.success(request, "Saved.")
        return redirect("meeting_record", meeting.pk)


# --- afterwards ---


@keeps_words(lambda pk: reverse("meeting_detail", args=[pk]))
def meeting_confirm(request, pk):
    """Student or tutor, signed in: agree with the notes, or say what is different."""
    meeting = meeting_or_404(request, pk)
    relations = meeting.relations(request.user)
    party = next((party for party in ("student", "tutor") if party in relations), None)
    if party is None:
        raise Http404
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return page(request, meeting, confirm_form=form, status=422)
    return heard(request, meeting, party, name=request.user.name, **form.answer())


@keeps_words(lambda pk: reverse("meeting_detail", args=[pk]))
@role_required(*STAFF)
def meeting_confirm_at_table(request, pk):
    """Staff write down what somebody said at the table."""
    meeting = meeting_to_handle(request, pk)
    missing = [party for party in meeting.parties() if party not in parties_heard(meeting)]
    form = AtTheTableForm(missing, request.POST)
    if not form.is_valid():
        return page(request, meeting, table_form=form, status=422)
    party = form.cleaned_data["party"]
    placement = meeting.placement
    person = {"student": placement.student.user, "tutor": placement.tutor, "manager": placement.manager}[party]
    by = request.user
    return heard(request, meeting, party, name=(person or by).name, recorded_by=by, **form.answer())


def heard(request, meeting, party, **said):
    try:
        confirm(meeting, party, by=request.user, **said)
        messages.success(request, "Written down. Thank you.")
    except (Refused, SomebodyWasQuicker) as refused:
        messages.warning(request, str(refused))
    return redirect("meeting_detail", meeting.pk)
