"""The agreement: made from the placement, agreed by each in their own way, told when it is for other facts."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader
from time_machine import travel

from placements.agreements import agreeing, showing
from placements.agreements.filling import blocks, unknown_placeholders
from placements.agreements.forms import AgreeForm, PaperForm, TextForm
from placements.agreements.models import Agreement, AgreementText, Answer
from placements.agreements.standing import differences, standing_of
from placements.goals.writing import write_goals
from placements.models import Placement
from placements.pattern import pattern_changed
from placements.starting import tasks_of
from portal.asks.models import Ask
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.people.models import Membership
from portal.rooms import filled_in
from portal.workflow import Refused
from students.models import Student
from tests.conftest import make_cast, signed_in
from tests.factories import PlacementFactory
from tests.pages import said
from tests.poured import scene
from tests.ready import agree_on_goals, planned_next
from tests.steps import steps_of
from tests.tagged import problems_of

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.7 a scan"
SUMMER = "2026-08-10 12:00"


@pytest.fixture(autouse=True)
def _in_summer(time_machine):
    time_machine.move_to(SUMMER)


@scene
@travel(SUMMER, tick=False)
def planned():
    """The cast with one more placement, planned for the autumn, with goals that both agreed to."""
    cast = make_cast()
    made = planned_next(cast)
    agree_on_goals(made, by=cast.tutor)
    cast.planned = Placement.objects.with_people().get(pk=made.pk)
    return cast


@scene
@travel(SUMMER, tick=False)
def asked():
    """The same, and everybody concerned has been asked for the agreement."""
    cast = planned()
    cast.agreement = agreeing.make_agreement(cast.planned, by=cast.tutor)
    return cast


@pytest.fixture
def cast(request, db):
    return asked() if "agreement" in request.fixturenames else planned()


@pytest.fixture
def placement(cast):
    return cast.planned


@pytest.fixture
def agreement(cast):
    return cast.agreement


def path(placement, *rest):
    return "/".join([f"/placements/{placement.pk}/agreement", *rest, ""])


def agree(user, placement, **more):
    data = {"read": "on", "name": user.name} | more
    return signed_in(user).post(path(placement, "answer"), data)


def link_of(kind="agreement"):
    return Ask.objects.open().get(kind=kind).path()


def task(placement):
    fresh = Placement.objects.with_people().get(pk=placement.pk)
    return next(task for task in tasks_of([fresh])[fresh.pk] if task.title == "Agreement")


def all_agree(cast, agreement):
    for party, person in (("student", cast.student), ("employer", cast.manager), ("provider", cast.tutor)):
        agreeing.give_answer(agreement, party, agreed=True, name=person.name, by=person, way="portal")


def under_18(cast):
    Student.objects.filter(pk=cast.student_record.pk).update(born_on=date(2009, 1, 1))


# --- making it ---


def test_the_text_is_filled_from_the_placement(cast, agreement):
    for words in (
        "between Student Reed, Employer and Northfield College",
        "From 7 September 2026 to 18 December 2026",
        "Days and times: Mon to Fri 09:00 to 17:00",
        "Hours: 525 h are agreed here; 315 h are required",
        "- Explain what the team does",
        "Grace Bell, 01632 960111, safe@college.test",
        "Line manager: Manager Reed",
    ):
        assert words in agreement.text
    assert "{" not in agreement.text
    assert "2007" not in agreement.text


def test_everybody_concerned_is_asked(cast, placement, agreement):
    assert {notice.kind: notice.to for notice in Notice.objects.filter(kind__contains="agreement")} == {
        "ask_agreement": cast.manager,
        "agreement_ready": cast.student,
    }
    subjects = set(Notice.objects.filter(kind__contains="agreement").values_list("subject", flat=True))
    assert subjects == {"A placement agreement to read", "Your placement agreement is ready"}
    asked = [step.says for step in steps_of(cast.student_record, [placement], date(2026, 8, 10))]
    assert "Read and agree to your placement agreement" in asked


def test_it_is_not_made_before_goals_and_times_are_there(cast):
    bare = PlacementFactory(
        student=cast.student_record, employer=cast.employer, manager=None, weekdays=[], status="planned",
        first_on=date(2026, 9, 14), last_on=date(2026, 12, 18),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        agreeing.make_agreement(bare, by=cast.tutor)
    assert refused.value.reasons == [
        "No line manager is named who could agree for the employer.",
        "The days and times are not agreed yet.",
        "No learning goal is written.",
    ]
    assert said(signed_in(cast.tutor).post(path(bare, "make"))) == refused.value.reasons


def test_the_empty_state_says_what_comes(cast, placement):
    assert "Make the agreement" in signed_in(cast.tutor).get(path(placement)).content.decode()
    assert "The agreement is not made yet" in signed_in(cast.student).get(path(placement)).content.decode()
    assert task(placement).says.startswith("The agreement is not made yet.")
    [told] = said(signed_in(cast.tutor).post(path(placement, "make")))
    assert "Everybody concerned has been asked." in told


def test_a_double_press_makes_it_once(cast, placement, agreement, time_machine):
    with pytest.raises(Refused, match="The agreement was made a moment ago"):
        agreeing.make_agreement(placement, by=cast.tutor)
    assert Agreement.objects.get() == agreement
    time_machine.shift(61)
    agreeing.make_agreement(placement, by=cast.tutor)
    assert Agreement.objects.count() == 2


def test_nobody_is_asked_any_more_once_the_placement_has_ended(cast, placement, agreement):
    ask = Ask.objects.open().get(kind="agreement")
    Placement.objects.filter(pk=placement.pk).update(status="active")
    Placement.objects.with_people().get(pk=placement.pk).end(by=cast.tutor, reason="Left")
    ask.refresh_from_db()
    assert ask.withdrawn_at is not None
    with pytest.raises(Refused, match="This placement has ended"):
        agreeing.make_agreement(placement, by=cast.tutor)


# --- agreeing ---


def test_each_agrees_in_their_own_way(cast, placement, agreement, client):
    assert said(agree(cast.student, placement)) == ["You have agreed. Thank you."]
    agree(cast.tutor, placement)
    assert task(placement).says == "The agreement waits for Manager Reed."
    page = client.get(link_of()).content.decode()
    assert "You are answering as <strong>Manager Reed</strong>" in page
    assert "Why you are asked again" not in page
    assert "Yes, this is my name" not in page
    client.post(link_of(), {"read": "on", "name": "M. Reed"})
    assert [str(answer.sentence) for answer in agreement.answers.all()] == [
        "Student Reed agreed in the portal on 10 August 2026 at 12:00",
        "Tutor Reed agreed in the portal on 10 August 2026 at 12:00",
        "M. Reed agreed by mailed link on 10 August 2026 at 12:00",
    ]
    assert task(placement).done
    assert task(placement).says == "Agreed by everybody concerned."
    assert Event.objects.about(placement).first().says == "has the agreement of everybody concerned"


@pytest.mark.parametrize("name", ["Mickey <b>Mouse", "R. Mouse", "--"])
def test_another_name_is_asked_about_and_may_be_right(name):
    asks = ["You are answering as Manager Reed. Correct your name, or say that this one is yours."]
    assert AgreeForm({"read": "on", "name": name}, known="Manager Reed").errors == {"is_mine": asks}
    assert AgreeForm({"read": "on", "name": name, "is_mine": "on"}, known="Manager Reed").is_valid()


@pytest.mark.parametrize("name", ["reed", "Maya RÉED", "Manager O'Neill"])
def test_a_name_that_shares_a_word_is_not_asked_about(name):
    form = AgreeForm({"read": "on", "name": name}, known="Manager Reed")
    assert form.is_valid()
    assert form.cleaned_data["name"] == name


def test_another_name_is_asked_about_behind_the_link(agreement, client):
    name, says = (
        "Mickey <b>Mouse",
        "You are answering as Manager Reed. Correct your name, or say that this one is yours.",
    )
    response = client.post(link_of(), {"read": "on", "name": name})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(says) == 2
    assert '<a href="#id_is_mine">' in page
    assert not Answer.objects.exists()
    client.post(link_of(), {"read": "on", "name": name, "is_mine": "on"})
    assert Answer.objects.get().name == name


def test_another_name_is_asked_about_in_the_portal_too(cast, placement, agreement):
    response = agree(cast.student, placement, name="Mickey Mouse")
    says = "You are answering as Student Reed. Correct your name, or say that this one is yours."
    assert (response.status_code, response.content.decode().count(says)) == (422, 2)
    assert not Answer.objects.exists()


def test_who_has_agreed_reads_what_a_slip_can_still_become(cast, placement, agreement, client):
    ask = Ask.objects.open().get(kind="agreement")
    agreeing.give_answer(
        agreement, "employer", agreed=True, name="Manager Reed", by=cast.manager, found=ask, way="link"
    )
    before_the_start = "Was it a slip? Tell the college, which can take it back before the first day."
    assert before_the_start in client.get(ask.path()).content.decode()
    Placement.objects.filter(pk=placement.pk).update(status="active")
    since = "Was it a slip? Tell the college: the placement has begun, so everybody would be asked anew."
    assert since in client.get(ask.path()).content.decode()


def test_the_signed_in_manager_agrees_likewise(cast, placement, agreement):
    client, ask = signed_in(cast.manager), Ask.objects.open().get(kind="agreement")
    assert f'href="/asks/{ask.pk}/"' in client.get(path(placement)).content.decode()
    client.post(f"/asks/{ask.pk}/", {"read": "on", "name": "Manager Reed"})
    assert Answer.objects.get().way == "portal"
    assert signed_in(cast.manager).post(path(placement, "answer"), {"read": "on", "name": "x"}).status_code == 404


@pytest.mark.parametrize("data", [{}, {"read": "on"}, {"name": "Student"}, {"read": "on", "name": "a\0b"}])
def test_without_tick_and_name_nobody_agrees(data):
    assert not AgreeForm(data, known="Student Reed").is_valid()


def test_agreeing_twice_is_said(cast, agreement, client):
    link = link_of()
    all_agree(cast, agreement)
    response = client.post(link, {"read": "on", "name": "Manager Reed"})
    assert response.status_code == 422
    assert "This is agreed already." in response.content.decode()
    with pytest.raises(Refused, match="This is agreed already"):
        agreeing.give_answer(agreement, "student", agreed=True, name="Student Reed", by=cast.student, way="portal")


def test_the_manager_declines_with_words_and_the_tutor_hears(cast, placement, agreement, client):
    link = link_of()
    assert client.post(link, {"decline": "1", "words": ""}).status_code == 422
    client.post(link, {"decline": "1", "words": "Fridays do not work for us"})
    notice = Notice.objects.get(kind="agreement_declined")
    assert (notice.to, notice.subject) == (cast.tutor, "A placement agreement was declined")
    assert task(placement).says.startswith("Manager Reed has declined the agreement.")
    assert "Fridays do not work for us" in signed_in(cast.tutor).get(path(placement)).content.decode()
    needs = needs_of_staff(Membership.objects.get(user=cast.tutor), timezone.now())
    assert "The agreement was declined" in [need.says for need in needs]
    agreeing.give_answer(agreement, "employer", agreed=True, name="Manager Reed", by=cast.manager, way="link")
    assert Answer.objects.get(taken_back_at=None).agreed, "thought better of it"


def test_the_words_of_a_student_who_declines_are_not_the_managers_to_read(cast, placement, agreement):
    declined = {"agreed": False, "name": "Student Reed", "words": "My health"}
    agreeing.give_answer(agreement, "student", **declined, by=cast.student, way="portal")
    tutors, managers = (signed_in(who).get(path(placement)).content.decode() for who in (cast.tutor, cast.manager))
    assert "My health" in tutors
    assert "My health" not in managers
    for name in ("Student: Student Reed", "Employer: Manager Reed", "Provider: Tutor Reed"):
        assert f"<dt>{name}</dt>" in tutors


def test_an_answer_is_taken_back_before_the_start_and_by_the_student_only_the_own(cast, placement, agreement):
    all_agree(cast, agreement)
    student = signed_in(cast.student)
    assert said(student.post(path(placement, "take-back"), {"party": "employer"})) == ["The answer is taken back."]
    assert set(Answer.objects.filter(taken_back_at=None).values_list("party", flat=True)) == {"employer", "provider"}
    assert "There is no answer to take back." in said(student.post(path(placement, "take-back")))
    signed_in(cast.tutor).post(path(placement, "take-back"), {"party": "employer"})
    assert set(Answer.objects.filter(taken_back_at=None).values_list("party", flat=True)) == {"provider"}
    assert Ask.objects.open().filter(kind="agreement", to=cast.manager).exists()


def test_after_the_start_nothing_is_taken_back(cast, placement, agreement):
    Placement.objects.filter(pk=placement.pk).update(status="active")
    all_agree(cast, agreement)
    with pytest.raises(Refused, match="The placement has started"):
        agreeing.take_back(agreement, "student", by=cast.student)


# --- a parent or carer ---


def test_a_parent_is_asked_where_the_provider_wants_it_and_the_student_is_under_18(cast, placement, client):
    under_18(cast)
    agreeing.new_text(cast.provider, "About {student}", wants_parent=True, by=cast.coordinator)
    agreement = agreeing.make_agreement(placement, by=cast.tutor)
    all_agree(cast, agreement)
    assert task(placement).says == "The agreement waits for a parent or carer, whose address is not known yet."
    student = signed_in(cast.student)
    wrong = student.post(path(placement, "parent"), {"parent_name": "Ann", "parent_address": "x"})
    assert wrong.status_code == 422
    student.post(path(placement, "parent"), {"parent_name": "Ann Reed", "parent_address": "Ann@home.test"})
    ask = Ask.objects.open().get(kind="agreement_parent")
    assert (ask.to, ask.address, ask.name) == (None, "ann@home.test", "Ann Reed")
    assert "ann@home.test" not in signed_in(cast.manager).get(path(placement)).content.decode()
    client.post(ask.path(), {"read": "on", "name": "Ann Reed"})
    assert task(placement).done


def test_another_parent_takes_the_place_of_the_first(cast, placement):
    under_18(cast)
    agreeing.new_text(cast.provider, "About {student}", wants_parent=True, by=cast.coordinator)
    agreement = agreeing.make_agreement(placement, by=cast.tutor, parent=("Ann", "ann@home.test"))
    agreeing.name_parent(agreement, "Bob", "bob@home.test", by=cast.tutor)
    assert [ask.address for ask in Ask.objects.open().filter(kind="agreement_parent")] == ["bob@home.test"]


def test_no_parent_is_asked_for_somebody_of_18(cast, placement):
    agreeing.new_text(cast.provider, "About {student}", wants_parent=True, by=cast.coordinator)
    agreement = agreeing.make_agreement(placement, by=cast.tutor)
    assert agreement.parties == ["student", "employer", "provider"]
    with pytest.raises(Refused, match="is wanted any more"):
        agreeing.name_parent(agreement, "Ann", "ann@home.test", by=cast.tutor)


# --- changed facts, and asking anew ---


def test_what_was_signed_for_other_facts_is_told_and_asked_anew(cast, placement, agreement, client):
    all_agree(cast, agreement)
    old_link = Ask.objects.get(kind="agreement").path()
    Placement.objects.filter(pk=placement.pk).update(last_on=date(2027, 1, 29))
    assert task(placement).says.startswith("The agreement was signed for other facts.")
    page = signed_in(cast.tutor).get(path(placement)).content.decode()
    assert "Last day: it says 18 December 2026; now it is 29 January 2027." in page
    fresh = agreeing.make_agreement(placement, by=cast.tutor)
    assert Agreement.objects.current().get() == fresh
    assert "29 January 2027" in fresh.text
    assert not fresh.answers.exists()
    assert agreement.answers.filter(agreed=True).count() == 3
    why = client.get(link_of()).content.decode()
    assert "Why you are asked again" in why
    assert "Last day: it was 18 December 2026; now it is 29 January 2027." in why
    old = client.get(old_link)
    assert (old.status_code, "Another agreement has taken its place" in old.content.decode()) == (200, True)
    page = signed_in(cast.tutor).get(path(placement)).content.decode()
    assert "Earlier agreements" in page
    assert f"/agreements/{agreement.pk}/print/" in page


def test_while_on_placement_the_link_says_that_it_goes_on(cast, placement, agreement, client):
    all_agree(cast, agreement)
    Placement.objects.filter(pk=placement.pk).update(status="active", last_on=date(2027, 1, 29))
    agreeing.make_agreement(placement, by=cast.tutor)
    assert "The placement is running and goes on." in client.get(link_of()).content.decode()


def test_goals_that_change_before_the_start_count_as_other_facts(cast, placement, agreement):
    all_agree(cast, agreement)
    write_goals(placement, [(None, "Something new")], by=cast.tutor)
    goals = list(placement.goals.current())
    assert differences(agreement, placement, goals) == ["The learning goals have changed."]
    placement.status = Placement.Status.ACTIVE
    assert differences(agreement, placement, goals) == []


def test_a_new_pattern_counts_as_other_facts(placement, agreement):
    placement.pattern_days.filter(weekday=4).delete()
    pattern_changed.send(sender=Placement, instance=placement)
    fresh = Placement.objects.with_people().get(pk=placement.pk)
    [says] = differences(agreement, fresh, list(fresh.goals.current()))[:1]
    assert "now it is Mon to Thu 09:00 to 17:00" in says


# --- on paper ---


def scan(content=SCAN, name="signed.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_signed_paper_is_kept_with_who_recorded_it(cast, placement, agreement):
    client = signed_in(cast.tutor)
    data = {"scan": scan(), "on": "2026-08-07", "parties": ["student", "employer", "provider"]}
    page = client.post(path(placement, "paper"), data, follow=True).content.decode()
    assert "Manager Reed signed on paper on 7 August 2026 (recorded by Tutor Reed)" in page
    assert task(placement).done
    response = signed_in(cast.student).get(f"/agreements/{agreement.pk}/scan/")
    assert response.content == SCAN
    assert response["Content-Disposition"].startswith("attachment")
    assert not Ask.objects.open().filter(kind="agreement").exists()
    assert "Everybody has agreed already" in client.get(path(placement, "paper")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"scan": scan(b"hello", "virus.pdf")}, "that can be read"),
        ({"scan": ""}, "Choose a file first."),
        ({"on": "2026-08-11"}, "This day is still to come."),
        ({"on": "2020-01-01"}, "Check the year."),
        ({"parties": []}, "Tick who has signed."),
        ({"parties": ["parent"]}, "Choose only from those in the list."),
    ],
)
def test_a_paper_that_cannot_be_kept_says_why(wrong, words):
    data = {"scan": scan(), "on": "2026-08-07", "parties": ["student"]} | wrong
    form = PaperForm(data, {"scan": data["scan"]}, open_parties=["student", "employer", "provider"])
    [[says]] = form.errors.values()
    assert words in says


def test_a_paper_that_cannot_be_kept_is_not_kept(cast, placement, agreement):
    data = {"scan": scan(b"hello", "virus.pdf"), "on": "2026-08-07", "parties": ["student"]}
    response = signed_in(cast.tutor).post(path(placement, "paper"), data)
    assert response.status_code == 422
    assert "that can be read" in response.content.decode()
    assert not Answer.objects.exists()


def stands_as(cast, placement) -> tuple[str, str]:
    """How the agreement stands: on the page of the placement, and on its own."""
    context = signed_in(cast.tutor).get(f"/placements/{placement.pk}/").context
    [entry] = [entry for entry in context["rooms"] if entry.title == "Agreement"]
    return entry.says, signed_in(cast.tutor).get(path(placement)).context["standing"].says


def said_of(placement) -> tuple[str, str]:
    """The same without the pages: the entry in the list of rooms, and what the agreement's own page is given."""
    fresh = Placement.objects.with_people().get(pk=placement.pk)
    current, goals = fresh.agreements.current().first(), list(fresh.goals.current())
    [entry] = filled_in(fresh, [showing.agreement(fresh, {"tutor"})])
    return entry.says, standing_of(current, fresh, goals).says


