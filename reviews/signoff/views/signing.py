"""Am I complete? Judging the progress, signing off, the frozen record, opening it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.models import Placement
from placements.several import told_apart
from portal.access import role_required
from portal.history.models import Event
from portal.people.models import STAFF
from portal.posted import posted, seen_in
from portal.words import long_date
from reviews.risk.models import Standing
from reviews.risk.seeing import is_asked, see_reach
from reviews.signoff import signing
from reviews.signoff.completion import with_completion
from reviews.signoff.forms import JudgementForm, ReachNoteForm, ReasonForm
from reviews.signoff.models import FigureQuestion, SignOff
from reviews.signoff.views.common import completion_for, done, student_for, thing_for
from students.models import Student
from students.tlevels.deadline import by_when

LOOKS = 20


@role_required("student")
def completion_own(request):
    """The student's own, at the provider at whose desk they sit."""
    return show(
        request, get_object_or_404(with_questions(request), user=request.user, provider=request.desk.provider_id)
    )


def completion(request, pk):
    """For the student, the tutor and the placement office."""
    return show(request, get_object_or_404(with_questions(request), pk=pk))


def with_questions(request):
    """Students whom the person may see, with the status of the newest question about a figure."""
    newest = FigureQuestion.objects.filter(student=OuterRef("pk")).order_by("-asked_at", "-pk")
    students = with_completion().visible_to(request.user)
    return students.annotate(asked=Subquery(newest.values("status")[:1]))


def show(request, student):
    is_staff = bool(student.relations(request.user) & STAFF)
    today = timezone.localdate()
    beyond = out_of_reach(request, student) if is_staff else None
    context = {
        "student": student,
        "by_when": by_when(student.entry_year, today),
        "out_of_reach": beyond,
        "reach_tone": "calm" if beyond and beyond.is_aside else "problem",
        "may_see": beyond and is_asked(request.desk, student),
        "to_change": to_change(student) if beyond else [],
        "looks": Event.objects.about(beyond.last_look)[:LOOKS] if beyond and beyond.last_look else [],
        "completion": completion_for(student),
        "asked": FigureQuestion.Status(student.asked).label if student.asked else "",
        "is_own": student.user_id == request.user.pk,
        "is_staff": is_staff,
        "may_judge": signing.may_judge(student, request.user),
    }
    return render(request, "signoff/completion.html", context)


def out_of_reach(request, student) -> Standing | None:
    """How a student stands whose hours cannot be reached, with the last look at it. One query."""
    rows = Standing.objects.out_of_reach(request.desk, timezone.now())
    return rows.select_related("student__reach_seen__seen_by").filter(pk=student.pk).first()


def to_change(student) -> list[Placement]:
    """The placements that more days or a later last day could be agreed for. One query."""
    rows = student.placements.without_tasters().exclude(status=Placement.Status.ENDED)
    return told_apart(rows.select_related("employer"))


@require_POST
@role_required(*STAFF)
def reach_seen(request, pk):
    """Whoever is asked about hours that cannot be reached has looked at it, and may note what was done."""
    student = get_object_or_404(Student.objects.visible_to(request.user).select_related("standing"), pk=pk)
    if not is_asked(request.desk, student):
        raise PermissionDenied
    form = ReachNoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Keep the note to 300 characters.")
    elif seen := done(request, see_reach, student.standing, note=form.cleaned_data["note"]):
        messages.success(request, f"Noted. It comes back on {long_date(seen.until)}, or as soon as it gets worse.")
    return redirect("home" if request.POST.get("then") == "home" else f"{reverse('completion', args=[pk])}#reach")


@role_required(*STAFF)
def judgement_edit(request, pk):
    """The tutor judges the progress; what was judged before is kept and shown."""
    student = student_for(request, pk)
    if not signing.may_judge(student, request.user):
        raise PermissionDenied
    form = JudgementForm(posted(request))
    if form.is_valid() and done(request, signing.judge, student, says="Your judgement is kept.", **form.cleaned_data):
        return redirect("completion", pk)
    context = {
        "student": student,
        "completion": completion_for(student),
        "form": form,
        "judgements": student.judgements.select_related("by")[:20],
    }
    return render(request, "signoff/judgement_edit.html", context, status=422 if form.errors else 200)


@role_required(*STAFF)
def signoff_add(request, pk):
    """Everything that will be kept, to be looked at once more; then the sign-off."""
    student = student_for(request, pk)
    if student.signoff:
        return redirect("signoff_detail", student.signoff.pk)
    if request.method == "POST":
        says = f"{student.name} is signed off. The record is frozen."
        if signoff := done(request, signing.sign_off, student, seen=seen_in(request.POST, "minutes"), says=says):
            return redirect("signoff_detail", signoff.pk)
        return redirect("signoff_add", pk)
    return render(request, "signoff/signoff_add.html", {"student": student, "completion": completion_for(student)})


def signoff_detail(request, pk):
    """The record as it was frozen."""
    return detail(request, signoff_for(request, pk))


def signoff_for(request, pk) -> SignOff:
    people = "signed_off_by", "reopened_by", "consideration__proposed_by", "consideration__decided_by"
    return thing_for(request, SignOff.objects.select_related(*people), pk)


def detail(request, signoff, form=None):
    relations, moves = signoff.relations(request.user), signoff.moves(request.user)
    context = {
        "signoff": signoff,
        "student": signoff.student,
        "form": form or ReasonForm(),
        "moves": moves,
        "has_certificate": "reopen" in moves and signoff.certificates.standing().exists(),
        "is_own": "student" in relations,
        "events": Event.objects.about(signoff),
    }
    return render(request, "signoff/signoff_detail.html", context, status=422 if form else 200)


@require_POST
@role_required("coordinator")
def signoff_reopen(request, pk):
    """Open the record again, with a reason that student and tutor read."""
    signoff = signoff_for(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return detail(request, signoff, form)
    if done(request, signoff.reopen, reason=form.cleaned_data["reason"], seen=seen_in(request.POST)):
        messages.success(request, "The record is open again. Student and tutor are told.")
    return redirect("signoff_detail", pk)
