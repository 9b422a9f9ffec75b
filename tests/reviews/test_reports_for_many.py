"""Reports for many students: chosen on the list, made by the worker, one PDF with bookmarks or a ZIP."""

import io
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from pypdf import PdfReader

from portal.history.models import Event
from portal.notices.models import Notice
from portal.parcels.models import Parcel
from portal.parcels.tasks import pack
from portal.people.models import Role
from portal.rooms import entries_of_student
from reviews.meetings.models import Meeting
from reviews.reports import packing
from reviews.reports.bundles import Folders
from reviews.reports.forms import ChoiceForm
from reviews.reports.kinds import Sheet
from reviews.reports.sheets import kinds
from reviews.reports.views import choosing
from reviews.reports.views.choosing import selection_of
from tests.conftest import make_cast, signed_in
from tests.factories import SpellFactory, StudentFactory, TimesheetFactory, many_students
from tests.reviews.certificates_ready import certificate_of, signed_by
from tests.reviews.forms_ready import cast_with_form
from tests.reviews.meetings_ready import agreed_meeting, held_meeting
from tests.reviews.portfolio_packed import content, unset
from tests.tagged import elements, problems_of
from tests.undone import undone

pytestmark = pytest.mark.django_db
CHOICE = {"kinds": ["statement"], "way": "pdf"}


def make_week(placement, monday=date(2026, 3, 2)):
    week = TimesheetFactory(placement=placement, monday=monday, minutes=420)
    SpellFactory(timesheet=week, day=monday)
    week.hand_in(by=placement.student.user)


def asked(client, query="", **choice) -> Parcel:
    """What a page that is sent leads to; where several students are on the list, `students` are those left ticked."""
    response = client.post(f"/reports/{query}", CHOICE | choice)
    assert response.status_code == 302, response.text
    return Parcel.objects.latest("pk")


@pytest.fixture
def _without_a_worker(monkeypatch):
    """What is asked for waits, as long as no worker comes: for tests of the asking."""
    monkeypatch.setattr("portal.parcels.asking.pack", SimpleNamespace(enqueue=lambda pk: None))


def bookmarks(reader) -> list:
    return [[one.title for one in mark] if isinstance(mark, list) else mark.title for mark in reader.outline]


# --- what is made ---


def test_one_pdf_holds_every_kind_of_report_of_all_students_with_bookmarks_and_tags():
    cast = cast_with_form()
    make_week(cast.placement)
    held_meeting(cast)
    chosen = ["list", *(name for name, kind in kinds().items() if not kind.is_sealed)]
    parcel = asked(
        signed_in(cast.coordinator), students=[cast.student_record.pk, cast.student_record2.pk], kinds=chosen
    )
    reader = PdfReader(content(parcel), strict=True)
    assert problems_of(reader) == []
    alternatives = [one["/Alt"] for one in elements(reader) if one["/S"] == "/Figure"]
    assert sorted(alternatives) == [
        *["Behaviours of Student by group"] * 2,
        "Hours of Student Reed over time",
        "Hours of Student2 Reed over time",
    ]
    assert bookmarks(reader) == [
        "List of the students",
        "Reed, Student",
        [
            "Statement of hours",
            "Week of 2 March 2026",
            "Review meeting on 22 November 2026",
            "Midway review form, Employer",
            "Review history",
            "Behaviours over the reviews",
        ],
        "Reed, Student2",
        ["Statement of hours"],
        "What is in this file",
    ]
    assert reader.metadata.title == "Reports of 2 students"
    assert parcel.file_name.startswith("Reports of 2 students - ")
    last = reader.pages[-1].extract_text()
    assert "Made for Coordinator Reed." in last
    assert "Timesheets" in last


@pytest.fixture(scope="module")
def zipped(django_db_setup, django_db_blocker):
    """What a tutor gets as a ZIP of two weeks and a certificate of a student, and who hears of it: to be read."""
    with undone(django_db_blocker, "2026-07-03T12:00Z"):
        cast = make_cast()
        for monday in (date(2026, 3, 2), date(2026, 3, 9)):
            make_week(cast.placement, monday)
        certificate = bytes(certificate_of(cast).file.content)
        parcel = asked(signed_in(cast.tutor), kinds=["timesheets", "certificate"], way="zip")
        with ZipFile(content(parcel)) as made:
            files = {name: made.read(name) for name in made.namelist()}
        history = [str(event) for event in Event.objects.about(cast.student_record)]
        subject = Notice.objects.get(kind="parcel_ready").subject
        return SimpleNamespace(parcel=parcel, files=files, certificate=certificate, history=history, subject=subject)


