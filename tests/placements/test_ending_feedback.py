"""What students say of an employer: for the provider only, with names for a few, a summary from five on."""

from datetime import date

import pytest

from employers.panels import part_url
from placements.ending.doing import give_feedback
from placements.ending.forms import FeedbackForm
from placements.ending.models import Feedback, FeedbackAnswer, FeedbackStatement
from placements.ending.summary import summary_of
from placements.models import Placement
from portal.history.models import Event
from tests.conftest import signed_in
from tests.factories import many_students
from tests.pages import said


@pytest.fixture(autouse=True)
def _in_the_last_weeks(time_machine):
    time_machine.move_to("2026-07-20 12:00")


@pytest.fixture
def url(cast):
    return f"/placements/{cast.placement.pk}/ending/feedback/"


@pytest.fixture
def panel(cast):
    return part_url(cast.employer, "feedback")


def told(**fields):
    answers = {f"statement_{statement.pk}": 4 for statement in FeedbackStatement.objects.all()}
    return answers | {"recommend": "yes", "good": "Time for my questions", "better": "A desk of my own"} | fields


def tell(cast):
    """The student of the cast tells this."""
    feedback = Feedback(placement=cast.placement, recommend="yes", better="A desk of my own")
    give_feedback(feedback, dict.fromkeys(FeedbackStatement.objects.all(), 4), by=cast.student)


def others_tell(cast, number):
    """So many other students of the provider tell, all but the first agreeing with everything."""
    facts = {"provider": cast.provider, "employer": cast.employer, "status": Placement.Status.ACTIVE}
    dates = {"first_on": date(2026, 3, 2), "last_on": date(2026, 7, 31)}
    students = many_students(number, provider=cast.provider, tutor=cast.tutor2)
    placements = Placement.objects.bulk_create(Placement(student=one, **facts, **dates) for one in students)
    feedback = Feedback.objects.bulk_create(
        Feedback(placement=placement, recommend="perhaps", good=f"Words of Kim{n}")
        for n, placement in enumerate(placements)
    )
    FeedbackAnswer.objects.bulk_create(
        FeedbackAnswer(feedback=one, statement=statement, wording=statement.wording, value=5 if n else 3)
        for n, one in enumerate(feedback)
        for statement in FeedbackStatement.objects.all()
    )


def test_a_student_tells_their_college_changes_it_and_takes_it_back(cast, url):
    student = signed_in(cast.student)
    assert "the employer never does" in said(student.post(url, told()))[0]
    feedback = Feedback.objects.get()
    assert (feedback.recommend, feedback.answers.count()) == ("yes", 6)
    assert feedback.answers.first().wording == "I was made welcome and shown round when I started"
    assert Event.objects.about(cast.placement)[0].says == "gave feedback on the employer to the college"
    student.post(url, told(recommend="no"))
    feedback = Feedback.objects.get()
    assert (feedback.recommend, feedback.changed_at is not None) == ("no", True)
    student.post(f"{url}remove/")
    assert (Feedback.objects.count(), FeedbackAnswer.objects.count()) == (0, 0)
    assert student.post(f"{url}remove/").status_code == 404


def test_a_statement_that_was_answered_keeps_its_wording(cast, url):
    tell(cast)
    FeedbackStatement.objects.filter(number=1).update(retired_at="2026-07-21 12:00Z")
    FeedbackStatement.objects.create(number=1, wording="My first day was well prepared")
    page = signed_in(cast.student).get(url).content.decode()
    assert "I was made welcome" in page
    assert "My first day" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"recommend": ""}, "Choose one of the three."),
        ({"good": "x" * 2001}, "at most 2000"),
        ({"better": "a\x00b"}, "Null characters"),
    ],
)
def test_what_cannot_be_kept_is_refused(db, fields, words):
    errors = FeedbackForm(told() | fields, statements=FeedbackStatement.objects.all(), values={}).errors
    assert [(where, words in error) for where, [error] in errors.items()] == [(*fields, True)]


def test_each_statement_wants_an_answer_on_the_scale(db, subtests):
    statements = list(FeedbackStatement.objects.all())
    first = f"statement_{statements[0].pk}"
    for value in ("", "0", "6", "x"):
        with subtests.test(value=value):
            assert list(FeedbackForm(told(**{first: value}), statements=statements, values={}).errors) == [first]


def test_what_is_refused_is_not_kept_and_nothing_typed_is_lost(cast, url):
    response = signed_in(cast.student).post(url, told(recommend=""))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Choose one of the three." in page
    assert "A desk of my own" in page
    assert Feedback.objects.count() == 0


# --- Who reads it ---


def test_the_manager_never_sees_it(cast, panel):
    tell(cast)
    manager = signed_in(cast.manager)
    assert list(Feedback.objects.visible_to(cast.manager)) == []
    assert manager.get(panel).status_code == 403
    for path in (f"/placements/{cast.placement.pk}/", f"/placements/{cast.placement.pk}/ending/"):
        page = manager.get(path).content.decode()
        assert "A desk of my own" not in page
        assert "feedback" not in page.lower()


def test_names_are_for_the_placement_office_and_the_own_tutor(cast, url, panel):
    tell(cast)
    others_tell(cast, 1)
    coordinator = signed_in(cast.coordinator).get(panel).content.decode()
    assert "Student Reed" in coordinator
    assert "Words of Kim0" in coordinator
    tutor = signed_in(cast.tutor).get(panel).content.decode()
    assert "A desk of my own" in tutor
    assert "Words of Kim0" not in tutor
    assert signed_in(cast.other_coordinator).get(panel).status_code == 404
    assert "A desk of my own" in signed_in(cast.tutor).get(url.replace("feedback/", "")).content.decode()


def test_a_summary_from_five_answers_on(cast, panel):
    tutor = signed_in(cast.tutor)
    assert "No student has told anything so far." in tutor.get(panel).content.decode()
    others_tell(cast, 4)
    assert "Not enough yet: 4 students have told so far." in tutor.get(panel).content.decode()
    tell(cast)
    assert "<strong>1 of 5</strong> would recommend a placement here, 4 perhaps." in tutor.get(panel).content.decode()
    statements = summary_of(Feedback.objects.all()).statements
    assert [(row.agree, row.neither, row.disagree) for row in statements] == [(4, 1, 0)] * 6


def test_the_panel_takes_eight_queries(cast, panel, django_assert_max_num_queries):
    client = signed_in(cast.coordinator)
    for number in (1, 2):
        others_tell(cast, number)
        with django_assert_max_num_queries(8):
            client.get(panel)
