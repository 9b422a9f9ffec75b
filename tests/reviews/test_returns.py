"""Returns: looking over what goes to the results service, making the files, keeping them."""

import pytest
from django.utils import timezone

from placements.models import Placement
from portal.history.models import Event, Look, looks_at
from reviews.returns.choosing import Choice
from reviews.returns.models import Return, ReturnFile, ReturnRow
from reviews.signoff import signing
from students.models import Student
from tests import factories
from tests.conftest import signed_in
from tests.pages import text_of, told
from tests.reviews.returned import ULNS, returned
from tests.reviews.signoffs import WORDS, again, considered, frozen

pytestmark = pytest.mark.django_db
PREVIEW, MAKE = "/returns/new/results/", "/returns/new/results/make/"
HEAD = "ULN,Core code,Industry placement status,Industry placement hours,Reason for special consideration"


def numbered(*students):
    for student, uln in zip(students, ULNS, strict=False):
        Student.objects.filter(pk=student.pk).update(uln=uln)


def special():
    """The cast with a student who is signed off with special consideration, 175 hours."""
    cast = considered()
    cast.consideration.confirm(by=cast.coordinator)
    cast.placement.end(by=cast.tutor, reason="No other place.")
    signing.judge(cast.student_record, is_sufficient=True, words=WORDS, by=cast.tutor)
    signing.sign_off(again(cast.student_record), by=cast.tutor)
    numbered(cast.student_record, cast.student_record2)
    return cast


def posted(client, query="") -> dict:
    """What the button of the page sends."""
    response = client.get(PREVIEW + query)
    return response.context["choice"].asked | {"seen": response.context["digest"]}


def made_by(client, query=""):
    return client.get(client.post(MAKE, posted(client, query)).url)


def content_of(client, made) -> list[str]:
    [file] = made.files.all()
    return client.get(f"/returns/files/{file.pk}/").content.decode().split("\r\n")


def test_each_row_says_what_is_sent_and_why_and_what_is_missing(cast):
    numbered(cast.student_record)
    text = text_of(signed_in(cast.coordinator).get(PREVIEW))
    assert "Year of entry 2025/26" in text
    assert "Placement still to be completed" in text
    assert "Missing: hours, hours with an employer, the employer&#x27;s final review and the judgement" in text
    assert "The ULN is the temporary 9999999999." in text
    assert f'href="/students/{cast.student_record2.pk}/edit/"' in text
    assert "Other Student" not in text


def test_the_file_holds_the_rows_without_a_fault_and_is_kept(cast):
    numbered(cast.student_record)
    client = signed_in(cast.coordinator)
    response = made_by(client)
    made = Return.objects.get()
    assert (made.lines, made.left_out, made.made_by, made.years) == (1, 1, cast.coordinator, ["2025/26"])
    assert content_of(client, made) == [HEAD, "9276308686,61058014,Placement still to be completed,,", ""]
    [file] = response.context["files"]
    assert file.file.name == f"results-10012345-return-{made.pk}-2026-11-23-entry-2025-26.csv"
    text = text_of(response)
    assert f'<a class="btn btn-primary" href="/returns/files/{file.pk}/">' in text
    assert "The return is made: 1 row, 1 left out." in text
    assert "upload it in ‘Manage T Level results’" in text
    assert "Coordinator Reed</strong> made this return: 1 row, 1 left out" in text
    assert [look.by_name for look in Look.objects.all()] == ["Coordinator Reed"]
    Student.objects.update(uln="9999999999")
    assert content_of(client, made)[1] == "9276308686,61058014,Placement still to be completed,,"


def test_the_sign_off_and_leaving_decide_the_status():
    cast = frozen()
    numbered(cast.student_record, cast.student_record2)
    now = timezone.now()
    Student.objects.filter(pk=cast.student_record2.pk).update(left_on="2026-05-04", left_at=now, left_because="work")
    client = signed_in(cast.coordinator)
    made_by(client)
    assert content_of(client, Return.objects.get())[1:3] == [
        "9276308686,61058014,Placement completed,,",
        "1000000019,61058014,Placement will not be completed,,",
    ]


@pytest.mark.database
def test_special_consideration_goes_with_hours_and_reasons_and_is_noted():
    cast = special()
    client = signed_in(cast.coordinator)
    assert "ML,B" in text_of(client.get(PREVIEW))
    assert [(look.about, look.about_id) for look in Look.objects.all()] == [
        ("signoff.specialconsideration", cast.consideration.pk)
    ]
    made_by(client)
    line = '9276308686,61058014,Placement completed with special consideration,175,"ML,B"'
    assert content_of(client, Return.objects.get())[1] == line
    assert Event.objects.about(cast.consideration).first().says == (
        "put the letters of the reasons and the hours into a file for the results service"
    )


