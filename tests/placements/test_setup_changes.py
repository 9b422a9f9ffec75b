"""Changing a placement from a day on, its dates, handing over to another manager, adjustments, the guided path."""

from datetime import UTC, date, datetime, time

import pytest

from placements.goals.writing import send_goals, write_goals
from placements.models import Placement
from placements.setup.clock import make_changes_that_are_due
from placements.setup.later import change_from
from placements.setup.models import LaterChange
from placements.setup.views.changes import FORMS
from placements.starting import tasks_of
from portal.asks.models import Ask
from portal.clock import tick
from portal.history.models import Event
from portal.notices.models import Notice
from students.models import Student
from tests.conftest import signed_in
from tests.factories import EmployerFactory, LineManagerFactory, PlacementFactory, SiteFactory
from tests.pages import said, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-03-18 12:00")


@pytest.fixture
def successor(cast):
    return LineManagerFactory(employer=cast.employer, user__first_name="Jo", user__last_name="Lamb").user


def fresh(placement):
    return Placement.objects.with_people().get(pk=placement.pk)


def change(cast, what, **data):
    return signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/change/{what}/", data)


def edited(placement, **more):
    data = {"role": placement.role, "manager": placement.manager_id, "pay": "unpaid", "seen": placement.version}
    data |= {"first_on": placement.first_on, "last_on": placement.last_on, "site": placement.site_id or ""}
    return {name: value if value is not None else "" for name, value in (data | more).items()}


# --- another manager or site, from a day on ---


def test_another_manager_from_today_is_told_and_so_is_the_one_before(cast, successor):
    write_goals(cast.placement, [(None, "Write tests")], by=cast.tutor)
    send_goals(cast.placement, by=cast.tutor)
    change(cast, "manager", manager=successor.pk, from_on="2026-03-18")
    assert fresh(cast.placement).manager == successor
    kinds = ("approver_named", "placement_handed_over")
    assert {notice.kind: notice.to for notice in Notice.objects.filter(kind__in=kinds)} == {
        "approver_named": successor,
        "placement_handed_over": cast.manager,
    }
    assert Notice.objects.get(kind="placement_handed_over").subject == "A placement has another line manager"
    assert [ask.to for ask in Ask.objects.open()] == [successor]
    assert Ask.objects.get(to=cast.manager).withdrawn_at is not None


def test_another_manager_from_a_later_day_waits_for_the_clock(cast, successor, time_machine):
    change(cast, "manager", manager=successor.pk, from_on="2026-05-04")
    assert fresh(cast.placement).manager == cast.manager
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/change/").content.decode()
    assert "From 4 May 2026 Jo Lamb is the line manager." in page
    make_changes_that_are_due(datetime(2026, 5, 3, 12, tzinfo=UTC))
    assert fresh(cast.placement).manager == cast.manager
    time_machine.move_to("2026-05-04 00:05")
    for clock in (tick, make_changes_that_are_due):
        clock(datetime(2026, 5, 4, 0, 5, tzinfo=UTC))
    assert fresh(cast.placement).manager == successor
    assert Notice.objects.filter(kind="approver_named").count() == 1


def plan_another(cast, successor, from_on=date(2026, 5, 4)) -> LaterChange:
    """Plan that the placement gets another line manager, as the page does."""
    return change_from(cast.placement, "manager", successor, from_on, by=cast.tutor)


def test_a_planned_change_is_taken_back(cast, successor):
    take_back = f"/later-changes/{plan_another(cast, successor).pk}/take-back/"
    client = signed_in(cast.tutor)
    assert said(client.post(take_back)) == ["The planned change is taken back. Everything stays as it is."]
    too_late = "This change holds already, or was taken back before. Change it once more instead."
    assert said(client.post(take_back))[-1] == too_late
    make_changes_that_are_due(datetime(2026, 5, 4, 12, tzinfo=UTC))
    assert fresh(cast.placement).manager == cast.manager


def test_a_second_plan_takes_the_place_of_the_first(cast, successor):
    plan_another(cast, successor)
    plan_another(cast, successor, date(2026, 6, 1))
    assert LaterChange.objects.get(withdrawn_at=None).from_on == date(2026, 6, 1)


