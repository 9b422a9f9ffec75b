"""What may come in as a file: by content, made small, without anything that says where a picture was taken."""

import io
import zipfile

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import Image

from portal.files.fields import UploadField, UploadsField
from portal.files.models import StoredFile, store
from portal.files.serving import file_response
from portal.uploads import PDF, PICTURE, WORD, accept, tidy_name


def picture(kind="JPEG", size=(60, 40), mode="RGB", name="photo.jpg", **options):
    out = io.BytesIO()
    Image.new(mode, size, "green").save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue())


def a_docx(name="cv.docx"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return SimpleUploadedFile(name, out.getvalue())


def test_a_photo_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0)}
    exif[0x010F] = "A phone"
    kept = accept(picture(exif=exif), kinds=[PICTURE])
    assert dict(Image.open(io.BytesIO(kept.content)).getexif()) == {}
    assert b"A phone" not in kept.content


def test_a_photo_stands_upright_and_is_made_small():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    kept = accept(picture(size=(2000, 1000), exif=exif), kinds=[PICTURE])
    assert Image.open(io.BytesIO(kept.content)).size == (800, 1600)


def test_the_type_follows_from_the_content():
    for upload, content_type, name in [
        (picture("PNG", mode="RGBA", name="a.exe"), "image/png", "a.png"),
        (picture("WEBP", name="b.webp"), "image/jpeg", "b.jpg"),
        (SimpleUploadedFile("c.jpg", b"%PDF-1.7 ..."), "application/pdf", "c.pdf"),
        (a_docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "cv.docx"),
    ]:
        kept = accept(upload, kinds=[PICTURE, PDF, WORD])
        assert (kept.content_type, kept.name) == (content_type, name)


def test_anything_else_is_refused_in_plain_words():
    for content in (b"<svg/>", b"<html>", b"PK\x03\x04 no zip", b"\xff\xd8\xff broken", b"MZ"):
        with pytest.raises(ValidationError) as refused:
            accept(SimpleUploadedFile("x.pdf", content), kinds=[PICTURE, PDF])
        assert refused.value.messages == ["“x.pdf” is not a picture (JPEG, PNG or WebP) or a PDF that can be read."]


def test_a_large_file_and_an_empty_one_are_refused():
    with pytest.raises(ValidationError, match=r"“big.pdf” has 5.0 MB. At most 5 MB"):
        accept(SimpleUploadedFile("big.pdf", b"%PDF-" + b"0" * 5 * 1024 * 1024), kinds=[PDF], most_mb=5)
    with pytest.raises(ValidationError, match="is empty"):
        accept(SimpleUploadedFile("none.pdf", b""), kinds=[PDF])


def test_names_carry_no_folder_and_no_tricks():
    tidy = {"../../etc/passwd": "passwd", "C:\\x\\cv.pdf": "cv.pdf", "a\u202efdp.exe": "a fdp.exe", "": "file"}
    assert {name: tidy_name(name) for name in tidy} == tidy


class OneForm(forms.Form):
    file = UploadField(kinds=[PDF], required=False)


class ManyForm(forms.Form):
    files = UploadsField(kinds=[PICTURE], most=2, required=False)


def test_one_file_in_a_form():
    assert OneForm({}, {}).is_valid()
    form = OneForm({}, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert form.is_valid()
    assert form.cleaned_data["file"].name == "a.pdf"


def test_several_files_in_a_form_each_with_its_own_error():
    form = ManyForm({}, MultiValueDict({"files": [picture(), SimpleUploadedFile("b.txt", b"no")]}))
    assert form.errors["files"] == ["“b.txt” is not a picture (JPEG, PNG or WebP) that can be read."]
    form = ManyForm({}, MultiValueDict({"files": [picture(), picture(), picture()]}))
    assert form.errors["files"] == ["These are 3 files. At most 2 are possible."]
    form = ManyForm({}, MultiValueDict({"files": [picture(), picture()]}))
    assert form.is_valid()
    assert len(form.cleaned_data["files"]) == 2
    assert ManyForm({}, {}).is_valid()


@pytest.mark.django_db
def test_what_is_served_cannot_run_in_the_portal(cast, django_assert_num_queries):
    kept = store(
        accept(SimpleUploadedFile("Zoë.pdf", b"%PDF-1.7"), kinds=[PDF]), provider=cast.provider, by=cast.student
    )
    with django_assert_num_queries(1):
        assert StoredFile.objects.get(pk=kept.pk).name == "Zoë.pdf"
    response = file_response(StoredFile.objects.get(pk=kept.pk))
    assert response.content == b"%PDF-1.7"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    photo = store(accept(picture(), kinds=[PICTURE]), provider=cast.provider, by=None)
    assert file_response(photo)["Content-Disposition"].startswith("inline;")
