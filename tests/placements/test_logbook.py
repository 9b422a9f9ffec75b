"""The student writes into the logbook: drafts, sharing, changing, taking back, removing."""

import uuid
from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from placements.behaviours.models import Behaviour
from placements.goals.writing import write_goals
from placements.logbook import writing
from placements.logbook.clock import delete_removed_entries
from placements.logbook.filters import EntryFilter
from placements.logbook.forms import EntryForm
from placements.logbook.keeping import keep_token
from placements.logbook.models import Comment, Entry, Wording
from placements.logbook.naming import seems_to_name
from placements.logbook.private import own_entries
from placements.logbook.reading import entry_context, entry_for
from placements.models import Placement
from portal.history.models import Event
from portal.own_saves import new_page
from portal.workflow import Refused, SomebodyWasQuicker
from tests.conftest import signed_in
from tests.factories import PlacementFactory, SpellFactory
from tests.pages import hidden_in, said
from tests.placements.logbooks import a_goal, a_picture, draft, reword_goal, shared

pytestmark = pytest.mark.django_db
NEW = "/logbook/new/"


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


def sent(**more):
    """What a browser sends for a new entry."""
    said = {"key": str(uuid.uuid4()), "did": "Mended a printer", "learned": "Ask first", "day": "2026-03-11"}
    said |= {"initial-day": "2026-03-11", "page": new_page()}
    return said | {"do": "draft"} | more


def page_of(response) -> str:
    return response.content.decode()


# --- writing ---


def test_a_draft_needs_nothing_at_all(cast):
    response = signed_in(cast.student).post(NEW, sent(did="", learned="", day=""))
    entry = Entry.objects.get()
    assert (response.status_code, response.url) == (302, f"/logbook/{entry.pk}/")
    assert (entry.status, entry.day, entry.did) == ("draft", date(2026, 3, 11), "")


def test_everything_that_an_entry_holds_is_kept_and_once_after_a_second_click(cast):
    goal, behaviour = a_goal(cast.placement), Behaviour.objects.get(code="calm")
    SpellFactory(timesheet__placement=cast.placement, timesheet__monday=date(2026, 3, 9), day=date(2026, 3, 10))
    form = sent(spell="2026-03-10 09:00", goals=goal.pk, behaviours=behaviour.pk, skills="Soldering", do="share")
    client = signed_in(cast.student)
    for _ in range(2):
        assert client.post(NEW, form).status_code == 302
    entry = Entry.objects.get()
    assert (entry.did, entry.learned, entry.skills) == ("Mended a printer", "Ask first", "Soldering")
    assert (entry.day, entry.spell_starts) == (date(2026, 3, 10), time(9)), "the date follows from the hours"
    assert [(row.goal, row.wording) for row in entry.goals.all()] == [(goal, goal.wording)]
    assert list(entry.behaviours.all()) == [behaviour]
    assert entry.status == "published"
    assert [event.says for event in Event.objects.about(entry)] == ["shared the entry"]
    assert Wording.objects.count() == 1


# What is written, as the date and as the hours; and what the entry is about then.
DATES_WRITTEN = [
    ("2026-03-04", "2026-03-11 09:00", (date(2026, 3, 4), None)),
    ("2026-03-11", "2026-03-11 09:00", (date(2026, 3, 11), time(9))),
    ("", "2026-03-11 09:00", (date(2026, 3, 11), time(9))),
    ("2026-03-10", "2026-03-10 09:00", (date(2026, 3, 10), time(9))),
]


def test_a_date_that_is_written_wins_over_hours_that_stood_there(cast):
    week = {"timesheet__placement": cast.placement, "timesheet__monday": date(2026, 3, 9)}
    today = SpellFactory(**week, day=date(2026, 3, 11))
    SpellFactory(timesheet=today.timesheet, day=date(2026, 3, 10))
    for day, spell, expected in DATES_WRITTEN:
        form = EntryForm(sent(day=day, spell=spell) | {"initial-spell": "2026-03-11 09:00"}, placement=cast.placement)
        assert form.is_valid()
        assert (form.cleaned_data["day"], form.cleaned_data["spell_starts"]) == expected


