"""The student looks at their own behaviour, sees growth beside what the line manager says, and decides who sees it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.behaviours.forms import GroupForm, save_group
from placements.behaviours.growth import Growth, shown
from placements.behaviours.models import POINTS, Behaviour, BehaviourReflection, Group, by_group
from portal.access import role_required
from portal.form_merged import one_save_at_a_time
from portal.people.models import Role
from portal.posted import is_quiet
from students.rating import acts
from students.steps import step_or_404
from students.whose import own_student, tutored_student

Status = BehaviourReflection.Status
NAMES = "behaviour"  # how its addresses begin


def groups() -> list[tuple[str, list[Behaviour]]]:
    """The groups in their order, each with its behaviours as they are worded now. One query."""
    return by_group(Behaviour.objects.current())


@role_required(Role.STUDENT)
def behaviour_list(request):
    """All of one's own, the growth over them, and the line manager's view beside the last one."""
    student = own_student(request)
    found = list(acts.own_ratings(request, BehaviourReflection))
    finished = [one for one in found if one.status != Status.OPEN]
    context = {"reflections": found, "open": acts.open_among(found), "is_own": True}
    return render(request, "behaviours/behaviour_list.html", context | shown(Growth(finished), student))


@require_POST
@role_required(Role.STUDENT)
def behaviour_begin(request):
    """Begin a new one, or go on with the one that is open (a second press finds it)."""
    return redirect("behaviour_edit", acts.begun(request, BehaviourReflection).pk, 1)


@role_required(Role.STUDENT)
@one_save_at_a_time
def behaviour_edit(request, pk, number):
    """One group on a screen; saved when one goes on, and by a small script with every choice."""
    reflection = acts.own_or_404(request, BehaviourReflection, pk)
    if reflection.status != Status.OPEN:
        return acts.led_away(request, reflection, NAMES)
    step = step_or_404(groups(), number)
    group = step.questions[0].group
    ratings = dict(reflection.ratings.values_list("behaviour", "value"))
    words = dict(reflection.words.values_list("group", "words")).get(group, "")
    form = GroupForm(step.questions, ratings, words, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        is_valid = form.is_valid()
        save_group(reflection, group, form)
        if is_quiet(request):
            return form.told_quietly()
        if is_valid:
            return acts.gone_on(request, reflection, NAMES, step)
    context = {
        "reflection": reflection,
        "form": form,
        "step": step,
        "scale": POINTS.values(),
        "answered": len(ratings),
    }
    return render(request, "behaviours/behaviour_edit.html", context, status=422 if form.errors else 200)


@role_required(Role.STUDENT, Role.TUTOR)
def behaviour_detail(request, pk):
    """What was answered; for the student also what can be done with it."""
    rows = BehaviourReflection.objects.visible_to(request.user).select_related("student__user")
    reflection = get_object_or_404(rows, pk=pk)
    ratings = list(reflection.ratings.select_related("behaviour"))
    words = dict(reflection.words.values_list("group", "words"))
    rated = {rating.behaviour_id for rating in ratings}
    context = {
        "reflection": reflection,
        "groups": [
            (label, [one for one in ratings if one.behaviour.group == group], words.get(group, ""))
            for group, label in Group.choices
        ],
    }
    context |= acts.what_can_be_done(request, reflection, groups, rated)
    return render(request, "behaviours/behaviour_detail.html", context)


@require_POST
@role_required(Role.STUDENT)
def behaviour_act(request, pk, verb):
    """Finish it, share it, stop sharing it, or open it again."""
    return acts.act(request, acts.own_or_404(request, BehaviourReflection, pk), verb, NAMES)


@require_POST
@role_required(Role.STUDENT)
def behaviour_remove(request, pk):
    """Throw away one that is not finished."""
    return acts.thrown_away(request, acts.own_or_404(request, BehaviourReflection, pk), NAMES)


@role_required(Role.TUTOR)
def student_behaviours(request, pk):
    """A student's growth over what they shared, and the line manager's view beside it."""
    student = tutored_student(request, pk)
    shared = list(BehaviourReflection.objects.filter(student=student).handed_in())
    context = {"student": student, "reflections": shared, "is_own": False} | shown(Growth(shared), student)
    return render(request, "behaviours/student_behaviours.html", context)