OTHER_FACTS = "The agreement was signed for other facts. The tutor or the placement office can ask for it anew."


def test_the_page_of_the_placement_says_the_same_of_the_agreement(cast, placement, agreement):
    waits = "The agreement waits for Student Reed, Manager Reed and the tutor or the placement office."
    assert stands_as(cast, placement) == (waits, waits)
    all_agree(cast, agreement)
    assert said_of(placement) == ("Agreed by everybody concerned.", "Agreed by everybody concerned.")
    Placement.objects.filter(pk=placement.pk).update(last_on=date(2026, 12, 11))
    assert said_of(placement) == (OTHER_FACTS, OTHER_FACTS)


def test_an_ended_placement_does_not_ask_for_an_agreement_anew(cast, placement, agreement):
    """An early end moves the last day; nothing is agreed any more after it."""
    all_agree(cast, agreement)
    Placement.objects.filter(pk=placement.pk).update(status="active")
    ended = Placement.objects.get(pk=placement.pk)
    ended.last_on = date(2026, 12, 11)
    ended.end(by=cast.tutor, reason="Left")
    assert said_of(placement) == ("Agreed by everybody concerned.", "Agreed by everybody concerned.")


# --- the text of the provider ---


def test_a_changed_text_is_a_new_version_and_what_was_signed_keeps_its_own(cast, placement, agreement):
    client = signed_in(cast.coordinator)
    for _ in range(2):  # the second time nothing is different
        client.post("/agreement-text/", {"text": "Only this: {student}.", "wants_parent": "on"})
    assert list(AgreementText.objects.values_list("version", "wants_parent")) == [(1, True)]
    agreement.refresh_from_db()
    assert "This agreement is between" in agreement.text
    assert agreeing.make_agreement(placement, by=cast.tutor).text == "Only this: Student Reed."
    assert "Only this" in client.get("/agreement-text/1/").content.decode()
    assert "This agreement is between" in client.get("/agreement-text/0/").content.decode()
    assert client.get("/agreement-text/99999999999999999999/").status_code == 404
    assert signed_in(cast.other_coordinator).get("/agreement-text/1/").status_code == 404


