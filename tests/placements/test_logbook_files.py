"""Photos and files of an entry: by content, without where they were taken, and only for those who may see it."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import Image

from placements.logbook import writing
from placements.logbook.forms import EntryForm
from placements.logbook.models import Entry, EntryFile
from portal.files.models import StoredFile
from portal.uploads import Accepted
from tests.conftest import signed_in
from tests.pages import said
from tests.placements.logbooks import a_picture, draft, jpeg, png, shared

pytestmark = pytest.mark.django_db
NEW = "/logbook/new/"


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


def upload(name, content):
    return SimpleUploadedFile(name, content, "image/jpeg")


def sent(*files, **more):
    said = {"key": str(uuid.uuid4()), "did": "Mended a printer", "day": "2026-03-11", "do": "draft"}
    return said | {"files": list(files)} | more


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[1] = "N"
    return jpeg(exif=exif.tobytes())


def test_a_photo_loses_everything_but_its_pixels(cast):
    content = photo_with_place()
    assert b"PhoneMaker" in content
    signed_in(cast.student).post(NEW, sent(upload("my photo.jpg", content)))
    stored = StoredFile.objects.get()
    assert (stored.name, stored.content_type, stored.provider) == ("my photo.jpg", "image/jpeg", cast.provider)
    assert b"PhoneMaker" not in bytes(stored.content)
    assert not Image.open(io.BytesIO(bytes(stored.content))).getexif()


def test_a_refused_file_says_why_and_everything_else_stays(cast):
    good = [upload("good.png", png()), upload("report.exe", b"%PDF-1.7 ...")]
    bad = [upload("bad.jpg", b"<script>"), upload("empty.jpg", b"")]
    response = signed_in(cast.student).post(NEW, sent(*good, *bad, do="share"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "“bad.jpg” is not a picture (JPEG, PNG or WebP), a PDF or a Word document that can be read." in page
    assert "“empty.jpg” is empty." in page
    assert "Mended a printer</textarea>" in page
    assert 'alt="good.png"' in page
    entry = Entry.objects.get()
    assert (entry.status, entry.did) == ("draft", "Mended a printer")
    assert [row.file.name for row in entry.files.order_by("file__name")] == ["good.png", "report.pdf"]


def test_a_file_of_more_than_10_mb_is_refused(cast):
    huge = upload("huge.pdf", b"%PDF-1.7")
    huge.size = 10 * 1024 * 1024 + 1
    form = EntryForm(sent(), MultiValueDict({"files": [huge]}), placement=cast.placement)
    assert "“huge.pdf” has 10.0 MB. At most 10 MB are possible" in form.errors["files"][0]


def test_there_are_at_most_five(cast):
    entry = draft(cast)
    for number in range(4):
        a_picture(entry, f"{number}.png")
    files = [upload("five.png", png()), upload("six.png", png())]
    response = signed_in(cast.student).post(f"/logbook/{entry.pk}/edit/", sent(*files, seen=entry.version))
    assert response.status_code == 422
    assert "At most 5 files are possible. Left out: six.png." in response.content.decode()
    assert entry.files.count() == 5


def test_a_form_sent_twice_keeps_a_file_once(cast):
    client, form = signed_in(cast.student), sent(upload("one.png", png()))
    client.post(NEW, form)
    client.post(NEW, form | {"files": [upload("one.png", png())]})
    assert EntryFile.objects.count() == StoredFile.objects.count() == 1


def test_a_bad_file_does_not_keep_a_shared_entry_from_changing(cast):
    entry = shared(cast)
    form = sent(upload("bad.jpg", b"nothing"), seen=entry.version, did="Mended two", day="2026-03-04")
    response = signed_in(cast.student).post(f"/logbook/{entry.pk}/edit/", form)
    assert response.status_code == 422
    entry.refresh_from_db()
    assert entry.did == "Mended two"


def test_only_the_student_gets_a_file_of_a_draft(cast):
    address = f"/logbook/files/{a_picture(draft(cast)).pk}/"
    expected = {"student": 200, "manager": 404, "tutor": 404, "coordinator": 404}
    assert {who: signed_in(getattr(cast, who)).get(address).status_code for who in expected} == expected


def test_a_picture_is_shown_and_a_document_is_downloaded(cast):
    entry = draft(cast)
    picture = a_picture(entry)
    writing.attach(entry, [Accepted("b.pdf", "application/pdf", b"%PDF-1.7")], by=cast.student)
    document = entry.files.exclude(pk=picture.pk).get()
    client = signed_in(cast.student)
    shown, downloaded = (client.get(f"/logbook/files/{row.pk}/") for row in (picture, document))
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert downloaded["Content-Disposition"].startswith("attachment")
    assert "no-store" in downloaded["Cache-Control"]


def test_the_student_takes_a_file_away_for_good(cast):
    entry = shared(cast)
    row = a_picture(entry)
    assert signed_in(cast.tutor).post(f"/logbook/files/{row.pk}/remove/").status_code == 403
    assert said(signed_in(cast.student).post(f"/logbook/files/{row.pk}/remove/")) == ["desk.png is gone."]
    assert not StoredFile.objects.exists()
