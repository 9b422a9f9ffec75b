"""What makes sure that no place is given twice, and what an accepted place becomes: a planned placement.

The verbs of an application call it, so it knows an application only as what it is handed.
"""

from django.db.models import F
from django.utils import timezone

from employers.opportunities.models import Opportunity
from placements.hours.totals import gathered
from placements.models import PatternDay, Placement
from placements.pattern import Pattern, write_pattern
from placements.setup.plan import overlapping, problems_together
from portal.history import models as history
from portal.workflow import Refused
from students.frozen import refuse_if_frozen
from students.models import Student


def hold_a_place(application):
    """Called by `offer`: refuse to promise more places than there are. Holds the opportunity's row until it is done."""
    opportunity = Opportunity.objects.select_for_update(of=("self",), no_key=True).get(pk=application.opportunity_id)
    offered = opportunity.applications.filter(status=application.Status.OFFERED).count()
    if opportunity.taken >= opportunity.places:
        raise Refused("All places are taken already.")
    if opportunity.taken + offered >= opportunity.places:
        raise Refused(
            "All places that are left are offered already. Wait for the answer, or take that offer back first."
        )


def take_place(application, *, by) -> Placement:
    """Called by `accept`: take one of the places, once, and make the planned placement. Raises Refused with the reason.

    The student's row is held first, so that one student's two offers queue up; then the counter grows only while a
    place is left, so that two students' acceptances do. The constraints of both tables hold the same.
    """
    student = Student.objects.select_for_update(of=("self",), no_key=True).get(pk=application.student_id)
    if student.applications.filter(search=application.search, status=application.Status.ACCEPTED).exists():
        raise Refused("You have accepted another place already, and nobody can be in two places.")
    left = Opportunity.objects.filter(pk=application.opportunity_id, taken__lt=F("places"))
    if not left.update(taken=F("taken") + 1):
        raise Refused("Somebody else has taken the last place a moment ago. Talk to your tutor about what is next.")
    placement = plan_placement(application, by=by)
    for other in others_of(application):
        reason = f"Accepted the place at {application.opportunity.employer}"
        (other.decline if other.status == other.Status.OFFERED else other.withdraw)(by=by, reason=reason)
    return placement


def others_of(application) -> list:
    """The student's other applications of the same search that are open: accepting this one withdraws them."""
    rows = application.student.applications.filter(search=application.search, status__in=application.OPEN)
    return list(rows.exclude(pk=application.pk).with_people())


def first_day(first_on):
    """The first day of a placement that is agreed today: not in the past."""
    return max(first_on, timezone.localdate())


def plan_placement(application, *, by) -> Placement:
    """The planned placement with everything that is known. A pattern that breaks working time is left out."""
    opportunity = application.opportunity
    first_on = first_day(opportunity.first_on)
    if opportunity.last_on < first_on:
        raise Refused(f"The last day of this place was {opportunity.last_on:%-d %B %Y}. Talk to your tutor.")
    placement = Placement(
        student=application.student,
        employer=opportunity.employer,
        site=opportunity.site,
        manager=opportunity.manager,
        role=opportunity.role,
        first_on=first_on,
        last_on=opportunity.last_on,
    )
    days = list(opportunity.days.all())
    with gathered():
        store(placement, by=by)
        if days and not pattern_problems(application.student, opportunity, days):
            write_pattern(placement, placement.first_on, [as_pattern_day(day) for day in days], by=by)
    return placement


def store(placement: Placement, *, by):
    """Store a planned placement. Raises Refused where the student has one there from the same day, or is signed off."""
    refuse_if_frozen(placement.student_id)
    same = Placement.objects.filter(student=placement.student, employer=placement.employer, first_on=placement.first_on)
    if same.exists():
        raise Refused(f"There is a placement with {placement.employer} from this day already.")
    history.save(placement, by=by)


def as_pattern_day(day) -> PatternDay:
    return PatternDay(weekday=day.weekday, starts=day.starts, finishes=day.finishes, break_minutes=day.break_minutes)


def pattern_problems(student: Student, opportunity: Opportunity, days=None) -> list[str]:
    """Why this student may not work the pattern of an opportunity, as sentences; [] if they may. One query or two."""
    days = list(opportunity.days.all()) if days is None else days
    first_on = first_day(opportunity.first_on)
    if not days or opportunity.last_on < first_on:
        return []
    planned = Placement(student=student, first_on=first_on, last_on=opportunity.last_on)
    others = overlapping(planned, planned.first_on, planned.last_on)
    return problems_together(student, Pattern.of([(first_on, days)]), others, planned.first_on, planned.last_on)
