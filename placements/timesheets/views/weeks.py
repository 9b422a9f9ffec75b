"""The pages of a week: the student writes, everybody concerned reads, a tutor records from paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.models import Placement
from placements.several import current_of, told_apart
from placements.timesheets import editing
from placements.timesheets.filling import filled, moves_rows
from placements.timesheets.forms import FlagNoteForm, HandInForm, ReasonForm
from placements.timesheets.models import Flag, Timesheet, monday_of
from placements.timesheets.pages import week_form_page, week_read_page
from placements.timesheets.telling import tell_days_to_come
from placements.timesheets.week import find_week, see_flag
from portal.access import role_required
from portal.own_saves import Overtaken, Seen
from portal.posted import is_quiet, keeps_late_words
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker

QUIETLY_TOO_LATE = "Changed elsewhere meanwhile. Press Save draft: it loses nothing of yours and shows you both."


@role_required("student")
def week_list(request):
    """All weeks of the student's placements, newest first: written or not."""
    placements = told_apart(Placement.objects.own(request.user).with_people().prefetch_related("pattern_days"))
    by_key, stored = {placement.pk: placement for placement in placements}, {}
    for week in Timesheet.objects.own(request.user).with_people():
        week.placement = by_key[week.placement_id]
        stored[week.placement_id, week.monday] = week
    today = timezone.localdate()
    weeks = [
        stored.get((placement.pk, monday)) or Timesheet(placement=placement, monday=monday)
        for placement in placements
        for monday in placement.mondays()
        if monday <= today and (placement.status != Placement.Status.PLANNED or placement.is_late())
    ]
    weeks.sort(key=lambda week: (week.monday, week.placement_id), reverse=True)
    page = Paginator(weeks, 20).get_page(request.GET.get("page"))
    context = {"page": page, "this_monday": monday_of(today), "to_come": current_of(placements, today)}
    return render(request, "timesheets/week_list.html", context)


@role_required("student")
def week_current(request):
    """This week at the placement where the student is now, or should be; else the list of weeks."""
    today = timezone.localdate()
    placement = current_of(Placement.objects.own(request.user), today)
    if placement is None or (placement.status == Placement.Status.PLANNED and not placement.is_late()):
        return redirect("week_list")
    return redirect("week_open", placement.pk, monday_of(max(min(today, placement.last_on), placement.first_on)))


def find_week_or_404(placement, monday):
    """The week, stored or not, if the placement touches it."""
    timesheet = find_week(placement, monday)
    if timesheet.pk is None and monday not in placement.mondays():
        raise Http404
    return timesheet


def week_sent_too_late(request, pk=None, placement=None, monday=None):
    """Keep what was typed on a page that can no longer be sent, if it was its student's; None where it was not."""
    if pk:
        timesheet = get_object_or_404(Timesheet.objects.with_people(), pk=pk)
    else:
        timesheet = find_week_or_404(get_object_or_404(Placement.objects.with_people(), pk=placement), monday)
    if not editing.keep_for_later(timesheet, request.POST):
        return None
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if request.user.pk != timesheet.placement.student.user_id:
        return None
    if not is_quiet(request):
        messages.warning(
            request, "This page was open for too long to be saved. What you typed is kept: look it over and save it."
        )
    return redirect(request.get_full_path())


@login_not_required
@keeps_late_words(week_sent_too_late)
def week_open(request, placement, monday):
    """A week that may not have been begun yet. Sent after the session ended, what was typed is kept."""
    if not request.user.is_authenticated:
        rows = Placement.objects.with_people()
        return week_of_somebody_signed_out(request, find_week_or_404(get_object_or_404(rows, pk=placement), monday))
    rows = Placement.objects.visible_to(request.user).with_people().prefetch_related("pattern_days")
    timesheet = find_week_or_404(get_object_or_404(rows, pk=placement), monday)
    if timesheet.pk and request.method == "GET":
        return redirect("week_edit", timesheet.pk)
    return week_page(request, timesheet)


@login_not_required
@keeps_late_words(week_sent_too_late)
def week_edit(request, pk):
    """A week: to write in for its student while it is open, to read for everybody else concerned."""
    rows = Timesheet.objects.with_people().with_hours().prefetch_related("placement__pattern_days")
    if not request.user.is_authenticated:
        return week_of_somebody_signed_out(request, get_object_or_404(rows, pk=pk))
    return week_page(request, get_object_or_404(rows.visible_to(request.user), pk=pk))


def week_of_somebody_signed_out(request, timesheet):
    """Keep what was typed if the page was sent, and ask to sign in. Says nothing about the week."""
    if request.method == "POST" and editing.keep_for_later(timesheet, request.POST):
        return to_sign_in(request)
    return redirect_to_login(request.get_full_path())


def to_sign_in(request):
    """To the page to sign in on, with a word that what was typed is kept (which a script says itself)."""
    if not is_quiet(request):
        messages.info(request, "You were signed out meanwhile. What you typed is kept: sign in and go on.")
    return redirect_to_login(request.get_full_path())


def week_page(request, timesheet):
    """The page of a week, and what its student sends from it."""
    relations = timesheet.relations(request.user)
    if relations == {"manager"} and timesheet.status == Timesheet.Status.DRAFT:
        raise Http404  # a draft is the student's own until it is handed in
    own = "student" in relations
    if request.method == "POST":
        if not own:
            raise PermissionDenied
        return week_sent(request, timesheet)
    if timesheet.pk:
        prefetch_related_objects([timesheet], "spells")
    if own and timesheet.is_open and not timesheet.frozen_as_read():
        return week_form_page(request, timesheet, editing.form_of(timesheet))
    return week_read_page(request, timesheet)


