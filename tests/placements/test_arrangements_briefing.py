"""The briefing card of the line manager: what stands on it, what does not, and its mail a week ahead."""

import re
from datetime import date, datetime, timedelta

from django.utils import timezone

from placements.approvals.models import DecisionLink
from placements.arrangements.card import briefing_of
from placements.arrangements.clock import forget_unread_cards, mail_briefing_cards
from placements.arrangements.keeping import ask_about_first_day, send_briefing
from placements.arrangements.models import TLevelBrief
from placements.goals.models import LearningGoal
from placements.models import Placement
from placements.setup.adjustments import release, write_adjustment
from portal.asks.models import Ask
from portal.clock import chores
from portal.discovering import discover
from portal.history.models import Look
from portal.notices.models import Notice
from students.tlevels.models import TLevel
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.pages import said
from tests.placements.induction_ready import waiting_induction


def url(cast, act="briefing/") -> str:
    return f"/placements/{cast.placement.pk}/{act}"


def a_week_before(cast, *, days=7, hour=9) -> datetime:
    day = cast.placement.first_on - timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def waiting_week(cast):
    SpellFactory(timesheet=TimesheetFactory(placement=cast.placement)).timesheet.hand_in(by=cast.student)


def mailed(cast) -> Ask:
    return send_briefing(cast.placement, by=None)


def test_every_t_level_has_two_sentences(db):
    assert TLevel.objects.count() == TLevelBrief.objects.count() == 22
    assert [brief.says for brief in TLevelBrief.objects.all() if brief.says.count(". ") != 1] == []


def test_the_card_says_course_goals_hours_and_contacts_and_keeps_the_rest(cast):
    LearningGoal.objects.create(placement=cast.placement, number=1, wording="Write a test before the code")
    LearningGoal.objects.create(placement=cast.placement, number=2, wording="An old goal", replaced_at=timezone.now())
    cast.student_record.has_send = True
    cast.student_record.save()
    page = signed_in(cast.manager).get(url(cast)).content.decode()
    for words in (
        "Digital Software Development",
        "Write a test before the code",
        "Mon to Fri 09:00 to 17:00",
        "315 h are",
        "Monday 2 March 2026",
    ):
        assert words in page
    for not_the_managers_business in ("An old goal", "2007", "special educational"):
        assert not_the_managers_business not in page


def test_a_t_level_without_words_gets_plain_ones(cast):
    TLevelBrief.objects.all().delete()
    card = briefing_of(Placement.objects.get(pk=cast.placement.pk), cast.manager)
    assert card["brief"].startswith("Digital Software Development is a T Level: a technical course of two years")


def test_a_placement_without_goals_or_pattern_says_so(cast):
    cast.placement.pattern_days.all().delete()
    page = signed_in(cast.tutor).get(url(cast)).content.decode()
    assert "Days and times are not agreed yet." in page
    assert "None is written yet." in page
    assert "Not sent yet." in page


def test_the_manager_sees_what_to_do_this_week_and_nobody_else_does(cast, django_assert_num_queries):
    LearningGoal.objects.create(placement=cast.placement, number=1, wording="Write a test")
    waiting_week(cast)
    for who, queries in (("student", 6), ("manager", 8), ("tutor", 7), ("coordinator", 7)):
        client = signed_in(getattr(cast, who))
        with django_assert_num_queries(queries):
            page = client.get(url(cast)).content.decode()
        assert ("Approve 1 week of hours" in page) == (who == "manager"), who


def test_the_card_as_a_pdf(cast, monkeypatch):
    monkeypatch.setattr("portal.pdf.pdf", lambda *args, **kwargs: b"%PDF")  # laid out for the access table
    release(write_adjustment(cast.placement, "A quiet corner for breaks", by=cast.tutor), by=cast.student)
    response = signed_in(cast.manager).get(url(cast, "briefing.pdf"))
    assert response.content.startswith(b"%PDF")
    assert "Briefing card - Student Reed.pdf" in response["Content-Disposition"]
    assert Look.objects.filter(by_name="Manager Reed").count() == 1


# --- The mail a week ahead ---


def test_the_card_is_mailed_once_a_week_before_the_first_day(cast):
    for days in (7, 7, 6, 1, 0):
        mail_briefing_cards(a_week_before(cast, days=days))
    notice = Notice.objects.get(kind="ask_briefing", to=cast.manager)
    assert notice.subject == "Your student: all on one page"
    assert "/q/" in notice.text


