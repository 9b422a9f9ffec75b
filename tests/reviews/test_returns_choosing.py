"""Returns: choosing whose lines go to the results service, by year of entry, T Level and fault."""

import pytest

from reviews.returns.choosing import Choice
from reviews.returns.models import Return
from students.models import Student
from tests.conftest import signed_in
from tests.pages import text_of
from tests.reviews.returned import (
    MAKE,
    PREVIEW,
    ULNS,
    chosen_by,
    content_of,
    lines_for,
    made_for,
    numbered,
    returned,
    sent,
)

pytestmark = pytest.mark.django_db


def test_filters_choose_who_is_in_the_file_and_not_what_the_page_leaves_out_of_it(cast):
    numbered(cast.student_record, cast.student_record2)
    Student.objects.filter(pk=cast.student_record2.pk).update(entry_year="2024/25")
    client = signed_in(cast.coordinator)
    response = client.get(PREVIEW + "?year=2024/25&rows=left_out")
    assert (len(response.context["page"]), "No such row" in text_of(response)) == (0, True)
    client.post(MAKE, sent(response))
    made = Return.objects.get()
    assert made.years == ["2024/25"]
    assert content_of(made)[1].startswith(ULNS[1])
    text = text_of(client.get(PREVIEW + "?year=2020/21"))
    assert ("Nobody to send" in text, "Clear the filters" in text) == (True, True)


def test_filters_go_by_year_t_level_and_fault_and_by_nothing_that_is_nonsense(cast, subtests):
    numbered(cast.student_record)
    other = cast.student_record.tlevel_id + 1
    found = {"": 2, f"tlevel={other}": 0, "year=2020/21": 0, "year=x&tlevel=x": 2, "rows=left_out": 1}
    for query, number in found.items():
        with subtests.test(query):
            chosen = chosen_by(query)
            assert len(chosen.shown(lines_for(cast, chosen.choice))) == number


def test_a_file_of_one_t_level_is_called_by_it(cast):
    numbered(cast.student_record)
    [file] = made_for(cast, chosen_by(f"tlevel={cast.student_record.tlevel_id}").choice).files.all()
    assert file.file.name.endswith("-2026-11-23-entry-2025-26-digital-software-development.csv")


def test_years_chosen_together_stay_together_when_one_of_them_is_due_no_more(cast):
    numbered(cast.student_record, cast.student_record2)
    Student.objects.filter(pk=cast.student_record2.pk).update(entry_year="2024/25")
    made = returned(cast, choice=Choice(["2024/25", "2025/26"], None))
    client = signed_in(cast.coordinator)
    text = text_of(client.get(f"/returns/{made.pk}/"))
    assert 'href="/returns/new/results/?year=2024%2F25%2C2025%2F26"' in text
    response = client.get(PREVIEW + "?year=2024/25,2025/26")
    assert (len(response.context["page"]), response.context["last"]) == (2, made)
    chosen = '<option value="2024/25,2025/26" selected>Year of entry 2024/25 and 2025/26</option>'
    assert chosen in text_of(response)
    assert client.post(MAKE, sent(response)).url == f"/returns/{made.pk}/"


def test_years_in_an_address_are_chosen_once_each_and_in_order(subtests):
    both, one = ["2024/25", "2025/26"], ["2025/26"]
    found = {"2025/26,2024/25": both, "2024/25,2025/26,2025/26": both, "2025/26,2025/26": one}
    for asked, years in found.items():
        with subtests.test(asked):
            chosen = chosen_by(f"year={asked}")
            assert chosen.choice.years == years
            assert f'<option value="{",".join(years)}" selected>Year of entry' in str(chosen.form["year"])