def test_confirmed_and_not_signed_off_is_still_to_be_completed():
    cast = considered()
    cast.consideration.confirm(by=cast.coordinator)
    [row] = [row for row in signed_in(cast.coordinator).get(PREVIEW).context["page"] if row.name == "Student Reed"]
    assert row.line.status == "Placement still to be completed"
    assert row.says == "Missing: hours, the employer's final review and the judgement of progress"


def test_filters_choose_who_is_in_the_file(cast):
    numbered(cast.student_record, cast.student_record2)
    Student.objects.filter(pk=cast.student_record2.pk).update(entry_year="2024/25")
    client = signed_in(cast.coordinator)
    made_by(client, "?year=2024/25&rows=left_out")
    assert content_of(client, Return.objects.get())[1].startswith(ULNS[1])
    assert Return.objects.get().years == ["2024/25"]
    other = str(cast.student_record.tlevel_id + 1)
    found = {"?tlevel=" + other: 0, "?year=2020/21": 0, "?year=x&tlevel=x": 1, "?rows=left_out": 0}
    assert {query: len(client.get(PREVIEW + query).context["page"]) for query in found} == found
    assert "No such row" in text_of(client.get(PREVIEW + "?rows=left_out"))
    text = text_of(client.get(PREVIEW + "?year=2020/21"))
    assert ("Nobody to send" in text, "Clear the filters" in text) == (True, True)
    client.post(MAKE, posted(client, f"?tlevel={cast.student_record.tlevel_id}"))
    name = ReturnFile.objects.latest("pk").file.name
    assert name.endswith("-2026-11-23-entry-2025-26-digital-software-development.csv")


def test_years_chosen_together_stay_together_when_one_of_them_is_due_no_more(cast):
    numbered(cast.student_record, cast.student_record2)
    Student.objects.filter(pk=cast.student_record2.pk).update(entry_year="2024/25")
    made = returned(cast, choice=Choice(["2024/25", "2025/26"], None))
    client = signed_in(cast.coordinator)
    text = text_of(client.get(f"/returns/{made.pk}/"))
    assert 'href="/returns/new/results/?year=2024%2F25%2C2025%2F26"' in text
    response = client.get(PREVIEW + "?year=2024/25,2025/26")
    assert (len(response.context["page"]), response.context["last"]) == (2, made)
    chosen = '<option value="2024/25,2025/26" selected>Year of entry 2024/25 and 2025/26</option>'
    assert chosen in text_of(response)
    assert client.get(client.post(MAKE, posted(client, "?year=2024/25,2025/26")).url).context["made"] == made


@pytest.mark.parametrize("asked", ["2025/26,2024/25", "2024/25,2025/26,2025/26"])
def test_years_in_an_address_are_chosen_once_each_and_in_order(cast, asked):
    client = signed_in(cast.coordinator)
    response = client.get(f"{PREVIEW}?year={asked}")
    assert response.context["choice"].years == ["2024/25", "2025/26"]
    assert '<option value="2024/25,2025/26" selected>Year of entry 2024/25 and 2025/26</option>' in text_of(response)


def test_a_year_that_is_asked_for_twice_is_one_year(cast):
    response = signed_in(cast.coordinator).get(f"{PREVIEW}?year=2025/26,2025/26")
    assert response.context["choice"].years == ["2025/26"]


def test_who_was_left_out_and_why_is_kept(cast):
    made = returned(cast)
    client = signed_in(cast.coordinator)
    assert f'href="/returns/{made.pk}/left-out/"' in text_of(client.get(f"/returns/{made.pk}/"))
    numbered(cast.student_record, cast.student_record2)
    text = text_of(client.get(f"/returns/{made.pk}/left-out/"))
    assert f'<a href="/students/{cast.student_record2.pk}/">Student2 Reed</a>' in text
    assert "The ULN is the temporary 9999999999." in text
    assert "Student Reed" not in text
    Student.objects.filter(pk=cast.student_record2.pk).update(uln="")
    Placement.objects.filter(student=cast.student_record2).delete()
    Student.objects.get(pk=cast.student_record2.pk).delete()
    assert "A student who was removed since" in text_of(client.get(f"/returns/{made.pk}/left-out/"))
    made.rows.all().delete()  # as of a return from before rows were kept
    assert "only the number of rows left out was kept" in text_of(client.get(f"/returns/{made.pk}/left-out/"))


def test_no_file_without_a_row_that_can_be_sent(cast):
    client = signed_in(cast.coordinator)
    assert "Make the file" not in text_of(client.get(PREVIEW))
    assert told(client.post(MAKE, posted(client))).startswith("No row can be sent yet")
    assert not Return.objects.exists()


def test_no_file_of_rows_that_nobody_looked_over(cast):
    numbered(cast.student_record, cast.student_record2)
    client = signed_in(cast.coordinator)
    data = posted(client)
    Student.objects.filter(pk=cast.student_record2.pk).update(uln="9999999999")
    response = client.post(MAKE, data)
    assert (response.url, told(response)[:22]) == (f"{PREVIEW}?year=2025%2F26", "Something has changed ")
    assert not Return.objects.exists()


