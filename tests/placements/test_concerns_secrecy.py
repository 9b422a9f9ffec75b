"""What a line manager may be told, and that nothing else of a worry leaks anywhere."""

from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from placements.approvals.approvers import name_approver
from placements.approvals.models import DecisionLink
from placements.concerns.clock import end_notes_of_former_managers, escalate_overdue, remind_owners
from placements.concerns.models import Concern, ConcernKind, Release
from placements.concerns.raising import add_words
from placements.concerns.releasing import propose
from placements.concerns.showing import worries_of_placement
from placements.models import Placement
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from portal.rooms import filled_in
from portal.workflow import Refused
from tests.conftest import TODAY, make_cast, signed_in
from tests.factories import LineManagerFactory
from tests.pages import given_back, said
from tests.placements.access import link_of
from tests.placements.access_concerns import accident_of, concern_of, late_concern_of, proposed_of, released_of
from tests.poured import scene

pytestmark = pytest.mark.django_db
NOTE = "Maya starts at ten on Fridays"
# What nobody at the employer may ever find: the words, the kind, that there is a worry at all.
SECRETS = ["xylophone", "my wellbeing", "Something is wrong", "worry", "Worries", "/concerns/", "concern"]


@scene
@travel(TODAY, tick=False)
def told_of_all_sorts():
    """Worries in every state, one about wellbeing with words of its own (`secret`), one overdue, an accident."""
    cast = make_cast()
    cast.secret = concern_of(cast, "xylophone", code="wellbeing", rather="xylophone teacher")
    add_words(cast.secret, "xylophone again", by=cast.student)
    Concern.objects.with_people().get(pk=cast.secret.pk).answer(by=cast.tutor, text="xylophone lessons")
    late_concern_of(cast, "xylophone late")
    accident_of(cast)
    concern_of(cast, "xylophone done").settle(by=cast.student, outcome="xylophone gone")
    proposed_of(cast, "xylophone note")
    return cast


@scene
@travel(TODAY, tick=False)
def told_the_manager():
    """Words for the line manager, agreed by the student and the tutor, and mailed."""
    cast = make_cast()
    cast.release = released_of(cast)
    return cast


@pytest.fixture
def cast(request, db):
    if "all_sorts" in request.fixturenames:
        return told_of_all_sorts()
    return told_the_manager() if "release" in request.fixturenames else make_cast()


@pytest.fixture
def all_sorts(cast):
    return cast.secret


@pytest.fixture
def release(cast):
    return cast.release


def fresh(release) -> Release:
    return Release.objects.with_people().get(pk=release.pk)


def post(user, name: str, release, **data):
    seen = Release.objects.values_list("version", flat=True).get(pk=release.pk)
    return signed_in(user).post(reverse(name, args=[release.pk]), {"seen": seen} | data)


def ask_of(release) -> Ask:
    return Ask.objects.about(release).get()


# --- words for the line manager ---


def test_both_agree_to_exactly_the_words_that_go_out(cast, client):
    concern = concern_of(cast, "xylophone")
    url = reverse("release_add", args=[concern.pk])
    student = signed_in(cast.student)
    assert student.post(url, {"text": " "}).status_code == 422
    release = fresh(Release.objects.get(pk=student.post(url, {"text": NOTE}).url.split("/")[2]))
    assert release.status == "proposed"
    assert not Ask.objects.exists()
    assert post(cast.tutor, "release_agree", release).status_code == 302
    release = fresh(release)
    assert (release.status, release.to) == ("released", cast.manager)
    assert release.staff_agreed_name == "Tutor Reed"
    mailed = Notice.objects.get(kind="ask_concern_release")
    assert (mailed.address, mailed.subject) == ("manager@cast.test", "A note from Northfield College for you")
    for words in (NOTE, "xylophone", "Student Reed"):
        assert words not in mailed.text + mailed.html
    page = client.get(ask_of(release).path()).content.decode()
    assert NOTE in page
    assert [secret for secret in SECRETS if secret in page] == []


