"""Support on my terms: written for oneself, shared, changed, taken back, ended; who looked, who is told."""

import re

import pytest
from django.contrib.admin import site
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.history.models import Event, Look
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.rooms import filled_in
from portal.workflow import SomebodyWasQuicker
from students.support import sharing
from students.support.forms import NeedForm, ReadersForm
from students.support.looking import look_at
from students.support.models import Need, SupportKind
from students.support.showing import support
from tests.conftest import signed_in
from tests.pages import told
from tests.students.access_support import HELPS, need_of

pytestmark = pytest.mark.django_db


def page_of(user, path: str) -> str:
    return signed_in(user).get(path).content.decode()


def data_of(code="learning", **more) -> dict:
    return {"kind": SupportKind.objects.get(code=code).pk, "words": "I read slowly", "helps": HELPS} | more


def post(user, need, act: str, **data):
    need.refresh_from_db()
    return signed_in(user).post(f"/support/{need.pk}/{act}/", {"seen": need.version} | data)


def readers(cast) -> list[str]:
    """Who of the cast's staff can read what is shared."""
    return [who for who in ("tutor", "coordinator") if Need.objects.visible_to(getattr(cast, who)).exists()]


def fresh(need) -> Need:
    return Need.objects.get(pk=need.pk)


# --- who has read it ---


def test_each_look_names_what_was_looked_at_and_of_two_of_a_kind_its_first_words(cast):
    need_of(cast, state="shared")
    need_of(cast, "faith", state="shared")
    need_of(cast, words="I read slowly and need more time for it", state="shared")
    page_of(cast.tutor, f"/students/{cast.student_record.pk}/support/")
    lines = re.findall(r"<li>Tutor Reed, [^<]* at \d\d:\d\d: ([^<]*)</li>", page_of(cast.student, "/support/"))
    assert sorted(lines) == ["How I learn: I read slowly and need more…", "How I learn: zebra words", "My faith"]


# --- writing ---


def test_the_eight_kinds_are_there():
    assert list(SupportKind.objects.values_list("code", flat=True)) == [
        "learning", "disability", "medical", "travel", "anxiety", "caring", "faith", "other",
    ]  # fmt: skip


def test_a_student_writes_something_down_and_nobody_else_hears_of_it(cast):
    client = signed_in(cast.student)
    for _ in range(2):  # a second press writes it down once
        response = client.post("/support/add/", data_of(plan="yes"))
    need = Need.objects.get()
    assert (need.kind_words, need.plan, need.status, need.sentence()) == (
        "How I learn", "yes", "draft", "Only you can read it",
    )  # fmt: skip
    page = client.get(response.url).content.decode()
    assert "Kept. Only you can read it." in page
    assert "Nobody so far." in page
    assert not Notice.objects.exists()
    assert "Nothing is shared with you" in page_of(cast.tutor, f"/students/{cast.student_record.pk}/support/")


def errors_of(cast, **more) -> dict:
    return NeedForm(data_of(**more), instance=Need(student=cast.student_record)).errors


def test_nothing_at_all_is_answered_in_words(cast):
    assert errors_of(cast, kind="", words="", helps="  ", seen="0", plan="unsaid") == {
        "kind": ["Choose what comes nearest. “Something else” is always right."],
        "words": ["Write what it is, or what helps. One of the two is enough."],
    }


def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(cast):
    wrong = data_of(kind="", words="My words", helps="x" * 2001, plan="perhaps")
    response = signed_in(cast.student).post("/support/add/", wrong)
    assert response.status_code == 422
    for words in ("Choose what comes nearest.", "at most 2000 characters", "Choose one of these.", "My words"):
        assert words in response.text
    assert not Need.objects.exists()
    assert errors_of(cast, kind="9" * 30) == {"kind": ["Choose one of these."]}
    assert errors_of(cast, words="a\0b") == {"words": ["Null characters are not allowed."]}


