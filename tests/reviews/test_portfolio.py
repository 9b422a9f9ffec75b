"""Take it all along: one PDF, one ZIP, with nothing of others' and nothing private that was not asked for."""

import csv
import io
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from placements.logbook.models import Entry, EntryFile
from portal import taking
from portal.files.models import store
from portal.parcels.asking import ask_for
from portal.parcels.models import Parcel
from portal.uploads import PICTURE, Accepted, accept
from reviews.portfolio.forms import PortfolioForm
from students.actions.models import Action
from students.contacts.models import Contact
from students.papers.models import Paper, Version
from tests.conftest import make_cast, signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.placements.access_concerns import concern_of
from tests.placements.reflections import finished
from tests.reviews.certificates_ready import noted, signed_off
from tests.reviews.forms_ready import handed_in_form
from tests.reviews.portfolio_packed import Opened, content, packed, unset, unset_archive
from tests.tagged import problems_of
from tests.undone import undone

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
NOON = "2026-04-20T12:00Z"


@pytest.fixture(autouse=True)
def _in_april():
    with time_machine.travel(NOON):
        yield


def entry_of(cast, **more) -> Entry:
    """A published logbook entry with a photo."""
    facts = {"day": MONDAY, "did": "Built a booking page", "learned": "Forms need labels"} | more
    entry = Entry.objects.create(placement=cast.placement, **facts)
    entry.publish(by=cast.student)
    EntryFile.objects.create(entry=entry, file=store(photo(), provider=cast.provider, by=cast.student))
    return entry


def photo():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#0f5b4f").save(out, "JPEG")
    return accept(SimpleUploadedFile("desk.jpg", out.getvalue()), kinds=[PICTURE])


def full(cast):
    """A bit of everything."""
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY, minutes=420)
    SpellFactory(timesheet=week, day=MONDAY, activity="=1+1 looked odd")
    week.hand_in(by=cast.student)
    week.approve(by=cast.manager)
    entry_of(cast)
    entry_of(cast)
    Contact.objects.create(student=cast.student_record, name="Sister Joyce", email="joyce@ward.test")
    Action.objects.create(student=cast.student_record, improve="Speak up in meetings", due_on=date(2026, 5, 1))
    finished(cast.student_record, words="I ask too late").hand_in(by=cast.student)
    handed_in_form(cast)
    paper = Paper.objects.create(student=cast.student_record, kind="cv", made=1)
    file = store(Accepted("mine.pdf", "application/pdf", b"%PDF-1.7 cv"), provider=cast.provider, by=cast.student)
    Version.objects.create(paper=paper, number=1, file=file, status="asked", asked_at=timezone.now())
    noted(signed_off(cast), by=cast.tutor)


@pytest.fixture(scope="module")
def taken(django_db_setup, django_db_blocker):
    """Archives of somebody with a bit of everything and of another student, who has nothing: only to be read."""
    with undone(django_db_blocker, NOON):
        cast = make_cast()
        full(cast)
        return SimpleNamespace(
            archive=unset_archive(cast.student, contacts=True),
            other=unset_archive(cast.student2, contacts=True, private=True),
        )


@pytest.fixture
def archive(taken):
    return taken.archive


@pytest.fixture(scope="module")
def odd(django_db_setup, django_db_blocker):
    """The archive of somebody with odd names and words, with its portfolio laid out: only to be read."""
    with undone(django_db_blocker, NOON):
        cast = make_cast()
        cast.student.first_name, cast.student.last_name = "محمد/..", "Łukasz <b>" + "x" * 80
        cast.student.save()
        entry_of(cast, did="<script>alert(1)</script> \u202e \uffff 😀", learned="\t=cmd")
        concern_of(cast, "The bus <i> never comes")
        return Opened(packed(cast.student, "archive", sensitive=True))


