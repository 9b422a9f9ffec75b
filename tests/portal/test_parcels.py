"""What a worker makes for somebody to download: asked for, made, fetched, cancelled, deleted, made again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.clock import chores
from portal.history.models import Event
from portal.notices.models import Notice
from portal.parcels.asking import ask_for
from portal.parcels.clock import forget_parcels, stop_parcels_that_hang
from portal.parcels.kinds import packs
from portal.parcels.models import Parcel, ParcelPart
from portal.parcels.tasks import pack
from portal.workflow import Refused, SomebodyWasQuicker
from tests.conftest import signed_in
from tests.factories import like
from tests.pages import told

pytestmark = pytest.mark.django_db


@packs("words", title="Words")
def words(parcel, out, progress):
    """Write the words that were chosen; the one 'refused' is refused, the one 'broken' a fault of ours."""
    progress.steps = len(parcel.options["words"])
    for word in parcel.options["words"]:
        if word == "refused":
            raise Refused("Choose other words.")
        if not word:
            raise ValueError(word)
        out.write(word.encode())
        progress()
    return "Words of Zoë.txt"


def asked(cast, *chosen) -> Parcel:
    desk = cast.tutor.memberships.select_related("user", "provider").get()
    return Parcel.objects.get(pk=ask_for("words", desk=desk, title="Words", options={"words": chosen}).pk)


def test_what_was_asked_for_is_made_and_can_be_fetched(cast):
    parcel = asked(cast, "one", "two")
    assert (parcel.status, parcel.size, parcel.file_name) == ("ready", 6, "Words of Zoë.txt")
    answer = signed_in(cast.tutor).get(f"/downloads/{parcel.pk}/file/")
    assert b"".join(answer.streaming_content) == b"onetwo"
    assert answer["Content-Length"] == "6"
    assert (
        answer["Content-Disposition"]
        == "attachment; filename=\"Words of Zoe.txt\"; filename*=UTF-8''Words%20of%20Zo%C3%AB.txt"
    )


def test_a_mail_that_names_nothing_says_that_it_is_ready_and_the_history_tells_who_had_it_made(cast):
    parcel = asked(cast, "one")
    notice = Notice.objects.get(kind="parcel_ready")
    assert notice.subject == "Your download is ready"
    assert notice.to == cast.tutor
    assert f"/downloads/{parcel.pk}/" in notice.html
    assert [str(event) for event in Event.objects.about(parcel)] == [
        "The portal made it",
        "The portal began",
        f"{cast.tutor.name} asked for it",
    ]


def test_a_large_file_is_kept_in_parts(cast):
    parcel = asked(cast, "a" * (2**20 + 3))
    assert [len(content) for content in parcel.content()] == [2**20, 3]


def test_what_cannot_be_made_says_why(cast):
    parcel = asked(cast, "refused")
    assert (parcel.status, parcel.problem) == ("stopped", "Choose other words.")
    assert "Choose other words." in signed_in(cast.tutor).get(f"/downloads/{parcel.pk}/").text


def test_a_fault_of_ours_is_told_in_plain_words_and_keeps_nothing(cast, caplog):
    parcel = asked(cast, "one", "")
    assert parcel.problem.startswith("Something went wrong on our side")
    assert ParcelPart.objects.count() == 0
    assert "failed" in caplog.text


def waiting(cast) -> Parcel:
    made = {"provider": cast.provider, "by": cast.tutor, "role": "tutor", "kind": "words", "title": "Words"}
    return Parcel.objects.create(**made, options={"words": ["one"]})


def test_the_page_of_what_is_being_made_asks_again_by_itself(cast):
    parcel = waiting(cast)
    Parcel.objects.filter(pk=parcel.pk).update(status="packing", done=3, steps=10)
    page = signed_in(cast.tutor).get(f"/downloads/{parcel.pk}/").text
    assert f'data-poll="/downloads/{parcel.pk}/progress/"' in page
    assert "3 of 10 done." in page
    assert 'value="30"' in page


def test_cancelled_before_its_turn_it_is_not_made_until_it_is_asked_for_again(cast):
    parcel, tutor = waiting(cast), signed_in(cast.tutor)
    tutor.post(f"/downloads/{parcel.pk}/cancel/")
    pack.call(parcel.pk)
    parcel.refresh_from_db()
    assert (parcel.status, parcel.size) == ("cancelled", 0)
    tutor.post(f"/downloads/{parcel.pk}/again/")
    parcel.refresh_from_db()
    assert (parcel.status, parcel.size) == ("ready", 3)


def test_cancelling_what_is_ready_tells_that_it_is_too_late(cast):
    parcel = asked(cast, "one")
    assert "Somebody was quicker" in told(signed_in(cast.tutor).post(f"/downloads/{parcel.pk}/cancel/"))
    assert Parcel.objects.get(pk=parcel.pk).status == "ready"


def test_the_maker_can_delete_the_file_and_who_did_is_said_on_its_page(cast):
    parcel, old = asked(cast, "one"), asked(cast, "two")
    client = signed_in(cast.tutor)
    page = client.post(f"/downloads/{parcel.pk}/delete/", follow=True).text
    assert [part.of_id for part in ParcelPart.objects.all()] == [old.pk]
    assert client.get(f"/downloads/{parcel.pk}/file/").url == f"/downloads/{parcel.pk}/"
    assert "You deleted this file" in page
    assert "Files go after a week" not in page
    forget_parcels(old.ready_at + timedelta(days=7))
    page = client.get(f"/downloads/{old.pk}/").text
    assert "Files go after a week" in page
    assert "You deleted this file" not in page


def test_the_file_goes_after_a_week_and_not_before(cast):
    parcel = asked(cast, "one")
    forget_parcels(parcel.ready_at + timedelta(days=7, seconds=-1))
    assert ParcelPart.objects.count() == 1
    forget_parcels(parcel.ready_at + timedelta(days=7))
    parcel.refresh_from_db()
    assert (parcel.status, ParcelPart.objects.count()) == ("gone", 0)
    assert forget_parcels in chores


def test_one_whose_worker_was_stopped_says_so_after_half_an_hour(cast):
    parcel = waiting(cast)
    parcel.take_up(by=None)
    stop_parcels_that_hang(timezone.now() + timedelta(minutes=31))
    parcel.refresh_from_db()
    assert (parcel.status, parcel.problem) == ("stopped", "The work was interrupted.")
    assert stop_parcels_that_hang in chores


def test_asking_twice_while_it_is_made_is_one_parcel(cast):
    waiting(cast)
    asked(cast, "one")
    assert Parcel.objects.count() == 1


def test_who_has_left_the_desk_gets_nothing_made_and_cannot_fetch_what_was(cast):
    made, parcel = asked(cast, "two"), waiting(cast)
    cast.tutor.memberships.all().delete()
    pack.call(parcel.pk)
    parcel.refresh_from_db()
    assert parcel.problem == "You no longer have the role in which you asked for this."
    assert signed_in(cast.tutor).get(f"/downloads/{made.pk}/file/").status_code == 404


def test_two_workers_make_it_once(cast):
    parcel = waiting(cast)
    first = Parcel.objects.get(pk=parcel.pk)
    parcel.take_up(by=None)
    with pytest.raises(SomebodyWasQuicker):
        first.take_up(by=None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(cast, django_assert_num_queries, count):
    parcel = asked(cast, "one")
    Parcel.objects.bulk_create(like(parcel) for _ in range(count - 1))
    client = signed_in(cast.tutor)
    with django_assert_num_queries(4):
        page = client.get("/downloads/").text
    assert page.count("Ready to download") == count


def test_an_empty_list_says_what_it_is_for(cast):
    page = signed_in(cast.tutor).get("/downloads/").text
    assert "Nothing has been made for you yet" in page
    assert "Reports for many students" in page
    assert '<a class="btn btn-primary" href="/">To the students</a>' in page
    assert 'href="/portfolio/"' not in page


def test_students_find_the_way_to_their_portfolio_from_the_list_empty_or_not(cast):
    client = signed_in(cast.student)
    page = client.get("/downloads/").text
    assert "Your portfolio as one PDF" in page
    assert "Reports for many students" not in page
    assert 'href="/portfolio/"' in page
    about = {"provider": cast.provider, "by": cast.student, "role": "student", "kind": "words", "title": "Words"}
    Parcel.objects.create(**about)
    assert 'href="/portfolio/"' in client.get("/downloads/").text


def test_managers_are_sent_to_no_page_that_is_not_theirs(cast):
    page = signed_in(cast.manager).get("/downloads/").text
    assert "Your sheets and forms open at once" in page
    assert "Reports for many students" not in page
    assert 'href="/portfolio/"' not in page


def test_the_day_until_which_it_is_kept_is_one_in_london(cast):
    with time_machine.travel("2026-06-30 23:30+00:00", tick=False):  # half past midnight in London
        parcel = asked(cast, "one")
    assert parcel.kept_until.isoformat() == "2026-07-08"