def test_another_site_from_a_day_on(cast):
    site = SiteFactory(employer=cast.employer, name="Harbour office")
    change(cast, "site", site=site.pk, from_on="2026-03-18")
    assert fresh(cast.placement).site == site
    assert "to Harbour office" in Event.objects.about(cast.placement).first().says
    change(cast, "site", site="", from_on="2026-04-01")
    assert LaterChange.objects.get(done_at=None).sentence == "From 1 April 2026 the site is the employer’s own address"
    make_changes_that_are_due(datetime(2026, 4, 1, 12, tzinfo=UTC))
    assert fresh(cast.placement).site is None


WRONG = [
    ("manager", {"from_on": "2026-03-17", "manager": ""},
     ["This day has passed. A change holds from today at the earliest.", "Choose who it is."]),
    ("manager", {"from_on": "2026-08-01", "manager": "x"},
     ["The placement ends on 31 July 2026.", "Choose one of those in the list."]),
    ("site", {"from_on": "31/2/2026", "site": "99999"},
     ["There is no such date. Write it like 12/3/2026.", "Choose one of those in the list."]),
]  # fmt: skip


def test_what_makes_no_sense_is_refused(cast, subtests):
    for what, data, says in WRONG:
        with subtests.test(says[0]):
            form = FORMS[what](data, placement=cast.placement)
            assert form.errors == {"from_on": [says[0]], what: [says[1]]}
    what, data, says = WRONG[0]
    response = change(cast, what, **data)
    assert response.status_code == 422
    assert [words for words in says if words not in response.text] == []
    assert change(cast, "tutor").status_code == 404, "there is no other kind of change"
    assert not LaterChange.objects.exists()


def test_after_the_end_nothing_changes_and_who_presses_is_led_back_to_where_it_is_taken_up_again(cast, successor):
    cast.placement.end(by=cast.tutor, reason="Moved away")
    changes = f"/placements/{cast.placement.pk}/change/"
    late = change(cast, "manager", manager=successor.pk, from_on="2026-03-18")
    assert late.status_code == 404
    assert f'href="{changes}">Go on</a>' in text_of(late)
    assert "Take it up again" in signed_in(cast.tutor).get(changes).text


def test_a_manager_who_has_left_meanwhile_is_not_named_by_the_clock(cast, successor):
    plan_another(cast, successor)
    successor.is_active = False
    successor.save()
    make_changes_that_are_due(datetime(2026, 5, 4, 12, tzinfo=UTC))
    assert fresh(cast.placement).manager == cast.manager


# --- dates ---


@pytest.fixture
def planned(cast):
    return PlacementFactory(
        student=cast.student_record, employer=cast.employer, manager=cast.manager, status="planned",
        first_on=date(2026, 9, 7), last_on=date(2026, 12, 18),
    )  # fmt: skip


def test_the_pattern_moves_with_the_first_day(cast, planned):
    data = edited(planned, first_on="2026-09-21", last_on="2027-01-29")
    response = signed_in(cast.tutor).post(f"/placements/{planned.pk}/edit/", data)
    assert response.url == f"/placements/{planned.pk}/setup/"
    assert [start for start, _ in fresh(planned).pattern.versions] == [date(2026, 9, 21)]
    data = edited(fresh(planned), first_on="2026-08-31")
    signed_in(cast.tutor).post(f"/placements/{planned.pk}/edit/", data)
    assert [start for start, _ in fresh(planned).pattern.versions] == [date(2026, 8, 31)]


def test_before_the_start_the_only_pattern_is_the_one_to_change(cast, planned):
    client, path = signed_in(cast.tutor), f"/placements/{planned.pk}/pattern/"
    assert client.get(path).context["replaces"] == date(2026, 9, 7)
    assert client.get(f"{path}?later=1").context["replaces"] is None
    data = {
        "pattern-valid_from": "2026-09-07",
        "seen": planned.version,
        "day0-starts": "10:00",
        "day0-finishes": "16:00",
    }
    assert client.post(path, data).url == f"/placements/{planned.pk}/setup/"
    assert fresh(planned).pattern.described(date(2026, 9, 7)) == "Mon 10:00 to 16:00"


def test_an_extension_into_another_placement_keeps_within_working_time(cast, planned):
    student = Student.objects.get(pk=cast.student_record.pk)
    student.born_on = date(2010, 1, 1)
    student.save()
    planned.pattern_days.update(starts=time(17, 30), finishes=time(20), break_minutes=0)
    data = edited(fresh(cast.placement), last_on="2026-09-30")
    response = signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/edit/", data)
    assert "The hours with Employer are added up." in response.content.decode()
    assert fresh(cast.placement).last_on == date(2026, 7, 31)
    data["last_on"] = "2026-08-31"
    assert signed_in(cast.tutor).post(f"/placements/{cast.placement.pk}/edit/", data).status_code == 302


