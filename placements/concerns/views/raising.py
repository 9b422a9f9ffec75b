"""'Something is wrong': choose what it is about, read what usually helps and what happens, tell it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from placements.concerns.forms import AccidentForm, TellForm
from placements.concerns.models import Concern, ConcernKind
from placements.concerns.raising import raise_concern
from placements.models import Placement
from portal.access import role_required
from students.whose import own_student


@role_required("student")
def concern_new(request):
    """Which kind it is; links, so that one press is enough."""
    student = own_student(request)
    context = {
        "student": student,
        "kinds": ConcernKind.objects.current(),
        "has_own": Concern.objects.filter(student=student).exists(),
    }
    return render(request, "concerns/concern_new.html", context)


@role_required("student")
def concern_add(request, kind):
    """What helps, what happens, and a few words."""
    chosen = get_object_or_404(ConcernKind, pk=kind)
    if chosen.replaced_at:
        chosen = get_object_or_404(ConcernKind.objects.current(), code=chosen.code)
        if request.method == "GET":
            return redirect("concern_add", chosen.pk)
    student = own_student(request)
    rows = Placement.objects.filter(student=student).select_related("employer").order_by("first_on")
    posted = request.POST or None
    form = TellForm(posted, student=student, placements=in_use_first(rows), kind=chosen)
    accident = None
    if chosen.is_accident:
        accident = AccidentForm(posted, initial={"happened_on": timezone.localdate()}, student=student)
    if form.is_valid() and (accident is None or accident.is_valid()):
        return told(request, student, chosen, form.cleaned_data, accident)
    context = {
        "kind": chosen,
        "student": student,
        "form": form,
        "accident": accident,
        "due_at": chosen.due_from(timezone.now()),
        "goes_to_office": Concern(student=student).tutor is None,
    }
    return render(request, "concerns/concern_add.html", context, status=422 if posted else 200)


def in_use_first(placements) -> list[Placement]:
    """Active placements before planned ones; the ended last."""
    order = [Placement.Status.ACTIVE, Placement.Status.PLANNED, Placement.Status.ENDED]
    return sorted(placements, key=lambda placement: order.index(placement.status))


def told(request, student, kind: ConcernKind, data: dict, accident: AccidentForm | None):
    """Store it, and lead to its page."""
    concern = raise_concern(student, kind, accident=accident.instance if accident else None, **data)
    who = concern.owner.name if concern.owner else "The placement office"
    messages.success(request, f"Told. {who} reads this, and owes you an answer {kind.promise()}.")
    return redirect("concern_detail", concern.pk)
