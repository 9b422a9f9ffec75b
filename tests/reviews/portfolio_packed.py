"""A student's portfolio and archive as they are handed over, for tests."""

import io
import zipfile

from django.urls import reverse
from pypdf import PdfReader

from portal.parcels.models import Parcel
from tests.conftest import signed_in


def packed(who, kind="portfolio", **chosen) -> Parcel:
    """What the student gets when they press the button."""
    client = signed_in(who)
    response = client.post(reverse("portfolio"), {"do": kind} | dict.fromkeys(chosen, "on"))
    assert response.status_code == 302
    return Parcel.objects.get(pk=int(response.url.strip("/").split("/")[-1]))


def content(parcel) -> io.BytesIO:
    assert (parcel.status, parcel.problem) == ("ready", "")
    return io.BytesIO(b"".join(parcel.content()))


def words_of(parcel) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(content(parcel)).pages).split())


def everything_in(parcel) -> str:
    """All bytes of all files of an archive as text, and the words of the portfolio in it."""
    with zipfile.ZipFile(content(parcel)) as archive:
        plain = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name[-4:] != ".pdf"]
        paper = PdfReader(io.BytesIO(archive.read("Portfolio.pdf")))
        names = archive.namelist()
    return "\n".join([*names, *plain, " ".join(" ".join(page.extract_text() for page in paper.pages).split())])
