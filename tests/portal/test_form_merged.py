"""Forms that save themselves, without a page; tests/house/test_two_tabs.py tries each of them."""

import json
from itertools import product

import pytest
from django import forms

from portal.form_merged import MergedFields, was_in


class TwoWords(MergedFields, forms.Form):
    first = forms.CharField(max_length=20, required=False)
    second = forms.CharField(max_length=20, required=False)


def test_a_page_compares_with_what_is_stored_whatever_stands_beside_whatever():
    stored, was, wrong = {"first": "", "second": ""}, "", "9" * 30
    for first, second in product(("one", wrong, ""), (wrong, "two", "")):
        form = TwoWords({"first": first, "second": second, "was": was}, initial=stored.copy())
        was = json.loads(form.told_quietly().content)["was"]
        stored |= form.changes
        assert json.loads(was) == stored, (first, second)


@pytest.mark.parametrize("text", ["nonsense", "[1]", '{"first": 7}'])
def test_nonsense_counts_as_nothing_that_a_page_had_shown(text):
    assert was_in(text) == {}
