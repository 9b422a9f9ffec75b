"""The student answers, sees growth, and decides who else sees it."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.people.models import Role
from portal.workflow import Refused, SomebodyWasQuicker
from students.models import Student
from students.selfassessment.answering_form import GroupForm, save_answers
from students.selfassessment.growth import growth_of, lowest
from students.selfassessment.growth_chart import growth_chart
from students.selfassessment.models import SelfAssessment, Statement

Status = SelfAssessment.Status


def own_selfassessments(request):
    rows = SelfAssessment.objects.visible_to(request.user).filter(student__user=request.user)
    return rows.filter(student__provider=request.desk.provider_id).select_related("student")


def own_or_404(request, pk) -> SelfAssessment:
    return get_object_or_404(own_selfassessments(request), pk=pk)


@role_required(Role.STUDENT)
def selfassessment_list(request):
    """All of one's own, with growth from the first to the last."""
    found = list(own_selfassessments(request))
    finished = [one for one in found if one.status != Status.OPEN]
    changes = growth_of(finished)
    context = {
        "assessments": found,
        "open": next((one for one in found if one.status == Status.OPEN), None),
        "changes": changes,
        "chart": growth_chart(changes, times=len(finished)),
        "times": len(finished),
        "lowest": lowest(changes),
    }
    return render(request, "selfassessment/selfassessment_list.html", context)


@require_POST
@role_required(Role.STUDENT)
def selfassessment_begin(request):
    """Begin a new one, or go on with the one that is open (a second press finds it)."""
    own = Student.objects.visible_to(request.user).filter(user=request.user, provider=request.desk.provider_id)
    student = get_object_or_404(own)
    try:
        with transaction.atomic():
            begun = SelfAssessment.objects.create(student=student)
    except IntegrityError:
        begun = own_selfassessments(request).get(status=Status.OPEN)
    return redirect("selfassessment_edit", begun.pk, 1)


def groups() -> list[tuple[str, list[Statement]]]:
    """The groups in their order, each with its statements. One query."""
    found = {}
    for statement in Statement.objects.filter(retired_at=None):
        found.setdefault(statement.group, []).append(statement)
    return list(found.items())


@role_required(Role.STUDENT)
def selfassessment_edit(request, pk, number):
    """One group on a screen; saved when one goes on, and by a small script with every choice."""
    assessment = own_or_404(request, pk)
    if assessment.status != Status.OPEN:
        return redirect("selfassessment_detail", pk)
    all_groups = groups()
    if not 1 <= number <= len(all_groups):
        raise Http404
    title, statements = all_groups[number - 1]
    answers = dict(assessment.answers.values_list("statement", "value"))
    form = GroupForm(statements, answers, request.POST or None)
    if request.method == "POST":
        is_valid = form.is_valid()
        save_answers(assessment, form.given())
        if request.headers.get("X-Autosave"):
            return JsonResponse({"says": "Saved."})
        if is_valid:
            return gone_on(request, assessment, number, len(all_groups))
    context = {
        "assessment": assessment,
        "form": form,
        "title": title,
        "part": statements[0].get_part_display(),
        "number": number,
        "of": len(all_groups),
        "answered": len(answers),
        "statements": sum(len(some) for _, some in all_groups),
    }
    return render(request, "selfassessment/selfassessment_edit.html", context, status=422 if form.errors else 200)


def gone_on(request, assessment, number: int, of: int):
    """Where 'Save and go on' leads: the next group, then the page on which it is finished."""
    if request.POST.get("do") == "back" and number > 1:
        return redirect("selfassessment_edit", assessment.pk, number - 1)
    if request.POST.get("do") == "later":
        messages.success(request, "Saved. You can go on whenever you like.")
        return redirect("selfassessment_list")
    if number < of:
        return redirect("selfassessment_edit", assessment.pk, number + 1)
    return redirect("selfassessment_detail", assessment.pk)


@role_required(Role.STUDENT, Role.TUTOR)
def selfassessment_detail(request, pk):
    """What was answered; for the student also what can be done with it."""
    rows = SelfAssessment.objects.visible_to(request.user).select_related("student__user")
    assessment = get_object_or_404(rows, pk=pk)
    answers = list(assessment.answers.select_related("statement"))
    groups_shown = {}
    for answer in answers:
        groups_shown.setdefault(answer.statement.group, []).append(answer)
    is_own = assessment.student.user_id == request.user.pk
    context = {
        "assessment": assessment,
        "groups": list(groups_shown.items()),
        "is_own": is_own,
        "moves": assessment.moves(request.user) if is_own else set(),
        "missing": missing_groups(assessment, answers) if is_own and assessment.status == Status.OPEN else [],
    }
    return render(request, "selfassessment/selfassessment_detail.html", context)


def missing_groups(assessment, answers) -> list[tuple[int, str, int]]:
    """(number of the group, its title, how many answers are missing), as links to where they are given."""
    done = {answer.statement_id for answer in answers}
    found = []
    for number, (title, statements) in enumerate(groups(), 1):
        if missing := sum(1 for statement in statements if statement.pk not in done):
            found.append((number, title, missing))
    return found


SAYS = {
    "finish": "Finished. Only you see it, until you share it with your tutor.",
    "hand_in": "Your tutor can see it now.",
    "take_back": "Your tutor does not see it any more.",
    "reopen": "Open again: change what you like.",
}


def act(request, pk, verb: str):
    """Do one of the verbs and say what came of it."""
    assessment = own_or_404(request, pk)
    try:
        getattr(assessment, verb)(by=request.user)
        messages.success(request, SAYS[verb])
    except Refused as refused:
        messages.error(request, str(refused))
    except SomebodyWasQuicker:
        pass  # a second press: it is done already
    return redirect("selfassessment_detail", pk)


@require_POST
@role_required(Role.STUDENT)
def selfassessment_finish(request, pk):
    return act(request, pk, "finish")


@require_POST
@role_required(Role.STUDENT)
def selfassessment_hand_in(request, pk):
    return act(request, pk, "hand_in")


@require_POST
@role_required(Role.STUDENT)
def selfassessment_take_back(request, pk):
    return act(request, pk, "take_back")


@require_POST
@role_required(Role.STUDENT)
def selfassessment_reopen(request, pk):
    return act(request, pk, "reopen")


@require_POST
@role_required(Role.STUDENT)
def selfassessment_remove(request, pk):
    """Throw away one that is not finished."""
    assessment = own_or_404(request, pk)
    if assessment.status == Status.OPEN:
        assessment.delete()
        messages.success(request, "Thrown away. You can begin again whenever you like.")
    else:
        messages.error(request, "This one is finished, so it stays: your growth is counted from it.")
    return redirect("selfassessment_list")
