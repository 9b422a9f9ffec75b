"""Applications and their verbs: who may do what, what follows, and what the database itself refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.opportunities.models import Opportunity
from placements.finding.applying import put_forward, send_application
from placements.finding.models import Application
from placements.hours.totals import totals_written
from placements.models import Placement
from placements.setup.changing import remove_placement
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from portal.workflow import Refused
from students.tlevels.models import Specialism, TLevel
from tests.factories import PlacementFactory
from tests.placements.finding_scenes import (
    WEDNESDAY,
    application_of,
    at,
    cast_for,
    cv_of,
    fresh,
    in_days,
    opportunity_of,
    seeker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_wednesday(time_machine):
    time_machine.move_to(WEDNESDAY)


@pytest.fixture
def cast(request, db):
    return cast_for(request.fixturenames)


@pytest.fixture
def sam(cast):
    return cast.sam


@pytest.fixture
def opportunity(cast):
    return cast.opportunity


def said(thing) -> list[str]:
    return [event.says for event in Event.objects.about(thing)]


def mails(kind: str) -> list[tuple]:
    return [(notice.to.email, notice.subject) for notice in Notice.objects.filter(kind=kind).order_by("pk")]


def apply(opportunity, student):
    return fresh(send_application(opportunity, student, note="I like it.", cv=cv_of(student), by=student.user))


# --- Applying -------------------------------------------------------------------------------------------------------


def test_the_first_application_is_mailed_to_the_contact_the_second_is_not(cast, sam, opportunity):
    apply(opportunity, sam)
    apply(opportunity, seeker(cast, "Kim"))
    assert mails("ask_applications") == [("manager@cast.test", "Students would like to come to you")]
    assert Ask.objects.get().to == cast.manager


@pytest.mark.database
def test_nobody_applies_twice_at_a_time_but_again_after_withdrawing(sam, opportunity):
    first = apply(opportunity, sam)
    with pytest.raises(Refused, match="There is an application for this already"):
        apply(opportunity, sam)
    first.withdraw(by=sam.user, reason="Not sure")
    assert apply(opportunity, sam).status == "applied"
    assert said(first) == ["withdrew the application. Reason: Not sure", "applied"]


def test_nobody_applies_where_it_is_not_open(sam, opportunity, subtests):
    now = {"closes_on": opportunity.closes_on, "status": "open", "closed_because": "", "taken": 0}
    for why, fields in {
        "past the last day": {"closes_on": "2026-11-17"},
        "closed": {"status": "closed", "closed_because": "They moved"},
        "full": {"taken": 2},
    }.items():
        with subtests.test(why):
            Opportunity.objects.filter(pk=opportunity.pk).update(**now | fields)
            with pytest.raises(Refused, match="This is not open any more"):
                apply(opportunity, sam)


@pytest.mark.database
def test_nobody_applies_to_another_t_level_specialism_or_provider(cast, sam, opportunity):
    other = opportunity_of(cast, employer=cast.other_employer)
    early = TLevel.objects.get(title="Education and Early Years")
    assisting = opportunity_of(
        cast, tlevel=early.title, specialism=Specialism.objects.get(title="Assisting Teaching"), role="Classroom"
    )
    educator = seeker(cast, "Edna")
    educator.tlevel, educator.specialism = early, Specialism.objects.get(title="Early Years Educator")
    educator.save()
    for place, student in [(other, sam), (assisting, sam), (assisting, educator)]:
        with pytest.raises(Refused):
            apply(place, student)


@pytest.mark.database
def test_who_is_put_forward_is_asked_and_the_employer_knows_nothing(cast, sam, opportunity):
    application = fresh(put_forward(opportunity, sam, words="You like tools.", by=cast.tutor))
    assert mails("application_put_forward") == [("sam@cast.test", "Would you like to go there?")]
    assert mails("ask_applications") == []
    assert not Application.objects.visible_to(cast.manager).exists()
    application.agree(by=sam.user, note="Yes please", cv=cv_of(sam))
    assert Application.objects.visible_to(cast.manager).get() == application
    assert mails("ask_applications") == [("manager@cast.test", "Students would like to come to you")]
    assert mails("application_told") == [("tutor@cast.test", "News about a student's search for a place")]


def test_saying_no_to_being_put_forward_stays_at_the_provider(cast, sam, opportunity):
    application = fresh(put_forward(opportunity, sam, words="", by=cast.tutor))
    with pytest.raises(PermissionDenied):
        application.take_back(by=sam.user)
    application.withdraw(by=sam.user, reason="Too far")
    assert application.sentence() == "Not taken up, closed on 18 November 2026"
    assert said(application)[0] == "said no to being put forward. Reason: Too far"
    assert not Application.objects.visible_to(cast.manager).exists()
    assert Notice.objects.get(kind="application_told").to == cast.tutor


def test_the_tutor_takes_back_putting_forward(cast, sam, opportunity):
    application = fresh(put_forward(opportunity, sam, words="", by=cast.tutor))
    application.take_back(by=cast.tutor)
    assert application.status == "withdrawn"


# --- The employer ---------------------------------------------------------------------------------------------------


def test_shortlisted_by_mistake_goes_back(cast, sam, opportunity):
    application = application_of(opportunity, sam)
    application.shortlist(by=cast.manager)
    assert application.sentence() == "On the shortlist since 18 November 2026"
    application.unlist(by=cast.manager)
    assert application.sentence() == "Sent on 18 November 2026, not answered yet"
    assert said(application)[:2] == ["took it off the shortlist", "put it on the shortlist"]


@pytest.mark.database
def test_an_interview_to_come_is_arranged_moved_and_called_off_each_by_mail(cast, sam, opportunity):
    application = application_of(opportunity, sam)
    with pytest.raises(Refused, match="has passed already"):
        application.invite(by=cast.manager, at=at(in_days(-1), 10), way="phone")
    application.invite(by=cast.manager, at=at(in_days(5), 10), way="in_person", where="Room 2")
    assert application.sentence() == "Interview on 23 November 2026 at 10:00"
    application.invite(by=cast.manager, at=at(in_days(6), 11), way="phone")
    application.call_off(by=cast.manager, words="I am ill")
    assert (application.status, application.interview_at, application.interview_way) == ("shortlisted", None, "")
    assert said(application)[:3] == [
        "called the interview off: I am ill",
        "moved the interview to 24 November 2026 at 11:00",
        "invited to an interview on 23 November 2026 at 10:00",
    ]
    assert mails("application_news") == [("sam@cast.test", "News about your application")] * 3
    first = Notice.objects.filter(kind="application_news").order_by("pk").first()
    assert "23 November 2026 at 10:00" in first.text
    assert f"/applications/{application.pk}/interview.ics" in first.text


@pytest.mark.database
def test_no_more_places_are_offered_than_there_are(cast, sam):
    opportunity = opportunity_of(cast, places=1)
    first, second = application_of(opportunity, sam), application_of(opportunity, seeker(cast, "Kim"))
    first.offer(by=cast.manager, words="Welcome", answer_by=in_days(7))
    assert first.sentence() == "Place offered on 18 November 2026, answer wanted by 25 November 2026"
    with pytest.raises(Refused, match="All places that are left are offered already"):
        second.offer(by=cast.manager)
    first.take_offer_back(by=cast.manager, words="The team is smaller now")
    second.offer(by=cast.manager)
    assert second.status == "offered"


@pytest.mark.database
def test_turning_down_wants_words_and_can_be_taken_up_again(cast, sam, opportunity):
    application = apply(opportunity, sam)
    with pytest.raises(Refused, match="Say it in a few words"):
        application.turn_down(by=cast.manager, words="  ")
    application.turn_down(by=cast.manager, words="Another student fits better.")
    assert application.sentence() == "Not successful this time, answered on 18 November 2026"
    assert Ask.objects.get().is_answered
    application.take_up_again(by=cast.manager)
    assert (application.status, application.answer) == ("shortlisted", "")
    assert len(mails("application_news")) == 2


def test_strangers_and_students_decide_nothing(cast, sam, opportunity):
    application = application_of(opportunity, sam)
    for who in (cast.student, cast.manager2, cast.tutor2, cast.other_coordinator):
        for verb in (application.shortlist, application.turn_down, application.offer):
            with pytest.raises(PermissionDenied):
                verb(by=who)


def test_a_missed_interview_is_told_to_the_contact(cast, sam, opportunity):
    application = apply(opportunity, sam)
    application.withdraw(by=sam.user)
    assert mails("applicant_news") == []
    application = apply(opportunity, sam)
    application.invite(by=cast.manager, at=at(in_days(5), 10), way="phone")
    application.withdraw(by=sam.user)
    assert mails("applicant_news") == [("manager@cast.test", "News about an applicant")]


# --- Accepting ------------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_accepting_plans_the_placement_with_everything_that_is_known(cast, sam):
    site = cast.placement.site
    opportunity = opportunity_of(cast, site=site)
    application = application_of(opportunity, sam, "offered")
    application.accept(by=sam.user)
    placement = Placement.objects.get(student=sam)
    assert application.placement == placement
    assert (placement.employer, placement.site, placement.manager) == (cast.employer, site, cast.manager)
    assert (placement.role, placement.status) == ("Junior developer", "planned")
    assert (placement.first_on, placement.last_on) == (opportunity.first_on, opportunity.last_on)
    assert placement.pattern.described(placement.first_on) == "Mon to Wed 09:00 to 17:00"
    opportunity.refresh_from_db()
    assert (opportunity.taken, opportunity.sentence()) == (1, "Open until 8 December 2026, 1 of 2 places left")
    assert said(application) == ["accepted the place"]
    assert "added it" in said(placement)
    assert mails("applicant_news") == [("manager@cast.test", "News about an applicant")]
    assert mails("application_told") == [("tutor@cast.test", "News about a student's search for a place")]


def test_accepting_writes_the_totals_once_with_the_pattern_there(sam, opportunity):
    written = []

    def count(sender, pks, **kwargs):
        written.append((list(pks), Placement.objects.get(student=sam).pattern_days.count()))

    application = application_of(opportunity, sam, "offered")
    totals_written.connect(count)
    try:
        application.accept(by=sam.user)
    finally:
        totals_written.disconnect(count)
    assert written == [([sam.pk], 3)]


def test_a_pattern_that_is_too_long_for_the_student_is_left_to_be_agreed(cast, sam):
    sam.born_on = timezone.localdate() - timedelta(days=365 * 17)
    sam.save()
    opportunity = opportunity_of(cast, weekdays=())
    opportunity.days.create(weekday=0, starts="08:00", finishes="19:00", break_minutes=60)
    application_of(opportunity, sam, "offered").accept(by=sam.user)
    assert not Placement.objects.get(student=sam).pattern


def test_a_place_that_has_begun_starts_today_and_one_that_is_over_cannot_be_taken(cast, sam):
    begun = opportunity_of(cast, first_on=in_days(-10))
    application_of(begun, sam, "offered").accept(by=sam.user)
    assert Placement.objects.get(student=sam).first_on == timezone.localdate()
    over = opportunity_of(cast, first_on=in_days(-90), last_on=in_days(-10), closes_on=in_days(-20))
    with pytest.raises(Refused, match="The last day of this place was 8 November 2026"):
        application_of(over, seeker(cast, "Kim"), "offered").accept(
            by=Application.objects.get(opportunity=over).student.user
        )
    over.refresh_from_db()
    assert over.taken == 0


@pytest.mark.database
def test_accepting_ends_the_other_applications_of_the_same_search(cast, sam, opportunity):
    others = {
        status: application_of(opportunity_of(cast, employer=cast.employer2, role=status), sam, status)
        for status in ("put_forward", "applied", "interview", "offered", "not_successful")
    }
    second_search = application_of(opportunity_of(cast, role="Later"), sam, search=2)
    application_of(opportunity, sam, "offered").accept(by=sam.user)
    assert {name: fresh(other).status for name, other in others.items()} == {
        "put_forward": "withdrawn",
        "applied": "withdrawn",
        "interview": "withdrawn",
        "offered": "declined",
        "not_successful": "not_successful",
    }
    assert fresh(second_search).status == "applied"
    assert fresh(others["applied"]).reply == "Accepted the place at Employer"
    assert ("manager2@cast.test", "News about an applicant") in mails("applicant_news")
    with pytest.raises(Refused, match="nobody can be in two places"):
        others["offered"].accept(by=sam.user)
    assert Placement.objects.filter(student=sam).count() == 1


@pytest.mark.database
def test_the_last_place_goes_to_the_first_who_accepts(cast, sam):
    opportunity = opportunity_of(cast, places=1)
    kim = seeker(cast, "Kim")
    first, second = (application_of(opportunity, student, "offered") for student in (sam, kim))
    first.accept(by=sam.user)
    with pytest.raises(Refused, match="Somebody else has taken the last place"):
        second.accept(by=kim.user)
    assert fresh(second).status == "offered"
    assert not Placement.objects.filter(student=kim).exists()


@pytest.mark.database
def test_the_database_gives_no_place_twice(cast, sam, opportunity):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opportunity.objects.filter(pk=opportunity.pk).update(taken=3)
    application_of(opportunity, sam, "accepted")
    with pytest.raises(IntegrityError), transaction.atomic():
        application_of(opportunity_of(cast, employer=cast.employer2), sam, "accepted")


@pytest.mark.database
def test_the_database_refuses_half_a_decision(sam, opportunity):
    application = application_of(opportunity, sam)
    for half in ({"status": "interview"}, {"status": "not_successful"}, {"applied_at": None, "status": "offered"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**half)


@pytest.mark.database
def test_a_second_employer_can_be_found_after_the_first(cast, sam, opportunity):
    first = PlacementFactory(student=sam, employer=cast.employer, manager=cast.manager, status="planned", weekdays=[])
    application_of(opportunity, sam, "accepted", placement=first)
    later = opportunity_of(cast, employer=cast.employer2, first_on=in_days(220), last_on=in_days(300))
    application = apply(later, sam)
    assert application.search == 2
    application.offer(by=cast.coordinator)
    assert Event.objects.about(application)[0].by == cast.coordinator
    application.accept(by=sam.user)
    assert Placement.objects.filter(student=sam).count() == 2


@pytest.mark.database
def test_removing_the_planned_placement_gives_the_place_back(cast, sam, opportunity):
    application = application_of(opportunity, sam, "offered")
    application.accept(by=sam.user)
    remove_placement(Placement.objects.get(student=sam), by=cast.coordinator)
    application, opportunity = fresh(application), Opportunity.objects.get(pk=opportunity.pk)
    assert (application.status, application.placement, opportunity.taken) == ("withdrawn", None, 0)
    assert Event.objects.about(application)[0].by_name == "The portal"
    assert apply(opportunity, sam).search == 1


def test_declining_is_told_and_can_be_taken_up_again(cast, sam, opportunity):
    application = application_of(opportunity, sam, "offered")
    application.decline(by=sam.user, reason="Too early in the morning")
    assert said(application)[0] == "declined the offer. Reason: Too early in the morning"
    assert mails("applicant_news") == [("manager@cast.test", "News about an applicant")]
    application.take_up_again(by=cast.manager)
    assert application.status == "shortlisted"
