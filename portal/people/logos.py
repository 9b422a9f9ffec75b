"""A provider's logo: looked at, made small, and written afresh, so that nothing but a picture is stored."""

import io
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 25_000_000
LONGEST_SIDE = 1000  # pixels: 8 cm at 300 dots per inch
ENDINGS = {"PNG": "png", "JPEG": "jpg"}


def rewritten(upload) -> ContentFile:
    """The picture of an upload, encoded anew and at most LONGEST_SIDE wide or high. Raises ValidationError.

    What it is follows from its content, never from its name; anything but PNG and JPEG is refused.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(
            f"This file has {upload.size / 1024 / 1024:.1f} MB. A logo may have 2 MB at most: save it smaller."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=list(ENDINGS))
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError("This picture has too many pixels for a logo: save it smaller.")
            kind = picture.format
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError("This is not a PNG or JPEG picture that can be read.") from error
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    if kind == "PNG":
        clean(picture, "RGBA").save(out, "PNG", optimize=True)
    else:
        clean(picture, "RGB").save(out, "JPEG", quality=88, optimize=True)
    return ContentFile(out.getvalue(), name=f"logo.{ENDINGS[kind]}")


def clean(picture: Image.Image, mode: str) -> Image.Image:
    """Only the pixels: no comments, no place where the picture was taken, nothing appended."""
    fresh = Image.new(mode, picture.size)
    fresh.paste(picture.convert(mode))
    return fresh
