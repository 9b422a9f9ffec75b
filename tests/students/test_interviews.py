"""Getting ready for interviews: the private worksheet, questions, the pack."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.clock import chores
from students.interviews.clock import forget_what_was_removed
from students.interviews.forms import NewQuestionForm
from students.interviews.lines import rows
from students.interviews.models import Line, Question, Sheet, Thought
from students.interviews.views.interviews import pack_of
from students.models import Student
from tests.conftest import signed_in
from tests.pages import told
from tests.students.interview_scenes import arrange, interview_at, question_of, thought_of

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def me(cast):
    return signed_in(cast.student)


@pytest.fixture
def arranged(monkeypatch):
    return arrange(monkeypatch)


# --- What ships -----------------------------------------------------------------------------------------------------


def test_all_of_the_guidance_ships():
    numbers = {kind: Line.objects.filter(kind=kind).count() for kind in ("prompt", "tip", "question")}
    assert numbers == {"prompt": 14, "tip": 11, "question": 10}
    assert len({(row["kind"], row["code"]) for row in rows()}) == 35


# --- The worksheet --------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_the_worksheet_is_written_group_by_group(me):
    response = me.post("/interviews/worksheet/1/", {"experiences": "I repair bikes with my uncle"})
    assert response.url == "/interviews/worksheet/2/"
    assert "1 of 4 written" in text(me.get("/interviews/"))
    back = me.post("/interviews/worksheet/2/", {"do": "back"})
    assert back.url == "/interviews/worksheet/1/"
    last = me.post("/interviews/worksheet/4/", {"fit": "They repair things"}, follow=True)
    assert "Saved. Only you can read it." in text(last)
    assert "I repair bikes with my uncle" in text(last)
    assert me.post("/interviews/worksheet/1/", {"do": "later"}).url == "/interviews/worksheet/"
    assert me.post("/interviews/worksheet/1/", {}).url == "/interviews/worksheet/2/"


def test_each_answer_is_saved_as_one_goes(me):
    response = me.post("/interviews/worksheet/2/", {"good_at": "Explaining"}, headers={"X-Autosave": "1"})
    assert response.json()["says"] == "Saved."
    assert Thought.objects.get().words == "Explaining"


def test_what_is_too_long_is_said_and_the_rest_is_saved(me):
    data = {"good_at": "x" * 2001, "skills": "Python", "qualities": "nul \x00"}
    response = me.post("/interviews/worksheet/2/", data)
    assert response.status_code == 422
    assert "at most 2000 characters" in text(response)
    assert "Null characters are not allowed." in text(response)
    assert [thought.words for thought in Thought.objects.all()] == ["Python"]
    assert me.post("/interviews/worksheet/2/", data, headers={"X-Autosave": "1"}).status_code == 422


def test_an_emptied_answer_is_gone_and_others_stay(cast, me):
    thought_of(cast.student_record, "good_at")
    thought_of(cast.student_record, "fit")
    me.post("/interviews/worksheet/2/", {"good_at": ""})
    assert [thought.code for thought in Thought.objects.all()] == ["fit"]


FIT = "What do I like about this organisation, and how does it fit me?"


def test_an_answer_keeps_the_wording_that_was_answered(cast, me):
    thought_of(cast.student_record, "star_sign", "Aries", wording="What is your star sign?")
    me.post("/interviews/worksheet/4/", {"fit": "They repair things"})
    Line.objects.filter(code="fit").update(retired_at=timezone.now())
    old = Line.objects.get(code="fit")
    Line.objects.create(kind="prompt", group=old.group, number=13, code="fit", wording="Why them?", hint="")
    page = text(me.get("/interviews/worksheet/"))
    assert "Why them?" in page
    assert f"Written when it asked: “{FIT}”" in page
    assert "What is your star sign?" in page  # a prompt that is gone
    assert "Aries" in page
    page = text(me.get("/interviews/worksheet/4/"))
    assert "Only you can read this." in page
    assert "When you wrote this, it asked" in page
    me.post("/interviews/worksheet/4/", {"fit": "They repair things"})
    assert Thought.objects.get(code="fit").wording == FIT
    me.post("/interviews/worksheet/4/", {"fit": "They repair things, and teach it"})
    assert Thought.objects.get(code="fit").wording == "Why them?"


def test_the_worksheet_is_emptied(cast, me):
    thought_of(cast.student_record)
    others = thought_of(Student.objects.get(user=cast.student2))
    assert told(me.post("/interviews/worksheet/clear/")) == "Your worksheet is empty again."
    assert list(Thought.objects.all()) == [others]


def test_a_group_or_a_suggestion_that_is_not_there(me):
    assert me.get("/interviews/worksheet/0/").status_code == 404
    assert me.get("/interviews/worksheet/5/").status_code == 404
    tip = Line.objects.get(code="phone")
    assert me.post(f"/interviews/questions/take/{tip.pk}/").status_code == 404


def test_nobody_but_the_student_reads_the_worksheet(cast):
    thought_of(cast.student_record)
    question_of(cast.student_record)
    people = [name for name in vars(cast) if not name.endswith("student") and hasattr(getattr(cast, name), "desks")]
    assert len(people) >= 9
    for who in people:
        assert not Thought.objects.visible_to(getattr(cast, who)).exists(), who
        assert not Question.objects.visible_to(getattr(cast, who)).exists(), who
    assert not Thought.objects.visible_to(cast.other_student).exists()
    assert Thought.objects.visible_to(cast.student).count() == 1


def test_no_way_leads_from_the_student_to_the_worksheet():
    ways = {field.related_model for field in Student._meta.get_fields() if field.is_relation}
    assert not ways & {Thought, Question, Sheet}


# --- Questions ------------------------------------------------------------------------------------------------------


def test_questions_are_taken_and_written(me):
    line = Line.objects.get(code="feedback")
    for _ in range(2):
        me.post(f"/interviews/questions/take/{line.pk}/")
        me.post("/interviews/questions/", {"words": "Do you have a football team?"})
    page = text(me.get("/interviews/questions/"))
    words = list(Question.objects.values_list("words", flat=True))
    assert words == ["How will I know how I am doing?", "Do you have a football team?"]
    assert f"/interviews/questions/take/{line.pk}/" not in page
    assert "You have 2 questions on your list." in text(me.get("/interviews/"))


def test_a_question_that_cannot_be_kept(me):
    assert me.post("/interviews/questions/", {"words": " "}).status_code == 422
    assert not Question.objects.exists()
    for words in ("", "x" * 301, "nul \x00"):
        assert list(NewQuestionForm({"words": words}).errors) == ["words"]


def test_a_list_that_is_full_says_so(cast, me, monkeypatch):
    monkeypatch.setattr("students.interviews.views.questions.MOST", 1)
    question_of(cast.student_record)
    response = me.post("/interviews/questions/", {"words": "And another?"})
    assert response.status_code == 422
    assert "You have 1 questions." in text(response)
    line = Line.objects.get(code="feedback")
    assert "You have 1 questions." in told(me.post(f"/interviews/questions/take/{line.pk}/"))


def test_what_they_said_is_written_down(cast, me):
    question = question_of(cast.student_record)
    data = {"words": "What is a good day here?", "answer": "When the phones are quiet"}
    page = text(me.post(f"/interviews/questions/{question.pk}/edit/", data, follow=True))
    assert "When the phones are quiet" in page
    assert me.post(f"/interviews/questions/{question.pk}/edit/", {"words": ""}).status_code == 422


def test_a_question_is_removed_put_back_and_gone_after_a_week(cast, me):
    question = question_of(cast.student_record)
    me.post(f"/interviews/questions/{question.pk}/remove/")
    page = text(me.get("/interviews/questions/"))
    assert "Removed in the last week" in page
    assert "No question yet" in page
    assert me.get(f"/interviews/questions/{question.pk}/edit/").status_code == 404
    me.post(f"/interviews/questions/{question.pk}/restore/")
    assert Question.objects.kept().count() == 1
    question.remove()
    assert forget_what_was_removed in chores
    forget_what_was_removed(timezone.now() + timedelta(days=6))
    assert Question.objects.exists()
    forget_what_was_removed(timezone.now() + timedelta(days=8))
    assert not Question.objects.exists()


# --- The overview and the pack --------------------------------------------------------------------------------------


def test_an_interview_ahead_offers_its_pack_and_its_research(cast, me, arranged):
    over = interview_at(cast.employer, key=9, days=-3, is_over=True)
    arranged.interviews = [interview_at(cast.employer2), interview_at(cast.employer, key=8), over]
    Sheet.objects.create(student=cast.student_record, name="The works", employer=cast.employer, does="Bikes")
    page = text(me.get("/interviews/"))
    assert "/interviews/pack/?interview=7" in page
    assert "/research/add/?interview=7" in page
    assert "/applications/7/#feedback" in page
    assert "My research, 1 of 5" in page
    assert "/research/add/?interview=8" not in page


def test_the_pack_of_somebody_who_has_nothing_yet(me, arranged):
    page = text(me.get("/interviews/pack/"))
    assert "No research sheet yet." in page
    assert "The interview</h2>" not in page
    assert page.count("<h3>") == 14 + 3


def test_the_pack_holds_all_that_was_written(cast, me, arranged):
    arranged.interviews = [interview_at(cast.employer)]
    thought_of(cast.student_record, words="They repair what others throw away")
    question_of(cast.student_record)
    question_of(cast.student_record, "A removed one?", removed_at=timezone.now())
    Sheet.objects.create(student=cast.student_record, name="employer", does="Makes bikes", reach="national")
    page = text(me.get("/interviews/pack/"))
    for words in ("Main entrance", "Amira Khan", "Makes bikes", "National: in the whole country",
                  "They repair what others throw away", "What is a good day here?", "Silence your phone"):  # fmt: skip
        assert words in page
    assert "A removed one?" not in page


def pack(cast, query="") -> tuple:
    """The interview and the sheet that the student's pack at this address is about."""
    found = pack_of(SimpleNamespace(user=cast.student, desk=cast.student.desks[0], GET=QueryDict(query)))
    return found["interview"], found["sheet"]


