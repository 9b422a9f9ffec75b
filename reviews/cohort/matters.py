"""What may be the matter with students: one table for the figures, and for the filter of the lists that they open."""

from typing import NamedTuple

from django.db.models import Q


class Matter(NamedTuple):
    """`label` names it in a filter, `counted` beside a number of students; `holds` says of which standings it is so."""

    label: str
    counted: str
    holds: Q


MATTERS = {  # in the order in which a Cell keeps them
    "missing": Matter("A week is missing", "with a week missing", Q(missing=True)),
    "sent_back": Matter("A week came back", "with a week that came back", Q(sent_back__gt=0)),
    "goals": Matter("No agreed goals", "on placement without agreed goals", Q(without_goals__gt=0)),
    "reviews": Matter("A review is overdue", "with a review overdue", Q(meetings__gt=0) | Q(forms__gt=0)),
}