def test_the_note_opens_by_its_own_mail_only(cast, release, client):
    ask = ask_of(release)
    others = [DecisionLink.objects.create(manager=cast.manager).path(), briefing_of(cast).path()]
    for path in others:
        page = client.get(path).content.decode()
        assert "Read a note from the college" not in page
        assert str(ask.pk) not in page


def briefing_of(cast):
    to = {"to": cast.manager, "name": cast.manager.name, "provider": cast.provider}
    return Ask.objects.create(kind="briefing", about="placements.placement", about_id=cast.placement.pk, **to)


@pytest.mark.parametrize(("begins", "agrees"), [("tutor", "student"), ("student", "tutor")])
def test_either_may_begin_and_nobody_agrees_for_both(cast, begins, agrees):
    release = propose(concern_of(cast), NOTE, by=getattr(cast, begins))
    with pytest.raises(Refused, match="You have agreed already"):
        release.agree(by=getattr(cast, begins))
    assert fresh(release).status == "proposed"
    fresh(release).agree(by=getattr(cast, agrees))
    release = fresh(release)
    assert (release.status, release.to, release.staff_agreed_name) == ("released", cast.manager, "Tutor Reed")


def test_other_words_want_the_first_ones_agreement_again(cast):
    release = proposed_of(cast)
    assert "Other words" in signed_in(cast.tutor).get(reverse("release_detail", args=[release.pk])).content.decode()
    seen = release.version
    post(cast.tutor, "release_edit", release, text="Maya starts at eleven")
    assert (fresh(release).text, fresh(release).student_agreed_at) == ("Maya starts at eleven", None)
    post(cast.student, "release_agree", release, seen=seen)  # the words that she had before her are gone
    assert fresh(release).status == "proposed"
    post(cast.student, "release_agree", release)
    assert fresh(release).status == "released"
    late = post(cast.student, "release_edit", release, text="More")
    assert (given_back(late), late.context["on"]) == (["More"], f"/concern-notes/{release.pk}/")
    assert fresh(release).text == "Maya starts at eleven"


def test_the_manager_reads_it_by_link_and_writes_back(cast, release, client):
    path = ask_of(release).path()
    client.get(path)
    assert fresh(release).read_at is None
    assert client.post(path, {"text": "x" * 5000}).status_code == 422
    assert client.post(path, {"text": "Of course"}).status_code == 302
    release = fresh(release)
    assert release.read_at is not None
    assert release.reply == "Of course"
    assert ask_of(release).is_answered
    client.post(path, {"text": "Of course"})
    assert fresh(release).reply == "Of course"
    assert "Of course" in signed_in(cast.student).get(reverse("release_detail", args=[release.pk])).content.decode()


def test_the_manager_reads_it_signed_in(cast, release):
    client = signed_in(cast.manager)
    assert "A note from the college" in client.get(f"/placements/{cast.placement.pk}/").content.decode()
    url = reverse("release_detail", args=[release.pk])
    assert NOTE in client.get(url).content.decode()
    client.post(url, {"text": ""})
    assert fresh(release).read_at is not None
    assert ask_of(release).is_answered


@pytest.mark.parametrize("who", ["student", "tutor"])
def test_taken_back_by_either_it_opens_nothing_any_more(cast, release, client, who):
    post(getattr(cast, who), "release_take_back", release)
    assert client.get(ask_of(release).path()).status_code == 410
    assert signed_in(cast.manager).get(reverse("release_detail", args=[release.pk])).status_code == 404
    assert filled_in(cast.placement, [worries_of_placement(cast.placement, {"manager"})]) == []
    assert "and taken back" in fresh(release).sentence()


def test_a_new_line_manager_does_not_inherit_it_and_the_old_one_loses_it(cast, release, client):
    path, url = ask_of(release).path(), reverse("release_detail", args=[release.pk])
    other = LineManagerFactory(employer=cast.employer).user
    Placement.objects.filter(pk=cast.placement.pk).update(manager=other)
    assert client.get(path).status_code == 410
    assert signed_in(cast.manager).get(url).status_code == 404
    assert signed_in(other).get(url).status_code == 404