def test_not_earlier_not_at_night_and_not_afterwards(cast):
    for days, hour in ((8, 9), (7, 7), (-1, 9)):
        mail_briefing_cards(a_week_before(cast, days=days, hour=hour))
        assert not Ask.objects.filter(kind="briefing").exists(), (days, hour)


def test_an_ended_placement_or_one_without_manager_gets_none(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="ended", ended_because="x")
    Placement.objects.filter(pk=cast.placement2.pk).update(manager=None)
    mail_briefing_cards(a_week_before(cast))
    assert set(Ask.objects.values_list("to", flat=True)) == {cast.other_manager.pk}


def test_a_manager_who_is_named_later_gets_it_too(cast, client):
    before = mailed(cast)
    cast.placement.manager = cast.manager2
    cast.placement.save()
    mail_briefing_cards(a_week_before(cast, days=5))
    assert client.get(before.path()).status_code == 410
    assert Ask.objects.filter(kind="briefing", about_id=cast.placement.pk, to=cast.manager2).count() == 1


def test_a_card_that_nobody_read_is_forgotten_after_its_link(cast):
    ask = mailed(cast)
    forget_unread_cards(ask.mailed_at + timedelta(days=13))
    ask.refresh_from_db()
    assert ask.is_open
    forget_unread_cards(ask.mailed_at + timedelta(days=15))
    ask.refresh_from_db()
    assert not ask.is_open


def test_the_clock_knows_these_chores(cast):
    discover("clock")
    assert {mail_briefing_cards, forget_unread_cards} <= set(chores)
    mail_briefing_cards(timezone.now())
    assert not Notice.objects.filter(kind="ask_briefing").exists()  # all of the cast began long ago


# --- By link ---


def test_manager_opens_the_card_by_link_and_says_so(cast, client):
    ask = mailed(cast)
    links = DecisionLink.objects.count()
    page = client.get(ask.path()).content.decode()
    assert "Digital Software Development" in page
    assert "I have read it" in page
    ask.refresh_from_db()
    assert (ask.is_open, DecisionLink.objects.count()) == (True, links)  # opening it has written nothing
    page = client.post(ask.path(), follow=True).content.decode()
    assert "Manager Reed answered on" in page
    assert "I have read it" not in page
    assert client.get(f"{ask.path()}at/elsewhere/").status_code == 404


def test_by_link_the_weeks_are_linked_where_a_mail_went_out(cast, client):
    ask = mailed(cast)
    waiting_week(cast)
    assert "Approve 1 week of hours: the link is in your mail." in client.get(ask.path()).content.decode()
    link = DecisionLink.objects.create(manager=cast.manager)
    page = client.get(ask.path()).content.decode()
    # It is signed anew, with the second of this look.
    address = re.search(rf'href="(/a/{link.pk}/[^/"]+/\?week=\d+)#week-', page)[1]
    assert "7 h" in client.get(address).content.decode()


def test_signed_in_the_manager_reads_the_same(cast):
    ask = mailed(cast)
    waiting_week(cast)
    page = signed_in(cast.manager).get(f"/asks/{ask.pk}/").content.decode()
    assert "Digital Software Development" in page
    assert "/decide/" not in page


def test_staff_mail_it_by_hand(cast):
    client = signed_in(cast.tutor)
    page = client.post(url(cast, "briefing/ask/"), follow=True).content.decode()
    assert "Manager Reed has a mail with the link to this card." in page
    assert "Sent to Manager Reed" in page
    assert "a few minutes ago" in said(client.post(url(cast, "briefing/ask/")))[-1]
    assert signed_in(cast.manager).post(url(cast, "briefing/ask/")).status_code == 403


def test_the_first_day_on_the_card_is_a_working_day(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(first_on=date(2026, 4, 3))
    card = briefing_of(Placement.objects.get(pk=cast.placement.pk), cast.manager)
    assert card["first_day"] == date(2026, 4, 7)


def test_this_week_names_what_is_about_this_student_and_nothing_else(cast, client):
    induction = waiting_induction(cast)
    cast.placement2.manager = cast.manager
    cast.placement2.save()
    ask_about_first_day(cast.placement2, by=cast.tutor2)
    page = signed_in(cast.manager).get(url(cast)).content.decode()
    assert "Confirm the induction" in page
    assert "Say what the student needs on the first day" not in page
    assert "more waits" not in page
    page = client.get(mailed(cast).path()).content.decode()
    assert Ask.objects.about(induction).get().path() in page
    assert "more waits" not in page