# What is written as the date, the hours that the page stood at, and what is said about it.
DATES_THAT_CANNOT_BE = [
    ("2030-03-04", "2026-03-10 09:00", "This day has not come yet."),
    ("2026-03-04", "", "The hours that you chose are of 10 March 2026. Choose one or the other."),
    ("31/2/2026", "2026-03-10 09:00", "There is no such date."),
]


def test_hours_that_stand_there_hide_no_date_that_cannot_be(cast, subtests):
    SpellFactory(timesheet__placement=cast.placement, timesheet__monday=date(2026, 3, 9), day=date(2026, 3, 10))
    for day, chosen, says in DATES_THAT_CANNOT_BE:
        with subtests.test(says):
            written = sent(day=day, spell="2026-03-10 09:00") | {"initial-spell": chosen}
            form = EntryForm(written, placement=cast.placement)
            [[told]] = form.errors.values()
            assert says in told
            assert form.cleaned_data["spell_starts"] is None


def goals_offered(cast, entry=None) -> list[str]:
    """The goals that the form of an entry has, in their wordings."""
    return [wording for _, wording in EntryForm(placement=cast.placement, entry=entry).fields["goals"].choices]


def test_a_goal_keeps_the_wording_of_the_moment_when_it_was_chosen(cast):
    old = a_goal(cast.placement, "Use the ticket system")
    entry = shared(cast, goals=[old])
    reword_goal(old, "Use the ticket system without help")
    assert goals_offered(cast, own_entries(cast.student).get()) == ["Use the ticket system"]
    signed_in(cast.student).post(f"/logbook/{entry.pk}/edit/", sent(seen=entry.version, goals=old.pk))
    assert entry.goals.get().wording == "Use the ticket system"
    assert goals_offered(cast) == ["Use the ticket system without help"]


def test_a_new_wording_is_not_offered_before_the_tutor_agrees_to_it(cast):
    goal = a_goal(cast.placement, "Use the ticket system")
    write_goals(cast.placement, [(goal.pk, "Use every system"), (None, "Something new")], by=cast.tutor)
    page = page_of(signed_in(cast.student).get(NEW))
    assert "Use the ticket system</label>" in page
    assert "Use every system" not in page
    assert "Something new" not in page


def test_a_goal_that_changes_its_place_stays_the_same_goal(cast):
    first, second = (a_goal(cast.placement, f"Goal {n}", number=n) for n in (1, 2))
    entry = shared(cast, goals=[second])
    write_goals(cast.placement, [(second.pk, second.wording)], by=cast.tutor)
    client = signed_in(cast.student)
    assert "Mended a printer" in page_of(client.get(f"/placements/{cast.placement.pk}/logbook/goals/{second.pk}/"))
    assert "Mended a printer" not in page_of(client.get(f"/placements/{cast.placement.pk}/logbook/goals/{first.pk}/"))
    assert entry.goals.get().goal == second


def test_a_key_of_somebody_else_or_none_at_all_opens_nothing(cast):
    entry, stranger = draft(cast), signed_in(cast.student2)
    for key in (str(entry.key), "nonsense"):
        assert stranger.post(NEW, sent(key=key)).status_code == 404, key
    entry.refresh_from_db()
    assert entry.did == "Mended a printer"


WRONG = [
    (
        {
            "day": "2026-03-12",
            "did": "x" * 5001,
            "learned": "nul\x00byte",
            "spell": "2026-03-11 09:00",
            "goals": ["999"],
        },
        [
            "This day has not come yet.",
            "This is too long: at most 5000 characters fit, and it has 5001.",
            "Null characters are not allowed.",
            "Choose only from those in the list.",
        ],
    ),
    ({"day": "2026-03-01"}, ["The placement runs from 2 March 2026 to 31 July 2026."]),
    ({"day": "31/2/2026", "do": "share", "did": " "}, ["There is no such date.", "Write what you did, then share it."]),
]


