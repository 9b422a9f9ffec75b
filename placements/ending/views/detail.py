"""The overview of an ending, as student, staff and manager see it; the points not to forget."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.checklists.forms import ChecklistForm, save_answers
from placements.checklists.lines import lines_of, ticks_of
from placements.checklists.models import Checklist
from placements.ending import doing
from placements.ending.models import Reference, is_open_on, opens_on
from placements.ending.views.common import for_student
from placements.models import Placement
from portal.asks.models import Ask
from portal.people.models import STAFF
from portal.posted import is_quiet

OWN = ["reflection", "presentation", "letter", "feedback"]


def ending_detail(request, pk):
    """What is to be done before the last day, and how far it is. Each reader sees their part."""
    rows = Placement.objects.visible_to(request.user).with_people().select_related(*OWN)
    placement = get_object_or_404(rows, pk=pk)
    relations = placement.relations(request.user)
    today = timezone.localdate()
    context = {
        "placement": placement,
        "is_open": is_open_on(placement, today),
        "opens_on": opens_on(placement),
        "is_past": placement.last_on < today or placement.status == Placement.Status.ENDED,
    }
    if context["is_open"]:
        handovers = [row for row in placement.handovers.all() if row.removed_at is None]
        handed_over = sum(row.done_at is not None for row in handovers)
        says = f"{handed_over} of {len(handovers)} handed over"
        context |= {"handovers": handovers, "handed_over": handed_over, "handover_says": says}
        if "student" in relations:
            return render(request, "ending/ending_detail.html", context | for_the_student(placement))
        if relations & STAFF:
            return render(request, "ending/ending_staff.html", context | for_staff(placement, relations))
    context["reference"] = reference_of(placement, request.user) if relations == {"manager"} else None
    return render(request, "ending/ending_outline.html", context)


def reference_of(placement, manager):
    """The newest reference that this manager was asked for."""
    return placement.references.filter(manager=manager).standing().select_related("manager").first()


def parts_of(placement) -> dict:
    """Own records of the placement; None where there is none yet or it was removed."""
    found = {name: getattr(placement, name, None) for name in OWN}
    if found["presentation"] and found["presentation"].removed_at:
        found["presentation"] = None
    references = placement.references.standing().select_related("manager")
    return found | {"references": references, "reference": next(iter(references), None)}


def for_the_student(placement) -> dict:
    form = ChecklistForm(lines_of(placement, Checklist.ENDING), only_ticks=True)
    return parts_of(placement) | {"form": form}


def for_staff(placement, relations) -> dict:
    """Without what is the student's alone: the letter, and a reflection that is not shared with this reader."""
    found = parts_of(placement)
    del found["letter"]
    if not (found["reflection"] and found["reflection"].shared_at and "tutor" in relations):
        found["reflection"] = None
    reference = found["reference"]
    is_asked = reference is not None and reference.status == Reference.Status.ASKED
    found["asks"] = Ask.objects.about(reference) if is_asked else []
    found["answers"] = found["feedback"].answers.all() if found["feedback"] else []
    found["ticks"] = ticks_of(placement, Checklist.ENDING)
    found["is_tutor"] = "tutor" in relations
    return found


@require_POST
@for_student
def ending_points(request, placement):
    """Keep the ticks; only those changed where the page sends them by itself."""
    lines = lines_of(placement, Checklist.ENDING)
    if only := request.POST.getlist("only"):
        lines = [line for line in lines if str(line.point.pk) in only]
    form = ChecklistForm(lines, request.POST, only_ticks=True)
    save_answers(placement, form, by=request.user)
    if is_quiet(request):
        answered = sum(line.tick is not None for line in lines_of(placement, Checklist.ENDING))
        return JsonResponse({"says": "Saved", "answered": answered})
    messages.success(request, "Your ticks are saved.")
    return redirect("ending_detail", placement.pk)


@require_POST
@for_student
def manager_to_contacts(request, placement):
    """Put the line manager on the student's own list of contacts."""
    contact = doing.manager_as_contact(placement)
    if contact is None:
        messages.warning(request, "No line manager is named here. You can add whom you like yourself.")
        return redirect("contact_add")
    messages.success(request, f"{contact} is on your list of contacts. Add what you want to remember.")
    return redirect("contact_edit", contact.pk)