def test_a_zip_has_a_folder_for_each_student_and_a_pdf_for_each_report(zipped):
    assert list(zipped.files) == [
        "Reed, Student/Timesheet - Student Reed - 2026-03-02.pdf",
        "Reed, Student/Timesheet - Student Reed - 2026-03-09.pdf",
        "Reed, Student/Certificate of hours - Student Reed.pdf",
        "What is in this file.pdf",
    ]
    assert {report[:5] for report in zipped.files.values()} == {b"%PDF-"}
    assert zipped.parcel.file_name.endswith(".zip")
    assert zipped.parcel.title == "Timesheets, Certificate of hours: Student Reed"


def test_a_signed_certificate_goes_into_the_zip_byte_for_byte(zipped):
    kept = zipped.files["Reed, Student/Certificate of hours - Student Reed.pdf"]
    assert kept == zipped.certificate
    assert signed_by(kept)[0][1]


def test_the_history_of_each_student_says_who_had_what_made_and_the_subject_of_the_mail_names_nobody(zipped):
    assert zipped.history[0] == "Tutor Reed had reports made: Timesheets (2), Certificate of hours"
    assert "Reed" not in zipped.subject


def test_two_students_of_one_name_have_two_folders(cast):
    students = [
        StudentFactory(provider=cast.provider, user__first_name="Jo", user__last_name='A/B "x"') for _ in range(2)
    ]
    bundle = Folders(io.BytesIO(), title="", author="")
    for _, folder, _ in packing.each([student.pk for student in students], [], cast.coordinator):
        bundle.add(Sheet("Letter", "Letter", "", content=lambda: b"%PDF"), under=folder)
    assert bundle.zip.namelist() == ["A B x , Jo/Letter.pdf", "A B x , Jo 2/Letter.pdf"]


@pytest.mark.usefixtures("_without_a_worker")
def test_the_portfolio_stands_for_all_kinds_but_for_signed_files_in_one_pdf(cast):
    client = signed_in(cast.tutor)
    several = asked(client, kinds=["statement", "timesheets", "meetings"])
    assert several.title == "Statement of hours and 2 other reports: Student Reed"
    parcel = asked(client, kinds=["portfolio"])
    assert parcel.title == "Portfolio: Student Reed"
    assert set(kinds()) - set(parcel.options["kinds"]) == {"certificate"}
    assert set(asked(client, kinds=["portfolio"], way="zip").options["kinds"]) == set(kinds())


def test_who_has_nothing_of_what_was_chosen_is_told_so(cast):
    parcel = asked(signed_in(cast.tutor), kinds=["behaviours"])
    assert (parcel.status, parcel.problem) == ("stopped", packing.NOTHING)


def test_the_rows_of_many_students_are_read_together(cast, monkeypatch):
    many_students(3, provider=cast.provider)
    read = []
    find = lambda students, user: read.append(len(students)) or {}  # noqa: E731
    monkeypatch.setitem(kinds(), "statement", replace(kinds()["statement"], find=find))
    students = list(cast.provider.students.values_list("pk", flat=True))
    assert asked(signed_in(cast.coordinator), students=students).problem == packing.NOTHING
    assert read == [5]


# --- who, and of whom ---


def test_a_tutor_gets_only_their_own_students_whatever_the_address_says(cast):
    both = f"/reports/?student={cast.student_record.pk}&student={cast.student_record2.pk}"
    assert signed_in(cast.tutor).get(both).context["selection"].pks == [cast.student_record.pk]
    assert "No student is chosen" in signed_in(cast.other_coordinator).get(both).text


def waiting_for(by, role, *students) -> Parcel:
    """Statements that were asked for, of these students; the worker has not come yet."""
    options = {"students": [student.pk for student in students], "kinds": ["statement"], "way": "pdf"}
    made = {"provider": by.memberships.get().provider, "by": by, "role": role, "kind": "reports", "title": "x"}
    return Parcel.objects.create(**made, options=options)


