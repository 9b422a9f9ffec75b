"""Statement of hours and timesheet: pages first, the same as PDF, whatever names and lengths they meet."""

import io
import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from placements.hours.receipt_weeks import without_work
from placements.hours.totals import rebuild
from placements.timesheets.models import Absence, Spell, Timesheet
from tests.conftest import make_cast, signed_in
from tests.factories import EmployerFactory, PlacementFactory, SpellFactory, TimesheetFactory
from tests.undone import undone

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
NOON = "2026-03-25T12:00Z"
RIGHT_MARGIN = 595 - 40  # points from the left, on A4


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(NOON):
        yield


def make_week(placement, weeks=0, days=5, status="approved", **spell):
    now = timezone.now()
    handed_in = {"handed_in_at": now, "handed_in_by": placement.student.user} if status != "draft" else {}
    decided = {"decided_at": now, "decided_by": placement.manager} if status == "approved" else {}
    details = {"monday": MONDAY + timedelta(weeks=weeks), "minutes": 420 * days, "status": status}
    timesheet = TimesheetFactory(placement=placement, **details, **handed_in, **decided)
    worked = [timesheet.monday + timedelta(days=n) for n in range(days)]
    Spell.objects.bulk_create(SpellFactory.build(timesheet=timesheet, day=day, minutes=420, **spell) for day in worked)
    rebuild([placement.student_id])
    return timesheet