def test_without_an_interview_the_pack_holds_the_sheet_of_the_placements_employer(cast, arranged):
    sheet = Sheet.objects.create(student=cast.student_record, name="employer", does="Repairs bikes")
    bakery = Sheet.objects.create(student=cast.student_record, name="Corner Bakery", does="Bread")
    assert pack(cast) == (None, sheet)
    Sheet.objects.filter(pk=sheet.pk).update(name="The works", employer=cast.employer)
    assert pack(cast) == (None, sheet)
    type(cast.placement).objects.filter(pk=cast.placement.pk).update(status="ended")
    assert pack(cast) == (None, bakery)


def test_a_sheet_chosen_for_the_pack(cast, arranged):
    [interview] = arranged.interviews = [interview_at(cast.employer)]
    sheet = Sheet.objects.create(student=cast.student_record, name="Corner Bakery", does="Bread")
    assert pack(cast, f"sheet={sheet.pk}") == (None, sheet)
    assert pack(cast, f"sheet={sheet.pk}&interview=7") == (interview, sheet)


def test_nonsense_in_the_address_and_the_sheet_of_somebody_else_are_not_in_the_pack(cast, me, arranged):
    other = Sheet.objects.create(student=Student.objects.get(user=cast.student2), name="Secret", does="Secret")
    for query in (f"sheet={other.pk}", "interview=x&sheet=999", "sheet=%00&interview=-1", "sheet=" + "9" * 40):
        assert pack(cast, query) == (None, None)
    for asked in ("x", "-1"):
        assert me.get(f"/research/add/?interview={asked}").status_code == 200


def test_the_pack_as_a_pdf(me, arranged, monkeypatch):
    monkeypatch.setattr("portal.pdf.pdf", lambda *args, **kwargs: b"")  # laid out for tests/house/test_access.py
    assert "Interview pack.pdf" in me.get("/interviews/pack.pdf")["Content-Disposition"]


def test_numbers_of_queries(cast, me, arranged, django_assert_num_queries):
    for written in (["fit"], ["bring", "gain"]):
        for code in written:
            thought_of(cast.student_record, code)
            question_of(cast.student_record, f"Question about {code}?")
            Sheet.objects.create(student=cast.student_record, name=f"Employer {code}", does="Bikes")
        for path, queries in {
            "/interviews/": 7,
            "/interviews/worksheet/": 5,
            "/interviews/worksheet/4/": 5,
            "/interviews/questions/": 4,
            "/interviews/pack/": 8,
            "/research/": 5,
        }.items():
            with django_assert_num_queries(queries):
                assert me.get(path).status_code == 200
