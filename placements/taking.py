"""What a student takes along of where they were."""

from placements.models import Placement
from portal.taking import Part, listing, table, takes


@takes(10, "Placements")
def placements(student, user, wanted):
    """Every placement, the oldest first."""
    rows = list(own_placements(student, user))
    if not rows:
        return None
    shown = table(
        "placements",
        rows,
        Kind="get_kind_display",
        Employer="employer.name",
        Role="role",
        From="first_on",
        To="last_on",
        Line_manager="manager.name",
    )
    everything = table(
        "placements",
        rows,
        Kind="get_kind_display",
        Employer="employer.name",
        Site="site",
        Role="role",
        Departments="departments",
        First_day="first_on",
        Last_day="last_on",
        Pay_and_expenses="get_pay_display",
        Line_manager="manager.name",
        Status="sentence",
        Reason_for_ending="ended_because",
    )
    return Part(sheets=[listing("Placements", shown)], tables=[everything])


def own_placements(student, user):
    """The placements of this record, oldest first."""
    return Placement.objects.visible_to(user).filter(student=student).with_people().order_by("first_on", "pk")