def test_what_cannot_be_is_said_next_to_its_field(cast, subtests):
    a_goal(cast.placement)
    for typed, says in WRONG:
        with subtests.test(says[0]):
            form = EntryForm(sent(**typed), placement=cast.placement, sharing=typed.get("do") == "share")
            told = " ".join(error for errors in form.errors.values() for error in errors)
            assert set(form.errors) == set(typed) - {"do"}
            assert [words for words in says if words not in told] == []


def test_what_cannot_be_is_told_and_the_rest_is_kept(cast):
    response = signed_in(cast.student).post(NEW, sent(skills="Soldering", day="31/2/2026", do="share", did=" "))
    page = page_of(response)
    assert response.status_code == 422
    for words in ("There is no such date.", "Write what you did, then share it."):
        assert page.count(words) == 2, "in the summary and beside the field"
    entry = Entry.objects.get()
    assert (entry.status, entry.skills, entry.spell_starts) == ("draft", "Soldering", None)
    assert f'action="/logbook/{entry.pk}/edit/"' in page


def test_nobody_writes_before_the_placement_has_begun(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="planned")
    client = signed_in(cast.student)
    assert "Your logbook opens with your placement" in page_of(client.get(NEW))
    client.post(NEW, sent())
    assert not Entry.objects.exists()


def test_an_ended_placement_can_still_be_written_about(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="ended", last_on=date(2026, 3, 6))
    signed_in(cast.student).post(NEW, sent(day="2026-03-05"))
    assert Entry.objects.get().day == date(2026, 3, 5)


def test_the_second_placement_can_be_chosen(cast):
    second = PlacementFactory(student=cast.student_record, first_on=date(2026, 2, 2), last_on=date(2026, 2, 27))
    client = signed_in(cast.student)
    assert f"{NEW}?placement={second.pk}" in page_of(client.get(NEW))
    client.post(f"{NEW}?placement={second.pk}", sent(day="2026-02-10"))
    assert Entry.objects.get().placement == second
    assert client.get(f"{NEW}?placement={cast.placement2.pk}").status_code == 404
    assert client.get(f"{NEW}?placement=nonsense").status_code == 404


# --- from the hours ---


def test_hours_just_written_down_fill_the_entry(cast):
    SpellFactory(timesheet__placement=cast.placement, timesheet__monday=date(2026, 3, 9), day=date(2026, 3, 11))
    client = signed_in(cast.student)
    home = page_of(client.get("/home/"))
    address = f"/logbook/new/?placement={cast.placement.pk}&amp;day=2026-03-11&amp;starts=09:00"
    assert address in home
    page = page_of(client.get(address.replace("&amp;", "&")))
    assert "Wrote tests for the booking page</textarea>" in page
    assert '<option value="2026-03-11 09:00" selected>Wednesday 11 March, 09:00 to 17:00, 7 h</option>' in page


def test_hours_that_have_an_entry_open_it_instead_of_a_second_one(cast):
    SpellFactory(timesheet__placement=cast.placement, timesheet__monday=date(2026, 3, 9), day=date(2026, 3, 11))
    entry, client = draft(cast, day=date(2026, 3, 11), spell_starts=time(9)), signed_in(cast.student)
    response = client.get(f"{NEW}?placement={cast.placement.pk}&day=2026-03-11")
    assert (response.status_code, response.url) == (302, f"/logbook/{entry.pk}/edit/")
    another = page_of(client.get(NEW))  # about the same day is possible
    assert '<input type="hidden" name="initial-day" value="2026-03-11"' in another
    assert '<input type="hidden" name="initial-spell" value="2026-03-11 09:00"' in another


def test_the_week_offers_its_days(cast):
    spell = SpellFactory(timesheet__placement=cast.placement, timesheet__monday=date(2026, 3, 9), day=date(2026, 3, 9))
    address = f"/logbook/new/?placement={cast.placement.pk}&amp;day=2026-03-09"
    client = signed_in(cast.student)
    week = f"/weeks/{spell.timesheet_id}/"
    assert address in page_of(client.get(week))
    spell.timesheet.hand_in(by=cast.student)
    assert address in page_of(client.get(week))
    assert address not in page_of(signed_in(cast.tutor).get(week))


