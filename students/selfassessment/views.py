"""The student answers, sees growth, and decides who else sees it."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.people.models import Role
from students.rating.acts import act, begin_at, begun, gone_on, missing_groups, own_ratings, thrown_away
from students.selfassessment.answering_form import GroupForm, save_answers
from students.selfassessment.growth import growth_of, lowest
from students.selfassessment.growth_chart import growth_chart
from students.selfassessment.models import SelfAssessment, Statement

Status = SelfAssessment.Status
NAMES = "selfassessment"  # how its addresses begin


def own_or_404(request, pk) -> SelfAssessment:
    return get_object_or_404(own_ratings(request, SelfAssessment), pk=pk)


@role_required(Role.STUDENT)
def selfassessment_list(request):
    """All of one's own, with growth from the first to the last."""
    found = list(own_ratings(request, SelfAssessment))
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
    return redirect("selfassessment_edit", begun(request, SelfAssessment).pk, 1)


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
            return gone_on(request, assessment, NAMES, number, len(all_groups))
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


@role_required(Role.STUDENT, Role.TUTOR)
def selfassessment_detail(request, pk):
    """What was answered; for the student also what can be done with it."""
    rows = SelfAssessment.objects.visible_to(request.user).select_related("student__user")
    assessment = get_object_or_404(rows, pk=pk)
    answers = list(assessment.answers.select_related("statement"))
    groups_shown = {}
    for answer in answers:
        groups_shown.setdefault(answer.statement.group, []).append(answer)
    answered = {answer.statement_id for answer in answers}
    is_own = assessment.student.user_id == request.user.pk
    missing = missing_groups(groups(), answered) if is_own and assessment.status == Status.OPEN else []
    context = {
        "assessment": assessment,
        "groups": list(groups_shown.items()),
        "is_own": is_own,
        "moves": assessment.moves(request.user) if is_own else set(),
        "missing": missing,
        "begin_at": begin_at(missing),
    }
    return render(request, "selfassessment/selfassessment_detail.html", context)


@require_POST
@role_required(Role.STUDENT)
def selfassessment_act(request, pk, verb):
    """Finish it, share it, stop sharing it, or open it again."""
    return act(request, own_or_404(request, pk), verb, NAMES)


@require_POST
@role_required(Role.STUDENT)
def selfassessment_remove(request, pk):
    """Throw away one that is not finished."""
    return thrown_away(request, own_or_404(request, pk), NAMES)
