"""The ending of a placement as the student has it: when it opens, the points, reflection, presentation, handover."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from placements.checklists.models import Tick
from placements.ending.forms import PresentationForm, ReflectionForm
from placements.ending.models import Feedback, Handover, Letter, Presentation, Reflection, opens_on
from placements.ending.showing import ending_of_mine
from placements.goals.models import LearningGoal
from placements.models import Placement
from placements.timesheets.models import Spell
from portal.files.models import StoredFile
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.rooms import entries_of, filled_in
from students.contacts.models import Contact
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory, like
from tests.placements.access_ending import given_reference_of, presentation_of
from tests.steps import steps_of

REFLECTION = {
    "did": "Wrote tests",
    "learned": "To ask early",
    "proud": "The booking page",
    "differently": "Ask earlier",
}


@pytest.fixture(autouse=True)
def _in_the_last_weeks(time_machine):
    time_machine.move_to("2026-07-20 12:00")


@pytest.fixture
def url(cast):
    return f"/placements/{cast.placement.pk}/ending/"


def says(cast):
    return [event.says for event in Event.objects.about(cast.placement)]


def page_of(user, path):
    return signed_in(user).get(path).content.decode()


# --- When ---


def test_it_opens_three_weeks_before_the_last_day(cast, url, time_machine):
    assert f"{opens_on(cast.placement)}" == "2026-07-10"
    time_machine.move_to("2026-07-09 12:00")
    assert "It opens on 10 July 2026, three weeks before the last day." in page_of(cast.student, url)
    student = signed_in(cast.student)
    for part in ("reflection", "presentation", "letter", "handover", "reference", "feedback"):
        assert student.get(f"{url}{part}/").status_code == 302
    time_machine.move_to("2026-07-10 12:00")
    assert "Leaving well" in page_of(cast.student, url)


def test_it_stays_open_after_the_end(cast, url, time_machine):
    Placement.objects.filter(pk=cast.placement.pk).update(status="ended", ended_because="Hours reached")
    time_machine.move_to("2027-07-20 12:00")
    assert "Rounding off" in page_of(cast.student, url)


def test_a_planned_placement_has_no_ending(cast, url):
    Placement.objects.filter(pk=cast.placement.pk).update(status="planned")
    assert "Nothing to do here yet" in page_of(cast.student, url)


def test_it_shows_on_the_placement_and_on_the_home(cast):
    assert [entry.title for entry in entries_of(cast.placement, {"student"}) if "nding" in entry.title] == ["Ending"]
    assert "Ending: handover and reference" in [entry.title for entry in entries_of(cast.placement, {"manager"})]
    steps = steps_of(cast.student_record, [cast.placement], timezone.localdate())
    assert "Leave Employer well" in [step.says for step in steps]


def test_the_step_goes_when_all_is_done_or_four_weeks_have_passed(cast):
    def asked(day):
        steps = filled_in(cast.student_record, ending_of_mine(cast.student_record, [cast.placement], day))
        return [(step.says, step.detail) for step in steps]

    done, day = "0 of 7 points done.", cast.placement.last_on + timedelta(days=28)
    assert asked(timezone.localdate()) == [("Leave Employer well", f"{done} Your last day is 31 July.")]
    assert asked(day) == [("Round off your time at Employer", f"{done} Your last day was 31 July.")]
    assert asked(day + timedelta(days=1)) == []


def test_staff_hear_of_an_ending_that_was_not_begun(cast, url, time_machine):
    def needs():
        found = needs_of_staff(cast.tutor.desks[0], timezone.now())
        return [need.thing for need in found if need.kind.name == "ending_not_begun"]

    assert needs() == []
    time_machine.move_to("2026-07-27 12:00")
    assert needs() == [cast.placement.pk]
    Reflection.objects.create(placement=cast.placement, did="Much")
    assert needs() == []


# --- The points not to forget ---


def test_seven_points_are_ticked_and_unticked_each_kept_at_once(cast, url):
    student, quiet = signed_in(cast.student), {"X-Autosave": "1"}
    page = student.get(url)
    assert page.content.count(b'class="point"') == 7
    first, second, third, *_ = [line.point.pk for line in page.context["form"].lines]
    student.post(f"{url}points/", {f"state-{first}": "on"})
    assert Tick.objects.get(placement=cast.placement).wording == page.context["form"].lines[0].wording
    sent = {"only": [second, third], f"state-{second}": "on", f"state-{third}": "on"}
    assert student.post(f"{url}points/", sent, headers=quiet).json() == {"says": "Saved", "answered": 3}
    student.post(f"{url}points/", {f"shown-{n}": "1" for n in (first, second, third)})
    assert Tick.objects.count() == 0


def test_the_manager_goes_onto_the_students_own_list(cast, url):
    student = signed_in(cast.student)
    response = student.post(f"{url}contact/")
    contact = Contact.objects.get()
    assert response.url == f"/contacts/{contact.pk}/edit/"
    assert (contact.name, contact.organisation, contact.email) == ("Manager Reed", "Employer", "manager@cast.test")
    student.post(f"{url}contact/")
    assert Contact.objects.count() == 1


def test_without_a_manager_the_student_is_told(cast, url):
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    assert signed_in(cast.student).post(f"{url}contact/").url == "/contacts/add/"
    assert Contact.objects.count() == 0


# --- Reflection ---


def test_a_reflection_is_the_students_own_until_shared_and_again_when_that_is_taken_back(cast, url):
    student = signed_in(cast.student)
    student.post(f"{url}reflection/", REFLECTION | {"seen": 0})
    assert Reflection.objects.get().sentence() == "A draft that only you can see, 4 of 4 parts written"
    assert "To ask early" not in page_of(cast.tutor, url)
    student.post(f"{url}reflection/", REFLECTION | {"seen": 1, "act": "share"})
    assert "To ask early" in page_of(cast.tutor, url)
    assert "To ask early" not in page_of(cast.coordinator, url)
    assert "To ask early" not in page_of(cast.manager, url)
    student.post(f"{url}reflection/unshare/")
    assert "To ask early" not in page_of(cast.tutor, url)
    assert Reflection.objects.get().did == "Wrote tests"
    assert says(cast)[:2] == ["took back sharing the reflection", "shared the reflection with the tutor"]


def test_nothing_is_not_shared(cast, url):
    response = signed_in(cast.student).post(f"{url}reflection/", {"did": " ", "seen": 0, "act": "share"})
    assert response.status_code == 422
    assert "Write something before you share it." in response.content.decode()
    assert Reflection.objects.count() == 0


def test_two_windows_overwrite_nothing(cast, url):
    student = signed_in(cast.student)
    Reflection.objects.create(placement=cast.placement, did="From the phone", version=1)
    response = student.post(f"{url}reflection/", {"did": "From the laptop", "seen": 0})
    assert response.status_code == 422
    assert "From the laptop" in response.content.decode()
    assert Reflection.objects.get().did == "From the phone"


@pytest.mark.parametrize("words", ["x" * 4001, "a\x00b"])
def test_a_reflection_that_cannot_be_kept_is_refused(words):
    assert list(ReflectionForm({"did": words, "learned": "Kept", "seen": 0}).errors) == ["did"]


# --- Presentation ---


def test_a_presentation_with_slides(cast, url):
    slides = SimpleUploadedFile("My talk.pdf", b"%PDF-1.7 slides")
    data = {"title": "Five months", "held_on": "2026-07-28", "link": "", "upload": slides}
    signed_in(cast.student).post(f"{url}presentation/", data)
    presentation = Presentation.objects.get()
    assert presentation.sentence() == "On 28 July 2026, the slides are here"
    response = signed_in(cast.tutor).get(f"{url}presentation/file/")
    assert (response.content, response["Content-Type"]) == (b"%PDF-1.7 slides", "application/pdf")


def test_a_new_file_takes_the_place_of_the_old_one(cast, url):
    presentation_of(cast)
    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    data = {"title": "Five months", "upload": SimpleUploadedFile("poster.png", picture.getvalue())}
    signed_in(cast.student).post(f"{url}presentation/", data)
    assert [file.name for file in StoredFile.objects.all()] == ["poster.png"]
    signed_in(cast.student).post(f"{url}presentation/", {"title": "Five months", "drop_file": "on"})
    assert StoredFile.objects.count() == 0
    assert signed_in(cast.student).get(f"{url}presentation/file/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "This"),
        ({"held_on": "31/2/2026"}, "There is no such date."),
        ({"link": "javascript:alert(1)"}, "This is not a web address."),
        ({"upload": SimpleUploadedFile("talk.exe", b"MZ")}, "is not a PDF"),
    ],
)
def test_a_presentation_that_cannot_be_kept_is_refused(fields, words):
    data = {"title": "Five months"} | fields
    form = PresentationForm(data, {"upload": data.get("upload")})
    assert [(where, words in error) for where, [error] in form.errors.items()] == [(*fields, True)]


def test_a_presentation_that_is_refused_is_not_kept(cast, url):
    data = {"title": "Five months", "upload": SimpleUploadedFile("talk.exe", b"MZ")}
    response = signed_in(cast.student).post(f"{url}presentation/", data)
    assert response.status_code == 422
    assert "is not a PDF" in response.content.decode()
    assert Presentation.objects.count() == 0


def test_a_presentation_is_removed_and_put_back(cast, url):
    presentation_of(cast)
    student, tutor = signed_in(cast.student), signed_in(cast.tutor)
    student.post(f"{url}presentation/remove/")
    assert "Five months of tests" not in tutor.get(url).text
    assert tutor.get(f"{url}presentation/file/").status_code == 404
    assert "You removed your presentation" in student.get(f"{url}presentation/").text
    student.post(f"{url}presentation/restore/")
    assert "Five months of tests" in tutor.get(url).text
    assert says(cast)[:2] == ["put the presentation back", "removed the presentation"]


# --- Handover ---


def test_work_is_handed_over(cast, url):
    student, manager = signed_in(cast.student), signed_in(cast.manager)
    for _ in range(2):
        student.post(f"{url}handover/", {"what": "The list of laptops", "to_whom": "Dev"})
    handover = Handover.objects.get()
    student.post(f"/handovers/{handover.pk}/done/")
    assert "Handed over to Dev on 20 July" in manager.get(url).text
    student.post(f"/handovers/{handover.pk}/done/", {"undo": "1"})
    assert Handover.objects.get().sentence() == "To be handed over to Dev"
    assert says(cast)[:3] == [
        "has not handed over after all: The list of laptops",
        "handed over: The list of laptops",
        "put on the handover list: The list of laptops",
    ]


def test_a_handover_is_changed_removed_and_put_back(cast, url):
    handover = Handover.objects.create(placement=cast.placement, what="The list", to_whom="Dev")
    student = signed_in(cast.student)
    assert student.post(f"/handovers/{handover.pk}/edit/", {"what": "", "to_whom": "Sam"}).status_code == 422
    student.post(f"/handovers/{handover.pk}/edit/", {"what": "The list", "to_whom": "Sam"})
    handover.refresh_from_db()
    assert handover.to_whom == "Sam"
    student.post(f"/handovers/{handover.pk}/remove/")
    assert "The list" not in page_of(cast.manager, url)
    student.post(f"/handovers/{handover.pk}/restore/")
    assert "The list" in page_of(cast.manager, url)


@pytest.mark.parametrize("who", ["manager", "tutor"])
def test_nobody_else_changes_the_handover(cast, who):
    handover = Handover.objects.create(placement=cast.placement, what="The list", to_whom="Dev")
    client = signed_in(getattr(cast, who))
    for act in ("done", "remove", "restore"):
        words = {"what": "x", "to_whom": "y"}
        assert client.post(f"/handovers/{handover.pk}/{act}/", words).status_code == 403, act


# --- Letter ---


def test_a_letter_is_drafted_from_what_the_portal_knows(cast, url):
    week = TimesheetFactory(placement=cast.placement, minutes=5 * 420)
    Spell.objects.bulk_create(
        SpellFactory.build(timesheet=week, day=week.monday + timedelta(days=day), minutes=420) for day in range(5)
    )
    week.hand_in(by=cast.student)
    week.approve(by=cast.manager)
    LearningGoal.objects.create(placement=cast.placement, number=1, wording="Test what I write")
    page = page_of(cast.student, f"{url}letter/")
    assert "Dear Manager," in page
    assert "Thank you for having me at Employer from 2 March 2026 to 31 July 2026." in page
    assert "I worked with you for more than 30 hours." in page
    assert "- Test what I write" in page
    assert "Wrote tests for the booking page" in page
    assert Letter.objects.count() == 0


def test_a_letter_is_kept_sent_and_begun_anew(cast, url):
    student = signed_in(cast.student)
    assert student.post(f"{url}letter/", {"text": " "}).status_code == 422
    student.post(f"{url}letter/sent/")
    assert Letter.objects.count() == 0
    student.post(f"{url}letter/", {"text": "Dear Manager,\nthank you for the network cabinets"})
    student.post(f"{url}letter/sent/")
    assert str(Letter.objects.get().sent_on) == "2026-07-20"
    assert student.post(f"{url}letter/redraft/").status_code == 404
    student.post(f"{url}letter/sent/", {"undo": "1"})
    student.post(f"{url}letter/redraft/")
    assert Letter.objects.count() == 0
    assert says(cast)[:2] == ["has not sent the letter of thanks after all", "thanked the line manager in writing"]


@pytest.mark.parametrize("who", ["manager", "tutor", "coordinator"])
def test_nobody_else_reads_the_letter(cast, url, who):
    Letter.objects.create(placement=cast.placement, text="Between us")
    assert "Between us" not in page_of(getattr(cast, who), url)


def test_the_letter_to_print_and_as_pdf(cast, url, monkeypatch):
    monkeypatch.setattr("portal.pdf.pdf", lambda *args, **more: b"%PDF")
    Letter.objects.create(placement=cast.placement, text="Dear Manager,\n\nthank you.")
    student = signed_in(cast.student)
    assert "Dear Manager," in student.get(f"{url}letter/print/").content.decode()
    assert 'filename="Letter to Employer.pdf"' in student.get(f"{url}letter.pdf")["Content-Disposition"]


# --- All of it ---


def test_the_pack_holds_what_is_there(cast, url):
    student = signed_in(cast.student)
    assert student.get(f"{url}print/").status_code == 404
    Reflection.objects.create(placement=cast.placement, **REFLECTION)
    Handover.objects.create(placement=cast.placement, what="The list of laptops", to_whom="Dev")
    page = student.get(f"{url}print/").content.decode()
    assert "The booking page" in page
    assert "The list of laptops. To be handed over to Dev" in page


def test_the_page_takes_the_same_queries_however_much(cast, url, django_assert_num_queries):
    def ask():
        for who, number in {"student": 7, "tutor": 7, "manager": 5}.items():
            client = signed_in(getattr(cast, who))
            with django_assert_num_queries(number):
                client.get(url)

    one = Handover.objects.create(placement=cast.placement, what="The list", to_whom="Dev")
    Reflection.objects.create(placement=cast.placement, did="Much")
    presentation_of(cast)
    given_reference_of(cast)
    Feedback.objects.create(placement=cast.placement, recommend="yes")
    ask()
    Handover.objects.bulk_create([like(one), like(one)])
    ask()