def test_hours_are_worked_out_without_javascript_and_nothing_is_stored(cast, planned):
    data = edited(planned, last_on="2026-09-11", work_out="1")
    page = signed_in(cast.tutor).post(f"/placements/{planned.pk}/edit/", data).content.decode()
    assert "35 h in 1 week, bank holidays left out." in page
    assert fresh(planned).last_on == date(2026, 12, 18)


def test_while_dates_are_chosen_the_hours_a_week_are_said(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(last_on=date(2026, 3, 18))
    client = signed_in(cast.tutor)
    path = f"/placements/reckoning/{cast.student_record.pk}/"
    page = client.get(f"{path}?first_on=2026-09-07&last_on=2026-12-18").content.decode()
    assert "That is 15 weeks." in page
    assert "To reach the required 315 h, about 15 h a week are needed: 3 days of 7 h." in page
    # 2 to 18 March: nothing is handed in so far
    assert "91 h are still to come in another placement; they carry over." in page
    assert client.get(path).status_code == 204
    assert client.get(f"{path}?first_on=2026-09-07&last_on=2026-09-06").status_code == 204
    assert client.get(f"{path}?first_on=x&last_on=\0").status_code == 204


def test_days_and_times_are_added_up_while_they_are_typed(cast, planned):
    client = signed_in(cast.tutor)
    path = f"/placements/reckoning/{cast.student_record.pk}/?placement={planned.pk}"
    typed = "&pattern-valid_from=2026-09-07&from=2026-09-07&day0-starts=09:00&day0-finishes=17:00&day0-break_minutes=60"
    page = client.get(f"{path}{typed}").content.decode()
    assert "105 h in 15 weeks" in page  # 15 Mondays of 7 hours
    page = client.get(f"{path}{typed.replace('&from=2026-09-07', '')}").content.decode()
    assert "105 h in 15 weeks" in page
    page = client.get(f"{path}{typed.replace('2026-09-07', 'x')}").content.decode()
    assert "525 h in 15 weeks" in page
    assert client.get(f"{path}{cast.other_placement.pk}9").status_code == 404


def test_a_second_employer_is_explained_with_the_figures(cast):
    other = EmployerFactory(provider=cast.provider)
    path = f"/placements/add/?student={cast.student_record.pk}&employer={other.pk}"
    page = signed_in(cast.tutor).get(path).content.decode()
    assert "Hours carry over" in page
    assert "0 h of 315 h are approved so far" in page
    assert "more employers than the rules allow" not in page
    PlacementFactory(student=cast.student_record, employer=EmployerFactory(provider=cast.provider), status="planned")
    assert "more employers than the rules allow" in signed_in(cast.tutor).get(path).content.decode()


# --- the guided path ---


def test_the_path_leads_from_one_step_to_the_next(cast, planned):
    client, path = signed_in(cast.tutor), f"/placements/{planned.pk}/setup/"
    response = client.get(path)
    page = response.content.decode()
    assert "Dates and place" in page
    assert "No learning goal is written." in page
    assert response.context["next"].url.startswith("/")
    assert f'href="/placements/{planned.pk}/goals/"' in page


def test_departments_stand_beside_the_role(cast, planned):
    client, path = signed_in(cast.tutor), f"/placements/{planned.pk}"
    client.post(f"{path}/edit/", edited(planned, departments="Service desk, then networks"))
    assert about_the_role(planned) == "Junior developer: Service desk, then networks."
    assert f"{about_the_role(planned)} Not paid." in client.get(f"{path}/change/").content.decode()
    Placement.objects.filter(pk=planned.pk).update(departments="Service desk, then?")
    assert about_the_role(planned) == "Junior developer: Service desk, then?"


def about_the_role(planned) -> str:
    """What the guided path says of role and departments."""
    tasks = tasks_of([fresh(planned)], with_advice=True)[planned.pk]
    return next(task.says for task in tasks if task.title == "Role and departments")


def test_the_page_of_changes_takes_four_queries(cast, django_assert_num_queries):
    client, rows = signed_in(cast.tutor), cast.placement.later_changes
    for mays in ((1,), (2, 3)):
        for day in mays:
            rows.create(what="site", from_on=date(2026, 5, day), withdrawn_at=None if day == 1 else "2026-03-18T12:00Z")
        with django_assert_num_queries(4):
            client.get(f"/placements/{cast.placement.pk}/change/")