@pytest.mark.database
def test_pressed_twice_it_is_made_once(cast):
    numbered(cast.student_record)
    client = signed_in(cast.coordinator)
    first, second = made_by(client), made_by(client)
    assert first.context["made"] == second.context["made"]
    assert "Nothing has changed since this return was made at 10:00 today." in text_of(second)
    assert ReturnFile.objects.count() == ReturnRow.objects.filter(wrong="").count() == 1


def test_more_than_a_file_may_hold_are_several(cast, monkeypatch):
    monkeypatch.setattr("reviews.returns.results.LEARNERS", 1)
    numbered(cast.student_record, cast.student_record2)
    files = made_by(signed_in(cast.coordinator)).context["files"]
    assert [file.file.name[-24:] for file in files] == ["entry-2025-26-1-of-2.csv", "entry-2025-26-2-of-2.csv"]


def test_the_list_shows_what_was_made(cast):
    client = signed_in(cast.coordinator)
    assert "No file was made yet" in text_of(client.get("/returns/"))
    made = returned(cast)
    assert f'href="/returns/{made.pk}/"' in text_of(client.get("/returns/"))
    assert "No file was made yet" in text_of(signed_in(cast.other_coordinator).get("/returns/"))


# --- what changed since ---


def changes(cast, made) -> list[tuple]:
    page = signed_in(cast.coordinator).get(f"/returns/{made.pk}/").context["page"]
    return [(student.name if student else "", uln, was, now) for student, uln, was, now in page]


def test_nothing_changed_since(cast):
    made = returned(cast)
    assert changes(cast, made) == []
    assert "a new file would say the same" in text_of(signed_in(cast.coordinator).get(f"/returns/{made.pk}/"))


@pytest.mark.database
def test_what_a_new_file_would_say_otherwise():
    cast = special()
    made = returned(cast)
    numbered(cast.student_record)
    was = "Placement completed with special consideration, 175 hours, ML,B."
    signoff = cast.student_record.signoffs.get()
    signoff.reopen(by=cast.coordinator, reason="A mistake.")
    Student.objects.filter(pk=cast.student_record2.pk).update(uln="1000000108")
    assert changes(cast, made) == [
        ("Student Reed", "9276308686", was, "Placement still to be completed."),
        ("Student2 Reed", "1000000108", "Was not in the file.", "Placement still to be completed."),
        ("Student2 Reed", "1000000019", "Placement still to be completed.", "The ULN is 1000000108 now."),
    ]
    assert looks_at(made).count() == 1


def test_who_is_left_out_by_now_or_chosen_no_more(cast):
    numbered(cast.student_record, cast.student_record2)
    made = returned(cast)
    Student.objects.filter(pk=cast.student_record2.pk).update(entry_year="2026/27")
    cast.student_record.tlevel.core_code = "short"
    cast.student_record.tlevel.save()
    was = "Placement still to be completed."
    assert changes(cast, made) == [
        ("Student Reed", ULNS[0], was[:-1] + ", core code 61058014.",
         "Left out: The T Level has no core code of 8 letters and digits. Ask the operator of the portal."),
        ("Student2 Reed", ULNS[1], was, "Not among these students any more."),
    ]  # fmt: skip


def test_who_has_no_real_number_any_more_is_named(cast):
    numbered(cast.student_record, cast.student_record2)
    made = returned(cast)
    was, temporary = "Placement still to be completed.", "Left out: The ULN is the temporary 9999999999."
    Student.objects.filter(pk=cast.student_record2.pk).update(uln="9999999999")
    assert changes(cast, made) == [("Student2 Reed", ULNS[1], was, temporary)]
    ReturnRow.objects.all().delete()
    assert changes(cast, made) == [("", ULNS[1], was, "Not among these students any more.")]


def test_a_kind_that_nobody_knows_is_not_found(cast):
    assert signed_in(cast.coordinator).get("/returns/new/other/").status_code == 404


def test_the_number_of_queries_stays(cast, django_assert_num_queries):
    made = returned(cast)
    client, spare = signed_in(cast.coordinator), iter(ULNS[1:])
    for more in (1, 2):
        for student, uln in zip(factories.many_students(more, provider=cast.provider), spare, strict=False):
            Student.objects.filter(pk=student.pk).update(uln=uln)
        with django_assert_num_queries(6):
            response = client.get(PREVIEW)
        with django_assert_num_queries(4):
            client.get("/returns/")
        with django_assert_num_queries(9):
            client.get(f"/returns/{made.pk}/")
        with django_assert_num_queries(5):
            client.get(f"/returns/{made.pk}/left-out/")
    assert [len(response.context["page"]), len(changes(cast, made))] == [5, 3]
