"""Statements as data: a row never changes its words, another wording is a new row with the same code.

So whatever points to a row keeps the wording that it was made with.
"""

from django.db import models, transaction
from django.utils import timezone


class VersionedQuerySet(models.QuerySet):
    def current(self):
        """Those that hold now, in their order."""
        return self.filter(retired_at=None)


class Versioned(models.Model):
    """One statement in one wording. `version` counts the wordings of a `code`; an old one has `retired_at`."""

    code = models.SlugField("short name", max_length=30)
    number = models.PositiveSmallIntegerField("place in the list")
    wording = models.CharField("wording", max_length=200)
    version = models.PositiveSmallIntegerField("version", default=1, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField("retired", null=True, editable=False)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["number", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="%(class)s_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(retired_at=None), name="%(class)s_once_current"
            ),
        ]

    def __str__(self):
        return self.wording


@transaction.atomic
def reword(statement: Versioned, wording: str) -> Versioned:
    """Give a current statement another wording: returns the new version. The same words change nothing."""
    wording = wording.strip()
    if wording == statement.wording:
        return statement
    retire(statement)
    own = {"id", "wording", "version", "written_at", "retired_at"}
    kept = {field.attname: getattr(statement, field.attname) for field in statement._meta.concrete_fields}
    kept = {name: value for name, value in kept.items() if name not in own}
    return type(statement).objects.create(**kept, wording=wording, version=statement.version + 1)


def retire(statement: Versioned):
    """Offer a statement no more. What points to it keeps it."""
    statement.retired_at = timezone.now()
    type(statement).objects.filter(pk=statement.pk, retired_at=None).update(retired_at=statement.retired_at)