def test_whoever_has_left_the_tutor_meanwhile_is_left_out_and_the_file_says_so(cast):
    parcel = waiting_for(cast.coordinator, Role.COORDINATOR, cast.student_record, cast.other_student_record)
    with unset("reports.bundles"):
        pack.call(parcel.pk)
    one, last = content(Parcel.objects.get(pk=parcel.pk)).read().decode().splitlines()
    assert one.startswith("Reed, Student: Statement of hours: ")
    assert "1 is left out" in last


def test_who_may_see_none_of_them_any_more_gets_nothing(cast):
    parcel = waiting_for(cast.tutor, Role.TUTOR, cast.student_record2)
    pack.call(parcel.pk)
    parcel.refresh_from_db()
    assert (parcel.status, parcel.problem) == ("stopped", packing.NOBODY)


@pytest.mark.django_db(transaction=True)
def test_cancelled_halfway_it_stops(cast, monkeypatch):
    parcel = waiting_for(cast.coordinator, Role.COORDINATOR, cast.student_record, cast.student_record2)
    added = []

    def cancel_at_the_first(self, sheet, *, under):
        added.append(under)
        Parcel.objects.get(pk=parcel.pk).cancel(by=cast.coordinator)

    monkeypatch.setattr("reviews.reports.bundles.OnePDF.add", cancel_at_the_first)
    monkeypatch.setattr("portal.progress.EVERY", 0)
    pack.call(parcel.pk)
    parcel.refresh_from_db()
    assert (parcel.status, added) == ("cancelled", ["Reed, Student"])


# --- choosing ---


def test_the_page_takes_the_filters_of_the_list_and_the_pace_as_well(cast):
    client = signed_in(cast.coordinator)
    response = client.get("/reports/?q=Student2")
    assert "Reports for 1 student<" in response.text
    assert response.context["selection"].pks == [cast.student_record2.pk]
    assert "No student is chosen" in client.get("/reports/?finish=on_course").text


@pytest.mark.usefixtures("_without_a_worker")
def test_some_of_the_list_can_be_left_out_but_not_all_and_nobody_else_comes_in(cast):
    client = signed_in(cast.coordinator)
    own, left_out = str(cast.student_record2.pk), str(cast.student_record.pk)
    page = client.get("/reports/")
    assert page.text.count('name="students"') == 2
    assert set(page.context["form"].fields["students"].initial) == {own, left_out}
    assert asked(client, students=[own]).options["students"] == [cast.student_record2.pk]
    response = client.post("/reports/", CHOICE | {"students": [str(cast.other_student_record.pk)]})
    assert response.status_code == 422
    assert "is not on the list any more" in response.text
    errors = [problem_of("students", {"students": chosen}, cast.student_record2) for chosen in ([], ["x"], [left_out])]
    assert [error[:28] for error in errors] == ["Choose at least one student.", *["One of these students is not"] * 2]


def problem_of(field, choice, *students) -> str:
    """What is said next to a field of the page, without the page."""
    sent = QueryDict(urlencode(CHOICE | choice, doseq=True))
    return " ".join(ChoiceForm(sent, for_staff=True, with_list=True, students=students).errors[field])


def test_what_cannot_be_made_is_said_next_to_the_field(cast, subtests):
    for field, choice, problem in [
        ("kinds", {"kinds": ["worries"]}, "This is not one of the reports."),
        ("kinds", {"kinds": ["sta\x00tement"]}, "This is not one of the reports."),
        ("way", {"way": ""}, "Choose one PDF or a ZIP file."),
        ("way", {"way": "doc"}, "Choose one PDF or a ZIP file."),
        ("way", {"kinds": ["certificate"]}, "joining it with others would break the signature"),
    ]:
        with subtests.test(str(choice)):
            assert problem in problem_of(field, choice)
    response = signed_in(cast.tutor).post("/reports/", CHOICE | {"kinds": []})
    assert response.status_code == 422
    assert "Choose at least one report." in response.text
    assert not Parcel.objects.exists()


