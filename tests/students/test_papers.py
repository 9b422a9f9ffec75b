"""CV and cover letters: uploads, versions, feedback, and who sees what."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.clock import chores
from portal.files.models import StoredFile
from portal.notices.models import Notice
from portal.workflow import Refused, SomebodyWasQuicker
from students.keeping import remove_student
from students.papers import keeping
from students.papers.clock import forget_withdrawn_versions
from students.papers.forms import FeedbackForm, PaperForm, VersionForm
from students.papers.models import Paper, Version
from tests.conftest import signed_in
from tests.pages import told
from tests.placements.finding_scenes import seeker
from tests.students.paper_scenes import (
    ONE_PAGE,
    TWO_PAGES,
    accepted,
    docx_of,
    fresh,
    more_of,
    pdf_of,
    typed,
    upload,
    version_of,
)

pytestmark = pytest.mark.django_db
NEW = {"note": "New summary"}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def me(cast):
    return signed_in(cast.student)


@pytest.fixture
def tutor(cast):
    return signed_in(cast.tutor)


# --- Uploading ------------------------------------------------------------------------------------------------------


def test_the_first_cv_is_uploaded_and_only_the_student_sees_it(cast, me, tutor):
    response = me.post("/papers/add/cv/", NEW | {"file": upload()}, follow=True)
    page = text(response)
    assert "Version 1 is kept, and is the one in use." in page
    assert "My CV.pdf" in page
    assert "1 page<" in page
    assert "Only you see it" in page
    version = Version.objects.get()
    assert me.get(f"/papers/versions/{version.pk}/file/")["Content-Type"] == "application/pdf"
    assert tutor.get(f"/papers/versions/{version.pk}/file/").status_code == 404
    assert "Nothing shown yet" in text(tutor.get(f"/students/{cast.student_record.pk}/papers/"))
    assert not Notice.objects.exists()


def test_a_new_version_keeps_the_old_and_is_the_one_in_use(cast, me):
    first = version_of(cast.student_record)
    data = NEW | {"file": typed(content=TWO_PAGES)}
    me.post(f"/papers/{first.paper_id}/versions/add/", data)
    versions = list(Version.objects.filter(paper=first.paper_id))
    assert [(version.number, version.file.name, version.pages) for version in versions] == [
        (2, "My CV.docx", 2),
        (1, "My CV.pdf", 1),
    ]
    assert keeping.present_cv(cast.student_record).number == 2


def test_there_is_one_cv_however_often_it_is_begun_and_a_second_press_makes_no_version(me):
    for content in (ONE_PAGE, ONE_PAGE, TWO_PAGES):
        me.post("/papers/add/cv/", NEW | {"file": typed(content=content), "wants_feedback": "on"})
        if content == ONE_PAGE:
            assert (Version.objects.get().status, Notice.objects.count()) == ("asked", 1)
    assert Paper.objects.get().made == 2


def test_the_same_file_again_takes_over_the_note_and_the_name_and_says_so(me):
    me.post("/papers/add/cv/", NEW | {"file": typed(), "note": "First try"})
    paper = Paper.objects.get()
    path = f"/papers/{paper.pk}/versions/add/"
    says = told(me.post(path, {"file": typed("Maya CV.docx"), "note": "With the new job"}))
    assert says == "This is the same file as version 1, so there is no new version. Your note on it is kept."
    version = Version.objects.get()
    assert (version.number, version.note, version.file.name) == (1, "With the new job", "Maya CV.docx")
    me.post(path, {"file": typed("Maya CV.docx"), "note": ""})
    assert Version.objects.get().note == "With the new job"  # nothing written is nothing taken away
    says = told(me.post(path, {"file": typed("Maya CV.docx"), "wants_feedback": "on"}))
    assert "so there is no new version. Tutor Reed has a mail." in says
    says = told(me.post(path, {"file": typed("Maya CV.docx"), "wants_feedback": "on"}))
    assert "has a mail" not in says


def test_a_long_cv_gets_a_friendly_hint(me):
    page = text(me.post("/papers/add/cv/", NEW | {"file": typed(content=docx_of("4"))}, follow=True))
    assert "It has 4 pages. Two are plenty: keep what fits this kind of work, and leave out the rest." in page


def test_a_pdf_that_does_not_open_is_kept_with_a_hint_and_the_old_one_stays_in_use(cast, me):
    first = version_of(cast.student_record)
    broken = upload("Cut.pdf", b"%PDF-1.4\n" + b"garbage " * 30)
    page = text(me.post(f"/papers/{first.paper_id}/versions/add/", NEW | {"file": broken}, follow=True))
    hint = "We could not open it. Look whether it opens on your phone, and upload it once more if it does not."
    assert "Version 2 is kept." in page
    assert f"{hint} Version 1 stays in use." in page
    assert page.count(hint) == 2
    assert "Version 1, in use now" in page
    assert "Version 2, in use now" not in page
    assert keeping.present_cv(cast.student_record) == first


def test_the_first_pdf_that_does_not_open_says_so_wherever_it_stands(me, monkeypatch):
    monkeypatch.setattr(
        "students.papers.views.papers.count_pages", lambda file: None
    )  # what the test before has really asked
    says = told(me.post("/papers/add/cv/", NEW | {"file": upload("Cut.pdf")}))
    assert says.startswith("We could not open it.")
    assert "in use" not in says
    assert "We could not open it." in text(me.get("/papers/"))


def test_the_length_is_advice_before_the_upload_as_it_is_after_it():
    for kind, length in {"cv": "Two pages are best.", "letter": "One page is best."}.items():
        help_text = VersionForm(kind=kind).fields["file"].help_text
        assert help_text == f"A PDF or a Word document, at most 5 MB. {length}"


def test_a_cover_letter_has_a_name_and_fits_on_one_page(me):
    data = NEW | {"paper-title": "Service desk at St Oswin's", "file": typed(content=TWO_PAGES)}
    page = text(me.post("/papers/add/letter/", data, follow=True))
    assert "Cover letter: Service desk at St Oswin&#x27;s" in page
    assert "A cover letter is read when it fits on one." in page
    path = f"/papers/{Paper.objects.get().pk}/edit/"
    me.post(path, {"title": "Help desk at the council"})
    assert "Help desk at the council" in text(me.get("/papers/"))
    assert me.post(path, {"title": ""}).status_code == 422


def test_what_cannot_be_kept_is_said_and_the_words_stay(me):
    wrong = {"file": upload("cv.exe", b"MZ not a document"), "note": "My own words", "paper-title": "x" * 101}
    response = me.post("/papers/add/letter/", wrong)
    assert response.status_code == 422
    assert "is not a PDF or a Word document that can be read." in text(response)
    assert "at most 100 characters" in text(response)
    assert "My own words" in text(response)
    assert not Paper.objects.exists()
    assert not StoredFile.objects.exists()
    assert PaperForm({"title": ""}).errors["title"][0].startswith("Say who the letter is for")


@pytest.mark.parametrize(
    ("note", "file", "field", "says"),
    [
        ("Words", None, "file", "Choose a file first."),
        ("x" * 1001, upload(), "note", "at most 1000 characters"),
        ("nul \x00 byte", upload(), "note", "Null characters are not allowed."),
        ("Words", upload("cv.pdf", b"%PDF-" + b"0" * 5_300_000), "file", "At most 5 MB are possible"),
        ("Words", upload("cv.pdf", b""), "file", "empty"),
    ],
    ids=["no file", "long note", "nul", "too big", "empty"],
)
def test_what_is_wrong_with_a_version_is_said_beside_its_field(note, file, field, says):
    [(name, [error])] = VersionForm({"note": note}, {"file": file}, kind="letter").errors.items()
    assert name == field
    assert says in error


def test_a_letter_of_the_same_name_is_a_version_of_it(me):
    for title, content in (("The council", ONE_PAGE), ("the council", TWO_PAGES)):
        me.post("/papers/add/letter/", NEW | {"paper-title": title, "file": typed(content=content)})
    assert [version.number for version in Paper.objects.get().versions.all()] == [2, 1]


def test_no_more_versions_than_are_of_use(cast, me, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_VERSIONS", 1)
    monkeypatch.setattr(keeping, "MOST_LETTERS", 1)
    version = version_of(cast.student_record)
    response = me.post(f"/papers/{version.paper_id}/versions/add/", NEW | {"file": typed(content=TWO_PAGES)})
    assert response.status_code == 422
    assert "Withdraw an old one first" in text(response)
    keeping.add_letter(cast.student_record, "First")
    data = NEW | {"paper-title": "Second", "file": typed()}
    assert "You have 1 cover letters." in text(me.post("/papers/add/letter/", data))
    assert Version.objects.count() == 1


def test_a_kind_that_is_not_there_is_not_found(cast, me):
    version = version_of(cast.student_record)
    assert me.get("/papers/add/poem/").status_code == 404
    assert me.get(f"/papers/{version.paper_id}/edit/").status_code == 404  # a CV has no other name


# --- Choosing, withdrawing ------------------------------------------------------------------------------------------


def test_an_older_version_is_used_until_a_newer_one_comes(cast, me):
    first, second = version_of(cast.student_record), version_of(cast.student_record)
    me.post(f"/papers/versions/{first.pk}/use/")
    assert "Version 1, in use now" in text(me.get(f"/papers/{first.paper_id}/"))
    assert keeping.present_cv(cast.student_record) == first
    version_of(cast.student_record)
    assert keeping.present_cv(cast.student_record).number == 3
    keeping.choose(second, by=cast.student)
    keeping.withdraw(second, by=cast.student)
    assert keeping.present_cv(cast.student_record).number == 3


def test_withdrawn_and_put_back_as_it_was(cast, me):
    version = version_of(cast.student_record, "given")
    says = told(me.post(f"/papers/versions/{version.pk}/withdraw/"))
    assert "Withdrawn. You can put it back for a week." in says
    assert not Version.objects.visible_to(cast.tutor).exists()
    assert keeping.present_cv(cast.student_record) is None
    assert "All versions are withdrawn." in text(me.get("/papers/"))
    me.post(f"/papers/versions/{version.pk}/restore/")
    me.post(f"/papers/versions/{version.pk}/restore/")
    assert (fresh(version).status, fresh(version).feedback) == ("given", "Lead with your project")
    assert Version.objects.visible_to(cast.tutor).get() == version


def test_nothing_is_done_with_a_withdrawn_one(cast, me):
    version = version_of(cast.student_record, "withdrawn")
    for verb in ("ask", "use"):
        assert "This version was withdrawn." in told(me.post(f"/papers/versions/{version.pk}/{verb}/"))
    assert fresh(version).status == "kept"


def test_after_a_week_a_withdrawn_version_goes_with_its_file(cast):
    version = version_of(cast.student_record, "withdrawn", letter="The council")
    forget_withdrawn_versions(timezone.now() + timedelta(days=6))
    assert Version.objects.count() == 1
    forget_withdrawn_versions(timezone.now() + timedelta(days=8))
    assert forget_withdrawn_versions in chores
    assert (Paper.objects.count(), StoredFile.objects.filter(pk=version.file_id).count()) == (0, 0)


def test_a_cv_of_which_nothing_is_left_begins_afresh(cast, me):
    version_of(cast.student_record, "withdrawn")
    forget_withdrawn_versions(timezone.now() + timedelta(days=8))
    assert "No CV here yet" in text(me.get("/papers/"))
    assert version_of(cast.student_record).number == 1


def test_a_student_who_is_removed_leaves_no_file_behind(cast):
    sam = seeker(cast)
    version_of(sam, "good")
    remove_student(sam, by=cast.coordinator)
    assert not StoredFile.objects.exists()


def test_numbers_are_never_given_twice(cast):
    version_of(cast.student_record)
    version_of(cast.student_record, "withdrawn")
    forget_withdrawn_versions(timezone.now() + timedelta(days=8))
    assert version_of(cast.student_record).number == 3


# --- Feedback -------------------------------------------------------------------------------------------------------


def test_feedback_is_asked_for_and_given(cast, me, tutor):
    version = version_of(cast.student_record)
    assert "Tutor Reed sees it now and has a mail." in told(me.post(f"/papers/versions/{version.pk}/ask/"))
    asked = Notice.objects.get()
    assert (asked.to, asked.subject) == (cast.tutor, "A student asks for feedback")
    assert f"/papers/versions/{version.pk}/feedback/" in asked.text
    page = text(tutor.get(f"/papers/versions/{version.pk}/feedback/"))
    assert "New summary" in page
    data = {"words": "Put the project first.", "verdict": "more", "seen": "1"}
    response = tutor.post(f"/papers/versions/{version.pk}/feedback/", data)
    assert "Student can read it now." in told(response)
    mail = Notice.objects.exclude(pk=asked.pk).get()
    assert (mail.to, mail.subject) == (cast.student, "There is feedback for you")
    assert "Put the project first." not in mail.text + mail.html
    page = text(me.get(f"/papers/{version.paper_id}/"))
    assert "Put the project first." in page
    assert "Feedback from Tutor Reed on" in page


def test_asking_about_a_newer_version_takes_the_older_question_back(cast):
    first, letter = version_of(cast.student_record, "asked"), version_of(cast.student_record, "asked", letter="Council")
    second = version_of(cast.student_record, "asked")
    assert [fresh(one).status for one in (first, second, letter)] == ["kept", "asked", "asked"]
    assert set(Version.objects.visible_to(cast.tutor)) == {second, letter}


def test_good_to_send_needs_no_words_and_can_be_corrected(cast, tutor):
    version = version_of(cast.student_record, "asked")
    seen = fresh(version).version
    tutor.post(f"/papers/versions/{version.pk}/feedback/", {"verdict": "good", "words": "", "seen": seen})
    assert fresh(version).sentence().startswith("Good to send, said Tutor Reed on")
    more = {"verdict": "more", "words": "One typing mistake left", "seen": seen + 1}
    tutor.post(f"/papers/versions/{version.pk}/feedback/", more)
    assert (fresh(version).status, fresh(version).feedback) == ("given", "One typing mistake left")
    assert Notice.objects.filter(kind="paper_feedback").count() == 1  # a correction is no news by mail


def test_feedback_is_taken_back(cast, tutor):
    version = version_of(cast.student_record, "given")
    says = told(tutor.post(f"/papers/versions/{version.pk}/feedback/remove/"))
    assert "The question is open again." in says
    assert (fresh(version).status, fresh(version).feedback) == ("asked", "")
    assert "Somebody was quicker" in told(tutor.post(f"/papers/versions/{version.pk}/feedback/remove/"))


def test_feedback_that_cannot_be_kept(cast, tutor):
    version = version_of(cast.student_record, "asked")
    for data, *said in [
        ({"verdict": "perhaps", "words": "x" * 3001}, "Choose one of the two.", "at most 3000 characters"),
        ({"verdict": "good", "words": "Late", "seen": "0"}, "Somebody was quicker"),
    ]:
        response = tutor.post(f"/papers/versions/{version.pk}/feedback/", data)
        assert response.status_code == 422
        assert [words for words in said if words not in text(response)] == []
    assert fresh(version).status == "asked"
    for data, errors in [
        ({"verdict": "more", "words": " "}, {"words": ["Say in a few words what would make it better."]}),
        ({"verdict": "", "words": "Fine"}, {"verdict": ["Choose one of the two."]}),
        ({"verdict": "good", "words": "nul \x00"}, {"words": ["Null characters are not allowed."]}),
    ]:
        assert FeedbackForm(data).errors == errors


def test_the_question_is_taken_back_while_nobody_answered(cast, me, tutor):
    version = version_of(cast.student_record, "asked")
    me.post(f"/papers/versions/{version.pk}/take-back/")
    assert fresh(version).status == "kept"
    assert tutor.get(f"/papers/versions/{version.pk}/feedback/").status_code == 404
    given = version_of(cast.student_record, "given")
    assert "This has changed since" in told(me.post(f"/papers/versions/{given.pk}/take-back/"))


def test_withdrawn_while_the_tutor_writes(cast):
    version = version_of(cast.student_record, "asked")
    keeping.withdraw(fresh(version), by=cast.student)
    with pytest.raises(SomebodyWasQuicker):
        keeping.answer(version, is_good=True, words="", by=cast.tutor)


def test_verbs_refuse_whom_they_do_not_belong_to(cast):
    version = version_of(cast.student_record, "asked")
    with pytest.raises(PermissionDenied):
        version.approve(by=cast.student)
    with pytest.raises(PermissionDenied):
        version.take_back(by=cast.tutor)
    with pytest.raises(PermissionDenied):
        version.approve(by=cast.manager)
    with pytest.raises(Refused):
        version.give_feedback(by=cast.tutor, words=" ")


def test_without_a_tutor_the_placement_office_is_asked(cast):
    cast.student_record.tutor = None
    cast.student_record.save()
    version = version_of(cast.student_record, "asked")
    assert {notice.to for notice in Notice.objects.all()} == {cast.coordinator, cast.coordinator2}
    assert keeping.adviser_of(cast.student_record) == "The placement office"
    office = signed_in(cast.coordinator)
    said = {"verdict": "good", "words": "Well done", "seen": fresh(version).version}
    office.post(f"/papers/versions/{version.pk}/feedback/", said)
    assert fresh(version).feedback_by == cast.coordinator


def test_a_note_is_changed(cast, me):
    version = version_of(cast.student_record)
    me.post(f"/papers/versions/{version.pk}/edit/", {"note": "Better headings"})
    assert fresh(version).note == "Better headings"
    assert me.post(f"/papers/versions/{version.pk}/edit/", {"note": "x" * 1001}).status_code == 422


def test_who_sees_which_version(cast):
    kept, given = version_of(cast.student_record), version_of(cast.student_record, "given")
    gone = version_of(cast.student_record, "asked")
    keeping.withdraw(gone, by=cast.student)
    seen = {
        who: sorted(Version.objects.visible_to(getattr(cast, who)).values_list("number", flat=True))
        for who in ("student", "tutor", "coordinator", "manager", "student2", "tutor2", "other_tutor", "other_student")
    }
    assert (kept.number, given.number) == (1, 2)
    assert seen == {
        "student": [1, 2, 3], "tutor": [2], "coordinator": [2], "manager": [], "student2": [], "tutor2": [],
        "other_tutor": [], "other_student": [],
    }  # fmt: skip


# --- Lists ----------------------------------------------------------------------------------------------------------


def test_the_papers_take_six_queries(cast, me, django_assert_num_queries):
    given = version_of(cast.student_record, "given")
    for more, letters, number in ((0, ["Harbour"], 1), (2, ["Mill", "Quay"], 3)):
        more_of(given, more)
        for letter in letters:
            version_of(cast.student_record, "good", letter=letter)
        with django_assert_num_queries(6):
            page = text(me.get("/papers/"))
        assert page.count("Good to send") == number


def test_the_versions_take_five_queries(cast, me, django_assert_num_queries):
    version = version_of(cast.student_record, "given")
    for more, number in ((0, 1), (2, 3)):
        more_of(version, more)
        with django_assert_num_queries(5):
            assert text(me.get(f"/papers/{version.paper_id}/")).count("Lead with your project") == number


def test_what_a_student_showed_takes_five_queries(cast, tutor, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("students.papers.views.staff.PAGE", 2)
    version = version_of(cast.student_record, "given")
    for more, on_the_page in ((0, 1), (2, 2)):
        more_of(version, more)
        with django_assert_num_queries(5):
            page = text(tutor.get(f"/students/{cast.student_record.pk}/papers/"))
        assert page.count("Feedback from Tutor Reed") == on_the_page


# --- What the database keeps ----------------------------------------------------------------------------------------


@pytest.mark.database
def test_half_a_decision_cannot_be_stored(cast):
    version = version_of(cast.student_record)
    for facts in (
        {"status": "asked"},  # without a moment
        {"status": "good"},  # without a moment
        {"status": "given", "feedback": "", "feedback_at": "2026-03-02T10:00Z"},  # without words
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**facts)


@pytest.mark.database
def test_a_second_cv_and_a_second_version_of_a_number_cannot_be_stored(cast):
    version = version_of(cast.student_record)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(student=cast.student_record, kind="cv")
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(paper=version.paper, number=1, file=version.file)


@pytest.mark.database
def test_two_uploads_at_once_have_two_numbers(cast):
    paper, again = keeping.cv_of(cast.student_record), keeping.cv_of(cast.student_record)
    numbers = [
        keeping.add_version(one, accepted(content=pdf_of(n)), pages=n, by=cast.student).number
        for n, one in enumerate((paper, again), 1)
    ]
    assert numbers == [1, 2]
