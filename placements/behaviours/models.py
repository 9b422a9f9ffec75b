"""Professional behaviours, the 27 of the guidance and whatever follows: versioned data for logbook and reviews."""

from django.db import models, transaction
from django.utils import timezone


class Group(models.TextChoices):
    PROFESSIONALISM = "professionalism", "Being professional"
    RESULTS = "results", "Producing results"
    TEAM = "team", "Working in a team"
    COMMUNICATION = "communication", "Communicating well"
    RESPONSIBILITY = "responsibility", "Taking responsibility"


class BehaviourQuerySet(models.QuerySet):
    def current(self):
        """Those that hold now, in their order."""
        return self.filter(retired_at=None)


class Behaviour(models.Model):
    """One statement about how somebody behaves at work, in one wording (27 in 5 groups ship, from the guidance).

    A row never changes its words: another wording is a new row with the same `code` and the next `version`, and the old
    one has `retired_at`. So whatever points to a row keeps the wording that it was made with.
    """

    code = models.SlugField("short name", max_length=30)
    group = models.CharField("group", max_length=15, choices=Group)
    number = models.PositiveSmallIntegerField("place in the list")
    wording = models.CharField("wording", max_length=200)
    version = models.PositiveSmallIntegerField("version", default=1, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField("retired", null=True, editable=False)

    objects = BehaviourQuerySet.as_manager()

    class Meta:
        ordering = ["number", "-version"]
        verbose_name = "professional behaviour"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="behaviour_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(retired_at=None), name="behaviour_once_current"
            ),
        ]

    def __str__(self):
        return self.wording


@transaction.atomic
def reword(behaviour: Behaviour, wording: str) -> Behaviour:
    """Give a current behaviour another wording: returns the new version. The same words change nothing."""
    wording = wording.strip()
    if wording == behaviour.wording:
        return behaviour
    retire(behaviour)
    return Behaviour.objects.create(
        code=behaviour.code,
        group=behaviour.group,
        number=behaviour.number,
        wording=wording,
        version=behaviour.version + 1,
    )


def retire(behaviour: Behaviour):
    """Offer a behaviour no more. What points to it keeps it."""
    behaviour.retired_at = timezone.now()
    Behaviour.objects.filter(pk=behaviour.pk, retired_at=None).update(retired_at=behaviour.retired_at)


def by_group(behaviours) -> list[tuple[str, list[Behaviour]]]:
    """(name of the group, its behaviours), in the order of the list; groups without one are left out."""
    found = {}
    for behaviour in behaviours:
        found.setdefault(behaviour.get_group_display(), []).append(behaviour)
    return list(found.items())
