"""A browser keeps no chosen file when a page comes back: the page says which ones have to be chosen again."""

from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from portal.files.fields import UploadField, UploadsField
from portal.uploads import PDF

AGAIN = "again: a page that comes back keeps no files."


class OneForm(forms.Form):
    words = forms.CharField()
    file = UploadField(kinds=[PDF], required=False, help_text="A letter.")


class ManyForm(forms.Form):
    words = forms.CharField()
    files = UploadsField(kinds=[PDF], most=3, required=False)


class PlainForm(forms.Form):
    words = forms.CharField()
    file = forms.FileField(required=False)


class KeptField(UploadsField):
    is_kept_at_once = True


class KeptForm(forms.Form):
    words = forms.CharField()
    files = KeptField(kinds=[PDF], most=3, required=False)


def letter(name="letter.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7")


def drawn(form) -> str:
    return " ".join(render_crispy_form(form).split())


def test_a_file_that_was_sent_with_something_wrong_elsewhere_is_named():
    html = drawn(OneForm({}, {"file": letter()}))
    assert f"Choose “letter.pdf” {AGAIN}" in html
    assert 'aria-describedby="id_file_again id_file_helptext"' in html
    assert f"Choose “letter.pdf” {AGAIN}" in drawn(PlainForm({}, {"file": letter()}))


def test_of_several_all_are_named_also_where_one_of_them_was_refused():
    files = [letter(), SimpleUploadedFile("b & c.txt", b"no"), letter("d.pdf")]
    html = drawn(ManyForm({"words": "Here"}, MultiValueDict({"files": files})))
    assert f"Choose “letter.pdf”, “b &amp; c.txt” and “d.pdf” {AGAIN}" in html


def test_nothing_is_said_where_nothing_was_sent_or_nothing_is_wrong():
    for form in (
        OneForm(), OneForm({}, {}), OneForm({"words": "Here"}, {"file": letter()}), ManyForm({}, {}), ManyForm(),
        PlainForm(),
    ):  # fmt: skip
        assert AGAIN not in drawn(form)


def test_nor_about_the_one_file_that_was_refused_itself_nor_where_files_are_kept_at_once():
    assert AGAIN not in drawn(OneForm({}, {"file": SimpleUploadedFile("a.txt", b"no")}))
    assert AGAIN not in drawn(KeptForm({}, MultiValueDict({"files": [letter()]})))


def test_what_is_refused_afterwards_counts_as_well():
    form = OneForm({"words": "Here"}, {"file": letter()})
    form.add_error(None, "Somebody was quicker.")
    assert f"Choose “letter.pdf” {AGAIN}" in drawn(form)


def test_an_empty_file_among_several_is_named():
    form = ManyForm({"words": "Here"}, MultiValueDict({"files": [letter(), SimpleUploadedFile("b.pdf", b"")]}))
    assert form.errors["files"] == ["“b.pdf” is empty."]