def test_nonsense_in_the_address_does_no_harm(cast, rf, subtests):
    for query in ("?student=x", "?student=%00", "?student=99999999999999999999", "?student=²", "?tlevel=x"):
        request = rf.get(f"/reports/{query}")
        request.user, request.desk = cast.coordinator, cast.coordinator.desks[0]
        with subtests.test(query):
            assert len(selection_of(request).pks) == 2


def test_too_many_are_refused_before_anything_is_asked(cast, monkeypatch):
    monkeypatch.setattr(choosing, "MOST", 1)
    client = signed_in(cast.coordinator)
    assert "more students than one file may hold" in client.get("/reports/").text
    assert client.post("/reports/", CHOICE).status_code == 422
    assert not Parcel.objects.exists()


@pytest.mark.usefixtures("_without_a_worker")
def test_a_long_address_is_not_kept_as_the_way_back(cast):
    parcel = asked(signed_in(cast.coordinator), "?" + "&".join([f"student={cast.student_record.pk}"] * 60))
    assert parcel.back == "/reports/"


def test_choosing_takes_the_same_queries_for_any_number(cast, django_assert_num_queries, monkeypatch):
    """One of them for the names, which a long list does not show."""
    client = signed_in(cast.tutor)
    monkeypatch.setattr(choosing, "NAMED", 4)
    for more, count, queries in ((1, 2, 4), (2, 4, 4), (1, 5, 3)):
        many_students(more, provider=cast.provider, tutor=cast.tutor)
        with django_assert_num_queries(queries):
            page = client.get("/reports/").text
        assert f"Reports for {count} students" in page


def test_the_lists_of_tutor_and_office_lead_here(cast):
    page = signed_in(cast.tutor).get(reverse("tutor_home") + "?q=Reed").text
    assert 'href="/reports/?q=Reed' in page
    assert 'href="/caseload/print/?q=Reed' in page
    page = signed_in(cast.coordinator).get(reverse("coordinator_home")).text
    assert 'formaction="/reports/"' in page


# --- for one student ---


def test_a_student_has_their_own_reports_as_one_file(cast):
    url = reverse("student_reports", args=[cast.student_record.pk])
    client = signed_in(cast.student)
    page = client.get(url).text
    assert "Your reports" in page
    assert 'href="/portfolio/"' in page
    assert client.post(url, CHOICE | {"kinds": ["portfolio"]}).status_code == 422
    response = client.post(url, {})
    assert response.status_code == 422
    assert "Choose at least one report." in response.text
    with unset("reports.bundles"):
        client.post(url, CHOICE)
    assert content(Parcel.objects.get()).read().startswith(b"Reed, Student: Statement of hours: ")
    assert not Event.objects.about(cast.student_record).filter(says__contains="had reports made").exists()


def test_a_kind_with_one_report_opens_it_and_an_unknown_one_is_not_found(cast):
    pk, client = cast.student_record.pk, signed_in(cast.tutor)
    response = client.get(reverse("student_report", args=[pk, "statement"]))
    assert response.url == reverse("statement", args=[pk])
    assert client.get(f"/students/{pk}/reports/worries/").status_code == 404


def test_a_kind_with_several_reports_lists_them_and_one_without_says_so(cast):
    agreed_meeting(cast, days=-1)
    agreed_meeting(cast, days=-2)
    Meeting.objects.update(status="held", finished_at=timezone.now(), finished_by=cast.tutor)
    client = signed_in(cast.student)
    page = client.get(reverse("student_report", args=[cast.student_record.pk, "meetings"])).text
    assert page.count(">Review meeting on ") == 2
    page = client.get(reverse("student_report", args=[cast.student_record.pk, "behaviours"])).text
    assert "Nothing there so far" in page


def test_staff_find_the_reports_on_the_student_page(cast):
    found = {entry.title: entry.url for entry in entries_of_student(cast.student_record, cast.tutor)}
    assert found["Reports"] == reverse("student_reports", args=[cast.student_record.pk])


def test_a_report_takes_few_queries(django_assert_max_num_queries):
    cast = cast_with_form()
    held_meeting(cast)
    client = signed_in(cast.tutor)
    for name in ("student_reports", "review_history", "behaviour_report"):
        with django_assert_max_num_queries(8):
            client.get(reverse(name, args=[cast.student_record.pk]))