def test_saying_nothing_about_a_plan_is_as_good(cast):
    form = NeedForm(data_of(words=""), instance=Need(student=cast.student_record))
    assert form.is_valid()
    need = sharing.write_down(form.keep(), by=cast.student)
    assert fresh(need).plan == "unsaid"
    assert "Rather not said" in page_of(cast.student, f"/support/{need.pk}/")


def test_a_kind_that_was_renamed_or_retired_stays_as_it_was_written(cast):
    need = need_of(cast)
    SupportKind.objects.filter(code="learning").update(title="Learning", retired_at=timezone.now())
    assert "How I learn" in page_of(cast.student, f"/support/{need.pk}/")
    assert "Learning. For example" in str(NeedForm(instance=fresh(need))["kind"])
    assert "Learning. For example" not in str(NeedForm()["kind"])


def test_the_empty_page_says_that_it_may_stay_so(cast):
    page = page_of(cast.student, "/support/")
    assert "Nothing is written here" in page
    assert "nobody reads it before you say so" in page
    assert "<strong>Tutor Reed</strong>, your tutor, reads it." in page.replace("\n", "")


# --- sharing ---


def test_sharing_shows_exactly_what_will_be_read_first(cast):
    page = page_of(cast.student, f"/support/{need_of(cast).pk}/share/")
    for words in (
        "They will read exactly this",
        "zebra words",
        HELPS,
        "My tutor, Tutor Reed, and the placement office",
    ):
        assert words in page


def test_shared_with_the_tutor_the_tutor_reads_it_and_gets_a_mail_that_says_nothing(cast):
    need = need_of(cast)
    response = post(cast.student, need, "share", readers="tutor")
    assert "Done. Now you and Tutor Reed (your tutor) can read it." in told(response)
    notice = Notice.objects.get()
    assert (notice.to, notice.subject) == (cast.tutor, "Something waits for you in the portal")
    for secret in ("zebra", HELPS, "How I learn", "Student"):
        assert secret not in notice.subject + notice.text + notice.html
    assert HELPS in page_of(cast.tutor, f"/students/{need.student_id}/support/")
    assert readers(cast) == ["tutor"]


def test_the_placement_office_is_a_choice_of_its_own(cast):
    need = need_of(cast, state="shared")
    post(cast.student, need, "share", readers="office")
    told = set(Notice.objects.values_list("to__email", flat=True))
    assert told == {"coordinator@cast.test", "coordinator2@cast.test"}
    assert HELPS in page_of(cast.coordinator, f"/students/{need.student_id}/support/")
    post(cast.student, need, "share", readers="tutor")
    assert readers(cast) == ["tutor"]
    assert Event.objects.about(need)[0].says == "took it back from the placement office; the tutor reads it further"


def test_readers_that_there_are_not_are_refused(cast):
    need = need_of(cast)
    response = post(cast.student, need, "share", readers="")
    assert response.status_code == 422
    assert "Choose who may read it." in response.text
    assert fresh(need).status == "draft"
    for nobody in ("manager", "everybody"):
        errors = ReadersForm({"readers": nobody, "seen": "0"}, need=need).errors
        assert errors == {"readers": ["Choose who may read it."]}


def test_taken_back_nobody_else_can_read_it(cast):
    need = need_of(cast, state="office")
    assert "what somebody read they may remember" in told(post(cast.student, need, "take-back"))
    assert readers(cast) == []
    need = fresh(need)
    assert (need.status, need.with_office, need.shared_at, need.told_at) == ("draft", False, None, None)


def test_no_longer_needed_and_needed_again(cast):
    need = need_of(cast, state="shared")
    post(cast.student, need, "end")
    assert "No longer needed since" in fresh(need).sentence()
    assert readers(cast) == []
    assert signed_in(cast.student).get(f"/support/{need.pk}/share/").url == f"/support/{need.pk}/"
    assert signed_in(cast.student).get(f"/support/{need.pk}/edit/").url == f"/support/{need.pk}/"
    post(cast.student, need, "reopen")
    assert fresh(need).status == "draft"  # nothing is shared again by itself
    assert [event.says for event in Event.objects.about(need)] == [
        "needs it again", "needs it no longer", "shared it with the tutor",
    ]  # fmt: skip


