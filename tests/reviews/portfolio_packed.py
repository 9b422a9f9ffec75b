"""A student's portfolio and archive as they are handed over, for tests."""

import io
import json
import re
import zipfile
from contextlib import contextmanager
from functools import cached_property
from html import unescape

import pytest
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


def pages_of(paper: PdfReader) -> list[str]:
    """The words of each page; pypdf puts zeros between the letters of a font that a sign without a letter is set in."""
    return [" ".join(page.extract_text().replace("\0", "").split()) for page in paper.pages]


class Unset:
    """In place of `JoinedPDF`, where the words are asked for and not how they are set: a line for each report.

    It begins with the bookmarks. Laying out takes ten times as long as all else.
    """

    def __init__(self, out, **_told):
        self.out, self.pages, self.reports = out, 0, []

    def add(self, html, *, title, under="") -> int:
        self.reports.append(f"{under}: {title}: {' '.join(unescape(re.sub('<[^>]+>', ' ', html)).split())}")
        self.pages += 1
        return self.pages

    def put_first(self, html, **marks):
        self.add(html, **marks)
        self.reports.insert(0, self.reports.pop())

    def close(self):
        self.out.write("\n".join(self.reports).encode())


@contextmanager
def unset(room="portfolio.packing"):
    """Within, this room of the reviews writes its reports by `Unset`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"reviews.{room}.JoinedPDF", Unset)
        yield


class Opened:
    """An archive, read: its `names`, the bytes of each file, the portfolio in it, and its words by page (`pages`)."""

    def __init__(self, parcel):
        self.file_name = parcel.file_name
        with zipfile.ZipFile(content(parcel)) as archive:
            assert archive.testzip() is None
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.names = list(self.files)

    @cached_property
    def portfolio(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.files["Portfolio.pdf"]))

    @cached_property
    def pages(self) -> list[str]:
        return pages_of(self.portfolio)

    @cached_property
    def paper(self) -> str:
        """All words of the portfolio."""
        return " ".join(self.pages)

    def rows(self, name: str) -> list[dict]:
        """A table of it, as JSON has it."""
        return json.loads(self.files[f"data/{name}.json"])

    @cached_property
    def text(self) -> str:
        """All names, all bytes of all files as text, and the words on paper."""
        plain = [data.decode("utf-8", "replace") for name, data in self.files.items() if name[-4:] != ".pdf"]
        return "\n".join([*self.names, *plain, self.paper])


class OpenedUnset(Opened):
    """One that `Unset` wrote the portfolio of."""

    @cached_property
    def pages(self) -> list[str]:
        return self.files["Portfolio.pdf"].decode().splitlines()


def unset_archive(who, **chosen) -> OpenedUnset:
    """Somebody's archive, with the words of the portfolio."""
    with unset():
        return OpenedUnset(packed(who, "archive", **chosen))
