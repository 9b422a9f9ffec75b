"""The student's own pages: what helps me, and who may read it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import Event
from portal.people.models import Role
from portal.posted import seen_in
from portal.workflow import Refused, SomebodyWasQuicker
from students.support import sharing
from students.support.employers import told_to_employers
from students.support.forms import OFFICE, NeedForm, ReadersForm
from students.support.looking import looks_of_others
from students.support.models import Need
from students.whose import own_student

MEANWHILE = "You changed this on another page meanwhile. Nothing was stored: look at it again."
EVENTS = 50


def own_need(request, pk) -> Need:
    rows = Need.objects.visible_to(request.user).filter(student__user=request.user)
    return get_object_or_404(rows.select_related("student__user", "student__tutor", "kind"), pk=pk)


@role_required(Role.STUDENT)
def support_list(request):
    """Everything on one page: what I wrote, who reads it now, what employers were told, who has looked."""
    student = own_student(request)
    needs = list(Need.objects.filter(student=student))
    for need in needs:
        need.student = student
    context = {
        "student": student,
        "needs": [need for need in needs if need.status != Need.Status.ENDED],
        "ended": [need for need in needs if need.status == Need.Status.ENDED],
        "looks": looks_of_others(needs, student),
        "told": told_to_employers(student, request.user),
    }
    return render(request, "support/support_list.html", context)


@role_required(Role.STUDENT)
def support_add(request):
    """A new one; it is a draft, and nobody else can read it."""
    form = NeedForm(request.POST or None, instance=Need(student=own_student(request)))
    if form.is_valid():
        need = sharing.write_down(form.keep(), by=request.user)
        messages.success(request, "Kept. Only you can read it.")
        return redirect("support_detail", need.pk)
    return render(request, "support/support_add.html", {"form": form}, status=422 if form.errors else 200)


@role_required(Role.STUDENT)
def support_edit(request, pk):
    """Other words. Those who read it see them at once, which the page says."""
    need = own_need(request, pk)
    if need.status == Need.Status.ENDED:
        messages.warning(request, "You said that this is no longer needed. Take it up again first.")
        return redirect("support_detail", pk)
    form, status = NeedForm(request.POST or None, instance=need), 200
    if form.is_valid():
        try:
            changed = sharing.rewrite(form.keep(), by=request.user, seen=form.cleaned_data["seen"] or 0)
            says = f"Changed. Now {need.readers()} can read it." if changed else "Nothing was changed."
            messages.success(request, says)
            return redirect("support_detail", pk)
        except SomebodyWasQuicker:
            form.add_error(None, f"{MEANWHILE} What you typed is still here.")
            status = 409
    elif form.errors:
        status = 422
    return render(request, "support/support_edit.html", {"form": form, "need": need}, status=status)


@role_required(Role.STUDENT)
def support_detail(request, pk):
    """One of them: what it says, who can read it, who has, what happened."""
    need = own_need(request, pk)
    context = {
        "need": need,
        "moves": need.moves(request.user),
        "looks": looks_of_others([need], need.student),
        "told": told_to_employers(need.student, request.user),
        "events": Event.objects.about(need)[:EVENTS],
    }
    return render(request, "support/support_detail.html", context)


@role_required(Role.STUDENT)
def support_share(request, pk):
    """Choose who reads it, with exactly what they will read below the choice."""
    need = own_need(request, pk)
    if need.status == Need.Status.ENDED:
        return redirect("support_detail", pk)
    form, status = ReadersForm(request.POST or None, need=need), 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            sharing.share(need, by=request.user, with_office=data["readers"] == OFFICE, seen=data["seen"])
            messages.success(request, f"Done. Now {need.readers()} can read it.")
            return redirect("support_detail", pk)
        except SomebodyWasQuicker:
            messages.warning(request, MEANWHILE)
            return redirect("support_share", pk)
    elif form.errors:
        status = 422
    return render(request, "support/support_share.html", {"need": need, "form": form}, status=status)


def act(request, pk, verb: str, says: str):
    """Do one of the verbs and say what came of it."""
    need = own_need(request, pk)
    try:
        getattr(need, verb)(by=request.user, seen=seen_in(request.POST))
        messages.success(request, says)
    except SomebodyWasQuicker:
        messages.warning(request, MEANWHILE)
    return redirect("support_detail", pk)


@require_POST
@role_required(Role.STUDENT)
def support_take_back(request, pk):
    return act(request, pk, "take_back", "Taken back. Only you can read it now; what somebody read they may remember.")


@require_POST
@role_required(Role.STUDENT)
def support_end(request, pk):
    return act(request, pk, "end", "Noted. Only you can read it now, and you can take it up again at any time.")


@require_POST
@role_required(Role.STUDENT)
def support_reopen(request, pk):
    return act(request, pk, "reopen", "Taken up again. Only you can read it until you share it.")


@require_POST
@role_required(Role.STUDENT)
def support_remove(request, pk):
    """Throw away what nobody else can read."""
    try:
        sharing.remove(own_need(request, pk))
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("support_detail", pk)
    messages.success(request, "Thrown away. Nothing of it is kept.")
    return redirect("support_list")