def pdf_of(user, name, pk) -> PdfReader:
    response = signed_in(user).get(reverse(name, args=[pk]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def words_of(user, name, pk) -> str:
    return words_in(signed_in(user).get(reverse(name, args=[pk])).text)


def words_in(page) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


@pytest.fixture(scope="module")
def statement(django_db_setup, django_db_blocker):
    """The same statement as a page, its words, an answer and a PDF, and a page of its last week: only to be read."""
    with undone(django_db_blocker, NOON):
        cast = make_cast()
        make_week(cast.placement, approach="taster")
        make_week(cast.placement, 1, days=2, approach="taster")
        week = make_week(cast.placement, 2, status="handed_in")
        tutor, student = signed_in(cast.tutor), cast.student_record
        html = tutor.get(reverse("statement", args=[student.pk])).text
        answer = tutor.get(reverse("statement_pdf", args=[student.pk]))
        return SimpleNamespace(
            student=student, html=html, page=words_in(html), answer=answer,
            reader=PdfReader(io.BytesIO(answer.content)),
            week=week, week_html=tutor.get(reverse("timesheet_print", args=[week.pk])).text,
        )  # fmt: skip


def test_the_statement_says_what_the_page_says(statement):
    page, text = statement.page, text_of(statement.reader)
    for sentence in [
        "Statement of hours",
        "Student Reed",
        "Northfield College",
        "UKPRN 10012345",
        "3 of 3 weeks handed in, 2 approved",
        "Counted by the rules for 2024/25",
        "14 h of the approved hours do not count",
        "Work taster",
        "Manager Reed, 25 March 2026 at 12:00",
        "Waiting since 25 March 2026",
        "35 h count and 35 h wait for approval, of 315 h required.",
        "made 25 March 2026 at 12:00",
    ]:
        assert sentence in page
        assert sentence in text
    assert "Page 1 of 2" in text
    assert "Page 2 of 2" in text


def test_every_day_stands_in_the_statement_with_what_does_not_count(statement):
    assert "Mon 2 Mar 2026 09:00 to 17:00 (60 min) Work taster 7 h 7 h" in statement.page
    assert "Mon 9 Mar 2026 09:00 to 17:00 (60 min) Work taster 7 h 0 h" in statement.page
    assert "7 h of 9 March do not count: at most 35 h of 'work taster' count" in statement.page


def test_with_two_employers_every_row_names_its_own(cast):
    other = PlacementFactory(
        student=cast.student_record, employer=EmployerFactory(provider=cast.provider, name="Second")
    )
    make_week(cast.placement, days=1)
    make_week(other, 1, days=1)
    text = words_of(cast.student, "statement", cast.student_record.pk)
    assert "Mon 2 Mar 2026 Employer 09:00 to 17:00" in text
    assert "Mon 9 Mar 2026 Second 09:00 to 17:00" in text


def test_a_statement_carries_no_flags_and_no_reasons_for_sending_back(cast):
    week = make_week(cast.placement, days=1, status="handed_in")
    week.flags.create(code="night", day=week.monday, says="Work at night")
    week.send_back(by=cast.manager, reason="That was somebody else")
    text = words_of(cast.tutor, "statement", cast.student_record.pk)
    assert "No hours have been handed in so far." in text
    assert "Work at night" not in text
    assert "somebody else" not in text


def test_a_statement_is_tagged_and_its_chart_has_an_alternative(statement):
    reader = statement.reader
    assert reader.metadata.title == "Statement of hours: Student Reed"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    tags = list(structure(reader.trailer["/Root"]["/StructTreeRoot"]))
    kinds = {tag.get("/S") for tag in tags}
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= kinds
    figures = [tag for tag in tags if tag.get("/S") == "/Figure"]
    assert any("Hours of Student Reed over time" in str(figure.get("/Alt")) for figure in figures)


def structure(node):
    """All elements of the structure tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(kid, "get"):
            yield kid
            yield from structure(kid)


def test_six_weeks_of_somebody_with_odd_names_take_several_pages(cast):
    odd_names(cast.student2, cast.employer2)
    now = datetime(2026, 8, 1, 12, tzinfo=UTC)
    stamps = {"handed_in_at": now, "handed_in_by": cast.student2, "decided_at": now, "decided_by": cast.manager2}
    weeks = [
        Timesheet(placement=cast.placement2, monday=MONDAY + timedelta(weeks=n), status="approved", **stamps)
        for n in range(6)
    ]
    Timesheet.objects.bulk_create(weeks)
    Spell.objects.bulk_create(
        Spell(timesheet=week, day=day, starts=time(9), finishes=time(17), break_minutes=60, minutes=420)
        for week in weeks
        for day in week.days[:3]
    )
    with time_machine.travel(now):
        reader = pdf_of(cast.tutor2, "statement_pdf", cast.student_record2.pk)
    text, edge = text_and_right_edge(reader)
    assert "Łukasz-Nuñez" in text
    assert edge <= RIGHT_MARGIN
    assert text.count("7 h 7 h") == 18
    assert "Mon 2 Mar 2026" in text
    assert "Wed 8 Apr 2026" in text
    assert 2 <= len(reader.pages) <= 3
    assert f"Page {len(reader.pages)} of {len(reader.pages)}" in text


def test_the_logo_names_in_other_scripts_and_long_words_stand_on_the_timesheet(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (300, 120), "#0f5b4f").save(picture, "PNG")
    cast.provider.logo.save("logo.png", ContentFile(picture.getvalue()))
    odd_names(cast.student, cast.employer)
    week = make_week(cast.placement, days=1, activity="Supercalifragilisticexpialidocious" * 6 + " Zoë çà 👍")
    html = signed_in(cast.tutor).get(reverse("timesheet_print", args=[week.pk])).text
    assert 'alt="Logo of Northfield College"' in html
    assert 'src="data:image/png;base64,' in html
    reader = pdf_of(cast.tutor, "timesheet_pdf", week.pk)
    assert len(reader.pages[0].images) == 1
    text, edge = text_and_right_edge(reader)
    assert "Łukasz-Nuñez" in text
    assert "Zoë çà" in text
    assert "Page 1 of 1" in text
    assert edge <= RIGHT_MARGIN
    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert any("Symbola" in name for name in fonts), fonts  # or an empty box stands for what a phone writes


def odd_names(user, employer):
    """Names in other scripts, and words that are longer than a line."""
    user.first_name, user.last_name = "محمد", "Łukasz-Nuñez " + "Llanfairpwllgwyngyll" * 5
    user.save()
    employer.name = "Donaudampfschifffahrtsgesellschaft" * 4
    employer.save()


def text_and_right_edge(reader) -> tuple[str, float]:
    """The words of all pages, and where the last letter of any line begins, in points from the left."""
    edges = [0.0]

    def see(text, cm, tm, font, size):
        if text.strip():
            edges.append(tm[4] * cm[0] + cm[4])

    text = " ".join(page.extract_text(visitor_text=see) for page in reader.pages)
    return re.sub(r"\s+", " ", text), max(edges)


def test_without_a_logo_there_is_no_picture(statement):
    assert len(statement.reader.pages[0].images) == 0


def test_a_report_is_saved_under_the_name_of_the_person_and_the_day(statement):
    assert (statement.answer.status_code, statement.answer["Content-Type"]) == (200, "application/pdf")
    name = 'filename="Statement of hours - Student Reed - 25 March 2026.pdf"'
    assert name in statement.answer["Content-Disposition"]


def test_the_statement_says_why_a_week_has_no_hours(cast):
    days = [date(2026, 3, day) for day in (9, 10, 11, 12, 13)]
    Absence.objects.bulk_create(Absence(placement=cast.placement, day=day, kind="holiday") for day in days)
    make_week(cast.placement, weeks=1, days=0)
    make_week(cast.placement, days=1)
    text = words_of(cast.tutor, "statement", cast.student_record.pk)
    assert "9 March 2026 0 h 0 h No work: 5 days away. Manager Reed, 25 March 2026 at 12:00" in text
    assert text.count("No work") == 1


def test_a_bank_holiday_is_a_reason_for_a_week_without_work():
    assert without_work(date(2026, 4, 6), {date(2026, 4, 7)}) == "No work: 1 day away, Easter Monday"
    assert without_work(date(2026, 3, 9), set()) == ""


# --- the week's timesheet ---


def test_the_timesheet_shows_agreed_and_worked_and_who_approved(cast, monkeypatch):
    monkeypatch.setattr("portal.pdf.pdf", lambda html: html.encode())  # laid out it is with other names, above
    week = make_week(cast.placement, days=3, activity="Tested the booking page")
    away = {"placement": cast.placement, "note": "A private matter"}
    Absence.objects.create(day=date(2026, 3, 4), kind="other", **away)
    Absence.objects.create(day=date(2026, 3, 5), kind="college", foreseen=True, **away)
    response = signed_in(cast.manager).get(reverse("timesheet_pdf", args=[week.pk]))
    assert 'filename="Timesheet - Student Reed - week of 2 March 2026.pdf"' in response["Content-Disposition"]
    text = words_in(response.text)
    for sentence in [
        "Timesheet, week of 2 March 2026",
        "Mon 2 Mar 09:00 to 17:00 09:00 to 17:00 break 60 min 7 h Tested the booking page",
        "Another reason for part of the day (with a note in the portal)",
        "Thu 5 Mar 09:00 to 17:00 College day, known in advance (with a note in the portal)",
        "Fri 6 Mar 09:00 to 17:00 Nothing recorded",
        "Handed in by Student Reed on 25 March 2026 at 12:00.",
        "Approved by Manager Reed in the portal on 25 March 2026 at 12:00.",
        "Counted by the rules for 2024/25, which hold for placements from September 2024 on. "
        "Source: Industry placement delivery guidance, in force from January 2025.",
    ]:
        assert sentence in text
    assert "A private matter" not in text
    assert "Sat 7 Mar" not in text
    assert "35 h" in text
    assert "21 h" in text


def test_a_timesheet_that_is_not_approved_has_room_for_a_signature_and_names_the_bank_holiday(cast):
    week = make_week(cast.placement, 5, days=0, status="draft")
    text = words_of(cast.student, "timesheet_print", week.pk)
    assert "Mon 6 Apr bank holiday Easter Monday" in text
    assert "Week 28 h All work" in text
    assert "Not approved so far: these hours do not count yet." in text
    assert "Line manager: name and signature" in text


def test_a_timesheet_from_paper_says_so(cast):
    week = make_week(cast.placement, status="draft")
    week.hand_in(by=cast.tutor)
    week.approve_from_paper(by=cast.tutor, signed_by="Jo Marsh")
    text = words_of(cast.tutor, "timesheet_print", week.pk)
    assert "Recorded from paper by Tutor Reed." in text
    assert "Approved on paper by Jo Marsh; recorded by Tutor Reed on 25 March 2026 at 12:00." in text


def test_a_report_in_the_browser_leads_back_and_to_the_pdf(statement):
    pk, week = statement.student.pk, statement.week
    for html, back, pdf in (
        (statement.html, reverse("hours_receipt", args=[pk]), reverse("statement_pdf", args=[pk])),
        (statement.week_html, week.get_absolute_url(), reverse("timesheet_pdf", args=[week.pk])),
    ):
        assert f'href="{back}"' in html
        assert f'href="{pdf}"' in html


def test_reports_take_the_same_queries_for_one_week_and_for_three(cast, django_assert_num_queries):
    client = signed_in(cast.tutor)
    make_week(cast.placement)
    with django_assert_num_queries(8):
        client.get(reverse("statement", args=[cast.student_record.pk]))
    week = make_week(cast.placement, 1)
    make_week(cast.placement, 2)
    with django_assert_num_queries(8):
        client.get(reverse("statement", args=[cast.student_record.pk]))
    with django_assert_num_queries(6):
        client.get(reverse("timesheet_print", args=[week.pk]))