def test_the_second_of_two_who_change_the_text_is_told(cast):
    client = signed_in(cast.coordinator)
    shown = client.get("/agreement-text/").context["form"]
    assert "This agreement is between" in shown["text"].value()
    typed = {"text": "Mine: {student}.", "seen": shown["seen"].value()}
    agreeing.new_text(cast.provider, f"Theirs: {'x' * 400}", wants_parent=True, by=cast.coordinator)
    response = client.post("/agreement-text/", typed)
    form = response.context["form"]
    told = "Somebody changed this to “{}” meanwhile. Put in what is right, and save again."
    assert response.status_code == 422
    assert dict(form.errors) == {
        "text": [told.format(f"Theirs: {'x' * 291}…")],
        "wants_parent": [told.format("yes")],
    }
    assert client.post("/agreement-text/", typed | {"seen": form["seen"].value()}).status_code == 302
    assert list(AgreementText.objects.order_by("version").values_list("text", "wants_parent")) == [
        (f"Theirs: {'x' * 400}", True),
        ("Mine: {student}.", False),
    ]


@pytest.mark.parametrize("text", ["", "About {studnet}", "a\0b", "x" * 20_001])
def test_a_text_that_cannot_be_filled_is_refused(text):
    assert list(TextForm({"text": text}).errors) == ["text"]


