"""The pages of imports, as a coordinator uses them."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from employers.models import Employer
from portal.imports import tasks
from portal.imports.forms import UploadForm
from portal.imports.importer import IMPORTERS
from portal.imports.models import Import, ImportFile, ImportRow
from portal.imports.reading import MOST_BYTES
from portal.people.models import User
from students.models import Student
from tests.conftest import signed_in
from tests.factories import MembershipFactory, UserFactory
from tests.pages import told
from tests.portal.importing import applied, csv_file, looked_at

STUDENTS = ["ULN", "First name", "Last name", "E-mail", "Date of birth", "T Level", "Year of entry"]
DIGITAL = "Digital Software Development"
AMIRA = ["1000000019", "Amira", "Okafor", "amira@college.example", "04/05/2008", DIGITAL, "2025/26"]


@pytest.fixture
def client(cast):
    return signed_in(cast.coordinator)


def upload(client, content: bytes, kind="students", name="students.csv", follow=True):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("import_new", args=[kind]), {"file": file}, follow=follow)


def fetched(client, address: str) -> str:
    """What the script of a page gets."""
    return client.get(address, headers={"X-Requested-With": "fetch"}).content.decode()


def text(response) -> str:
    """What a person reads on the page."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_from_the_template_to_the_result(client, cast):
    page = client.get(reverse("import_list"))
    assert "Nothing has been imported yet" in text(page)

    template = b"".join(client.get(reverse("import_template", args=["students"])).streaming_content).decode("utf-8-sig")
    header, example, _ = template.split("\r\n")
    assert header.startswith("ULN,First name,Last name,E-mail,Date of birth,T Level,")
    assert example.startswith("1000000019,Amira,Okafor,")

    mine = example.replace("1000000019", "9276308686").replace("amira.", "amy.")
    page = upload(client, f"{header}\r\n{mine}\r\n".encode())
    made = Import.objects.get()
    assert page.redirect_chain == [(reverse("import_detail", args=[made.pk]), 302)]
    assert "Apply: 1 new" in text(page)
    assert "Amira Okafor New 9276308686 · amy.okafor@college.example · 4 May 2008 · Digital" in text(page)
    assert Student.objects.filter(uln="9276308686").count() == 0

    page = client.post(reverse("import_apply", args=[made.pk]), {"seen": made.version}, follow=True)
    assert "All rows were applied on" in text(page)
    assert Student.objects.get(uln="9276308686").name == "Amira Okafor"
    assert ImportFile.objects.count() == 0
    assert "Coordinator Reed" in text(page)

    page = client.get(reverse("import_list"))
    assert "students.csv Students" in text(page)
    assert "Applied: 1 new" in text(page)

    page = upload(client, f"{header}\r\n{mine}\r\n".encode())
    assert "There is nothing to apply: the portal knows all of it already." in text(page)


def test_the_upload_page_explains_every_column(client, cast):
    for kind, importer in IMPORTERS.items():
        page = text(client.get(reverse("import_new", args=[kind])))
        for column in importer.columns.values():
            needed = "Needed" if column.required else "Optional"
            assert f"{column.title} {needed} {column.help.replace(chr(39), '&#x27;')}" in page


def test_an_unknown_kind_is_not_found(client):
    for name in ("import_new", "import_template"):
        assert client.get(reverse(name, args=["wizards"])).status_code == 404


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\0\1\2", "This is not a text file, so it cannot be a CSV file."), (b"", "The file is empty.")],
)
def test_a_file_that_will_not_do_is_refused_with_the_reason(content, reason):
    form = UploadForm({}, {"file": SimpleUploadedFile("students.csv", content)}, importer=IMPORTERS["students"])
    assert str(form.errors["file"][0]).startswith(reason)


def test_the_page_says_the_reason_beside_the_field_and_above_and_asks_for_a_file(client):
    page = upload(client, b"ULN,First name\r\n")
    assert page.status_code == 422
    assert text(page).count("The file lacks columns that every row needs: “Last name”, “E-mail”") == 2
    assert 'href="#id_file"' in page.content.decode()
    page = client.post(reverse("import_new", args=["students"]))
    assert page.status_code == 422
    assert "Choose a file first." in text(page)
    assert Import.objects.count() == 0


