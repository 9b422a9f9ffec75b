"""Whoever has a second desk, at which others are theirs to see, does not become those others at the first one."""

from datetime import date

import pytest
from django.urls import reverse

from placements.arrangements.models import Preparation
from placements.checklists.models import Tick
from placements.induction.models import Induction
from placements.timesheets.models import Absence, Flag
from portal.people.models import Role
from tests.conftest import signed_in
from tests.factories import LineManagerFactory, MembershipFactory, SpellFactory, TimesheetFactory

MONDAY = date(2026, 3, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-04 10:00")


@pytest.fixture
def double(cast):
    """student2, who is the line manager of `placement` as well."""
    LineManagerFactory(employer=cast.employer, user=cast.student2)
    cast.placement.manager = cast.student2
    cast.placement.save()
    return signed_in(cast.student2)


def path(name: str, *args) -> str:
    return reverse(name, args=args)


def test_home_folder_and_list_of_weeks_are_one_s_own(cast, double):
    home, folder = double.get(path("student_home")).context, double.get(path("student_folder")).context
    assert [list(page["placements"]) for page in (home, folder)] == [[cast.placement2], [cast.placement2]]
    assert home["hours"].student == cast.student_record2
    page = double.get(path("week_list")).context["page"]
    assert [(week.placement_id, week.monday) for week in page] == [(cast.placement2.pk, MONDAY)]
    assert double.get(path("week_current")).url == path("week_open", cast.placement2.pk, MONDAY)


def test_days_away_are_told_for_oneself_only(cast, double):
    theirs = Absence.objects.create(placement=cast.placement, day=date(2026, 3, 5), kind="sick", note="At the doctor's")
    page = double.get(path("absence_list"))
    assert "At the doctor" not in page.content.decode()
    data = {"placement": cast.placement.pk, "first": "2026-03-09", "kind": "sick"}
    assert double.post(path("absence_list"), data).status_code == 422
    assert double.post(path("absence_remove", theirs.pk)).status_code == 404
    assert list(Absence.objects.all()) == [theirs]


def test_arrangements_and_an_induction_are_kept_by_their_student_only(cast, double):
    answer = double.post(path("arrangements_save", cast.placement.pk), {"journey": "By bus", "seen": "0"})
    assert (answer.status_code, Preparation.objects.count()) == (404, 0)
    assert double.post(path("induction_save", cast.placement.pk), {}).status_code == 404
    assert double.post(path("induction_recall", cast.placement.pk)).status_code == 404
    assert (Induction.objects.get(placement=cast.placement).status, Tick.objects.count()) == ("open", 0)


def test_a_tutor_elsewhere_does_not_settle_what_was_noted_about_their_own_week(cast):
    MembershipFactory(user=cast.student, provider=cast.other_provider, role=Role.TUTOR)
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY)
    SpellFactory(timesheet=week)
    flag = Flag.objects.create(timesheet=week, code="long_day", day=MONDAY, says="A long day.")
    assert signed_in(cast.student).post(path("flag_seen", flag.pk), {"note": ""}).status_code == 404
    assert Flag.objects.get().seen_at is None
    assert signed_in(cast.tutor).post(path("flag_seen", flag.pk), {"note": ""}).status_code == 302
    assert Flag.objects.get().seen_by == cast.tutor
