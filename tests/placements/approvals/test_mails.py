"""Mails to managers: at once for the first week, one a day for the rest, and nothing personal in a subject."""

import pytest
from django.utils import timezone

from placements.approvals.clock import tell_managers_what_waits
from placements.approvals.models import DecisionLink
from placements.approvals.telling import KINDS, due_for_digest
from portal.clock import chores
from portal.discovering import discover
from portal.notices.models import Notice
from tests.factories import LineManagerFactory
from tests.placements.approvals.scenes import MONDAYS, waiting

pytestmark = pytest.mark.django_db

AT_ONCE, DIGEST = "weeks_waiting_now", "weeks_waiting"


@pytest.fixture
def at(time_machine):
    """Move to a moment: at('2026-03-23 08:00')."""

    def move(moment):
        time_machine.move_to(moment, tick=False)

    return move


@pytest.fixture
def hand_in(cast, django_capture_on_commit_callbacks):
    """Hand in a week of the placement, and let what follows the commit happen."""

    def act(monday=MONDAYS[0], placement=None):
        with django_capture_on_commit_callbacks(execute=True):
            return waiting(placement or cast.placement, monday)

    return act


@pytest.fixture
def ticked(django_capture_on_commit_callbacks):
    """Let the clock tell managers what waits, and the mails go out."""

    def act():
        with django_capture_on_commit_callbacks(execute=True):
            tell_managers_what_waits(timezone.now())

    return act


def kinds(user=None) -> list[str]:
    """The kinds of the mails to managers, oldest first."""
    rows = Notice.objects.filter(kind__in=KINDS).order_by("pk")
    return list((rows.filter(to=user) if user else rows).values_list("kind", flat=True))


# --- At once ---


def test_a_mail_that_fails_leaves_the_week_handed_in(hand_in, monkeypatch, caplog):
    def fail(*arguments):
        raise ConnectionError("no mail server")

    monkeypatch.setattr("placements.approvals.following.mail_at_once", fail)
    week = hand_in()
    week.refresh_from_db()
    assert week.status == "handed_in"
    assert "no mail server" in caplog.text


def test_the_first_week_is_mailed_to_its_manager_at_once_and_no_other_on_the_same_day(cast, at, hand_in):
    at("2026-03-20 15:00")
    weeks = [hand_in(MONDAYS[0]), hand_in(MONDAYS[1])]
    assert (kinds(), Notice.objects.get(kind=AT_ONCE).to) == ([AT_ONCE], cast.manager)
    for week in weeks:
        week.approve(by=cast.manager)
    hand_in(MONDAYS[2])
    assert kinds() == [AT_ONCE]
    hand_in(placement=cast.placement2)
    assert (kinds(cast.manager), kinds(cast.manager2)) == ([AT_ONCE], [AT_ONCE])


def test_a_week_taken_back_and_handed_in_again_comes_with_the_next_daily_mail(cast, told, at, ticked):
    at("2026-03-20 16:00")
    told.recall(by=cast.student)
    told.hand_in(by=cast.student)
    ticked()
    assert kinds() == [AT_ONCE]
    at("2026-03-21 08:00")
    ticked()
    assert kinds() == [AT_ONCE, DIGEST]


def test_on_another_day_the_first_week_is_mailed_at_once_again(cast, told, at, hand_in):
    told.approve(by=cast.manager)
    at("2026-03-21 15:00")
    hand_in(MONDAYS[1])
    assert kinds() == [AT_ONCE, AT_ONCE]


def test_no_mail_for_a_week_that_was_answered_before_the_mail_was_made(cast, at, django_capture_on_commit_callbacks):
    at("2026-03-20 15:00")
    with django_capture_on_commit_callbacks(execute=True):
        waiting(cast.placement).approve(by=cast.manager)
    assert kinds() == []


def test_nobody_is_mailed_where_nobody_approves_or_the_manager_left(cast, at, hand_in):
    at("2026-03-20 15:00")
    cast.placement.manager = None
    cast.placement.save()
    hand_in()
    cast.manager2.is_active = False
    cast.manager2.save()
    hand_in(placement=cast.placement2)
    assert kinds() == []


# --- Once a day ---


