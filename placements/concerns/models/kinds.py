"""The kinds of worry: data, in versions. What a student read when raising one stays with it."""

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from placements.concerns.due import due_after_days, due_after_hours


class Unit(models.TextChoices):
    HOURS = "hours", "hours, from nine to five on working days"
    DAYS = "days", "working days"


class ConcernKindQuerySet(models.QuerySet):
    def current(self):
        """Those that are offered now, in their order."""
        return self.filter(replaced_at=None)


class ConcernKind(models.Model):
    """One kind of worry in one wording (the seven of the guidance, accident or injury, something else).

    A row is never changed once it is used: `rewrite` makes the next version. `helps` and `happens` are lines of text:
    what usually helps, and what happens after it is told. An answer is due within `within` units.
    """

    code = models.SlugField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    position = models.PositiveSmallIntegerField(default=50)
    title = models.CharField(max_length=80)
    hint = models.CharField(max_length=160, blank=True)
    helps = models.TextField("what usually helps", help_text="One thing in a line.")
    happens = models.TextField("what will happen", help_text="One thing in a line.")
    within = models.PositiveSmallIntegerField("answer due within")
    unit = models.CharField(max_length=5, choices=Unit, default=Unit.DAYS)
    is_accident = models.BooleanField("asks for date, place and first aid", default=False)
    replaced_at = models.DateTimeField(null=True, editable=False)

    objects = ConcernKindQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code", "-version"]
        verbose_name = "kind of worry"
        verbose_name_plural = "kinds of worry"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="concern_kind_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(replaced_at=None), name="concern_kind_current_once"
            ),
            models.CheckConstraint(condition=models.Q(within__gte=1), name="concern_kind_due_later"),
        ]

    def __str__(self):
        return self.title

    @transaction.atomic
    def rewrite(self, **changes) -> "ConcernKind":
        """Put a changed version in the place of this one, which keeps its words; returns the new one."""
        ConcernKind.objects.filter(pk=self.pk).update(replaced_at=timezone.now())
        kept = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in ("id", "version", "replaced_at")
        }
        return ConcernKind.objects.create(**kept | changes, version=self.version + 1)

    def help_lines(self) -> list[str]:
        return self.helps.splitlines()

    def happen_lines(self) -> list[str]:
        return self.happens.splitlines()

    def due_from(self, moment: datetime) -> datetime:
        """When an answer is due that is asked for at `moment`; only working days count."""
        return (due_after_hours if self.unit == Unit.HOURS else due_after_days)(moment, self.within)

    def promise(self) -> str:
        """'within 2 working days', 'within 4 hours (nine to five on working days)'."""
        if self.unit == Unit.HOURS:
            return f"within {self.within} {'hour' if self.within == 1 else 'hours'} (nine to five on working days)"
        return f"within {self.within} working {'day' if self.within == 1 else 'days'}"