def test_handing_over_to_a_new_line_manager_mails_them_no_link_to_it(cast, release):
    other = LineManagerFactory(employer=cast.employer).user
    name_approver(cast.placement, other, by=cast.tutor)
    assert not Ask.objects.filter(to=other, kind="concern_release").exists()


def test_the_clock_takes_back_what_a_former_manager_was_told(cast, release):
    kept = ask_of(release)
    end_notes_of_former_managers(timezone.now())
    assert fresh(release).status == "released"
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    end_notes_of_former_managers(timezone.now())
    assert fresh(release).status == "taken_back"
    kept.refresh_from_db()
    assert kept.withdrawn_at is not None
    last = Event.objects.about(release)[0]
    assert (last.by_name, last.says) == (
        "The portal",
        "took back the words for Manager Reed, who is not the line manager any more",
    )


def test_words_for_somebody_who_left_cannot_be_agreed(cast):
    release = proposed_of(cast)
    Placement.objects.filter(pk=cast.placement.pk).update(manager=LineManagerFactory(employer=cast.employer).user)
    with pytest.raises(Refused, match="is not the line manager any more"):
        fresh(release).agree(by=cast.tutor)


def test_one_note_at_a_time_and_none_without_a_line_manager(cast):
    release = proposed_of(cast)
    url = reverse("release_add", args=[release.concern_id])
    tutor = signed_in(cast.tutor)
    assert "there are words for the line manager already" in said(tutor.post(url, {"text": "More"}))[-1]
    lone = concern_of(cast, "No placement", placement=None)
    assert said(tutor.get(reverse("release_add", args=[lone.pk])))[-1] == "There is no line manager to write to."


def test_the_office_cannot_agree_in_the_tutors_place(cast):
    concern = concern_of(cast, visibility="office")
    office = signed_in(cast.coordinator)
    assert office.post(reverse("release_add", args=[concern.pk]), {"text": NOTE}).status_code == 403
    release = propose(concern, NOTE, by=cast.student)
    assert office.get(reverse("release_detail", args=[release.pk])).status_code == 200
    assert post(cast.coordinator, "release_agree", release).status_code == 403
    assert fresh(release).status == "proposed"


# --- nothing leaks ---


MANAGERS_PAGES = ["manager_home", "decision_list", "profile_edit"]


def test_a_manager_finds_nothing_of_it_anywhere(cast, all_sorts, client):
    assert not Notice.objects.filter(to=cast.manager).exists()
    manager = signed_in(cast.manager)
    pages = [manager.get(reverse(name)) for name in MANAGERS_PAGES]
    pages.append(manager.get(reverse("placement_detail", args=[cast.placement.pk])))
    for page in [*pages, client.get(link_of(cast).path())]:
        assert page.status_code == 200
        assert [secret for secret in SECRETS if secret in page.content.decode()] == []
    assert not Concern.objects.visible_to(cast.manager).exists()
    assert manager.get(reverse("release_detail", args=[Release.objects.get().pk])).status_code == 404


OFFICE_SECRETS = ["xylophone", "my wellbeing"]


def test_the_office_finds_none_of_the_words_that_are_for_the_tutor(cast, all_sorts):
    client = signed_in(cast.coordinator)
    student, placement, employer = cast.student_record.pk, cast.placement.pk, cast.employer.pk
    pages = [
        client.get(reverse("coordinator_home")),
        client.get(reverse("student_detail", args=[student])),
        client.get(reverse("placement_detail", args=[placement])),
        client.get(reverse("employer_detail", args=[employer])),
        client.get(reverse("placement_list")),
        client.get(reverse("concern_list")),
        client.get(reverse("hours_receipt", args=[student])),
    ]
    for page in pages:
        assert page.status_code == 200
        words = page.content.decode()
        assert [secret for secret in OFFICE_SECRETS if secret in words] == [], page.request["PATH_INFO"]