def test_placeholders_and_blocks():
    assert unknown_placeholders("{student} and {studnet}, {goals}, {}") == ["studnet", ""]
    assert blocks("# Head\r\nOne\ntwo\n\nThree\n- a\n- b") == [
        ("heading", "Head"), ("paragraph", "One two"), ("paragraph", "Three"), ("list", ["a", "b"]),
    ]  # fmt: skip


def test_markup_in_names_stays_words(cast, placement):
    Placement.objects.filter(pk=placement.pk).update(role="<script>alert(1)</script>")
    agreeing.make_agreement(Placement.objects.get(pk=placement.pk), by=cast.tutor)
    assert "<script>alert" not in signed_in(cast.tutor).get(path(placement)).content.decode()


# --- on paper and in numbers ---


def test_the_sheet_holds_all_of_it_and_is_a_pdf_as_well(cast, placement, agreement):
    all_agree(cast, agreement)
    client = signed_in(cast.student)
    text = client.get(f"/agreements/{agreement.pk}/print/").content.decode()
    assert "Agreement about an industry placement" in text
    assert "Explain what the team does" in text
    assert "Manager Reed agreed in the portal on 10 August 2026 at 12:00" in text
    response = client.get(f"/agreements/{agreement.pk}/agreement.pdf")
    reader = PdfReader(BytesIO(response.content))
    assert reader.metadata.title == "Agreement: Student Reed at Employer"
    assert problems_of(reader) == []
    assert response["Content-Disposition"].startswith('attachment; filename="Agreement - Student Reed - Employer.pdf"')


def test_the_page_takes_eight_queries_for_one_and_for_three(
    cast, placement, agreement, time_machine, django_assert_num_queries
):
    client = signed_in(cast.tutor)
    all_agree(cast, agreement)
    with django_assert_num_queries(8):
        client.get(path(placement))
    for _ in range(2):
        time_machine.shift(120)
        agreeing.make_agreement(placement, by=cast.tutor)
    with django_assert_num_queries(8):
        client.get(path(placement))
