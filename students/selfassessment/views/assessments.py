"""The student answers, sees growth, and decides who else sees it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.form_merged import one_save_at_a_time
from portal.people.models import Role
from portal.posted import is_quiet
from students.rating import acts
from students.rating.growth import lowest
from students.selfassessment.answering_form import GroupForm, save_answers
from students.selfassessment.growth import growth_of, in_short
from students.selfassessment.growth_chart import growth_chart
from students.selfassessment.models import SelfAssessment, Statement
from students.steps import step_or_404

Status = SelfAssessment.Status
NAMES = "selfassessment"  # how its addresses begin


@role_required(Role.STUDENT)
def selfassessment_list(request):
    """All of one's own, with growth from the first to the last."""
    found = list(acts.own_ratings(request, SelfAssessment))
    finished = [one for one in found if one.status != Status.OPEN]
    changes = growth_of(finished)
    context = {
        "assessments": found,
        "open": acts.open_among(found),
        "changes": changes,
        "in_short": in_short(changes),
        "chart": growth_chart(changes, times=len(finished)),
        "times": len(finished),
        "lowest": lowest(changes),
    }
    return render(request, "selfassessment/selfassessment_list.html", context)


@require_POST
@role_required(Role.STUDENT)
def selfassessment_begin(request):
    """Begin a new one, or go on with the one that is open (a second press finds it)."""
    return redirect("selfassessment_edit", acts.begun(request, SelfAssessment).pk, 1)


def groups() -> list[tuple[str, list[Statement]]]:
    """The groups in their order, each with its statements. One query."""
    found = {}
    for statement in Statement.objects.filter(retired_at=None):
        found.setdefault(statement.group, []).append(statement)
    return list(found.items())


@role_required(Role.STUDENT)
@one_save_at_a_time
def selfassessment_edit(request, pk, number):
    """One group on a screen; saved when one goes on, and by a small script with every choice."""
    assessment = acts.own_or_404(request, SelfAssessment, pk)
    if assessment.status != Status.OPEN:
        return acts.led_away(request, assessment, NAMES)
    step = step_or_404(groups(), number)
    answers = dict(assessment.answers.values_list("statement", "value"))
    form = GroupForm(step.questions, answers, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        is_valid = form.is_valid()
        save_answers(assessment, form.given())
        if is_quiet(request):
            return form.told_quietly()
        if is_valid:
            return acts.gone_on(request, assessment, NAMES, step)
    context = {
        "assessment": assessment,
        "form": form,
        "step": step,
        "part": step.questions[0].get_part_display(),
        "answered": len(answers),
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
    context = {"assessment": assessment, "groups": list(groups_shown.items())}
    context |= acts.what_can_be_done(request, assessment, groups, answered)
    return render(request, "selfassessment/selfassessment_detail.html", context)


@require_POST
@role_required(Role.STUDENT)
def selfassessment_act(request, pk, verb):
    """Finish it, share it, stop sharing it, or open it again."""
    return acts.act(request, acts.own_or_404(request, SelfAssessment, pk), verb, NAMES)


@require_POST
@role_required(Role.STUDENT)
def selfassessment_remove(request, pk):
    """Throw away one that is not finished."""
    return acts.thrown_away(request, acts.own_or_404(request, SelfAssessment, pk), NAMES)
