"""Research sheets: written as one goes, shared with the tutor or not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from students.interviews.clock import forget_what_was_removed
from students.interviews.forms import NewSheetForm
from students.interviews.models import Sheet
from tests.conftest import signed_in
from tests.pages import told
from tests.students.interview_scenes import arrange, interview_at

pytestmark = pytest.mark.django_db
WRITTEN = {
    "name": "St Oswin's", "does": "A hospital", "values": "Kindness", "reach": "local", "size": "2,000 people",
    "news": "A new ward",
}  # fmt: skip


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def arranged(monkeypatch):
    return arrange(monkeypatch)


@pytest.fixture
def me(cast):
    return signed_in(cast.student)


@pytest.fixture
def tutor(cast):
    return signed_in(cast.tutor)


@pytest.fixture
def sheet(cast):
    return Sheet.objects.create(student=cast.student_record, **WRITTEN)


def test_a_sheet_is_begun_and_written(me):
    for _ in range(2):
        response = me.post("/research/add/", {"name": "St Oswin's"})
    sheet = Sheet.objects.get()
    assert response.url == f"/research/{sheet.pk}/edit/"
    page = text(me.post(response.url, WRITTEN, follow=True))
    for words in ("A hospital", "Kindness", "Local: in this town or area", "2,000 people", "A new ward"):
        assert words in page
    assert "5 of 5 parts" in text(me.get("/research/"))


def test_a_sheet_for_an_interview_knows_the_employer(cast, me, arranged):
    arranged.interviews = [interview_at(cast.employer)]
    assert 'value="Employer"' in text(me.get("/research/add/?interview=7"))
    me.post("/research/add/?interview=7", {"name": "Employer"})
    assert Sheet.objects.get().employer == cast.employer
    me.post("/research/add/?interview=7", {"name": "Somewhere else"})
    assert Sheet.objects.get(name="Somewhere else").employer is None


def test_it_is_saved_as_one_goes_but_for_what_is_wrong(me, sheet):
    address = f"/research/{sheet.pk}/edit/"
    response = me.post(address, WRITTEN | {"news": "A prize"}, headers={"X-Autosave": "1"})
    assert response.json()["says"] == "Saved."
    data = WRITTEN | {"name": "", "reach": "the moon", "news": "Two prizes", "size": "nul \x00"}
    response = me.post(address, data)
    assert response.status_code == 422
    assert "Write the name of the organisation." in text(response)
    assert "Choose one of those in the list." in text(response)
    sheet.refresh_from_db()
    assert (sheet.name, sheet.reach, sheet.news, sheet.size) == ("St Oswin's", "local", "Two prizes", "2,000 people")
    assert me.post(address, data, headers={"X-Autosave": "1"}).status_code == 422


def test_a_name_that_cannot_be_kept(me):
    assert me.post("/research/add/", {"name": ""}).status_code == 422
    assert not Sheet.objects.exists()
    assert [list(NewSheetForm({"name": name}).errors) for name in ("x" * 151, "nul \x00")] == [["name"], ["name"]]


def test_too_many_sheets(me, sheet, monkeypatch):
    monkeypatch.setattr("students.interviews.views.research.MOST", 1)
    response = me.post("/research/add/", {"name": "Another"})
    assert response.status_code == 422
    assert "You have 1 sheets." in text(response)


def test_shared_with_the_tutor_and_taken_back(cast, me, tutor, sheet):
    response = me.post(f"/research/{sheet.pk}/share/")
    assert "Your tutor can read it now, and what you add later." in told(response)
    assert "Your tutor sees it since" in text(me.get(response.url))
    assert "A hospital" in text(tutor.get(f"/research/{sheet.pk}/"))
    assert "St Oswin&#x27;s" in text(tutor.get(f"/students/{cast.student_record.pk}/research/"))
    papers, way = f"/students/{cast.student_record.pk}/papers/", f"/students/{cast.student_record.pk}/research/"
    assert way in text(tutor.get(papers))
    assert way not in text(signed_in(cast.coordinator).get(papers))
    me.post(f"/research/{sheet.pk}/share/")  # a second press
    me.post(f"/research/{sheet.pk}/take-back/")
    assert tutor.get(f"/research/{sheet.pk}/").status_code == 404
    assert "Nothing shared yet" in text(tutor.get(f"/students/{cast.student_record.pk}/research/"))


def test_an_empty_sheet_is_not_shared(cast, me):
    sheet = Sheet.objects.create(student=cast.student_record, name="Empty")
    assert "There is nothing in it yet." in told(me.post(f"/research/{sheet.pk}/share/"))
    sheet.refresh_from_db()
    assert sheet.status == "private"


def test_only_the_student_shares(cast, sheet):
    for who in ("tutor", "coordinator", "manager", "student2"):
        with pytest.raises(PermissionDenied):
            sheet.share(by=getattr(cast, who))


def test_who_sees_which_sheet(cast, sheet):
    people = ["student", "tutor", "coordinator", "manager", "student2", "tutor2", "other_tutor", "other_student"]

    def seers():
        return [who for who in people if Sheet.objects.visible_to(getattr(cast, who)).exists()]

    assert seers() == ["student"]
    sheet.share(by=cast.student)
    assert seers() == ["student", "tutor"]
    sheet.remove()
    assert seers() == ["student"]


def test_removed_put_back_and_gone_after_a_week(cast, me, sheet):
    sheet.share(by=cast.student)
    me.post(f"/research/{sheet.pk}/remove/")
    assert me.get(f"/research/{sheet.pk}/").status_code == 404
    assert not Sheet.objects.visible_to(cast.tutor).exists()
    page = text(me.get("/research/"))
    assert ("Removed in the last week" in page, "Nothing researched yet" in page) == (True, True)
    me.post(f"/research/{sheet.pk}/restore/")
    assert Sheet.objects.visible_to(cast.tutor).get() == sheet
    sheet.remove()
    forget_what_was_removed(timezone.now() + timedelta(days=8))
    assert not Sheet.objects.exists()


def test_the_tutor_s_list_takes_five_queries(cast, tutor, django_assert_num_queries):
    for firms in ([1], [2, 3]):
        for n in firms:
            Sheet.objects.create(student=cast.student_record, **WRITTEN | {"name": f"Firm {n}"}).share(by=cast.student)
        with django_assert_num_queries(5):
            page = text(tutor.get(f"/students/{cast.student_record.pk}/research/"))
        assert page.count("5 of 5 parts") == firms[-1]
