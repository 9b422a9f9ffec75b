"""'I found an employer myself': the student tells, the placement office checks."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.finding.find_forms import FindAcceptForm, FindForm, FindTurnDownForm
from placements.finding.models import Find
from placements.finding.taking_on import accept_find
from placements.finding.views.places import student_of
from portal.access import role_required
from portal.history import models as history
from portal.history.models import Event
from portal.people.models import Role
from portal.posted import seen_in
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker
from students.frozen import refuse_if_frozen

PAGE = 50


@role_required(Role.TUTOR, Role.COORDINATOR)
def find_list(request):
    """Employers that students found, those to be checked first."""
    rows = Find.objects.visible_to(request.user).filter(student__provider=request.desk.provider_id)
    if request.desk.role == Role.TUTOR:
        rows = rows.filter(student__tutor=request.user)
    page = Paginator(rows.with_people().order_by("status", "made_at", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "finding/find_list.html", {"page": page})


@role_required(Role.STUDENT)
def find_add(request):
    """Tell of an employer."""
    student = student_of(request)
    form = FindForm(request.POST or None, instance=Find(student=student))
    if request.method == "POST" and form.is_valid():
        try:
            told(form.instance, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Thank you. The placement office looks at it, and you get a mail.")
            return redirect(form.instance)
    context = {"form": form, "student": student}
    return render(request, "finding/find_add.html", context, status=422 if form.errors else 200)


@transaction.atomic
def told(find: Find, *, by):
    """Store what a student tells of an employer. Raises Refused where the record is frozen."""
    refuse_if_frozen(find.student_id)
    find.save()
    history.record(find, "told of it", by=by)


def find_or_404(request, pk) -> Find:
    return get_object_or_404(Find.objects.visible_to(request.user).with_people(), pk=pk)


def find_detail(request, pk):
    find = find_or_404(request, pk)
    context = {"find": find, "moves": find.moves(request.user), "is_student": find.student.user_id == request.user.pk}
    context["events"] = Event.objects.about(find)[:50]
    return render(request, "finding/find_detail.html", context)


@role_required(Role.STUDENT)
def find_edit(request, pk):
    """Change what was told, while nobody has accepted it; what was turned down or taken back is sent again by that."""
    find = get_object_or_404(Find.objects.visible_to(request.user).with_people(), pk=pk, student__user=request.user)
    if find.status == Find.Status.ACCEPTED:
        messages.warning(request, "This is accepted already. Talk to your tutor about changes.")
        return redirect(find)
    form = FindForm(request.POST or None, instance=find)
    if request.method == "POST" and form.is_valid():
        try:
            change(find, seen=seen_in(request.POST), by=request.user)
        except (Refused, SomebodyWasQuicker) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is changed, and with the placement office.")
            return redirect(find)
    context = {"form": form, "find": find, "seen": request.POST.get("seen") or find.version}
    return render(request, "finding/find_edit.html", context, status=422 if form.errors else 200)


@transaction.atomic
def change(find: Find, *, seen: int, by):
    """Store what was changed, under the version that was seen. Raises Refused where the record is frozen."""
    refuse_if_frozen(find.student_id)
    if find.version != seen:
        raise SomebodyWasQuicker(find)
    fresh = Find.objects.select_for_update(of=("self",)).get(pk=find.pk)
    if fresh.version != seen:
        raise SomebodyWasQuicker(find)
    find.version = seen + 1
    history.save(find, by=by)
    if find.status != Find.Status.ASKED:
        find.send_again(by=by)


@require_POST
@role_required(Role.STUDENT)
def find_withdraw(request, pk):
    """Take it back."""
    find = find_or_404(request, pk)
    try:
        find.withdraw(by=request.user, seen=seen_in(request.POST))
        messages.success(request, "Taken back.")
    except SomebodyWasQuicker as quicker:
        messages.warning(request, str(quicker))
    return redirect(find)


def find_to_decide(request, pk) -> Find:
    """The find, for its own placement office."""
    find = find_or_404(request, pk)
    if "coordinator" not in find.relations(request.user):
        raise Http404
    return find


@role_required(Role.COORDINATOR)
def find_accept(request, pk):
    """Take the employer on, new or known already, and plan the placement."""
    find = find_to_decide(request, pk)
    if find.status != Find.Status.ASKED:
        messages.warning(request, f"That is not possible now. {full_stop(find.sentence())}")
        return redirect(find)
    form = FindAcceptForm(request.POST or None, find=find)
    if request.method == "POST" and form.is_valid():
        try:
            placement = accept_find(find, **form.details(), seen=seen_in(request.POST), by=request.user)
        except (Refused, SomebodyWasQuicker) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{find.name} is taken on. Now set the placement up.")
            return redirect("placement_detail", placement.pk)
    context = {"form": form, "find": find, "seen": request.POST.get("seen") or find.version}
    return render(request, "finding/find_accept.html", context, status=422 if form.errors else 200)


@role_required(Role.COORDINATOR)
def find_turn_down(request, pk):
    """Say no, with a reason."""
    find = find_to_decide(request, pk)
    form = FindTurnDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            find.turn_down(by=request.user, seen=seen_in(request.POST), **form.cleaned_data)
        except (Refused, SomebodyWasQuicker) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{find.student.name} is told.")
            return redirect(find)
    context = {"form": form, "find": find, "seen": request.POST.get("seen") or find.version}
    return render(request, "finding/find_turn_down.html", context, status=422 if form.errors else 200)
