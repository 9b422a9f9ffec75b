"""The action plan: the student's, with the tutor's comments."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import record
from portal.pdf import logo_uri, pdf_response
from portal.people.models import Role
from students.actions.forms import ActionForm, CommentForm
from students.actions.models import Action, Comment
from students.actions.sources import Source, source_of
from students.models import Student
from students.whose import own_student, tutored_student

PAGE = 50


def own_action(request, pk) -> Action:
    return get_object_or_404(Action.objects.visible_to(request.user), pk=pk, student__user=request.user)


def listed(request, student: Student) -> dict:
    """A page of a plan: what is open, the next due first, then what is done."""
    rows = Action.objects.filter(student=student).prefetch_related("comments")
    rows = rows.order_by(F("done_on").desc(nulls_first=True), "due_on", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    actions = list(page)
    return {
        "page": page,
        "open": [action for action in actions if not action.done_on],
        "done": [action for action in actions if action.done_on],
    }


@role_required(Role.STUDENT)
def action_list(request):
    """The student's own plan."""
    context = listed(request, own_student(request))
    return render(request, "actions/action_list.html", context | {"is_own": True})


@role_required(Role.STUDENT)
def action_add(request):
    """A new one, free or from what another room has to improve (students.actions.sources)."""
    found = source_of(request.user, request.GET) or Source("")
    action = Action(student=own_student(request), about=found.about, improve=found.improve, due_on=found.due_on)
    form = ActionForm(request.POST if request.method == "POST" else None, instance=action)
    del form.fields["progress"]
    if form.is_valid():
        with transaction.atomic():
            again = Action.objects.filter(student=action.student, improve=action.improve, due_on=action.due_on).exists()
            if not again:  # a second press of the button is no second action
                form.save()
                record(action, "added it", by=request.user)
        messages.success(request, "It is in your plan.")
        return redirect("action_list")
    context = {"form": form, "action": action}
    return render(request, "actions/action_add.html", context, status=422 if form.errors else 200)


@role_required(Role.STUDENT)
def action_edit(request, pk):
    action = own_action(request, pk)
    form = ActionForm(request.POST or None, instance=action)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("action_detail", pk)
    context = {"form": form, "action": action}
    return render(request, "actions/action_edit.html", context, status=422 if form.errors else 200)


@role_required(Role.STUDENT, Role.TUTOR)
def action_detail(request, pk):
    """One action with its comments, for the student and the tutor; a comment is sent to it."""
    action = get_object_or_404(Action.objects.visible_to(request.user).select_related("student__user"), pk=pk)
    form = CommentForm(request.POST or None, instance=Comment(action=action, by=request.user))
    if form.is_valid():
        form.instance.by_name = request.user.name
        if not action.comments.filter(by=request.user, words=form.instance.words).exists():
            form.save()
        messages.success(request, "Your comment stands below.")
        return redirect("action_detail", pk)
    context = {
        "action": action,
        "comments": list(action.comments.all()),
        "form": form,
        "is_own": action.student.user_id == request.user.pk,
    }
    return render(request, "actions/action_detail.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(Role.STUDENT)
def action_done(request, pk):
    """Done, or not done after all."""
    action = own_action(request, pk)
    action.done_on = None if action.done_on else timezone.localdate()
    action.save(update_fields=["done_on"])
    messages.success(request, "Well done." if action.done_on else "It is open again.")
    return redirect("action_list")


@require_POST
@role_required(Role.STUDENT)
def action_remove(request, pk):
    """Take it out of the plan. One that the tutor wrote to stays."""
    action = own_action(request, pk)
    if action.comments.exclude(by=request.user).exists():
        messages.error(request, "Your tutor wrote to this one, so it stays. You can mark it as done.")
        return redirect("action_detail", pk)
    action.delete()
    messages.success(request, f"“{action.improve}” is out of your plan.")
    return redirect("action_list")


@role_required(Role.TUTOR)
def student_actions(request, pk):
    """A student's plan, for the tutor."""
    student = tutored_student(request, pk)
    context = listed(request, student) | {"is_own": False, "student": student}
    return render(request, "actions/student_actions.html", context)


@role_required(Role.STUDENT)
def action_list_pdf(request):
    """The plan on paper."""
    student = own_student(request)
    actions = list(Action.objects.filter(student=student).prefetch_related("comments"))
    context = {
        "student": student,
        "actions": actions,
        "provider": student.provider,
        "logo": logo_uri(student.provider),
        "made_at": timezone.now(),
    }
    return pdf_response(request, "print/action_plan.html", context, f"Action plan {student.name}.pdf")
