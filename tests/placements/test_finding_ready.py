"""Finding a place beside getting ready: one home for CVs, interviews told to the student's own pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from placements.finding.models import Application
from portal.files.models import StoredFile
from students.interviews.arranged import arranged_for
from students.papers.models import Version
from tests.conftest import signed_in
from tests.placements.finding_scenes import (
    WEDNESDAY,
    application_of,
    cast_for,
    opportunities_of,
    opportunity_of,
    upload,
)
from tests.students.paper_scenes import pdf_of, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_wednesday(time_machine):
    time_machine.move_to(WEDNESDAY)


@pytest.fixture
def cast(request, db):
    return cast_for(request.fixturenames)


@pytest.fixture
def sam(cast):
    return cast.sam


@pytest.fixture
def me(sam):
    return signed_in(sam.user)


def text(response) -> str:
    return response.content.decode()


def test_the_cv_in_use_is_offered_first_and_sent_without_a_copy(cast, me, sam):
    application_of(opportunity_of(cast, role="Tester"), sam, "withdrawn")
    version = version_of(sam)
    opportunity = opportunity_of(cast)
    page = text(me.get(f"/places/{opportunity.pk}/apply/"))
    assert page.index("My CV.pdf, of 18 November 2026, in use now") < page.index("cv.pdf, of 18 November 2026")
    me.post(f"/places/{opportunity.pk}/apply/", {"note": "I like it.", "earlier": version.file_id})
    assert Application.objects.get(opportunity=opportunity).cv == version.file
    assert StoredFile.objects.count() == 2


def test_a_cv_that_does_not_open_is_not_chosen_by_itself(cast, me, sam):
    version = version_of(sam, content=b"%PDF-1.4 garbage", pages=None)
    address = f"/places/{opportunity_of(cast).pk}/apply/"
    page = text(me.get(address))
    assert "My CV.pdf, of 18 November 2026, in use now, but we could not open it" in page
    assert "checked" not in page
    application = application_of(opportunity_of(cast, role="Tester"), sam, "withdrawn")
    page = text(me.get(address))
    assert page.index(f'value="{application.cv_id}"') < page.index(f'value="{version.file_id}"')
    assert page.count(" checked") == 1


def test_a_new_cv_that_does_not_open_goes_along_with_a_word_on_it(cast, me, sam, monkeypatch):
    monkeypatch.setattr("placements.finding.views.places.count_pages", lambda accepted: None)
    version_of(sam)
    data = {"note": "I like it.", "cv": upload(content=b"%PDF-1.4 garbage")}
    page = text(me.post(f"/places/{opportunity_of(cast).pk}/apply/", data, follow=True))
    assert "Your CV: We could not open it. Look whether it opens on your phone" in page


def test_a_cv_uploaded_with_an_application_is_kept_among_the_papers(cast, me, sam):
    data = {"note": "I like it.", "cv": upload(content=pdf_of(3))}
    page = text(me.post(f"/places/{opportunity_of(cast).pk}/apply/", data, follow=True))
    assert "Your CV: It has 3 pages. Two are plenty" in page
    version = Version.objects.get()
    assert (version.paper.student, version.status, version.file) == (sam, "kept", Application.objects.get().cv)


def test_an_application_that_is_refused_leaves_no_cv_behind(cast, me, sam, monkeypatch):
    monkeypatch.setattr("students.papers.keeping.MOST_VERSIONS", 0)
    monkeypatch.setattr("placements.finding.views.places.count_pages", lambda accepted: 1)
    response = me.post(f"/places/{opportunity_of(cast).pk}/apply/", {"note": "I like it.", "cv": upload()})
    assert response.status_code == 422
    assert "Withdraw an old one first" in text(response)
    assert not StoredFile.objects.exists()


def test_what_was_sent_stays_sent_when_the_version_goes(cast, me, sam):
    version = version_of(sam)
    application = application_of(opportunity_of(cast), sam, cv=version.file)
    version.delete()
    assert me.get(f"/applications/{application.pk}/cv/").status_code == 200


def test_interviews_are_told_the_next_first_and_those_that_are_over_last(cast, sam):
    now = timezone.now()
    for days in (5, 2, -3, -8):
        application_of(
            opportunity_of(cast, role=f"In {days}"), sam, "interview", interview_at=now + timedelta(days=days)
        )
    application_of(opportunity_of(cast, role="Applied"), sam)
    told = arranged_for(sam)
    assert [(one.role, one.is_over) for one in told] == [
        ("In 2", False), ("In 5", False), ("In -3", True), ("In -8", True),
    ]  # fmt: skip
    assert (told[0].employer, told[0].contact, told[0].where) == ("Employer", "Manager Reed", "Room 2")


def test_the_overview_takes_eight_queries_with_interviews(cast, me, sam, django_assert_num_queries):
    first, *others = opportunities_of(cast, 3)
    application_of(first, sam, "interview")
    with django_assert_num_queries(8):
        assert text(me.get("/interviews/")).count("/interviews/pack/?interview=") == 1
    for opportunity in others:
        application_of(opportunity, sam, "interview")
    with django_assert_num_queries(8):
        assert text(me.get("/interviews/")).count("/interviews/pack/?interview=") == 3


def test_the_pack_of_an_interview(cast, me, sam):
    application = application_of(opportunity_of(cast), sam, "interview", interview_words="Bring a pen")
    page = text(me.get(f"/interviews/pack/?interview={application.pk}"))
    assert "Room 2" in page
    assert "Bring a pen" in page
    assert "Get ready for it" in text(me.get(f"/applications/{application.pk}/"))
    assert "Get ready for it" not in text(signed_in(cast.manager).get(f"/applications/{application.pk}/"))