def test_a_file_that_is_too_large_is_not_kept_while_it_arrives(client):
    page = upload(client, b"x" * (MOST_BYTES + 100_000))
    assert page.status_code == 422
    assert "The file is larger than 10 MB." in text(page)
    assert "CSV file (optional)" not in text(page)
    assert page.wsgi_request.FILES == {}
    assert Import.objects.count() == 0


def test_an_upload_needs_the_token_against_forgery(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.coordinator)
    assert upload(client, csv_file(STUDENTS, AMIRA)).status_code == 403
    token = client.get(reverse("import_new", args=["students"])).cookies["csrftoken"].value
    data = {"file": SimpleUploadedFile("s.csv", csv_file(STUDENTS, AMIRA)), "csrfmiddlewaretoken": token}
    assert client.post(reverse("import_new", args=["students"]), data).status_code == 302


def test_a_wrong_row_keeps_the_whole_file_out(client, cast):
    rows = [AMIRA, ["12", *AMIRA[1:3], "ben@college.example", *AMIRA[4:]]]
    made = looked_at(cast, "students", csv_file(STUDENTS, *rows))
    page = text(client.get(reverse("import_detail", args=[made.pk])))
    assert "1 of 2 rows is wrong A file is applied as a whole or not at all." in page
    assert "Apply:" not in page
    assert "Read the file again" not in page, "it would be wrong again"
    assert "portal lacks" not in page
    response = client.post(reverse("import_apply", args=[made.pk]), {"seen": made.version})
    assert "One row is wrong." in told(response)
    assert Student.objects.filter(uln="1000000019").count() == 0
    assert Import.objects.get().status == "ready"


BEN = ["9276308686", "Ben", "Lee", "ben@college.example", *AMIRA[4:]]


def test_a_file_that_is_wrong_only_by_what_the_portal_lacks_can_be_read_again(client, cast):
    tutor = "new.tutor@college.example"
    made = looked_at(cast, "students", csv_file([*STUDENTS, "Tutor e-mail"], [*AMIRA, tutor], [*BEN, tutor]))
    page = client.get(reverse("import_detail", args=[made.pk]))
    assert "2 of 2 rows are wrong Your file may be right as it is" in text(page)
    assert f"Tutor e-mail, 2 rows: No tutor here has the address {tutor}. Add them under People first." in text(page)
    assert '<a href="/people/add/">Add somebody</a>' in page.content.decode()
    assert "Mend these rows" not in text(page)

    user = UserFactory(email=tutor, first_name="Nora", last_name="Quill")
    MembershipFactory(user=user, provider=cast.provider, role="tutor")
    page = client.post(reverse("import_read", args=[made.pk]), {"seen": made.version}, follow=True)
    assert "Apply: 2 new" in text(page)


def test_pressing_read_again_twice_says_so(client, cast):
    made = looked_at(cast, "students", csv_file([*STUDENTS, "Tutor e-mail"], [*AMIRA, "new.tutor@college.example"]))
    seen = made.version
    made.read_again(by=cast.coordinator)
    response = client.post(reverse("import_read", args=[made.pk]), {"seen": seen})
    assert told(response) == "The file is being read again already."


def test_of_mixed_mistakes_it_is_said_how_many_the_portal_can_mend(client, cast):
    header = ["Student", "Employer name", "First day", "Last day", "Role", "Manager e-mail"]
    row = ["student@cast.test", "Nowhere Ltd", "05/01/2027", "26/03/2027", "Office", ""]
    nobody = ["nobody@cast.test", "Employer", "soon", "26/03/2027", "Office", "nobody@cast.test"]
    made = looked_at(cast, "placements", csv_file(header, row, nobody))
    page = client.get(reverse("import_detail", args=[made.pk]))
    assert "Mend these rows in your file" in text(page)
    assert "Some of them name what the portal lacks; 1 is wrong for nothing else:" in text(page)
    assert "Employer name, 1 row: No employer here is called “Nowhere Ltd”. Import the employers first." in text(page)
    assert "Student, 1 row: No student here has this ULN or address. Import the students first." in text(page)
    assert "Manager e-mail, 1 row: Employer has no line manager with this address." in text(page)
    for kind in ("employers", "students"):
        assert f'<a href="/imports/new/{kind}/">' in page.content.decode()
    assert "Read the file again" not in text(page)


