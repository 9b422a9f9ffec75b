"""CVs, letters and interviews where other pages show them: the home, the student's page, needs, what is taken along."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.needs import needs_of_staff
from portal.rooms import filled_in
from portal.timeline import Timeline
from students.interviews.models import Sheet
from students.interviews.taking import interviews
from students.models import Student
from students.papers import keeping
from students.papers.showing import a_cv_to_write, feedback_to_read, papers
from students.papers.taking import papers as taken_papers
from tests.conftest import signed_in
from tests.placements.finding_scenes import seeker
from tests.students.interview_scenes import question_of, thought_of
from tests.students.paper_scenes import PDF, fresh, version_of

pytestmark = pytest.mark.django_db


def steps_of(student) -> list[tuple[str, str]]:
    found = feedback_to_read(student, [], timezone.localdate())
    return [(step.says, step.tone) for step in found]


# --- The student's home ---------------------------------------------------------------------------------------------


def test_feedback_stands_on_the_home_for_a_week_or_until_there_is_a_newer_version(cast):
    student = cast.student_record
    version = version_of(student, "given")
    assert steps_of(student) == [("Feedback on your CV", "attention")]
    keeping.answer(fresh(version), is_good=True, words="", by=cast.tutor)
    assert steps_of(student) == [("Your CV is good to send", "good")]
    version_of(student)
    assert steps_of(student) == []
    letter = version_of(student, "given", letter="The council")
    assert steps_of(student) == [("Feedback on your cover letter", "attention")]
    type(letter).objects.update(feedback_at=timezone.now() - timedelta(days=8))
    assert steps_of(student) == []


def test_whoever_looks_for_a_place_and_has_no_cv_is_told(cast):
    sam = seeker(cast)
    (step,) = a_cv_to_write(sam, [], timezone.localdate())
    assert (step.says, step.url) == ("Upload your CV", "/papers/")
    page = signed_in(sam.user).get("/", follow=True).content.decode()
    assert "Upload your CV" in page
    version_of(sam)
    found = a_cv_to_write(sam, [], timezone.localdate())
    assert not found.rows.exists()
    assert a_cv_to_write(cast.student_record, [cast.placement], timezone.localdate()) is None


# --- Staff ----------------------------------------------------------------------------------------------------------


def test_the_student_s_page_says_how_the_cv_stands(cast):
    student = cast.student_record

    def shown(reader):
        [entry] = filled_in(student, [papers(student, reader)])
        return entry

    assert shown(cast.tutor).says == "Nothing shown yet"
    assert shown(cast.tutor).title == "CV, cover letters and research"
    assert shown(cast.coordinator).title == "CV and cover letters"
    version = version_of(student, "asked")
    entry = shown(cast.tutor)
    assert (entry.says, entry.tone) == (version.sentence(), "attention")
    keeping.answer(version, is_good=True, words="", by=cast.tutor)
    assert shown(cast.tutor).says.startswith("CV: good to send, said Tutor Reed on")


def needs(cast, who) -> list[tuple[str, str]]:
    found = needs_of_staff(who.desks[0], timezone.now())
    return [(need.name, need.says) for need in found if need.kind.url == "paper_feedback"]


def test_what_waits_for_feedback_needs_the_tutor_and_the_office_only_without_one(cast):
    version_of(cast.student_record, "asked")
    version_of(cast.student_record, "given", letter="The council")
    gone = version_of(cast.student_record, "asked", letter="The works")
    keeping.withdraw(gone, by=cast.student)
    need = ("Student Reed", "Has asked for feedback on a CV or cover letter")
    assert needs(cast, cast.tutor) == [need]
    assert needs(cast, cast.coordinator) == []
    Student.objects.filter(pk=cast.student_record.pk).update(tutor=None)
    assert needs(cast, cast.coordinator) == [need]


# --- What is taken along --------------------------------------------------------------------------------------------


def test_every_version_that_staff_were_shown_is_taken_along(cast):
    student = cast.student_record
    assert taken_papers(student, cast.student, set()) is None
    version_of(student, "good", content=PDF)
    version_of(student, "withdrawn")
    part = taken_papers(student, cast.student, set())
    (file,) = part.files
    assert (file.folder, file.name, file.read()) == ("cv-and-letters", "CV, version 1.pdf", PDF)
    (row,) = part.tables[0].rows
    assert row[:3] == ("CV", 1, "My CV.pdf")
    assert row[-1] == "Lead with your project"
    version_of(student, "kept", letter="The council")
    assert len(taken_papers(student, cast.student, set()).files) == 1
    assert len(taken_papers(student, cast.student, {"private"}).files) == 2


def test_the_worksheet_is_taken_along_only_where_it_is_wanted(cast):
    student = cast.student_record
    thought_of(student, words="Bikes")
    question_of(student)
    assert interviews(student, cast.student, set()) is None
    sheet = Sheet.objects.create(student=student, name="The works", does="Bikes", reach="local")
    assert interviews(student, cast.student, set()) is None
    sheet.share(by=cast.student)
    part = interviews(student, cast.student, set())
    assert ([table.name for table in part.tables], part.sheets) == (["research"], [])
    part = interviews(student, cast.student, {"private"})
    assert [table.name for table in part.tables] == ["research", "interview-worksheet", "interview-questions"]
    assert part.tables[1].rows == [("What do I like?", "Bikes")]
    assert part.sheets[0].context()["tables"][0]["rows"] == [["What do I like?", "Bikes"]]


# --- The timeline ---------------------------------------------------------------------------------------------------


def lines_of(who, student) -> list[tuple[str, str]]:
    timeline = Timeline(student, who, kind="growing")
    found = [timeline.read(row) for row in timeline.rows()]
    return [(moment.says, moment.url) for moment in found if "CV" in moment.says or "Research" in moment.says]


def test_feedback_and_shared_research_stand_in_the_timeline(cast):
    student = cast.student_record
    version_of(student)
    version = version_of(student, "good")
    Sheet.objects.create(student=student, name="Private works", does="Bikes")
    sheet = Sheet.objects.create(student=student, name="The works", does="Bikes")
    sheet.share(by=cast.student)
    research = ("Research on The works shared", f"/research/{sheet.pk}/")
    paper, feedback = f"/papers/{version.paper_id}/", f"/papers/versions/{version.pk}/feedback/"
    assert lines_of(cast.student, student) == [research, ("CV, version 2: good to send", paper)]
    assert lines_of(cast.tutor, student) == [research, ("CV, version 2: good to send", feedback)]
    keeping.answer(fresh(version), is_good=False, words="One thing", by=cast.tutor)
    assert lines_of(cast.coordinator, student) == [("CV, version 2: feedback", feedback)]
