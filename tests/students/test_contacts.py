"""The student's networking record: theirs alone, searched, removed and put back, taken along."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.history.models import Event
from students.contacts.clock import forget_removed_contacts
from students.contacts.forms import ContactFilter, ContactForm
from students.contacts.models import Contact
from students.contacts.vcard import escaped, folded, vcard
from tests.conftest import signed_in
from tests.pages import told

URL = "/contacts/"
RASHIDA = {
    "name": "Rashida Khan",
    "role": "Service desk lead",
    "organisation": "St Oswin's Hospital",
    "met": "She showed me the network cabinets",
    "email": "r.khan@oswin.example",
    "phone": "01632 960123",
    "touch": "yes",
    "notes": "Ask about apprenticeships",
}


@pytest.fixture
def rashida(cast):
    return cast.student_record.contacts.create(**RASHIDA)


def test_an_empty_list_says_what_to_do(cast):
    page = signed_in(cast.student).get(URL).content.decode()
    assert "Nobody here yet" in page
    assert "Take them along" not in page


def test_a_contact_is_added_once_and_leaves_no_trace_that_others_could_read(cast):
    student, before = signed_in(cast.student), Event.objects.count()
    assert "Rashida Khan is on your list." in told(student.post(f"{URL}add/", RASHIDA))
    assert "was on your list already" in told(student.post(f"{URL}add/", RASHIDA))
    contact = Contact.objects.get()
    assert contact.student == cast.student_record
    assert {name: getattr(contact, name) for name in RASHIDA} == RASHIDA
    assert Event.objects.count() == before


def test_a_name_is_enough(cast):
    signed_in(cast.student).post(f"{URL}add/", {"name": "Dev", "touch": "unknown"})
    page = signed_in(cast.student).get(URL).content.decode()
    assert "No e-mail or phone noted yet." in page
    assert "Not asked yet" in page


def test_what_cannot_be_kept_is_refused_and_stays_on_the_page(cast):
    wrong = {"name": "", "email": "at work", "phone": "ask her", "touch": "maybe", "notes": "x" * 2001}
    response = signed_in(cast.student).post(f"{URL}add/", RASHIDA | wrong)
    assert response.status_code == 422
    for words in (
        "Write the person", "This is not an e-mail address.", "This is not a phone number.",
        "Choose one of those in the list.", "at most 2000",
    ):  # fmt: skip
        assert response.text.count(words) == 2
    assert "She showed me the network cabinets" in response.text
    assert Contact.objects.count() == 0
    errors = ContactForm(RASHIDA | {"name": "Ra\x00shida"}).errors
    assert errors == {"name": ["Null characters are not allowed."]}


def test_a_contact_is_changed(cast, rashida):
    student = signed_in(cast.student)
    student.post(f"{URL}{rashida.pk}/edit/", RASHIDA | {"role": "Head of IT"})
    rashida.refresh_from_db()
    assert rashida.role == "Head of IT"
    assert rashida.changed_at
    assert student.post(f"{URL}{rashida.pk}/edit/", RASHIDA | {"name": " "}).status_code == 422


def test_removing_can_be_undone_for_a_week(cast, rashida):
    student = signed_in(cast.student)
    page = student.post(f"{URL}{rashida.pk}/remove/", follow=True).content.decode()
    assert "Removed in the last week" in page
    assert student.get(f"{URL}{rashida.pk}/edit/").status_code == 404
    assert "Rashida" not in student.get(f"{URL}all.vcf").content.decode()
    student.post(f"{URL}{rashida.pk}/restore/")
    assert Contact.objects.kept().get() == rashida


def test_what_was_removed_a_week_ago_is_gone_for_good(rashida):
    now = timezone.now()
    Contact.objects.update(removed_at=now)
    forget_removed_contacts(now + timedelta(days=6))
    assert Contact.objects.count() == 1
    forget_removed_contacts(now + timedelta(days=8))
    assert Contact.objects.count() == 0


def test_nobody_else_sees_it_not_even_staff(cast, rashida):
    for name in ("manager", "tutor", "coordinator", "student2", "other_student", "other_coordinator"):
        assert Contact.objects.visible_to(getattr(cast, name)).count() == 0
    assert "Rashida" not in signed_in(cast.student2).get(URL).content.decode()


def test_search_and_filter(cast, rashida):
    cast.student_record.contacts.create(name="Dev Patel", role="Network engineer", touch="no")
    kept = Contact.objects.visible_to(cast.student).kept()

    def found(query):
        return [contact.name for contact in ContactFilter(QueryDict(query), kept).qs]

    assert found("") == ["Dev Patel", "Rashida Khan"]
    assert found("q=khan+lead") == ["Rashida Khan"]
    assert found("q=cabinets") == ["Rashida Khan"]
    assert found("touch=no") == ["Dev Patel"]
    assert found("q=nobody") == []
    assert found("touch=nonsense") == ["Dev Patel", "Rashida Khan"]
    student = signed_in(cast.student)
    assert "Nobody matches" in student.get(f"{URL}?q=nobody").content.decode()
    assert list(student.get(f"{URL}?q=lead&page=x").context["page"]) == [rashida]


def test_six_queries_however_many(cast, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("students.contacts.views.PAGE", 2)
    student = signed_in(cast.student)
    for on_the_page, more in ((1, 1), (2, 2)):  # of one, and of three
        Contact.objects.bulk_create(Contact(student=cast.student_record, name=f"Person {n}") for n in range(more))
        with django_assert_num_queries(6):
            page = student.get(URL).context["page"]
        assert len(page) == on_the_page


# --- To take along --------------------------------------------------------------------------------------------------


def test_a_card_for_the_address_book(cast, rashida):
    response = signed_in(cast.student).get(f"{URL}{rashida.pk}/card.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert 'filename="Rashida Khan.vcf"' in response["Content-Disposition"]
    assert response.content.decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Khan;Rashida;;;",
        "FN:Rashida Khan",
        "ORG:St Oswin's Hospital",
        "TITLE:Service desk lead",
        "EMAIL;TYPE=INTERNET,WORK:r.khan@oswin.example",
        "TEL;TYPE=WORK,VOICE:01632 960123",
        "NOTE:How we met: She showed me the network cabinets\\nHappy to stay in touch",
        " \\nAsk about apprenticeships",
        f"REV:{rashida.added_at:%Y-%m-%dT%H:%M:%SZ}",
        "END:VCARD",
        "",
    ]


def test_what_is_not_known_is_left_out_of_the_card():
    lines = vcard(Contact(name="Dev")).splitlines()
    assert [line.split(":")[0] for line in lines] == ["BEGIN", "VERSION", "N", "FN", "NOTE", "REV", "END"]
    assert "N:Dev;;;;" in lines


def test_signs_that_mean_something_are_escaped():
    assert escaped("a;b,c\\d\r\ne\nf") == "a\\;b\\,c\\\\d\\ne\\nf"


def test_a_new_line_cannot_begin_a_field_of_its_own():
    card = vcard(Contact(name="Eve", notes="x\r\nTEL:0900\x0bTEL:0901\u2028TEL:0902"))
    assert [line for line in card.split("\r\n") if line.startswith("TEL")] == []


def test_long_lines_are_folded_between_characters():
    line = "NOTE:" + "é" * 100
    parts = folded(line).split("\r\n")
    assert [len(part.encode()) for part in parts] == [75, 75, 57]
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line


def test_all_cards_in_one_file(cast, rashida):
    cast.student_record.contacts.create(name="Dev Patel")
    cast.student_record2.contacts.create(name="Somebody else's")
    cards = signed_in(cast.student).get(f"{URL}all.vcf").content.decode()
    assert cards.count("BEGIN:VCARD") == 2
    assert "Somebody" not in cards


def test_the_table(cast, rashida):
    cast.student_record.contacts.create(name="=cmd()", added_at=rashida.added_at)
    response = signed_in(cast.student).get(f"{URL}all.csv")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    added = f"{timezone.localtime(rashida.added_at):%d/%m/%Y}"
    assert lines == [
        "Name,Role,Organisation,How we met,Work e-mail,Work phone,Staying in touch,Notes,Added on",
        f"'=cmd(),,,,,,Not asked yet,,{added}",
        "Rashida Khan,Service desk lead,St Oswin's Hospital,She showed me the network cabinets,r.khan@oswin.example,"
        f"01632 960123,Happy to stay in touch,Ask about apprenticeships,{added}",
    ]
