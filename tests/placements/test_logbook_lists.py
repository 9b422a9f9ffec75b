"""Finding entries, the evidence for a goal, ratings, the PDF, and where the logbook shows itself."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.http import QueryDict
from pypdf import PdfReader

from placements.behaviours.models import Behaviour
from placements.goals.writing import write_goals
from placements.logbook import commenting
from placements.logbook.filters import EntryFilter
from placements.logbook.forms import RatingForm
from placements.logbook.goal_lines import current_lines
from placements.logbook.models import Comment, Entry, GoalRating
from placements.logbook.reading import page_of as a_page_of
from placements.logbook.showing import write_about_the_week
from placements.logbook.views.evidence import rate
from portal.rooms import entries_of, filled_in
from tests.conftest import signed_in
from tests.factories import PlacementFactory, SpellFactory, StudentFactory
from tests.pages import said
from tests.placements.logbooks import a_goal, a_picture, draft, reword_goal, shared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


def page_of(response) -> str:
    return response.content.decode()


# --- finding ---


@pytest.fixture
def three(cast):
    shared(cast, did="Cabled the rack", day=date(2026, 3, 3), goals=[a_goal(cast.placement)])
    shared(cast, did="Answered the phone", day=date(2026, 3, 5), skills="Patience",
           behaviours=[Behaviour.objects.get(code="calm")])  # fmt: skip
    draft(cast, did="Only a thought", day=date(2026, 3, 10))


FOUND = [
    ("", ["Only a thought", "Answered the phone", "Cabled the rack"]),
    ("q=rack+cabled", ["Cabled the rack"]),
    ("q=patience", ["Answered the phone"]),
    ("goal={goal}", ["Cabled the rack"]),
    ("behaviour=calm", ["Answered the phone"]),
    ("since=2026-03-04", ["Only a thought", "Answered the phone"]),
    ("until=2026-03-04", ["Cabled the rack"]),
    ("since=2026-03-04&until=2026-03-06", ["Answered the phone"]),
    ("status=draft", ["Only a thought"]),
    ("q=nothing+like+it", []),
    ("goal=nonsense", ["Only a thought", "Answered the phone", "Cabled the rack"]),
    ("since=31/2/2026", ["Only a thought", "Answered the phone", "Cabled the rack"]),
    ("q=%00", ["Only a thought", "Answered the phone", "Cabled the rack"]),
]


def test_the_student_finds_entries(cast, three, subtests):
    goal, rows = cast.placement.goals.get(), Entry.objects.visible_to(cast.student)
    for query, found in FOUND:
        with subtests.test(query):
            asked = QueryDict(query.format(goal=goal.pk))
            entries = EntryFilter(asked, rows, user=cast.student, own=True).qs
            assert [entry.did for entry in entries] == found


def test_entries_are_found_by_the_goals_of_a_placement(cast, three):
    asked = QueryDict(f"goal={cast.placement.goals.get().pk}")
    for goals, number in ((current_lines(cast.placement.goals.all()), 1), ([], 2)):
        rows = Entry.objects.visible_to(cast.tutor)
        assert EntryFilter(asked, rows, user=cast.tutor, own=False, goals=goals).qs.count() == number


def test_the_pages_show_what_was_found_and_everything_where_nothing_sensible_is_asked(cast, three):
    client, of_placement = signed_in(cast.student), f"/placements/{cast.placement.pk}/logbook/"
    for address, number in (
        ("/logbook/?q=rack+cabled", 1),
        (f"{of_placement}?since=2026-03-04", 2),
        (f"{of_placement}?since=31/2/2026&q=%00", 3),
    ):
        assert len(client.get(address).context["page"]) == number, address


def test_others_find_what_is_shared_with_them(cast, three):
    for who in ("tutor", "manager"):
        page = signed_in(getattr(cast, who)).get("/logbook/").context["page"]
        assert [entry.did for entry in page] == ["Answered the phone", "Cabled the rack"], who
    assert Entry.objects.visible_to(cast.coordinator).count() == 2
    for who in ("student2", "manager2", "tutor2", "other_tutor", "other_coordinator"):
        assert not Entry.objects.visible_to(getattr(cast, who)).exists(), who


def test_a_student_has_all_placements_in_one_logbook(cast, three):
    second = PlacementFactory(student=cast.student_record, first_on=date(2026, 2, 2), last_on=date(2026, 2, 27))
    Entry.objects.create(placement=second, did="Long ago", day=date(2026, 2, 5))
    page = page_of(signed_in(cast.student).get("/logbook/"))
    assert "Long ago" in page
    assert second.employer.name in page


def test_an_empty_logbook_says_what_to_do(cast):
    assert "Write the first entry" in page_of(signed_in(cast.student).get("/logbook/"))
    assert "as soon as a student shares one" in page_of(signed_in(cast.tutor).get("/logbook/"))
    address = f"/placements/{cast.placement.pk}/logbook/"
    assert "Nothing written yet" in page_of(signed_in(cast.student).get(address))
    assert "as soon as the student shares one" in page_of(signed_in(cast.manager).get(address))


def test_fifty_stand_on_a_page(cast):
    Entry.objects.bulk_create(
        Entry(placement=cast.placement, did=f"Number {n}", day=date(2026, 3, 4)) for n in range(51)
    )
    page = a_page_of(Entry.objects.visible_to(cast.student), number=None)
    assert (len(page), page.paginator.num_pages) == (50, 2)


# --- the evidence for a goal ---


def evidence_of(goal) -> str:
    return f"/placements/{goal.placement_id}/logbook/goals/{goal.pk}/"


def test_the_evidence_has_entries_and_ratings(cast, three, time_machine):
    goal = cast.placement.goals.get()
    rate(goal, 2, "I watch", by=cast.student)
    time_machine.move_to("2026-04-15 10:00")
    rate(goal, 4, "Alone now", by=cast.student)
    address = evidence_of(cast.placement.goals.get())
    for who in ("student", "manager"):
        page = page_of(signed_in(getattr(cast, who)).get(address))
        assert "Cabled the rack" in page
        assert "Answered the phone" not in page
        assert "From Just begun on 11 March 2026 to Confident on 15 April 2026." in page
        assert ("Rate it today" in page) is (who == "student")


def test_evidence_goes_across_the_wordings_of_a_goal(cast, three):
    old = cast.placement.goals.get()
    rate(old, 2, "", by=cast.student)
    new = reword_goal(old, "Explain any fault to anybody")
    shared(cast, did="Explained a fault", day=date(2026, 3, 10), goals=[new])
    for goal in (old, new):
        page = page_of(signed_in(cast.student).get(evidence_of(goal)))
        for words in ("Cabled the rack", "Explained a fault", "What the goal said before", "until 11 March 2026"):
            assert words in page
    page = page_of(signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/logbook/"))
    assert "2 entries, rated: just begun" in " ".join(page.split())


def test_a_dropped_goal_keeps_its_evidence_and_takes_no_ratings_and_one_that_never_was_has_none(cast, three):
    write_goals(cast.placement, [], by=cast.tutor)
    client, address = signed_in(cast.student), evidence_of(cast.placement.goals.get())
    page = page_of(client.get(address))
    assert "This goal was dropped" in page
    assert "Rate it today" not in page
    assert client.post(f"{address}rate/", {"level": 3}).status_code == 404
    assert client.get(f"/placements/{cast.placement.pk}/logbook/goals/0/").status_code == 404


def test_a_goal_is_rated_once_a_day_and_can_be_taken_back_on_that_day(cast, three, time_machine):
    client, goal = signed_in(cast.student), cast.placement.goals.get()
    rate(goal, 2, "I watch", by=cast.student)
    client.post(f"{evidence_of(goal)}rate/", {"level": "3", "note": "I try"})
    rating = GoalRating.objects.get()
    assert (rating.get_level_display(), rating.note) == ("Getting there", "I try")
    remove = f"/logbook/ratings/{rating.pk}/remove/"
    assert signed_in(cast.tutor).post(remove).status_code == 403
    time_machine.move_to("2026-03-12 09:00")
    assert "A rating stays once its day is over" in said(signed_in(cast.student).post(remove))[0]
    time_machine.move_to("2026-03-11 20:00")
    client.post(remove)
    assert not GoalRating.objects.exists()


def test_a_rating_needs_a_level(subtests):
    for level in ("", "0", "6", "x", "\x00"):
        with subtests.test(level):
            assert list(RatingForm({"level": level, "note": "I watch"}).errors) == ["level"]


def test_a_rating_without_a_level_comes_back_with_its_words(cast, three):
    address = f"{evidence_of(cast.placement.goals.get())}rate/"
    response = signed_in(cast.student).post(address, {"level": "6", "note": "kept words"})
    assert response.status_code == 422
    assert "kept words" in page_of(response)
    assert not GoalRating.objects.exists()


def test_nobody_else_rates(cast, three):
    address = f"{evidence_of(cast.placement.goals.get())}rate/"
    for who in ("tutor", "manager"):
        assert signed_in(getattr(cast, who)).post(address, {"level": 3}).status_code == 403, who


# --- on paper ---


def pdf_of(client, address) -> str:
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages).split())


def test_the_pdf_has_the_shared_entries_with_comments_and_pictures(cast, three):
    entry = Entry.objects.get(did="Cabled the rack")
    a_picture(entry)
    commenting.comment(entry, "Neatly done", by=cast.manager)
    rate(cast.placement.goals.get(), 2, "", by=cast.student)
    text = pdf_of(signed_in(cast.tutor), f"/placements/{cast.placement.pk}/logbook/logbook.pdf")
    for words in ("Student Reed", "Cabled the rack", "Answered the phone", "Neatly done", "just begun (11 March 2026)"):
        assert words in text
    assert "Only a thought" not in text
    assert "All shared entries: 2." in text


def test_what_is_printed_is_of_the_chosen_dates(cast, three):
    address = f"/placements/{cast.placement.pk}/logbook/print/?since=2026-03-04&until=2026-03-31"
    page = page_of(signed_in(cast.student).get(address))
    assert "Entries from 4 March 2026 to 31 March 2026: 1." in " ".join(page.split())
    assert "Cabled the rack" not in page


def test_dates_that_make_no_sense_lead_back(cast):
    client = signed_in(cast.student)
    for page in ("print/?since=x", "logbook.pdf?since=2026-03-05&until=2026-03-01"):
        response = client.get(f"/placements/{cast.placement.pk}/logbook/{page}")
        assert response.url == f"/placements/{cast.placement.pk}/logbook/", page


# --- where it shows itself ---


def test_the_placement_says_how_many_entries_there_are(cast, three):
    def says(relation) -> str:
        return next(room.says for room in entries_of(cast.placement, {relation}) if room.title == "Logbook")

    assert says("student") == "2 entries shared, the latest of 5 March 2026; 1 draft"
    assert says("manager") == "2 entries shared, the latest of 5 March 2026"


def asked_of(cast) -> list[str]:
    """What the logbook asks of the student on the home page, as addresses."""
    found = write_about_the_week(cast.student_record, [cast.placement], date(2026, 3, 11))
    return [step.url for step in filled_in(cast.student_record, [found])]


def test_home_asks_gently_once_hours_are_written_down_and_nothing_else(cast, django_assert_num_queries):
    assert asked_of(cast) == [], "no hours yet"
    SpellFactory(timesheet__placement=cast.placement, timesheet__monday=date(2026, 3, 9), day=date(2026, 3, 10))
    with django_assert_num_queries(1):
        assert asked_of(cast) == [f"/logbook/new/?placement={cast.placement.pk}&day=2026-03-10"]
    draft(cast, day=date(2026, 3, 9))
    assert asked_of(cast) == [], "there is an entry of these days"


def test_home_asks_nothing_about_hours_of_long_ago_or_of_today(cast):
    for day in (date(2026, 3, 4), date(2026, 3, 11)):
        monday = day - timedelta(days=2)
        SpellFactory(timesheet__placement=cast.placement, timesheet__monday=monday, day=day)
        assert asked_of(cast) == [], day


# --- how many queries ---


@pytest.fixture
def one(cast) -> Entry:
    """An entry with three goals, three behaviours, a picture and a comment, and a rating of the first goal."""
    goals = [a_goal(cast.placement, number=n) for n in (1, 2, 3)]
    return one_more(cast, goals, n=0)


def one_more(cast, goals, n) -> Entry:
    said = {"goals": goals, "behaviours": list(Behaviour.objects.current()[:3]), "reflection": "mine"}
    entry = shared(cast, did=f"Day {n}", day=date(2026, 3, 2) + timedelta(days=n), spell_starts=time(9), **said)
    a_picture(entry, f"{n}.png")
    Comment.objects.create(entry=entry, by=cast.tutor, words="Good")
    rate(goals[0], 1 + n, "", by=cast.student)
    return entry


LISTS = [
    ("student", "/logbook/", 6),
    ("tutor", "/logbook/", 5),
    ("manager", "/placements/{placement}/logbook/", 7),
    ("student", "/placements/{placement}/logbook/goals/{goal}/", 7),
    ("tutor", "/placements/{placement}/logbook/print/", 10),
]
PAGES_OF_ONE_ENTRY = [
    ("student", "/logbook/{entry}/", 8),
    ("tutor", "/logbook/{entry}/", 8),
    ("manager", "/logbook/{entry}/", 7),
    ("student", "/logbook/{entry}/edit/", 7),
    ("student", "/logbook/new/", 7),
    ("student", "/logbook/new/?day=2026-03-02", 7),
    ("student", "/logbook/{entry}/history/", 5),
]


@pytest.fixture
def assert_queries(cast, one, django_assert_num_queries):
    """Asks each of some pages, which takes exactly as many queries as stands with it."""
    keys = {"placement": cast.placement.pk, "entry": one.pk, "goal": cast.placement.goals.first().pk}

    def ask(pages):
        for who, address, queries in pages:
            client = signed_in(getattr(cast, who))
            with django_assert_num_queries(queries, info=f"{who} {address}"):
                response = client.get(address.format(**keys))
            assert response.status_code == 200

    return ask


def test_a_list_takes_the_same_queries_however_many_entries(cast, one, assert_queries):
    assert_queries(LISTS)
    for n in (1, 2):
        one_more(cast, list(cast.placement.goals.all()), n)
    assert_queries(LISTS)


def test_the_pages_of_an_entry_take_few_queries(assert_queries):
    assert_queries(PAGES_OF_ONE_ENTRY)


def test_a_coordinators_list_does_not_grow_with_students(cast, django_assert_num_queries):
    for _ in range(3):
        student = StudentFactory(provider=cast.provider, tutor=cast.tutor)
        Entry.objects.create(placement=PlacementFactory(student=student), did="Worked", day=date(2026, 3, 4),
                             status="published", published_at="2026-03-04 12:00Z")  # fmt: skip
    client = signed_in(cast.coordinator)
    with django_assert_num_queries(5):
        page = page_of(client.get("/logbook/"))
    assert page.count("Worked") == 3