def test_thrown_away_nothing_of_it_is_kept(cast):
    need = need_of(cast, state="shared")
    look_at([need], by=cast.tutor)
    assert "Take it back first." in told(post(cast.student, need, "remove"))
    fresh(need).take_back(by=cast.student)
    assert "Thrown away." in told(post(cast.student, need, "remove"))
    assert not Need.objects.exists()
    assert not Event.objects.about(need).exists()
    assert not Look.objects.filter(about="support.need").exists()


def test_without_a_tutor_the_next_one_reads_it(cast):
    cast.student_record.tutor = None
    cast.student_record.save()
    need = need_of(cast)
    response = post(cast.student, need, "share", readers="tutor")
    assert "your tutor (as soon as you have one)" in told(response)
    assert not Notice.objects.exists()
    cast.student_record.tutor = cast.tutor2
    cast.student_record.save()
    assert Need.objects.visible_to(cast.tutor2).get() == need
    assert not Need.objects.visible_to(cast.tutor).exists()


# --- changing ---


def test_changed_words_reach_those_who_read_it_with_one_mail_in_ten_minutes(cast, time_machine):
    time_machine.move_to("2026-03-18 09:00Z")
    need = need_of(cast)
    sharing.share(need, by=cast.student, with_office=False, seen=0)
    client = signed_in(cast.student)
    for minute, helps in ((2, "Two"), (20, "Three")):
        time_machine.move_to(f"2026-03-18 09:{minute:02}Z")
        need.refresh_from_db()
        response = client.post(f"/support/{need.pk}/edit/", data_of(helps=helps, seen=need.version))
        assert "Changed. Now you and Tutor Reed (your tutor) can read it." in told(response)
    assert Notice.objects.filter(to=cast.tutor).count() == 2
    page = page_of(cast.tutor, f"/students/{need.student_id}/support/")
    assert "Three" in page
    assert "last changed on 18 March 2026 at 09:20" in page


def test_nothing_changed_tells_nobody(cast):
    need = need_of(cast, state="shared", words="I read slowly")
    client = signed_in(cast.student)
    response = client.post(f"/support/{need.pk}/edit/", data_of(seen=need.version, plan="unsaid"))
    assert "Nothing was changed." in told(response)
    assert not Notice.objects.exists()
    assert fresh(need).version == need.version


def test_two_pages_open_at_once_lose_nothing(cast):
    need = need_of(cast, state="shared")
    sharing.rewrite(changed(need, "First"), by=cast.student, seen=1)
    client = signed_in(cast.student)
    response = client.post(f"/support/{need.pk}/edit/", data_of(helps="Second", seen=1))
    assert response.status_code == 409
    assert "Second" in response.content.decode()
    assert fresh(need).helps == "First"
    for act in ("take-back", "end", "share"):
        response = client.post(f"/support/{need.pk}/{act}/", {"seen": 1, "readers": "office"})
        assert "You changed this on another page meanwhile." in told(response)
    with pytest.raises(SomebodyWasQuicker):
        need.rewrite(by=cast.student, seen=1)
    assert fresh(need).with_office is False


@pytest.mark.parametrize(("act", "seen"), [("take-back", ""), ("end", "9" * 40), ("share", "-1"), ("edit", "x")])
def test_a_version_that_is_nonsense_changes_nothing(cast, act, seen):
    need = need_of(cast, state="shared")
    signed_in(cast.student).post(f"/support/{need.pk}/{act}/", data_of(seen=seen, readers="office"))
    assert (fresh(need).status, fresh(need).version, fresh(need).with_office) == ("shared", 1, False)


# --- who looked, and who is told ---


def test_every_look_of_staff_is_shown_to_the_student(cast, time_machine):
    time_machine.move_to("2026-03-18 09:00Z")
    need = need_of(cast, state="shared")
    path = f"/students/{need.student_id}/support/"
    for who in (cast.tutor, cast.tutor, cast.coordinator):
        page_of(who, path)
    assert list(Look.objects.values_list("about_id", "by_name")) == [(need.pk, "Tutor Reed")]
    assert "Tutor Reed, 18 March 2026 at 09:00" in page_of(cast.student, f"/support/{need.pk}/")
    time_machine.move_to("2026-03-18 10:01Z")
    look_at([need], by=cast.tutor)
    assert Look.objects.count() == 2


