"""A provider's logo: a picture like any other that comes in (portal.uploads), for the head of reports."""

from django.core.files.base import ContentFile

from portal.uploads import PICTURE, accept

MAX_MB = 2


def rewritten(upload) -> ContentFile:
    """The picture of an upload, encoded anew. Raises ValidationError in plain words."""
    accepted = accept(upload, kinds=[PICTURE], most_mb=MAX_MB)
    return ContentFile(accepted.content, name=f"logo.{accepted.name.rpartition('.')[2]}")