def test_hours_stay_with_the_entry_when_the_week_is_written_anew(cast):
    spell = SpellFactory(timesheet__placement=cast.placement, timesheet__monday=date(2026, 3, 9), day=date(2026, 3, 9))
    entry = shared(cast, day=date(2026, 3, 9), spell_starts=time(9))
    spell.delete()
    spell.pk = None
    spell.break_minutes = 30
    spell.save()
    assert "09:00 to 17:00, 7 h 30 min" in page_of(signed_in(cast.student).get(f"/logbook/{entry.pk}/"))


def test_a_manager_does_not_see_hours_that_were_not_handed_in(cast):
    spell = SpellFactory(timesheet__placement=cast.placement, timesheet__monday=date(2026, 3, 9), day=date(2026, 3, 9))
    entry = shared(cast, day=date(2026, 3, 9), spell_starts=time(9))

    def shows_hours(reader) -> bool:
        return entry_context(entry_for(reader, entry.pk), reader)["shows_hours"]

    assert "09:00 to 17:00" not in page_of(signed_in(cast.manager).get(f"/logbook/{entry.pk}/"))
    assert (shows_hours(cast.manager), shows_hours(cast.tutor)) == (False, True)
    spell.timesheet.hand_in(by=cast.student)
    assert shows_hours(cast.manager)


# --- saving while typing ---


def quietly(client, address, **more):
    return client.post(address, sent(**more), headers={"X-Autosave": "1"})


def test_a_draft_saves_itself_tells_where_it_is_and_what_seems_to_name_somebody_and_is_not_shared(cast):
    answer = quietly(signed_in(cast.student), NEW, did="Mrs Patel was glad", do="share").json()
    entry = Entry.objects.get()
    assert answer == {"seen": 1, "says": "Saved at 17:30", "url": f"/logbook/{entry.pk}/edit/", "names": "Mrs Patel"}
    assert (entry.did, entry.status) == ("Mrs Patel was glad", "draft")


def test_what_cannot_be_stored_of_a_draft_is_named_and_the_rest_is_stored(cast):
    answer = quietly(signed_in(cast.student), NEW, did="x" * 6000, learned="To listen")
    entry = Entry.objects.get()
    assert (answer.status_code, entry.did, entry.learned) == (422, "", "To listen")
    assert answer.json() == {
        "seen": 1,
        "says": "Not saved yet: “What I did”. This is too long: at most 5000 characters fit, and it has 6000.",
        "url": f"/logbook/{entry.pk}/edit/",
        "names": "",
    }


def test_a_second_tab_overwrites_nothing_quietly(cast):
    entry = draft(cast)
    client, address = signed_in(cast.student), f"/logbook/{entry.pk}/edit/"
    opened = entry.version
    writing.write(entry, {"did": "From the phone"}, by=cast.student, seen=opened)
    answer = quietly(client, address, seen=opened, did="From the laptop")
    assert answer.status_code == 409
    assert answer.json() == {
        "says": "Changed elsewhere meanwhile. Press Keep as draft: it loses nothing of yours and tells you more."
    }
    page = client.post(address, sent(seen=opened, did="From the laptop"))
    assert page.status_code == 409
    assert "From the laptop" in page_of(page)
    entry.refresh_from_db()
    assert entry.did == "From the phone"


def test_a_shared_entry_is_not_saved_while_typing_nor_by_somebody_signed_out_but_the_words_are_shown(cast, client):
    entry = shared(cast)
    address = f"/logbook/{entry.pk}/edit/"
    response = signed_in(cast.student).get(address)
    assert "data-autosave" not in response.text
    assert 'name="keep"' not in response.text, "its words are left to the browser"
    page = page_of(client.post(address, sent(did="Mended two", keep=keep_token(entry)) | hidden_in(response)))
    assert "Copy what you need" in page
    assert "Mended two" in page
    entry.refresh_from_db()
    assert entry.did == "Mended a printer"


# --- somebody who was signed out meanwhile ---


