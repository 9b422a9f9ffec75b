"""Students find and apply; one application for everybody whom it concerns."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from icalendar import Calendar

from employers.opportunities.models import Opportunity
from placements.finding.filters import PlaceFilter
from placements.finding.forms import ApplyForm, InterviewForm
from placements.finding.models import Application, Feedback
from placements.finding.showing import a_place_to_find
from placements.models import Placement
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from students.tlevels.rules import rule_sets
from tests import factories
from tests.conftest import signed_in
from tests.pages import given_back, said, told
from tests.placements.finding_scenes import (
    WEDNESDAY,
    application_of,
    applications_of,
    cast_for,
    find_of,
    fresh,
    in_days,
    opportunities_of,
    opportunity_of,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_wednesday(time_machine):
    time_machine.move_to(WEDNESDAY)


@pytest.fixture(autouse=True)
def _a_page(monkeypatch):
    """A process of its own counts the pages of a PDF: here each has one."""
    monkeypatch.setattr("placements.finding.views.places.count_pages", lambda accepted: 1)


@pytest.fixture
def cast(request, db):
    return cast_for(request.fixturenames)


@pytest.fixture
def sam(cast):
    return cast.sam


@pytest.fixture
def me(sam):
    return signed_in(sam.user)


@pytest.fixture
def opportunity(cast):
    return cast.opportunity


def text(response) -> str:
    return response.content.decode()


# --- Looking --------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_is_open_for_this_student_and_nothing_else(cast, me, opportunity):
    opportunity_of(cast, role="Nurse", tlevel="Health")
    opportunity_of(cast, role="Gone", closes_on=in_days(-1))
    opportunity_of(cast, role="Elsewhere", employer=cast.other_employer)
    opportunity_of(cast, role="Full up", taken=2)
    page = text(me.get("/places/"))
    assert "1 opportunity is open." in page
    assert "Mon to Wed 09:00 to 17:00" in page
    assert not any(role in page for role in ("Nurse", "Gone", "Elsewhere", "Full up"))


FOUND = {
    "town=northf": ["In town"],
    "town=NF9": ["By train"],
    "town=LS": [],
    "sector=Health": ["By train"],
    "days=0&days=1&days=2": ["In town"],
    "days=0": [],
    "days=3&days=4": ["By train"],
    "days=nonsense&sector=%00": ["By train", "In town"],
}


def test_filters(cast, me):
    town = factories.EmployerFactory(provider=cast.provider, name="A", town="Northfield", sector="Software")
    train = factories.EmployerFactory(provider=cast.provider, name="B", town="Thornbury", sector="Health")
    site = factories.SiteFactory(employer=train, town="Thornbury", postcode="NF9 4WR")
    opportunity_of(cast, employer=town, role="In town")
    opportunity_of(cast, employer=train, site=site, role="By train", weekdays=(3, 4))
    for query, found in FOUND.items():
        rows = PlaceFilter(QueryDict(query), Opportunity.objects.all()).qs
        assert sorted(row.role for row in rows) == found, query
    page = text(me.get("/places/?days=3&days=4"))
    assert [role for role in ("By train", "In town") if f"{role}</a>" in page] == ["By train"]
    assert "Fewer filters show more places." in text(me.get("/places/?town=LS&days=nonsense&sector=%00"))


def test_the_empty_list_says_what_to_do(me):
    page = text(me.get("/places/"))
    assert "Nothing is open for your T Level now" in page
    assert "I found an employer myself" in page


def test_the_list_takes_eight_queries_however_long(cast, me, django_assert_num_queries):
    opportunities_of(cast, 1)
    with django_assert_num_queries(8):
        assert "1 opportunity is open." in text(me.get("/places/"))
    opportunities_of(cast, 2)
    with django_assert_num_queries(8):
        assert "3 opportunities are open." in text(me.get("/places/"))


def test_a_place_whose_hours_are_too_long_says_so(cast, me, sam):
    sam.born_on = timezone.localdate() - timedelta(days=365 * 17)
    sam.save()
    opportunity = opportunity_of(cast, weekdays=())
    opportunity.days.create(weekday=0, starts="08:00", finishes="19:00", break_minutes=60)
    page = text(me.get(f"/places/{opportunity.pk}/"))
    assert "The hours do not fit you yet" in page
    assert "10 h on one day. Under 18 it is at most 8 h a day." in page


def test_a_place_takes_seven_queries(cast, me, opportunity, django_assert_num_queries):
    rule_sets()  # read once a minute
    with django_assert_num_queries(7):
        me.get(f"/places/{opportunity.pk}/")


# --- Applying -------------------------------------------------------------------------------------------------------


def send(client, opportunity, **data):
    return client.post(f"/places/{opportunity.pk}/apply/", {"note": "I like it.", "cv": upload()} | data)


def test_applying_with_a_cv_and_a_note(me, sam, opportunity):
    response = send(me, opportunity)
    application = Application.objects.get()
    assert response.url == f"/applications/{application.pk}/"
    assert (application.status, application.note, application.cv.name) == ("applied", "I like it.", "cv.pdf")
    page = text(me.get(response.url))
    assert "Sent on 18 November 2026, not answered yet" in page
    assert "Your application is with Employer." in page


def test_another_note_for_the_same_place_comes_back(me, sam, opportunity):
    detail = f"/applications/{application_of(opportunity, sam, note='I like it.').pk}/"
    late = send(me, opportunity, note="I like it more.")
    assert given_back(late) == ["I like it more."]
    assert "You have applied already: Employer has what you sent first." in text(late)
    assert f'href="{detail}">Go on</a>' in text(late)


def a_word_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return out.getvalue()


def test_a_word_document_will_do():
    document = upload("My CV.docx", a_word_document())
    assert ApplyForm({"note": "I like it."}, {"cv": document}, cvs=[]).is_valid()


NOT_SENT = [
    ({"note": ""}, "Write a few sentences"),
    ({"cv": ""}, "Choose your CV: a PDF or a Word document."),
    ({"cv": "", "earlier": "77"}, "Choose your CV: a PDF or a Word document."),
    ({"cv": upload("me.exe", b"MZ not a document")}, "is not a PDF or a Word document that can be read."),
    ({"cv": upload("big.pdf", b"%PDF-" + b"0" * 5_300_000)}, "At most 5 MB are possible"),
    ({"cv": upload("empty.pdf", b"")}, "empty"),
    ({"note": "x" * 3001}, "at most 3000 characters"),
    ({"note": "nul \x00 byte"}, "Null characters are not allowed."),
]


@pytest.mark.parametrize(("data", "words"), NOT_SENT)
def test_what_cannot_be_sent_is_said(data, words):
    data = {"note": "I like it.", "cv": upload()} | data
    [[says]] = ApplyForm(data, {"cv": data["cv"]}, cvs=[]).errors.values()
    assert words in says


def test_what_cannot_be_sent_is_not_sent_and_the_words_stay(me, opportunity):
    response = send(me, opportunity, cv="", note="I like it, really.")
    assert response.status_code == 422
    assert "Choose your CV" in text(response)
    assert "I like it, really." in text(response)
    assert Application.objects.count() == 0


def test_a_second_press_leads_to_the_application(me, sam, opportunity):
    application = application_of(opportunity, sam, note="I like it.")
    assert send(me, opportunity).url == f"/applications/{application.pk}/"
    assert Application.objects.get() == application


def test_nobody_applies_after_the_last_day(sam, opportunity, time_machine):
    time_machine.move_to("2026-12-20 10:00")
    assert send(signed_in(sam.user), opportunity).status_code == 404


def test_agreeing_to_be_put_forward(cast, me, sam, opportunity):
    application = application_of(opportunity, sam, "put_forward", put_forward_words="You like tools.")
    page = text(me.get(f"/applications/{application.pk}/"))
    assert "You like tools." in page
    assert "No, thank you" in page
    assert "Yes, put me forward" in text(me.get(f"/places/{opportunity.pk}/apply/"))
    send(me, opportunity)
    assert fresh(application).status == "applied"


def test_the_list_of_my_applications_takes_eight_queries(cast, me, sam, django_assert_num_queries):
    find_of(sam)
    for n, status in enumerate(["applied", "offered", "not_successful", "withdrawn"]):
        application_of(opportunity_of(cast, role=f"Role {n}"), sam, status)
    with django_assert_num_queries(8):
        page = text(me.get("/applications/"))
    assert page.count("<li>") >= 4
    assert "“Somebody else knew the tools already.”" in page


def test_an_accepted_place_stands_apart_from_what_is_open(cast, me, sam):
    application_of(opportunity_of(cast, role="Open one"), sam, "applied")
    application_of(opportunity_of(cast, role="Taken one"), sam, "accepted")
    page = text(me.get("/applications/"))
    places = [page.index(words) for words in ("<h2>Accepted</h2>", "Taken one", "<h2>Open</h2>", "Open one")]
    assert places == sorted(places)


def test_many_applications_come_in_pages_with_the_open_ones_first(cast, me, sam):
    find = find_of(sam)
    application_of(opportunity_of(cast, role="The open one"), sam, "applied")
    applications_of(opportunities_of(cast, 51), [sam] * 51, "withdrawn")
    first, second = text(me.get("/applications/")), text(me.get("/applications/?page=2"))
    assert "The open one" in first
    assert find.name in first
    assert "1 to 50 of 52" in first
    assert "The open one" not in second
    assert find.name not in second
    assert "None so far" not in second
    assert "Role 0" in second


# --- One application ------------------------------------------------------------------------------------------------


def act(client, application, slug, **data):
    seen = Application.objects.values_list("version", flat=True).get(pk=application.pk)
    return client.post(f"/applications/{application.pk}/acts/{slug}/", {"seen": seen} | data)


def test_the_student_reads_what_accepting_means_and_accepts(cast, me, sam, opportunity):
    application = application_of(opportunity, sam, "offered", answer="Welcome")
    application_of(opportunity_of(cast, employer=cast.employer2, role="Tester"), sam)
    page = text(me.get(f"/applications/{application.pk}/acts/accept/"))
    assert "Your other applications end with that" in page
    assert "Tester at Employer2" in page
    assert Placement.objects.filter(student=sam).count() == 0
    act(me, application, "accept")
    placement = Placement.objects.get(student=sam)
    assert f"/placements/{placement.pk}/" in text(me.get(f"/applications/{application.pk}/"))


def test_accepting_what_was_taken_back_meanwhile_is_told(cast, me, sam, opportunity):
    application = application_of(opportunity, sam, "offered")
    seen = application.version
    application.take_offer_back(by=cast.manager, words="Sorry")
    told = said(me.post(f"/applications/{application.pk}/acts/accept/", {"seen": seen}))
    assert [words for words in told if "That is not possible any more." in words]
    assert not Placement.objects.filter(student=sam).exists()


def test_declining_with_a_reason(me, sam, opportunity):
    application = application_of(opportunity, sam, "offered")
    act(me, application, "decline", reason="Too far")
    application = fresh(application)
    assert (application.status, application.reply) == ("declined", "Too far")


def test_an_old_page_or_a_nonsense_version_changes_nothing_and_says_so(cast, me, sam, opportunity):
    application = application_of(opportunity, sam)
    application.shortlist(by=cast.manager)
    url = f"/applications/{application.pk}/acts/withdraw/"
    assert me.post(url, {"seen": "²"}).status_code == 422
    response = me.post(url, {"seen": 0, "reason": "My words"})
    assert response.status_code == 422
    assert "Somebody was quicker" in text(response)
    assert "My words" in text(response)
    application.refresh_from_db()
    assert (application.status, application.version) == ("shortlisted", 1)


def test_students_find_no_page_for_acts_of_others(me, sam, opportunity):
    application = application_of(opportunity, sam)
    for slug in ("nonsense", "take-back"):
        assert me.get(f"/applications/{application.pk}/acts/{slug}/").status_code == 404, slug


def test_staff_record_for_the_employer(cast, sam, opportunity):
    application = application_of(opportunity, sam)
    tutor = signed_in(cast.tutor)
    assert "Record for the employer" in text(tutor.get(f"/applications/{application.pk}/"))
    act(tutor, application, "offer", words="They rang me", answer_by="")
    assert fresh(application).status == "offered"
    assert Event.objects.about(application)[0].by == cast.tutor


NO_INTERVIEW = [
    ({"day": "2026-11-17", "time": "10:00"}, "This time has passed already."),
    ({"day": "2028-11-17", "time": "10:00"}, "That is more than a year away."),
    ({"day": "0001-01-01", "time": "10:00"}, "This time has passed already."),
    ({"day": "2026-11-20", "time": ""}, "Give the time as well."),
    ({"day": "31/2/2027", "time": "10:00"}, "There is no such date."),
    ({"day": "2026-11-20", "time": "10:00", "where": ""}, "Say where, so that the student finds it."),
    ({"day": "2026-11-20", "time": "10:00", "minutes": "1000"}, "Enter at most 480, not 1000."),
]


@pytest.mark.parametrize(("data", "words"), NO_INTERVIEW)
def test_an_interview_that_makes_no_sense_is_refused(data, words):
    facts = {"minutes": "30", "way": "in_person", "where": "Room 2", "words": "Bring a pen"} | data
    [[says]] = InterviewForm(facts, application=Application()).errors.values()
    assert words in says


def test_an_interview_that_is_refused_is_not_arranged_and_the_words_stay(cast, sam, opportunity):
    application = application_of(opportunity, sam)
    facts = {"day": "31/2/2027", "time": "10:00", "minutes": "30", "way": "in_person", "where": "Room 2"}
    response = act(signed_in(cast.manager), application, "invite", words="Bring a pen", **facts)
    assert response.status_code == 422
    assert "There is no such date." in text(response)
    assert "Bring a pen" in text(response)
    assert fresh(application).status == "applied"


def test_the_interview_goes_into_the_calendar_and_moves_there(cast, me, sam, opportunity):
    manager = signed_in(cast.manager)
    facts = {"day": "2026-11-24", "time": "10:30", "minutes": "45", "way": "in_person", "where": "Room 2; ask for Jo"}
    application = application_of(opportunity, sam)
    act(manager, application, "invite", **facts)
    response = me.get(f"/applications/{application.pk}/interview.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Interview: Junior developer, Employer"
    assert (event.decoded("DTSTART").isoformat(), event.decoded("DTEND").isoformat()) == (
        "2026-11-24T10:30:00+00:00",
        "2026-11-24T11:15:00+00:00",
    )
    assert event["LOCATION"] == "Room 2; ask for Jo"
    page = text(manager.get(f"/applications/{application.pk}/acts/invite/"))
    assert "Move the interview" in page
    assert "Room 2; ask for Jo" in page
    act(manager, application, "invite", **facts | {"day": "2026-11-25"})
    again = Calendar.from_ical(me.get(f"/applications/{application.pk}/interview.ics").content).walk("VEVENT")[0]
    assert (again["UID"], again["SEQUENCE"] > event["SEQUENCE"]) == (event["UID"], True)


def test_one_application_takes_at_most_eight_queries_and_shows_the_contact_only_what_is_needed(
    cast, sam, opportunity, django_assert_max_num_queries
):
    application = application_of(opportunity, sam, "interview", interview_at=timezone.now() - timedelta(days=2))
    Feedback.objects.create(application=application, source="given", words="Good")
    Feedback.objects.create(application=application, source="told", words="She said I was late")
    for who in (sam.user, cast.tutor, cast.manager):  # the contact last
        client = signed_in(who)
        with django_assert_max_num_queries(8):
            page = text(client.get(f"/applications/{application.pk}/"))
    assert "Sam Lee" in page
    assert "Digital Software Development" in page
    assert not any(word in page for word in ("She said I was late", sam.user.email, "History", "2007", sam.uln))


def test_note_and_cv_are_the_contact_s_to_read_while_they_are_needed(cast, me, sam, opportunity):
    application = application_of(opportunity, sam)
    contact, detail, cv = signed_in(cast.manager), *[f"/applications/{application.pk}/{rest}" for rest in ("", "cv/")]
    assert "I like your work." in text(contact.get(detail))
    application.turn_down(by=cast.manager, words="No")
    assert ("I like your work." in text(contact.get(detail)), contact.get(cv).status_code) == (False, 404)
    assert "I like your work." in text(signed_in(cast.tutor).get(detail))
    assert me.get(cv)["Content-Type"] == "application/pdf"


# --- Feedback -------------------------------------------------------------------------------------------------------


@pytest.fixture
def interviewed(sam, opportunity):
    return application_of(opportunity, sam, "interview", interview_at=timezone.now() - timedelta(days=2))


def test_feedback_on_what_has_gone_back_to_before_the_interview_comes_back(cast, interviewed):
    Application.objects.update(status="applied", interview_at=None)
    late = signed_in(cast.manager).post(f"/applications/{interviewed.pk}/feedback/", {"words": "Well prepared"})
    assert (late.status_code, given_back(late)) == (404, ["Well prepared"])


def test_the_student_writes_down_changes_and_removes_what_they_were_told(me, interviewed):
    url = f"/applications/{interviewed.pk}/feedback/"
    assert me.post(url, {"words": " "}).status_code == 422
    me.post(url, {"words": "Speak slower"})
    me.post(url, {"words": "Speak more slowly"})
    assert Feedback.objects.get().words == "Speak more slowly"
    assert "Speak more slowly" in text(me.get(f"/applications/{interviewed.pk}/"))
    me.post(url, {"remove": "1"})
    assert Feedback.objects.count() == 0
    assert [event.says for event in Event.objects.about(interviewed)] == [
        "removed the feedback that they had written down",
        "changed the feedback",
        "wrote down the feedback that they were told",
    ]


def test_the_student_asks_for_feedback_and_reads_it(cast, me, interviewed):
    me.post(f"/applications/{interviewed.pk}/feedback/ask/")
    ask = Ask.objects.get(kind="interview_feedback")
    notice = Notice.objects.get(kind="ask_interview_feedback")
    assert (notice.to, notice.subject) == (cast.manager, "How was the interview?")
    assert ask.path() in notice.text
    assert "a few minutes ago" in told(me.post(f"/applications/{interviewed.pk}/feedback/ask/"))
    signed_in(cast.manager).post(f"/applications/{interviewed.pk}/feedback/", {"words": "Well prepared"})
    ask.refresh_from_db()
    assert ask.is_answered
    page = text(me.get(f"/applications/{interviewed.pk}/"))
    assert "Well prepared" in page
    assert "Ask the employer for feedback" not in page


def test_without_an_interview_nobody_is_asked_for_feedback_and_there_is_no_calendar_entry(me, sam, opportunity):
    path = f"/applications/{application_of(opportunity, sam).pk}"
    assert "There was no interview so far." in told(me.post(f"{path}/feedback/ask/"))
    assert me.get(f"{path}/interview.ics").status_code == 404


# --- The student's home ---------------------------------------------------------------------------------------------


def asked_of(student, *placements) -> list[str]:
    """What the home asks of a student about finding a place, as it says it."""
    return [step.says for step in a_place_to_find(student, placements, timezone.localdate())]


def test_the_home_of_a_student_without_a_place_leads_on(cast, me, sam, opportunity):
    assert "Find a place" in text(me.get("/home/"))
    application_of(opportunity, sam, "interview")
    assert asked_of(sam) == ["Interview at Employer", "Find a place"]
    application_of(opportunity_of(cast, employer=cast.employer2), sam, "offered")
    assert asked_of(sam) == ["Employer2 offers you a place", "Interview at Employer"]


def test_whoever_has_a_placement_is_not_asked_to_find_one(cast):
    assert asked_of(cast.student_record, cast.placement) == []