def test_the_daily_mail_comes_from_eight_and_only_once(cast, told, at, hand_in, ticked):
    at("2026-03-20 15:00")
    hand_in(MONDAYS[1])
    at("2026-03-20 16:00")
    ticked()
    assert kinds() == [AT_ONCE]
    hand_in(MONDAYS[2])
    at("2026-03-21 07:59")
    ticked()
    assert kinds() == [AT_ONCE]
    for minute in ("08:00", "08:01", "23:59"):
        at(f"2026-03-21 {minute}")
        ticked()
    assert kinds() == [AT_ONCE, DIGEST]


def test_what_comes_after_eight_waits_for_the_next_morning(cast, told, at, hand_in, ticked):
    at("2026-03-21 09:00")
    ticked()
    hand_in(MONDAYS[1])
    ticked()
    assert kinds() == [AT_ONCE]
    at("2026-03-22 08:00")
    ticked()
    assert kinds() == [AT_ONCE, DIGEST]


def test_without_anything_new_the_next_mail_comes_after_three_days(told, at, ticked):
    for day in ("21", "22"):
        at(f"2026-03-{day} 08:00")
        ticked()
    assert kinds() == [AT_ONCE]
    at("2026-03-23 08:00")
    ticked()
    assert kinds() == [AT_ONCE, DIGEST]
    for day in ("24", "25"):
        at(f"2026-03-{day} 08:00")
        ticked()
    assert kinds() == [AT_ONCE, DIGEST]
    at("2026-03-26 08:00")
    ticked()
    assert kinds() == [AT_ONCE, DIGEST, DIGEST]


def test_no_daily_mail_when_nothing_waits_any_more(cast, told, at, hand_in, ticked):
    at("2026-03-20 15:00")
    other = hand_in(MONDAYS[1])
    told.approve(by=cast.manager)
    other.send_back(by=cast.manager, reason="Breaks?")
    at("2026-03-21 08:00")
    ticked()
    assert kinds() == [AT_ONCE]


def test_a_new_manager_is_told_by_the_daily_mail_at_the_latest(cast, told, at, ticked):
    cast.placement.manager = cast.manager2
    cast.placement.save()
    at("2026-03-21 08:00")
    ticked()
    assert (kinds(cast.manager), kinds(cast.manager2)) == ([AT_ONCE], [DIGEST])


def test_eight_is_eight_in_england_in_summer_too(cast, at):
    at("2026-06-19 15:00+01:00")
    waiting(cast.placement)
    for moment, due in (("07:59", []), ("08:00", [cast.manager])):
        at(f"2026-06-20 {moment}+01:00")
        assert list(due_for_digest(timezone.now())) == due, moment


def test_a_tick_with_nothing_due_asks_once_however_many_wait(cast, told, at, hand_in, django_assert_num_queries):
    hand_in(placement=cast.placement2)
    at("2026-03-21 08:00")
    with django_assert_num_queries(1):
        tell_managers_what_waits(timezone.now())


# --- What the mail says ---


def test_the_mail_names_first_names_and_hours_in_the_body_and_nobody_in_the_subject(cast, at, hand_in, mailoutbox):
    at("2026-03-20 15:00")
    cast.student.first_name = "D'Arcy"
    cast.student.save()
    hand_in()
    mail = mailoutbox[0]
    html = mail.alternatives[0].content
    assert mail.to == ["manager@cast.test"]
    assert mail.subject == "A week of hours waits for your answer"
    for body in (mail.body, html):
        assert "Hello Manager," in body
        assert "Reed" not in body
        assert DecisionLink.objects.get().path() in body
    assert "- D'Arcy, week of 2 March 2026: 7 h" in mail.body, "readable in plain text"
    assert "D&#x27;Arcy, week of 2 March 2026: 7 h" in html


def test_the_daily_mail_of_the_clock_lists_all_that_waits_by_provider(cast, told, at, ticked, mailoutbox):
    LineManagerFactory(employer=cast.other_employer, user=cast.manager)
    cast.other_placement.manager = cast.manager
    cast.other_placement.save()
    at("2026-03-20 15:01")
    waiting(cast.other_placement)
    at("2026-03-21 08:00")
    discover("clock")
    assert tell_managers_what_waits in chores
    ticked()
    mail = mailoutbox[-1]
    assert mail.subject == "2 weeks of hours wait for your answer"
    assert mail.body.index("Northfield College") < mail.body.index("- Student, week of 2 March 2026: 7 h")
    assert mail.body.index("Other College") < mail.body.index("- Other Student, week of 2 March 2026: 7 h")
