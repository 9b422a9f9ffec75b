"""What may come in as a file. What it is follows from its content, never from its name.

Pictures are written afresh, at most LONGEST_SIDE wide or high: only pixels are kept, no place, no camera, no comment.
"""

import io
import re
import unicodedata
import warnings
import zipfile
from pathlib import PurePosixPath
from typing import NamedTuple

from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

PICTURE, PDF, WORD = "picture", "PDF", "Word document"
MOST_MB = 10
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ACCEPT = {  # what the file dialogue of a browser offers
    PICTURE: "image/jpeg,image/png,image/webp",
    PDF: "application/pdf,.pdf",
    WORD: f"{WORD_TYPE},application/msword,.docx,.doc",
}


class Accepted(NamedTuple):
    """A file that may be kept: a tidy name, its type by content, and its bytes."""

    name: str
    content_type: str
    content: bytes


def accept(upload, *, kinds, most_mb: int = MOST_MB) -> Accepted:
    """The content of an upload, if it is one of `kinds` and not too large. Raises ValidationError in plain words."""
    name = tidy_name(upload.name)
    if upload.size > most_mb * 1024 * 1024:
        raise ValidationError(
            f"“{name}” has {upload.size / 1024 / 1024:.1f} MB. At most {most_mb} MB are possible: save it smaller."
        )
    upload.seek(0)
    content = upload.read()
    if not content:
        raise ValidationError(f"“{name}” is empty.")
    if PICTURE in kinds and (picture := as_picture(content, name)):
        return picture
    if PDF in kinds and b"%PDF-" in content[:1024]:
        return Accepted(with_ending(name, "pdf"), "application/pdf", content)
    if WORD in kinds and is_docx(content):
        return Accepted(with_ending(name, "docx"), WORD_TYPE, content)
    if WORD in kinds and content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Accepted(with_ending(name, "doc"), "application/msword", content)
    raise ValidationError(f"“{name}” is not {called(kinds)} that can be read.")


def called(kinds) -> str:
    """'a picture (JPEG, PNG or WebP), a PDF or a Word document'."""
    words = [{PICTURE: "a picture (JPEG, PNG or WebP)"}.get(kind, f"a {kind}") for kind in kinds]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def as_picture(content: bytes, name: str) -> Accepted | None:
    """The picture in `content`, encoded anew; None if it is none. Raises ValidationError for one that is too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(f"“{name}” has too many pixels: save it smaller.")
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    is_png = picture.format == "PNG" or picture.has_transparency_data
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    if is_png:
        only_pixels(picture, "RGBA").save(out, "PNG", optimize=True)
        return Accepted(with_ending(name, "png"), "image/png", out.getvalue())
    only_pixels(picture, "RGB").save(out, "JPEG", quality=85, optimize=True)
    return Accepted(with_ending(name, "jpg"), "image/jpeg", out.getvalue())


def only_pixels(picture: Image.Image, mode: str) -> Image.Image:
    """The picture without anything that came with it: no comments, no place where it was taken, nothing appended."""
    fresh = Image.new(mode, picture.size)
    fresh.paste(picture.convert(mode))
    return fresh


def is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False


def tidy_name(name: str) -> str:
    """A file name without a folder and without signs that trouble somebody's disk; at most 120 characters."""
    name = PurePosixPath(unicodedata.normalize("NFC", name or "").replace("\\", "/")).name
    name = re.sub(r'[:*?"<>|\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+', " ", name)
    return re.sub(r"\s+", " ", name).strip(" .")[-120:] or "file"


def with_ending(name: str, ending: str) -> str:
    """`name` with the ending that its content has."""
    stem, dot, last = name.rpartition(".")
    same = {"jpeg": "jpg"}.get(last.lower(), last.lower()) == ending
    if dot and same:
        return name
    return f"{stem if dot and len(last) <= 5 else name}.{ending}"
