"""Files that people hand in: kept in the database, so that one back-up holds all and several machines share them.

A file has no address and no owner of its own: the room that it belongs to points to it, and serves it through its own
row gate with `file_response`. What is stored went through `portal.uploads` first.
"""

from django.db import models
from django.utils import timezone

from portal.people.models import Provider, User


class WithoutContent(models.Manager):
    """Rows without their bytes, which only serving needs."""

    def get_queryset(self):
        return super().get_queryset().defer("content")


class StoredFile(models.Model):
    """One file as it was accepted: `content_type` follows from what is in it, `size` is in bytes."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    name = models.CharField("file name", max_length=150, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False)
    content = models.BinaryField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    objects = WithoutContent()

    class Meta:
        ordering = ["made_at", "pk"]
        base_manager_name = "objects"

    def __str__(self):
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


def store(accepted, *, provider: Provider, by: User | None) -> StoredFile:
    """Keep a file that `portal.uploads.accept` let in. `by` None: somebody behind a mailed link."""
    return StoredFile.objects.create(
        provider=provider,
        name=accepted.name,
        content_type=accepted.content_type,
        size=len(accepted.content),
        content=accepted.content,
        made_by=by,
    )