def test_the_portfolio_holds_what_is_the_students(archive):
    for words in [
        "Statement of hours",
        "7 h",
        "Built a booking page",
        "Forms need labels",
        "Speak up in meetings",
        "Sister Joyce",
        "Midway review form",
        "The certificate itself is a file of its own",
        "Working in a team I ask too late",
    ]:
        assert words in archive.paper, words


def test_it_is_tagged_titled_and_has_a_bookmark_for_every_part(odd):
    portfolio = odd.portfolio
    assert problems_of(portfolio) == []
    assert portfolio.metadata.title == "Portfolio: محمد/.. Łukasz <b>" + "x" * 80
    names = [mark.title for mark in portfolio.outline if not isinstance(mark, list)]
    assert names == [
        "Portfolio",
        "Placements",
        "Hours",
        "Logbook",
        "Worries",
    ]


def test_every_room_has_a_part_of_its_own(archive):
    assert [page.partition(":")[0] for page in archive.pages] == [
        "Portfolio",
        "Placements",
        "Hours",
        "Logbook",
        "How I behave at work",
        "Action plan",
        "What the employer said",
        "Sign-off",
        "Contacts",
        "Certificate of hours",
    ]


@pytest.mark.database
def test_the_archive_holds_every_list_twice_the_files_and_the_portfolio(archive):
    assert archive.file_name == "Everything of my placement - Student Reed.zip"
    names, files = archive.names, archive.files
    assert {"README.txt", "Portfolio.pdf", "files/logbook/2026-03-02 desk.jpg"} <= set(names)
    assert "files/certificate/Certificate of hours - Student Reed.pdf" in names
    tables = [name for name in names if name.startswith("data/")]
    assert {name[:-4] for name in tables if name.endswith(".csv")} == {
        name[:-5] for name in tables if name.endswith(".json")
    }
    [hour] = archive.rows("hours")
    assert (hour["Day"], hour["Minutes"], hour["What I did"]) == ("2026-03-02", 420, "=1+1 looked odd")
    [row] = list(csv.DictReader(io.StringIO(files["data/hours.csv"].decode("utf-8-sig"))))
    assert (row["Day"], row["What I did"]) == ("02/03/2026", "'=1+1 looked odd")
    readme = files["README.txt"].decode("utf-8-sig")
    assert "Weeks and days: data/hours (.csv and .json), 1 row" in readme
    assert "Asked for in addition: The people I met." in readme
    assert files["files/certificate/Certificate of hours - Student Reed.pdf"].startswith(b"%PDF")


def test_cvs_go_along_with_what_was_said_of_them(archive):
    [name] = [name for name in archive.names if name.startswith("files/") and "CV" in name]
    assert archive.files[name] == b"%PDF-1.7 cv"


def test_two_files_of_one_name_are_both_kept(archive):
    photos = [name for name in archive.names if name.endswith(".jpg")]
    assert photos == ["files/logbook/2026-03-02 desk.jpg", "files/logbook/2026-03-02 desk (2).jpg"]


def test_somebody_who_has_nothing_yet_gets_both_as_well_and_finds_them_on_the_page(cast, taken):
    client = signed_in(cast.student2)
    page = client.get(reverse("portfolio")).text
    for words in ("Nothing so far.", "What I wrote just for me", "The people I met"):
        assert words in page, words
    with unset():
        parcel = packed(cast.student2, contacts=True, private=True)
    assert parcel.file_name == "Portfolio - Student2 Reed.pdf"
    pages = content(parcel).read().decode().splitlines()
    assert "Student2 Reed" in pages[0]
    assert "No hours have been handed in so far." in " ".join(pages)
    assert pages == taken.other.pages, "the same as in the archive"
    page = client.get(reverse("portfolio")).text
    assert "My portfolio as PDF" in page
    assert "Ready to download" in page
    assert taken.other.rows("about-me")[0]["Name"] == "Student2 Reed"