def test_downloads_carry_nothing_of_it(cast, all_sorts):
    for user, home in ((cast.coordinator, "coordinator_home"), (cast.tutor, "tutor_home")):
        response = signed_in(user).get(reverse(home) + "?download=csv")
        content = b"".join(response.streaming_content)
        assert b"xylophone" not in content
        assert b"wellbeing" not in content
        assert b"Student,Reed" in content


def test_no_history_elsewhere_tells_of_it(cast, all_sorts):
    elsewhere = Event.objects.exclude(about__in=["concerns.concern", "concerns.accident", "concerns.release"])
    for event in elsewhere:
        assert not [secret for secret in SECRETS if secret in event.says]
    for page in ("student_detail", "placement_detail"):
        pk = cast.student_record.pk if page == "student_detail" else cast.placement.pk
        words = signed_in(cast.tutor).get(reverse(page, args=[pk])).content.decode()
        assert "xylophone" not in words
        assert "told of it" not in words
    assert "4 are open" in words


def test_no_event_address_or_subject_says_what_it_is(cast, all_sorts):
    assert "xylophone" not in " ".join(Event.objects.values_list("says", flat=True))
    assert all_sorts.get_absolute_url() == f"/concerns/{all_sorts.pk}/"
    subjects = set(Notice.objects.values_list("subject", flat=True))
    assert subjects == {
        "Something waits for you in the portal",
        "Something new waits for you in the portal",
        "There is something for you in the portal",
    }


def test_other_students_and_their_staff_find_nothing(cast, all_sorts):
    for who, home in (("student2", "concern_own_list"), ("tutor2", "concern_list"), ("other_tutor", "concern_list")):
        page = signed_in(getattr(cast, who)).get(reverse(home)).content.decode()
        assert "xylophone" not in page
        assert "Student Reed" not in page.replace("Student2 Reed", "")


def test_the_placement_page_shows_staff_how_many_of_those_that_they_may_read(cast, all_sorts):
    def says(role):
        return [entry.says for entry in filled_in(cast.placement, [worries_of_placement(cast.placement, {role})])]

    assert says("tutor") == ["4 are open"]
    assert says("coordinator") == ["1 is open"]
    Concern.objects.filter(kind__is_accident=True).update(
        status="withdrawn", settled_at=timezone.now(), settled_by=cast.student, due_at=None
    )
    assert says("coordinator") == ["None is open"]


def test_the_placement_page_shows_a_note_to_the_line_manager_whom_it_was_released_to_alone(cast, release):
    def says():
        return [entry.says for entry in filled_in(cast.placement, [worries_of_placement(cast.placement, {"manager"})])]

    assert says() == ["Please read it"]
    Placement.objects.filter(pk=cast.placement.pk).update(manager=LineManagerFactory(employer=cast.employer).user)
    assert says() == []


def test_an_operator_has_no_page_of_worries():
    assert {model for model in site._registry if model._meta.app_label == "concerns"} == {ConcernKind}


def test_the_operator_changes_a_kind_by_a_new_version(cast, admin_client):
    concern = concern_of(cast)
    kind = concern.kind
    data = {"position": 30, "title": "The journey", "hint": "", "helps": "Ring", "happens": "We read it", "within": 1}
    url = f"/operator/concerns/concernkind/{kind.pk}/change/"
    response = admin_client.post(url, data | {"unit": "days"})
    assert response.status_code == 302
    kind.refresh_from_db()
    assert (kind.title, kind.replaced_at is None) == ("Getting there and back", False)
    assert type(kind).objects.current().get(code="transport").title == "The journey"


def test_the_clock_and_late_worries_leave_the_manager_alone(cast):
    late_concern_of(cast)
    remind_owners(timezone.now() + timedelta(days=1))
    escalate_overdue(timezone.now() + timedelta(days=1))
    assert not Notice.objects.filter(address="manager@cast.test").exists()