def needs_of(desk) -> list[str]:
    found = needs_of_staff(desk, timezone.now())
    return [need.says for need in found if need.kind.name == "support_to_read"]


def test_what_is_not_read_yet_stands_among_what_needs_the_tutor_once_for_a_student(cast):
    need, other = need_of(cast, state="shared"), need_of(cast, "faith", state="shared")
    assert needs_of(cast.tutor.desks[0]) == ["Has shared with you what helps"]
    assert needs_of(cast.tutor2.desks[0]) == []
    assert needs_of(cast.coordinator.desks[0]) == []
    look_at([need, other], by=cast.tutor)
    assert needs_of(cast.tutor.desks[0]) == []
    sharing.rewrite(changed(need, "New words"), by=cast.student, seen=1)
    assert needs_of(cast.tutor.desks[0]) == ["Has shared with you what helps"]


def changed(need, helps: str) -> Need:
    need = fresh(need)
    need.helps = helps
    return need


def test_the_office_is_told_until_one_of_them_has_read_it(cast):
    need = need_of(cast, state="office")
    look_at([need], by=cast.tutor)
    assert needs_of(cast.coordinator.desks[0]) == ["Has shared with you what helps"]
    look_at([need], by=cast.coordinator2)
    assert needs_of(cast.coordinator.desks[0]) == []


def test_the_page_of_the_student_says_how_much_is_shared_with_its_reader(cast):
    need_of(cast, state="draft")
    need_of(cast, "faith", state="shared")
    need_of(cast, "travel", state="office")
    for reader, says in (
        (cast.tutor, "2 shared with you"), (cast.coordinator, "1 shared with you"),
        (cast.tutor2, "Nothing shared with you"),
    ):  # fmt: skip
        [entry] = filled_in(cast.student_record, [support(cast.student_record, reader)])
        assert entry.says == says


def test_the_office_counts_students_without_their_names(cast):
    need_of(cast, state="shared")
    page = page_of(cast.coordinator, "/support/shared/")
    assert "1 student has told their tutors what helps." in page
    assert "Nobody has shared anything with you" in page
    assert "Student Reed" not in page
    need_of(cast, "travel", state="office")
    page = page_of(cast.coordinator, "/support/shared/")
    assert "Student Reed" in page
    assert "1 shared, the latest on" in page
    staff = (cast.tutor, cast.coordinator, cast.tutor2)
    assert [Need.objects.at_desk(who.desks[0]).count() for who in staff] == [2, 1, 0]


# --- what the database keeps ---


@pytest.mark.database
def test_no_half_decision_can_be_stored(cast):
    need = need_of(cast)
    for wrong in (
        {"status": "shared"},
        {"with_office": True},
        {"status": "ended"},
        {"ended_at": timezone.now()},
        {"words": "", "helps": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Need.objects.filter(pk=need.pk).update(**wrong)


def test_an_operator_keeps_the_kinds_and_has_no_page_of_needs(admin_client):
    assert admin_client.get("/operator/support/supportkind/").status_code == 200
    assert not site.is_registered(Need)


# --- queries ---


def test_pages_take_few_queries(cast, django_assert_num_queries):
    clients = {who: signed_in(getattr(cast, who)) for who in ("student", "tutor", "coordinator")}
    for more in (1, 2):
        for _ in range(more):
            need = need_of(cast, state="office")
        for who, path, queries in [
            ("student", "/support/", 7),
            ("student", f"/support/{need.pk}/", 7),
            ("tutor", f"/students/{need.student_id}/support/", 8),
            ("tutor", "/support/shared/", 4),
            ("coordinator", "/support/shared/", 5),
        ]:
            with django_assert_num_queries(queries):
                clients[who].get(path)
