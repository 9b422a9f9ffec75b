"""What makes sure that no place is given twice, and what an accepted place becomes: a planned placement."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from employers.keeping import add_line_manager
from employers.models import Employer
from employers.opportunities.models import Opportunity
from placements.finding.models import Application, Find
from placements.models import PatternDay, Placement
from placements.pattern import write_pattern
from placements.setup.plan import overlapping, problems_together
from portal.history import models as history
from portal.workflow import Refused
from students.frozen import refuse_if_signed_off
from students.models import Student

OFFERED, ACCEPTED = Application.Status.OFFERED, Application.Status.ACCEPTED


def hold_a_place(application: Application):
    """Called by `offer`: refuse to promise more places than there are. Holds the opportunity's row until it is done."""
    opportunity = Opportunity.objects.select_for_update(of=("self",), no_key=True).get(pk=application.opportunity_id)
    offered = Application.objects.filter(opportunity=opportunity, status=OFFERED).count()
    if opportunity.taken >= opportunity.places:
        raise Refused("All places are taken already.")
    if opportunity.taken + offered >= opportunity.places:
        raise Refused(
            "All places that are left are offered already. Wait for the answer, or take that offer back first."
        )


def take_place(application: Application, *, by) -> Placement:
    """Called by `accept`: take one of the places, once, and make the planned placement. Raises Refused with the reason.

    The student's row is held first, so that one student's two offers queue up; then the counter grows only while a
    place is left, so that two students' acceptances do. The constraints of both tables hold the same.
    """
    student = Student.objects.select_for_update(of=("self",), no_key=True).get(pk=application.student_id)
    mine = Application.objects.filter(student=student)
    if mine.filter(search=application.search, status=ACCEPTED).exists():
        raise Refused("You have accepted another place already, and nobody can be in two places.")
    left = Opportunity.objects.filter(pk=application.opportunity_id, taken__lt=F("places"))
    if not left.update(taken=F("taken") + 1):
        raise Refused("Somebody else has taken the last place a moment ago. Talk to your tutor about what is next.")
    placement = plan_placement(application, by=by)
    for other in others_of(application):
        reason = f"Accepted the place at {application.opportunity.employer}"
        (other.decline if other.status == OFFERED else other.withdraw)(by=by, reason=reason)
    return placement


def others_of(application: Application) -> list[Application]:
    """The student's other applications of the same search that are open: accepting this one withdraws them."""
    rows = Application.objects.filter(
        student=application.student_id, search=application.search, status__in=Application.OPEN
    )
    return list(rows.exclude(pk=application.pk).with_people())


def first_day(first_on):
    """The first day of a placement that is agreed today: not in the past."""
    return max(first_on, timezone.localdate())


def plan_placement(application: Application, *, by) -> Placement:
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
    store(placement, by=by)
    days = list(opportunity.days.all())
    if days and not pattern_problems(application.student, opportunity, days):
        write_pattern(placement, placement.first_on, [as_pattern_day(day) for day in days], by=by)
    return placement


def store(placement: Placement, *, by):
    """Store a planned placement. Raises Refused where the student has one there from the same day, or is signed off."""
    refuse_if_signed_off(placement.student_id)
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
    return problems_together(student, days, others, planned.first_on, planned.last_on)


# --- Employers that students found themselves -----------------------------------------------------------------------


@transaction.atomic
def accept_find(find: Find, *, employer: Employer | None, person: dict, details: dict, seen: int, by) -> Placement:
    """Take on an employer that a student found: link `employer`, or keep a new one, with `person` as line manager.

    `details` are first_on, last_on and role of the planned placement. Raises Refused, SomebodyWasQuicker.
    """
    if employer is None:
        employer = Employer(
            provider=find.student.provider,
            name=find.name,
            address=find.address,
            town=find.town,
            postcode=find.postcode,
        )
        history.save(employer, by=by)
    manager = line_manager_at(employer, person, by=by)
    placement = Placement(student=find.student, employer=employer, manager=manager, **details)
    store(placement, by=by)
    find.accept(by=by, seen=seen, employer=employer, placement=placement)
    return placement


def line_manager_at(employer: Employer, person: dict, *, by):
    """A person as a line manager of the employer: the one who has the address already, else a new one."""
    known = employer.line_managers.filter(user__email__iexact=person["email"]).select_related("user").first()
    return known.user if known else add_line_manager(employer, **person, by=by).user