def test_nothing_of_another_student_is_in_it(taken):
    for words in ("Sister Joyce", "Built a booking page", "Certificate of hours - Student Reed"):
        assert words in taken.archive.text
        assert words not in taken.other.text


def test_only_students_can_have_it_made(cast):
    assert signed_in(cast.tutor).post(reverse("portfolio"), {"do": "portfolio"}).status_code == 403
    desk = cast.tutor.memberships.select_related("user", "provider").get()
    parcel = Parcel.objects.get(pk=ask_for("portfolio", desk=desk, title="Not theirs").pk)
    assert parcel.status == "stopped"
    assert "There is no record of you as a student" in parcel.problem


def test_a_button_that_does_not_exist_is_refused_in_plain_words(cast):
    for sent in ({}, {"do": "everything"}, {"do": "\x00"}):
        assert PortfolioForm(sent).errors == {"do": ["Choose the PDF or the archive."]}, sent
    response = signed_in(cast.student).post(reverse("portfolio"), sent)
    assert response.status_code == 422
    assert "Choose the PDF or the archive." in response.text
    assert Parcel.objects.count() == 0


def test_odd_names_and_words_make_an_archive_with_a_portfolio(odd):
    assert all(not name.startswith(("/", "..")) and "../" not in name for name in odd.names)
    for words in ("Łukasz <b>xxx", "<script>alert(1)</script>", "The bus <i> never comes"):
        assert words in odd.paper, words


def test_the_page_takes_the_same_queries_for_none_and_for_three(cast, django_assert_num_queries):
    client = signed_in(cast.student)
    with django_assert_num_queries(3):
        client.get(reverse("portfolio"))
    about = {"provider": cast.provider, "by": cast.student, "role": "student", "kind": "portfolio"}
    Parcel.objects.bulk_create(Parcel(**about, title=f"Number {n}") for n in range(3))
    with django_assert_num_queries(3):
        client.get(reverse("portfolio"))


def test_every_room_has_a_place_of_its_own_and_every_choice_a_name_of_its_own():
    rooms = taking.rooms()
    assert len({room.title for room in rooms}) == len(rooms)
    names = [choice.name for choice in taking.choices()]
    assert len(set(names)) == len(names)
    assert "do" not in names
    assert {room.needs for room in rooms if room.needs} <= set(names)


def test_a_way_that_breaks_off_gives_nothing():
    one = taking.table("things", [date(2026, 3, 2)], Year="year", Nobody="nobody.name", Said=lambda day: day)
    assert (one.header, one.rows) == (["Year", "Nobody", "Said"], [(2026, None, date(2026, 3, 2))])
    assert taking.in_words((None, True, date(2026, 3, 2), 7)) == ["–", "yes", "2 March 2026", "7"]


def test_the_pages_are_numbered_through_and_the_contents_say_where_each_section_begins(odd):
    pages, portfolio = odd.pages, odd.portfolio
    front = 2
    for number, text in enumerate(pages[front:], 1):
        assert f"Page {number}" in text
        assert "Page 1 of" not in text
    assert not any("Page 1" in text for text in pages[:front])
    assert portfolio.page_labels[:4] == ["i", "ii", "1", "2"]
    begins = {}
    for mark in portfolio.outline:
        if not isinstance(mark, list):
            begins[mark.title] = portfolio.get_destination_page_number(mark) - front + 1
    for section in ("Placements", "Hours", "Logbook", "Worries"):
        assert f"{section} {begins[section]}" in pages[1], section
    assert f"{len(pages) - front} pages after this one." in pages[1]


def test_the_cover_says_whose_it_is_and_no_sheet_repeats_the_letterhead(archive, odd):
    assert not any("UKPRN" in text for text in odd.pages)
    pages = archive.pages
    for words in ("Student Reed", "Digital Software Development", "Northfield College", "Year of entry", "Placement"):
        assert words in pages[0], words
    assert not any("UKPRN" in text for text in pages)