def test_a_page_from_before_signing_in_again_leaves_its_words_with_the_draft_and_leads_only_its_student_there(cast):
    client, somebody_else = signed_in(cast.student), signed_in(cast.student2)
    hidden = hidden_in(client.get(NEW))
    client.handler.enforce_csrf_checks = somebody_else.handler.enforce_csrf_checks = True
    assert somebody_else.post(NEW, sent() | hidden).status_code == 403
    assert Entry.objects.get().placement == cast.placement
    page = page_of(client.post(NEW, sent(do="share") | hidden, follow=True))
    assert "This page was open for too long to be saved. What you wrote is kept: look it over and save it." in page
    assert "Mended a printer" in page
    assert Entry.objects.get().status == "draft"


def test_without_the_right_token_nothing_is_kept(cast, client):
    for keep in ("", "x:y:z"):
        assert "You were signed out" in page_of(client.post(NEW, sent(keep=keep)))
        assert not Entry.objects.exists()


# --- sharing and back ---


def test_only_the_student_sees_a_draft(cast):
    entry = draft(cast)
    seen = [
        getattr(cast, who)
        for who in ("student", "manager", "tutor", "coordinator", "student2", "other_coordinator")
        if Entry.objects.visible_to(getattr(cast, who)).exists()
    ]
    assert seen == [cast.student]
    writing.publish(entry, by=cast.student)
    readers = [who for who in ("student", "manager", "tutor", "coordinator") if
               Entry.objects.visible_to(getattr(cast, who)).exists()]  # fmt: skip
    assert readers == ["student", "manager", "tutor", "coordinator"]


def test_it_can_be_shared_taken_back_and_shared_again(cast):
    entry, client = draft(cast), signed_in(cast.student)
    client.post(f"/logbook/{entry.pk}/share/")
    entry.refresh_from_db()
    assert entry.sentence() == "Shared on 11 March 2026"
    client.post(f"/logbook/{entry.pk}/take-back/")
    entry.refresh_from_db()
    assert (entry.sentence(), entry.published_at) == ("Draft, only you see it", None)
    assert not Wording.objects.visible_to(cast.tutor).exists()
    writing.publish(entry, by=cast.student)
    assert Wording.objects.count() == 1, "the same wording is kept once"


def test_nobody_else_moves_an_entry(cast):
    entry = shared(cast)
    for by in (cast.manager, cast.tutor, cast.coordinator):
        for move in (entry.take_back, entry.remove):
            with pytest.raises(PermissionDenied):
                move(by=by)
    tutor = signed_in(cast.tutor)
    for act in ("share", "take-back", "remove", "put-back", "ask"):
        assert tutor.post(f"/logbook/{entry.pk}/{act}/").status_code == 403, act


def test_an_empty_entry_cannot_be_shared(cast):
    entry = draft(cast, did="")
    with pytest.raises(Refused, match="Write what you did"):
        entry.publish(by=cast.student)
    response = signed_in(cast.student).post(f"/logbook/{entry.pk}/share/")
    assert said(response) == ["Write what you did, then share it."]


def test_who_comes_second_is_told(cast):
    entry = shared(cast)
    response = signed_in(cast.student).post(f"/logbook/{entry.pk}/take-back/", {"seen": "1"})
    assert "Somebody was quicker" in said(response)[0]
    with pytest.raises(SomebodyWasQuicker):
        entry.publish(by=cast.student)


