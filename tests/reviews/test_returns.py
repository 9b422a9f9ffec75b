"""Returns: looking over what goes to the results service, making the files, keeping them."""

import pytest
from django.http import Http404
from django.utils import timezone

from placements.models import Placement
from portal.history.models import Event, Look, looks_at
from reviews.returns.changes import changes_since
from reviews.returns.kinds import RESULTS
from reviews.returns.lines import digest_of, without_faults
from reviews.returns.models import Return, ReturnFile, ReturnRow
from reviews.returns.views import kind_or_404
from reviews.signoff import signing
from students.models import Student
from tests import factories
from tests.conftest import signed_in
from tests.pages import text_of, told
from tests.reviews.returned import (
    EVERYBODY,
    MAKE,
    PREVIEW,
    ULNS,
    content_of,
    lines_for,
    made_for,
    numbered,
    returned,
    sent,
)
from tests.reviews.signoffs import WORDS, again, considered, frozen

pytestmark = pytest.mark.django_db
HEAD = "ULN,Core code,Industry placement status,Industry placement hours,Reason for special consideration"


def special():
    """The cast with a student who is signed off with special consideration, 175 hours."""
    cast = considered()
    cast.consideration.confirm(by=cast.coordinator)
    cast.placement.end(by=cast.tutor, reason="No other place.")
    signing.judge(cast.student_record, is_sufficient=True, words=WORDS, by=cast.tutor)
    signing.sign_off(again(cast.student_record), by=cast.tutor)
    numbered(cast.student_record, cast.student_record2)
    return cast


def posted(cast, choice=EVERYBODY) -> dict:
    """What the button of the page sends."""
    return choice.asked | {"seen": digest_of(without_faults(lines_for(cast, choice)))}


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
    response = client.post(MAKE, sent(client.get(PREVIEW)), follow=True)
    made = Return.objects.get()
    assert (made.lines, made.left_out, made.made_by, made.years) == (1, 1, cast.coordinator, ["2025/26"])
    [file] = response.context["files"]
    assert file.file.name == f"results-10012345-return-{made.pk}-2026-11-23-entry-2025-26.csv"
    text = text_of(response)
    assert f'<a class="btn btn-primary" href="/returns/files/{file.pk}/">' in text
    assert "The return is made: 1 row, 1 left out." in text
    assert "upload it in ‘Manage T Level results’" in text
    assert "Coordinator Reed</strong> made this return: 1 row, 1 left out" in text
    assert f'href="/returns/{made.pk}/left-out/"' in text
    Student.objects.update(uln="9999999999")
    assert client.get(f"/returns/files/{file.pk}/").content.decode().split("\r\n") == [
        HEAD, "9276308686,61058014,Placement still to be completed,,", "",
    ]  # fmt: skip
    assert [look.by_name for look in Look.objects.all()] == ["Coordinator Reed"]


def test_the_sign_off_and_leaving_decide_the_status():
    cast = frozen()
    numbered(cast.student_record, cast.student_record2)
    now = timezone.now()
    Student.objects.filter(pk=cast.student_record2.pk).update(left_on="2026-05-04", left_at=now, left_because="work")
    assert content_of(made_for(cast))[1:3] == [
        "9276308686,61058014,Placement completed,,",
        "1000000019,61058014,Placement will not be completed,,",
    ]


@pytest.mark.database
def test_special_consideration_goes_with_hours_and_reasons_and_is_noted():
    cast = special()
    assert "ML,B" in text_of(signed_in(cast.coordinator).get(PREVIEW))
    assert [(look.about, look.about_id) for look in Look.objects.all()] == [
        ("signoff.specialconsideration", cast.consideration.pk)
    ]
    line = '9276308686,61058014,Placement completed with special consideration,175,"ML,B"'
    assert content_of(made_for(cast))[1] == line
    assert Event.objects.about(cast.consideration).first().says == (
        "put the letters of the reasons and the hours into a file for the results service"
    )


