"""Who can read what of a student's support: draft, shared, let in, released, ended, for everybody; and nowhere else."""

import logging
from datetime import date
from functools import cache

import pytest
from django.urls import reverse

from placements.models import Placement
from placements.setup import adjustments
from placements.setup.models import SharedAdjustment
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from portal.people.models import User
from students.support import sharing
from students.support.models import Need
from tests.conftest import signed_in
from tests.factories import like
from tests.placements.access import link_of
from tests.students.access_support import need_of

pytestmark = pytest.mark.django_db
# Those who can open a page about the student, some of them only after a change of manager; and those who never can.
NEAR = ["student", "manager", "tutor", "coordinator", "manager2", "coordinator2"]
STRANGERS = ["student2", "tutor2", "other_student", "other_manager", "other_tutor", "other_coordinator"]
SECRETS = ["zebra words", "Tell me the day before", "How I learn", "walrus"]
WORDS = "walrus sentence"

# Who reads the need: in each of its states (coordinator2 belongs to the same placement office).
NEED_READERS = {
    "draft": {"student"},
    "shared": {"student", "tutor"},
    "office": {"student", "tutor", "coordinator", "coordinator2"},
    "ended": {"student"},
}
# Who reads the sentence for the employer, by who wrote it and what became of it.
SENTENCE_READERS = {
    ("student", "draft"): {"student"},
    ("tutor", "draft"): {"student", "tutor"},
    ("coordinator", "draft"): {"student", "tutor", "coordinator"},
    ("student", "released"): {"student", "tutor", "manager"},
    ("tutor", "released"): {"student", "tutor", "manager"},
    ("student", "office"): {"student", "tutor", "manager", "coordinator", "coordinator2"},
    ("student", "former manager"): {"student", "tutor"},
    ("student", "ended placement"): {"student", "tutor"},
    ("student", "taken back"): {"student"},
    ("tutor", "taken back"): {"student"},
}
ON_PAGES = {
    ("tutor", "draft"),
    ("student", "released"),
    ("student", "office"),
    ("student", "former manager"),
    ("student", "taken back"),
}


def sentence_of(cast, by: str, state: str, placement=None, words: str = WORDS) -> SharedAdjustment:
    placement = placement or cast.placement
    row = adjustments.write_adjustment(placement, words, by=getattr(cast, by))
    if state != "draft":
        row = adjustments.release(row, by=cast.student, with_office=state == "office")
    if state == "former manager":
        Placement.objects.filter(pk=placement.pk).update(manager=cast.manager2)
    if state == "ended placement":
        Placement.objects.filter(pk=placement.pk).update(status="ended", ended_because="x")
    if state == "taken back":
        adjustments.take_back(row, by=cast.student)
    return row


def words_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def may_read(cast, rows) -> dict[str, set[str]]:
    """By the words of each row: everybody to whom it is there."""
    found = {words: set() for words in rows.values_list("words", flat=True)}
    for who in NEAR + STRANGERS:
        for words in rows.visible_to(getattr(cast, who)).values_list("words", flat=True):
            found[words].add(who)
    return found


def readers(cast, pages: dict[str, list[str]], people: list[str]) -> dict[str, set[str]]:
    """By words: who of these people finds them on one of their pages."""
    found = {words: set() for words in pages}
    for who in people:
        reads = reading(signed_in(getattr(cast, who)))
        for words, paths in pages.items():
            if any(words in reads(path) for path in paths):
                found[words].add(who)
    return found


def reading(client):
    """What stands at an address; each is opened once."""
    return cache(lambda path: words_of(client.get(path)))


def turned_away(cast, paths) -> bool:
    """Whether no page opens to staff who are strangers: others are turned away by their role, whatever stands there."""
    clients = [signed_in(getattr(cast, who)) for who in ("tutor2", "other_tutor", "other_coordinator")]
    return all(client.get(path).status_code in (403, 404) for client in clients for path in paths)


def pages_of_need(need) -> list[str]:
    return [f"/students/{need.student_id}/support/", f"/support/{need.pk}/"]


def pages_of_sentence(placement) -> list[str]:
    return [f"/students/{placement.student_id}/support/", f"/placements/{placement.pk}/adjustments/"]


def test_who_reads_a_need(cast):
    """Managers have no page of it at all (see the access table)."""
    needs = {state: need_of(cast, state=state, words=f"zebra words, {state}") for state in NEED_READERS}
    expected = {f"zebra words, {state}": who for state, who in NEED_READERS.items()}
    assert may_read(cast, Need.objects.all()) == expected
    pages, people = {need.words: pages_of_need(need) for need in needs.values()}, sorted(NEED_READERS["office"])
    assert readers(cast, pages, people) == expected


