"""What pages send along is read with care: no nonsense in it breaks anything."""

from datetime import date

import pytest
from django.urls import reverse

from placements.timesheets.models import Timesheet
from portal.posted import is_quiet, seen_in, whole_number
from tests.conftest import signed_in


def test_what_is_no_version_was_seen_by_nobody():
    for text in ("", "one", "²", "-1", "1.5", " 1", "1" * 10, "9" * 5000, "١٢"):
        assert (seen_in({"seen": text}), whole_number(text)) == (-1, -1)


def test_the_version_that_a_page_sends_along():
    assert [seen_in({}), seen_in({"seen": "0"}), seen_in({"seen": "17"})] == [-1, 0, 17]
    assert seen_in({"seen": "17", "minutes": "420"}, "minutes") == 420


@pytest.mark.django_db
def test_a_week_with_nonsense_for_its_version_or_its_rows_is_no_error(cast, time_machine):
    time_machine.move_to("2026-03-06 18:00")
    student, url = signed_in(cast.student), reverse("week_open", args=[cast.placement.pk, date(2026, 3, 2)])
    assert student.post(url, {"seen": "0", "do": "save", "d0-rows": "²"}).status_code == 302
    spell = {"d0-0-starts": "09:00", "d0-0-finishes": "17:00"}
    assert student.post(url, spell | {"seen": "²", "do": "save"}).status_code == 409
    assert Timesheet.objects.get().version == 1


@pytest.mark.django_db
def test_a_move_of_nobody_leads_back_to_the_list(cast):
    answer = signed_in(cast.coordinator).get(reverse("student_moves"), {"student": "²"})
    assert answer.url == reverse("coordinator_home")


def test_what_a_script_sends_while_somebody_writes_is_told_from_what_they_send(rf):
    assert is_quiet(rf.post("/", headers={"X-Autosave": "1"}))
    assert not is_quiet(rf.post("/"))
    assert not is_quiet(rf.post("/", headers={"X-Autosave": "0"}))