def test_what_the_portal_lacks_is_named_at_most_five_times(client, cast):
    header = ["Student", "Employer name", "First day", "Last day", "Role"]
    rows = [["student@cast.test", f"Firm {n}", "05/01/2027", "26/03/2027", "Office"] for n in (1, 2, 3, 4, 5, 6, 6)]
    made = looked_at(cast, "placements", csv_file(header, *rows))
    called = [reason.partition(". ")[0] for _, reason, _, _ in made.lacks]
    assert called == [f"No employer here is called “Firm {n}”" for n in (6, 1, 2, 3, 4)]
    assert (made.wrong, made.lacking, made.may_be_right) == (7, 7, True)


def test_the_wrong_rows_can_be_downloaded_and_the_mended_list_uploaded(client, cast):
    header = [*STUDENTS, "Notes"]
    wrong = ["12", "=Amira", *AMIRA[2:5], "Wizardry", AMIRA[6], "hm"]
    made = looked_at(cast, "students", csv_file(header, [*AMIRA[:3], "a@college.example", *AMIRA[4:], ""], wrong))
    assert made.ignored == ["Notes"]
    response = client.get(reverse("import_wrong", args=[made.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="wrong rows of students.csv"'
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    head, line, _ = body.split("\r\n")
    assert head == "Row,What is wrong,ULN,First name,Last name,E-mail,Date of birth,T Level,Year of entry,Notes"
    assert line.startswith("3,ULN: This is not a valid ULN.")
    assert line.endswith(",12,'=Amira,Okafor,amira@college.example,04/05/2008,Wizardry,2025/26,hm")

    mended = body.replace(",12,", ",9276308686,").replace("Wizardry", DIGITAL)
    again = looked_at(cast, "students", mended.encode())
    assert (again.new, again.wrong, again.ignored) == (1, 0, ["Notes"])


def test_the_preview_is_filtered_searched_and_paged(client, cast, monkeypatch):
    monkeypatch.setattr("portal.imports.views.PAGE", 5)
    made = looked_at(
        cast, "employers", csv_file(["Employer name"], *([f"Firm {n:02d}"] for n in range(12)), ["Firm 00"])
    )
    address = reverse("import_detail", args=[made.pk])
    page = client.get(address, {"state": "", "page": 2})
    assert page.context["page"].paginator.count == 13
    assert len(page.context["page"]) == 5
    assert "6 to 10 of 13" in text(page)
    assert [row.number for row in client.get(address).context["page"]] == [14]
    found = client.get(address, {"state": "new", "search": "firm 1"})
    assert [row.title for row in found.context["page"]] == ["Firm 10", "Firm 11"]
    assert "No row matches" in text(client.get(address, {"search": "nothing"}))


def test_pages_take_the_same_few_queries_at_any_length(client, cast):
    taken = set()
    for count in (1, 3):
        made = looked_at(cast, "employers", csv_file(["Employer name"], *([f"E{count}-{n}"] for n in range(count))))
        queries = []
        for address in (reverse("import_detail", args=[made.pk]), reverse("import_list")):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            queries.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            list(client.get(reverse("import_wrong", args=[made.pk])).streaming_content)
        taken.add((*queries, len(captured)))
    assert len(taken) == 1
    assert max(taken.pop()) <= 8


def test_a_page_at_work_refreshes_itself_with_and_without_javascript(client, cast):
    made = Import.start(cast.provider, "students", "students.csv", csv_file(STUDENTS, AMIRA), by=cast.coordinator)
    Import.objects.update(done=30, steps=120)
    page = client.get(reverse("import_detail", args=[made.pk])).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'data-poll="/imports/{made.pk}/progress/"' in page
    assert 'value="25"' in page
    assert "25 % done" in page

    part = fetched(client, reverse("import_progress", args=[made.pk]))
    assert part.lstrip().startswith(f'<div class="stack" data-poll="/imports/{made.pk}/progress/"')
    assert "<html" not in part

    Import.objects.update(status="ready", new=1)
    part = fetched(client, reverse("import_progress", args=[made.pk]))
    assert "data-poll" not in part
    assert "Apply: 1 new" in part


def test_an_import_can_be_cancelled_while_it_is_read(client, cast):
    made = Import.start(cast.provider, "students", "students.csv", csv_file(STUDENTS, AMIRA), by=cast.coordinator)
    address = reverse("import_discard", args=[made.pk])
    client.post(address, {"seen": "²"})
    assert Import.objects.get(pk=made.pk).status == "reading"
    assert told(client.post(address, {"seen": made.version})) == "students.csv has been discarded. Nothing was changed."
    tasks.read.call(made.pk)
    made.refresh_from_db()
    assert made.status == "discarded"
    assert (ImportFile.objects.count(), ImportRow.objects.count()) == (0, 0)
    assert "Nothing of it was applied" in text(client.get(reverse("import_detail", args=[made.pk])))


def test_an_old_preview_or_a_discarded_one_cannot_be_applied(client, cast):
    made = looked_at(cast, "students", csv_file(STUDENTS, AMIRA))
    address, seen = reverse("import_apply", args=[made.pk]), made.version
    assert "Somebody was quicker" in told(client.post(address, {"seen": seen - 1}))
    assert Import.objects.get().status == "ready"
    made.discard(by=cast.coordinator)
    assert "Somebody was quicker" in told(client.post(address, {"seen": seen}))
    assert Import.objects.get().status == "discarded"


def test_pressing_apply_twice_applies_once_and_each_is_told_whose_press_it_was(client, cast):
    colleague = MembershipFactory(provider=cast.provider, role="coordinator").user
    made = looked_at(cast, "students", csv_file(STUDENTS, AMIRA))
    address, seen = reverse("import_apply", args=[made.pk]), {"seen": made.version}
    made.apply(by=cast.coordinator)
    assert told(client.post(address, seen)) == "You have pressed Apply already: the file is being applied."
    tasks.apply.call(made.pk)
    response = client.post(address, seen)
    assert response.url == reverse("import_detail", args=[made.pk])
    assert told(response) == "This import has been applied already."
    says = told(signed_in(colleague).post(address, seen))
    assert "Somebody was quicker" in says
    assert "This import has been applied already." not in says
    assert Student.objects.filter(uln="1000000019").count() == 1


def test_new_people_are_invited_by_a_step_of_their_own(client, cast, django_capture_on_commit_callbacks):
    rows = [AMIRA, ["9276308686", "Ben", "Lee", "ben@college.example", *AMIRA[4:]]]
    made = applied(cast, "students", csv_file(STUDENTS, *rows))
    User.objects.filter(email="ben@college.example").update(last_login=timezone.now())
    assert mail.outbox == []
    asked = text(client.get(reverse("import_detail", args=[made.pk])))
    assert "Invite the 2 new people Each of the 2 gets a mail at once. Send 2 invitations" in asked

    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("import_invite", args=[made.pk]), follow=True)
    assert "The invitations are on their way." in text(page)
    assert [message.to for message in mail.outbox] == [["amira@college.example"]]
    assert "The new people (2) were invited on" in text(page)

    response = client.post(reverse("import_invite", args=[made.pk]))
    assert "These people have been invited already." in told(response)
    assert len(mail.outbox) == 1


def test_nobody_new_nobody_to_invite(client, cast):
    made = applied(cast, "employers", csv_file(["Employer name"], ["Hartley"]))
    assert "Invite" not in text(client.get(reverse("import_detail", args=[made.pk])))
    assert Employer.objects.filter(name="Hartley", provider=cast.provider).exists()


def test_a_coordinator_sees_the_imports_of_the_desk_in_use_only(cast):
    looked_at(cast, "students", csv_file(STUDENTS, AMIRA))
    assert "Nothing has been imported yet" in text(signed_in(cast.other_coordinator).get(reverse("import_list")))


def test_a_strange_file_name_does_no_harm(client, cast):
    page = upload(client, csv_file(STUDENTS, AMIRA), name='<b>"stu\ndents"' + "x" * 300 + ".csv")
    made = Import.objects.get()
    assert len(made.file_name) == 150
    assert b"<b>" not in page.content
    assert client.get(reverse("import_wrong", args=[made.pk])).status_code == 200