def test_who_reads_the_sentence_for_the_employer(cast):
    """All states are asked of the rows, those of ON_PAGES of what stands on the pages as well."""
    days = [date(2026, 3, day) for day, _ in enumerate(SENTENCE_READERS, start=3)]
    placements = Placement.objects.bulk_create(like(cast.placement, first_on=day) for day in days)
    pages, expected = {}, {f"{WORDS} of the {by}, {state}": who for (by, state), who in SENTENCE_READERS.items()}
    for (by, state), placement, words in zip(SENTENCE_READERS, placements, expected, strict=True):
        sentence_of(cast, by, state, placement, words)
        if (by, state) in ON_PAGES:
            pages[words] = pages_of_sentence(placement)
        if state == "released" and by == "student":
            pages[words].append(f"/placements/{placement.pk}/briefing/")
    assert may_read(cast, SharedAdjustment.objects.all()) == expected
    assert readers(cast, pages, NEAR) == {words: expected[words] for words in pages}
    at_work = {f"{WORDS} of the {who}" for who in ("student, released", "tutor, released", "student, office")}
    assert {row.words for row in SharedAdjustment.objects.at_work()} == at_work
    assert {row.words for row in SharedAdjustment.objects.select_related("placement") if row.is_at_work} == at_work


def test_strangers_are_turned_away_from_every_page_even_where_most_people_may_read(cast):
    need = need_of(cast, state="office")
    sentence_of(cast, "student", "office")
    assert turned_away(cast, pages_of_need(need) + pages_of_sentence(cast.placement))


@pytest.fixture
def everything(cast):
    """A draft, a shared, an ended need; words that were released, with the mail about each."""
    need_of(cast)
    need_of(cast, "faith", state="ended")
    sharing.share(need_of(cast, "medical"), by=cast.student, with_office=True, seen=0)
    return sentence_of(cast, "student", "released")


def test_the_manager_finds_the_sentence_where_it_belongs_and_nothing_else_anywhere(cast, everything, client):
    placement = cast.placement.pk
    manager = signed_in(cast.manager)
    elsewhere = [reverse(name) for name in ("manager_home", "managed_list", "decision_list", "profile_edit")]
    elsewhere += [reverse(name, args=[placement]) for name in ("placement_detail", "first_day")]
    found = [manager.get(path) for path in elsewhere] + [client.get(link_of(cast).path())]
    assert {page.status_code for page in found} == {200}
    pages = [words_of(page) for page in found]
    pages.append(words_of(manager.get(f"/placements/{placement}/adjustments/")).replace(WORDS, ""))
    assert [secret for page in pages for secret in SECRETS if secret in page] == []
    assert not Need.objects.visible_to(cast.manager).exists()


@pytest.mark.parametrize("who", ["tutor", "coordinator"])
def test_lists_timelines_and_downloads_carry_nothing_of_it(cast, everything, who):
    """The tutor reads most of it elsewhere; what the placement office has of its own is looked at, too."""
    client, student, home = signed_in(getattr(cast, who)), cast.student_record.pk, reverse(f"{who}_home")
    paths = {
        "tutor": [
            reverse("placement_list"), reverse("student_detail", args=[student]),
            reverse("student_timeline", args=[student]), reverse("placement_detail", args=[cast.placement.pk]),
            reverse("employer_detail", args=[cast.employer.pk]), reverse("hours_receipt", args=[student]),
        ],
        "coordinator": [reverse("need_list"), reverse("student_detail", args=[student])],
    }  # fmt: skip
    for path in [home, f"{home}?download=csv", reverse("support_shared_list"), *paths[who]]:
        response = client.get(path)
        assert response.status_code == 200, path
        words = words_of(response)
        assert [secret for secret in SECRETS if secret in words] == [], path


def test_history_holds_no_words_and_stands_on_no_other_page(cast, everything):
    said = " ".join(Event.objects.values_list("says", flat=True))
    assert [secret for secret in SECRETS if secret in said] == []
    ours = {"support.need", "setup.sharedadjustment"}
    elsewhere = Event.objects.exclude(about__in=ours)
    assert not [event for event in elsewhere if "tutor" in event.says or "released" in event.says]


def test_mails_and_addresses_say_nothing(cast, everything):
    for notice in Notice.objects.all():
        found = [secret for secret in [*SECRETS, "support", "Student Reed"] if secret in notice.subject]
        assert found == []
        body = (notice.text + notice.html).replace(f"/students/{cast.student_record.pk}/support/", "")
        assert [secret for secret in [*SECRETS, "Student Reed"] if secret in body] == []
    assert "walrus" not in " ".join(ask.path() + ask.label for ask in Ask.objects.all())


def test_nothing_of_it_is_logged(cast, caplog):
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django.request"):
        client = signed_in(cast.student)
        client.post("/support/add/", {"kind": "x", "words": "zebra words", "helps": "walrus"})
        client.post(f"/placements/{cast.placement.pk}/adjustments/", {"words": WORDS})
        client.get("/support/999999/")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert "Not Found: /support/999999/" in ours
    assert [secret for secret in SECRETS if secret in " ".join(ours)] == []


def test_an_operator_finds_no_page_of_it(cast, everything, admin_client):
    assert User.objects.filter(is_superuser=True).exists()
    for path in ("/operator/support/need/", "/operator/setup/sharedadjustment/", "/operator/history/look/"):
        assert admin_client.get(path).status_code == 404