def test_confirmed_and_not_signed_off_is_still_to_be_completed():
    cast = considered()
    cast.consideration.confirm(by=cast.coordinator)
    [row] = [row for row in RESULTS.shown(lines_for(cast)) if row.name == "Student Reed"]
    assert row.line.status == "Placement still to be completed"
    assert row.says == "Missing: hours, the employer's final review and the judgement of progress"


def test_who_was_left_out_and_why_is_kept(cast):
    made = returned(cast)
    client = signed_in(cast.coordinator)
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
    assert told(client.post(MAKE, posted(cast))).startswith("No row can be sent yet")
    assert not Return.objects.exists()


def test_no_file_of_rows_that_nobody_looked_over(cast):
    numbered(cast.student_record, cast.student_record2)
    data = posted(cast)
    Student.objects.filter(pk=cast.student_record2.pk).update(uln="9999999999")
    response = signed_in(cast.coordinator).post(MAKE, data)
    assert (response.url, told(response)[:22]) == (f"{PREVIEW}?year=2025%2F26", "Something has changed ")
    assert not Return.objects.exists()


@pytest.mark.database
def test_pressed_twice_it_is_made_once(cast):
    first = returned(cast)
    response = signed_in(cast.coordinator).post(MAKE, posted(cast))
    assert response.url == f"/returns/{first.pk}/"
    assert told(response) == "Nothing has changed since this return was made at 10:00 today."
    assert ReturnFile.objects.count() == ReturnRow.objects.filter(wrong="").count() == 1


def test_more_than_a_file_may_hold_are_several(cast, monkeypatch):
    monkeypatch.setattr("reviews.returns.results.LEARNERS", 1)
    numbered(cast.student_record, cast.student_record2)
    found = [file.file.name[-24:] for file in made_for(cast).files.all()]
    assert found == ["entry-2025-26-1-of-2.csv", "entry-2025-26-2-of-2.csv"]


def test_the_list_shows_what_was_made(cast):
    made = returned(cast)
    assert f'href="/returns/{made.pk}/"' in text_of(signed_in(cast.coordinator).get("/returns/"))
    assert "No file was made yet" in text_of(signed_in(cast.other_coordinator).get("/returns/"))


# --- what changed since ---


def changes(cast, made) -> list[tuple]:
    """As the page of the return shows them, without that page."""
    students = Student.objects.filter(provider=cast.provider)
    known = students.select_related("user").in_bulk()
    rows = [(known.get(change.student), change) for change in changes_since(made, students)]
    return [(student.name if student else "", row.uln, row.was, row.now(student)) for student, row in rows]


def test_nothing_changed_since(cast):
    made = returned(cast)
    response = signed_in(cast.coordinator).get(f"/returns/{made.pk}/")
    assert len(response.context["page"]) == 0
    assert "a new file would say the same" in text_of(response)


@pytest.mark.database
def test_what_a_new_file_would_say_otherwise():
    cast = special()
    made = returned(cast)
    numbered(cast.student_record)
    was = "Placement completed with special consideration, 175 hours, ML,B."
    signoff = cast.student_record.signoffs.get()
    signoff.reopen(by=cast.coordinator, reason="A mistake.")
    Student.objects.filter(pk=cast.student_record2.pk).update(uln="1000000108")
    page = signed_in(cast.coordinator).get(f"/returns/{made.pk}/").context["page"]
    assert [(student.name, uln, was, now) for student, uln, was, now in page] == [
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


def test_a_kind_that_nobody_knows_is_not_found():
    with pytest.raises(Http404):
        kind_or_404("other")


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
            detail = client.get(f"/returns/{made.pk}/")
        with django_assert_num_queries(5):
            client.get(f"/returns/{made.pk}/left-out/")
    assert [len(response.context["page"]), len(detail.context["page"])] == [5, 3]
