"""The student looks at their own behaviour, sees growth beside what the line manager says, and decides who sees it."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.behaviours.forms import GroupForm, save_group
from placements.behaviours.growth import Growth, shown
from placements.behaviours.models import POINTS, Behaviour, BehaviourReflection, Group, by_group
from portal.access import role_required
from portal.people.models import Role
from students.models import Student
from students.rating.acts import act, begin_at, begun, gone_on, missing_groups, own_ratings, own_student, thrown_away

Status = BehaviourReflection.Status
NAMES = "behaviour"  # how its addresses begin


def own_or_404(request, pk) -> BehaviourReflection:
    return get_object_or_404(own_ratings(request, BehaviourReflection), pk=pk)


def groups() -> list[tuple[str, list[Behaviour]]]:
    """The groups in their order, each with its behaviours as they are worded now. One query."""
    return by_group(Behaviour.objects.current())


@role_required(Role.STUDENT)
def behaviour_list(request):
    """All of one's own, the growth over them, and the line manager's view beside the last one."""
    student = own_student(request)
    found = list(own_ratings(request, BehaviourReflection))
    finished = [one for one in found if one.status != Status.OPEN]
    context = {
        "reflections": found,
        "open": next((one for one in found if one.status == Status.OPEN), None),
        "is_own": True,
    }
    return render(request, "behaviours/behaviour_list.html", context | shown(Growth(finished), student))


@require_POST
@role_required(Role.STUDENT)
def behaviour_begin(request):
    """Begin a new one, or go on with the one that is open (a second press finds it)."""
    return redirect("behaviour_edit", begun(request, BehaviourReflection).pk, 1)


@role_required(Role.STUDENT)
def behaviour_edit(request, pk, number):
    """One group on a screen; saved when one goes on, and by a small script with every choice."""
    reflection = own_or_404(request, pk)
    if reflection.status != Status.OPEN:
        return redirect("behaviour_detail", pk)
    all_groups = groups()
    if not 1 <= number <= len(all_groups):
        raise Http404
    title, behaviours = all_groups[number - 1]
    group = behaviours[0].group
    ratings = dict(reflection.ratings.values_list("behaviour", "value"))
    words = dict(reflection.words.values_list("group", "words")).get(group, "")
    form = GroupForm(behaviours, ratings, words, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        is_valid = form.is_valid()
        save_group(reflection, group, form)
        if request.headers.get("X-Autosave"):
            return told_quietly(form)
        if is_valid:
            return gone_on(request, reflection, NAMES, number, len(all_groups))
    context = {
        "reflection": reflection,
        "form": form,
        "title": title,
        "number": number,
        "of": len(all_groups),
        "scale": POINTS.values(),
        "answered": len(ratings),
        "behaviours": sum(len(some) for _, some in all_groups),
    }
    return render(request, "behaviours/behaviour_edit.html", context, status=422 if form.errors else 200)


def told_quietly(form: GroupForm) -> JsonResponse:
    """What the script says beneath the form."""
    wrong = next((error for errors in form.errors.values() for error in errors), "")
    return JsonResponse({"says": wrong or "Saved."}, status=422 if wrong else 200)


@role_required(Role.STUDENT, Role.TUTOR)
def behaviour_detail(request, pk):
    """What was answered; for the student also what can be done with it."""
    rows = BehaviourReflection.objects.visible_to(request.user).select_related("student__user")
    reflection = get_object_or_404(rows, pk=pk)
    ratings, words = (
        list(reflection.ratings.select_related("behaviour")),
        dict(reflection.words.values_list("group", "words")),
    )
    is_own = reflection.student.user_id == request.user.pk
    rated = {rating.behaviour_id for rating in ratings}
    missing = missing_groups(groups(), rated) if is_own and reflection.status == Status.OPEN else []
    context = {
        "reflection": reflection,
        "groups": [
            (label, [one for one in ratings if one.behaviour.group == group], words.get(group, ""))
            for group, label in Group.choices
        ],
        "is_own": is_own,
        "moves": reflection.moves(request.user) if is_own else set(),
        "missing": missing,
        "begin_at": begin_at(missing),
    }
    return render(request, "behaviours/behaviour_detail.html", context)


@require_POST
@role_required(Role.STUDENT)
def behaviour_act(request, pk, verb):
    """Finish it, share it, stop sharing it, or open it again."""
    return act(request, own_or_404(request, pk), verb, NAMES)


@require_POST
@role_required(Role.STUDENT)
def behaviour_remove(request, pk):
    """Throw away one that is not finished."""
    return thrown_away(request, own_or_404(request, pk), NAMES)


@role_required(Role.TUTOR)
def student_behaviours(request, pk):
    """A student's growth over what they shared, and the line manager's view beside it."""
    tutored = Student.objects.filter(tutor=request.user, provider__in=request.user.providers_as(Role.TUTOR))
    student = get_object_or_404(tutored.select_related("user"), pk=pk)
    shared = list(BehaviourReflection.objects.filter(student=student).handed_in())
    context = {"student": student, "reflections": shared, "is_own": False} | shown(Growth(shared), student)
    return render(request, "behaviours/student_behaviours.html", context)
