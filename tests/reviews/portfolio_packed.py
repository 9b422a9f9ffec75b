"""A student's portfolio and archive as they are handed over, for tests."""

import io
import json
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
    return " ".join(pages_of(PdfReader(content(parcel))))


def pages_of(paper: PdfReader) -> list[str]:
    """The words of each page."""
    return [" ".join(page.extract_text().split()) for page in paper.pages]


class Opened:
    """An archive, read: its `names`, the bytes of each file, the portfolio in it, and its words by page (`pages`)."""

    def __init__(self, parcel):
        self.file_name = parcel.file_name
        with zipfile.ZipFile(content(parcel)) as archive:
            assert archive.testzip() is None
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.names = list(self.files)
        self.portfolio = PdfReader(io.BytesIO(self.files["Portfolio.pdf"]))
        self.pages = pages_of(self.portfolio)
        self.paper = " ".join(self.pages)

    def rows(self, name: str) -> list[dict]:
        """A table of it, as JSON has it."""
        return json.loads(self.files[f"data/{name}.json"])

    @property
    def text(self) -> str:
        """All names, all bytes of all files as text, and the words on paper."""
        plain = [data.decode("utf-8", "replace") for name, data in self.files.items() if name[-4:] != ".pdf"]
        return "\n".join([*self.names, *plain, self.paper])