def week_sent(request, timesheet):
    """Act on a week page that its student sent: save, hand in, fill in, or quietly save while typing."""
    form, do = editing.form_of(timesheet, request.POST), request.POST.get("do", "save")
    seen = Seen.of(request.POST)
    quietly = is_quiet(request)
    try:
        if not quietly and (moves_rows(do) or do in ("usual", "last_week")):
            return week_filled(request, timesheet, form, do, seen)
        timesheet = editing.save_week(timesheet, form, by=request.user, seen=seen, quietly=quietly)
    except (Refused, SomebodyWasQuicker) as quicker:
        if quietly and isinstance(quicker, Overtaken):
            return JsonResponse({"seen": quicker.thing.version, "says": "Saved"})
        if quietly:
            says = f"Not saved. {quicker}" if isinstance(quicker, Refused) else QUIETLY_TOO_LATE
            return JsonResponse({"says": says}, status=409)
        return week_conflict(request, timesheet, form, quicker)
    valid = form.is_valid()
    if quietly:
        saved_at = f"{timezone.localtime():%H:%M}"
        says = f"Saved at {saved_at}" if valid else f"Kept at {saved_at}; something is not right yet"
        if waits := editing.waits_for(timesheet, form):
            says = f"Kept at {saved_at}. {waits}"
        return JsonResponse({"seen": timesheet.version, "says": says})
    if not valid:
        return week_form_page(request, timesheet, form, status=422)
    told = tell_days_to_come(timesheet, by=request.user)
    if do == "hand_in":
        return week_hand_in(request, timesheet, form)
    hear = " Your manager and your tutor have a mail about when you are away." if told else ""
    messages.success(request, f"Your draft is saved.{hear}")
    return redirect("week_edit", timesheet.pk)


def week_filled(request, timesheet, form, how, seen):
    """Fill the week in beside what was typed, and say what that did. May raise Refused, SomebodyWasQuicker."""
    with transaction.atomic():
        timesheet = editing.ensure_saved(timesheet)
        typed, says = filled(timesheet, form, how)
        editing.keep_typed(timesheet, typed, seen=seen)
    if says:
        messages.info(request, says)
    return redirect("week_edit", timesheet.pk)


def week_hand_in(request, timesheet, form):
    """Hand in a week whose content was just saved."""
    declaration = HandInForm(request.POST, still=form.still())
    if not declaration.is_valid():
        return week_form_page(request, timesheet, form, declaration=declaration, status=422)
    try:
        timesheet.hand_in(by=request.user, message=form.message())
    except (Refused, SomebodyWasQuicker) as refused:
        messages.error(request, str(refused))
        messages.success(request, "Your draft is saved.")
        return redirect("week_edit", timesheet.pk)
    messages.success(request, "Your week is handed in.")
    return redirect("week_edit", timesheet.pk)


def week_conflict(request, timesheet, form, quicker):
    """Two tabs, or somebody else, or a record that is frozen: say so, and show again what was typed here."""
    if isinstance(quicker, Refused):
        return week_read_page(request, timesheet, typed=form, status=409)
    timesheet = Timesheet.objects.with_people().get(pk=timesheet.pk)
    if not timesheet.is_open:
        messages.warning(
            request, f"This week has moved on meanwhile: {full_stop(timesheet.sentence())} Nothing was changed."
        )
        return week_read_page(request, timesheet, typed=form, status=409)
    messages.warning(
        request,
        "This week was changed in another tab or on another device since you opened this page. Below is what you typed "
        "here, and before it what is stored now. Save to keep what you typed instead.",
    )
    return week_form_page(request, timesheet, form, stored=editing.form_of(timesheet), status=409)


@require_POST
def week_recall(request, pk):
    """The student takes a week back that nobody has answered yet."""
    timesheet = get_object_or_404(Timesheet.objects.visible_to(request.user).with_people(), pk=pk)
    yours = "The week is yours {}. Change it and hand it in once more."
    try:
        timesheet.recall(by=request.user)
        messages.success(request, yours.format("again"))
    except SomebodyWasQuicker:
        timesheet.refresh_from_db()
        if timesheet.status == Timesheet.Status.DRAFT:
            messages.info(request, yours.format("already"))
        else:
            messages.warning(request, f"Too late to take it back: {full_stop(timesheet.sentence())}")
    return redirect("week_edit", timesheet.pk)


@require_POST
def week_reopen(request, pk):
    """Tutor or manager opens an approved week again, with a reason."""
    rows = Timesheet.objects.visible_to(request.user).with_people().prefetch_related("placement__pattern_days")
    timesheet, form = get_object_or_404(rows, pk=pk), ReasonForm(request.POST)
    if not form.is_valid():
        return week_read_page(request, timesheet, reason=form, status=422)
    try:
        timesheet.reopen(by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "The week is open again. Its hours count once more when it is approved again.")
    except SomebodyWasQuicker:
        timesheet.refresh_from_db()
        messages.warning(request, f"This week has moved on meanwhile: {full_stop(timesheet.sentence())}")
    return redirect("week_edit", timesheet.pk)


@require_POST
@role_required("tutor", "coordinator")
def flag_seen(request, pk):
    """The tutor has looked at something unusual, and may note what was done."""
    own_work = Q(timesheet__placement__manager=request.user) | Q(timesheet__placement__student__user=request.user)
    rows = Flag.objects.visible_to(request.user).exclude(own_work)
    flag, form = get_object_or_404(rows.select_related("timesheet"), pk=pk), FlagNoteForm(request.POST)
    if form.is_valid():
        see_flag(flag, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, "Noted.")
    else:
        messages.error(request, "Keep the note to 300 characters.")
    then_home = request.POST.get("then") == "home"
    return redirect("home" if then_home else f"{flag.timesheet.get_absolute_url()}#flags")
