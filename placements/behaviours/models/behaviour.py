"""Professional behaviours, the 27 of the guidance and whatever follows: versioned data for logbook and reviews."""

from django.db import models

from portal.versions import Versioned


class Group(models.TextChoices):
    PROFESSIONALISM = "professionalism", "Being professional"
    RESULTS = "results", "Producing results"
    TEAM = "team", "Working in a team"
    COMMUNICATION = "communication", "Communicating well"
    RESPONSIBILITY = "responsibility", "Taking responsibility"


class Behaviour(Versioned):
    """One statement about how somebody behaves at work, in one wording (27 in 5 groups ship, from the guidance)."""

    group = models.CharField("group", max_length=15, choices=Group)

    class Meta(Versioned.Meta):
        verbose_name = "professional behaviour"


def by_group(behaviours) -> list[tuple[str, list[Behaviour]]]:
    """(name of the group, its behaviours), in the order of the list; groups without one are left out."""
    found = {}
    for behaviour in behaviours:
        found.setdefault(behaviour.get_group_display(), []).append(behaviour)
    return list(found.items())