@pytest.mark.database
def test_a_status_has_its_stamp(cast):
    entry = draft(cast)
    for status in ("published", "removed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(status=status)


# --- changing ---


def test_what_was_shared_is_kept_when_it_changes(cast):
    entry = shared(cast)
    writing.write(entry, {"did": "Mended two printers"}, by=cast.student, seen=entry.version)
    assert [wording.did for wording in Wording.objects.all()] == ["Mended two printers", "Mended a printer"]
    assert Event.objects.about(entry).first().says == "changed the entry"
    page = page_of(signed_in(cast.tutor).get(f"/logbook/{entry.pk}/history/"))
    assert "Mended a printer" in page
    assert "Mended two printers" in page
    assert not Wording.objects.visible_to(cast.manager).exists()


def test_what_only_a_draft_said_is_not_kept(cast):
    entry = draft(cast, did="A first thought")
    writing.write(entry, {"did": "A second thought"}, by=cast.student, seen=entry.version)
    writing.publish(entry, by=cast.student)
    assert [wording.did for wording in Wording.objects.all()] == ["A second thought"]


def test_a_shared_entry_cannot_lose_what_was_done(cast):
    entry = shared(cast)
    response = signed_in(cast.student).post(f"/logbook/{entry.pk}/edit/", sent(seen=entry.version, did=""))
    assert response.status_code == 422
    entry.refresh_from_db()
    assert (entry.did, entry.learned) == ("Mended a printer", "Ask before unplugging"), "nothing of it is stored"


# --- removing ---


def test_a_removed_entry_can_be_put_back(cast):
    entry, client = shared(cast), signed_in(cast.student)

    def listed(query) -> list[Entry]:
        rows = Entry.objects.visible_to(cast.student)
        return list(EntryFilter(QueryDict(query), rows, user=cast.student, own=True).qs)

    client.post(f"/logbook/{entry.pk}/remove/")
    entry.refresh_from_db()
    assert entry.sentence() == "Removed; it can be put back until 10 April 2026"
    assert not Entry.objects.visible_to(cast.tutor).exists()
    assert (listed(""), listed("status=removed")) == ([], [entry])
    assert client.get(f"/logbook/{entry.pk}/edit/").url == f"/logbook/{entry.pk}/"
    client.post(f"/logbook/{entry.pk}/put-back/")
    entry.refresh_from_db()
    assert entry.status == "draft"


def test_what_was_typed_into_a_removed_entry_is_shown_not_stored(cast):
    entry, client = draft(cast), signed_in(cast.student)
    writing.remove(entry, by=cast.student)
    response = client.post(f"/logbook/{entry.pk}/edit/", sent(seen=entry.version, did="Typed in another tab"))
    assert response.status_code == 409
    assert "Typed in another tab" in page_of(response)
    entry.refresh_from_db()
    assert entry.did == "Mended a printer"


def test_after_thirty_days_it_is_gone_with_all_that_belongs_to_it(cast, time_machine):
    entry = shared(cast)
    file = a_picture(entry).file
    Comment.objects.create(entry=entry, by=cast.tutor, words="Good")
    writing.remove(entry, by=cast.student)
    for moment, there in (("2026-04-10 17:00", True), ("2026-04-10 18:31", False)):
        time_machine.move_to(moment)
        delete_removed_entries(timezone.now())
        assert Entry.objects.exists() is there
    assert not type(file).objects.filter(pk=file.pk).exists()
    assert not Event.objects.filter(about="logbook.entry").exists()


# --- names ---


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Helped Mrs Patel to her room", ["Mrs Patel"]),
        ("Took blood from patient John Smith", ["patient John Smith"]),
        ("Looked up 943 476 5919 in the system", ["943 476 5919"]),
        ("Order 943 476 5918 was late", []),
        ("Helped a patient. He was pleased. The customer was, too.", []),
        ("Dr. Lowe showed me the machine", ["Dr. Lowe"]),
        ("Mr", []),
    ],
)
def test_names_are_noticed(text, found):
    assert seems_to_name(text) == found


def test_a_name_is_asked_about_once_below_the_hint_and_never_keeps_from_sharing(cast):
    client, form = signed_in(cast.student), sent(did="Helped Mrs Patel", do="share")
    page = page_of(client.post(NEW, form))
    entry = Entry.objects.get()
    assert entry.status == "draft"
    assert "Is this somebody's name?" in page
    assert 'name="asked" value="Mrs Patel"' in page
    assert page.index("no names of customers, patients or children") < page.index('<textarea name="did"')
    client.post(f"/logbook/{entry.pk}/edit/", form | {"seen": entry.version, "asked": "Mrs Patel"})
    entry.refresh_from_db()
    assert entry.status == "published"


def test_a_name_is_asked_about_also_where_a_draft_is_shared_from_its_own_page(cast):
    entry = draft(cast, did="Helped Mrs Patel")
    page = page_of(signed_in(cast.student).post(f"/logbook/{entry.pk}/share/"))
    assert "Is this somebody's name?" in page
    assert "Helped Mrs Patel</textarea>" in page
    entry.refresh_from_db()
    assert entry.status == "draft"
