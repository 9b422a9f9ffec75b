"""Two tabs, or two colleagues, at one form: the second is told at the field what the first has changed.

Nothing is written over, nothing that was typed is lost, and saving again works. A form that saves itself stores what
its page changed, and leaves alone what another page stored meanwhile.
"""

import json
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import reverse

from placements.behaviours.models import Behaviour, BehaviourReflection
from portal.asks.models import Ask
from portal.history.models import in_lines
from reviews.forms.models import ReviewForm
from reviews.forms.models.lines import screens_of
from students.interviews.models import Sheet
from students.selfassessment.models import SelfAssessment, Statement
from tests.conftest import signed_in
from tests.house.test_access import THINGS
from tests.pages import undrawn
from tests.reviews.forms_ready import asked_form
from tests.reviews.meetings_ready import agreed_goals, agreed_meeting

# name: (thing, what the first changes, what the second changes, who)
EDITED = {
    "check_edit": ("check", {"note": "Seen on site"}, {"checked_by": "Hal Bright"}, "coordinator"),
    "check_kind_edit": ("check_kind", {"hint": "The policy"}, {"title": "Cover"}, "coordinator"),
    "conversation_edit": ("conversation", {"about": "They move in May"}, {"with_whom": "Priya Shah"}, "tutor"),
    "resource_edit": ("resource_link", {"title": "New name"}, {"words": "Worth a look."}, "coordinator"),
    "accident_edit": ("concern_accident", {"place": "Yard"}, {"injury": "Left hand"}, "tutor"),
    "library_goal_edit": ("library_goal", {"wording": "Plan a day"}, {"wording": "Plan a week"}, "tutor"),
    "person_edit": ("tutor", {"phone": "01632 960222"}, {"first_name": "Grace"}, "coordinator"),
}


def shown(form) -> dict:
    """What a browser would send of the form as it is shown."""
    found = {}
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if value in (None, "") or value is False or isinstance(widget, forms.FileInput):
            continue
        value = "on" if isinstance(widget, forms.CheckboxInput) else widget.format_value(value)
        found[bound.html_name] = value[0] if isinstance(value, list) and len(value) == 1 else value
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("name", EDITED)
def test_the_second_of_two_tabs_is_told_what_the_first_has_changed(cast, name):
    thing, first, second, who = EDITED[name]
    client, path = signed_in(getattr(cast, who)), reverse(name, args=[THINGS[thing](cast)])
    response = client.get(path)
    data = shown(response.context["form"])
    assert f'name="seen" value="{data["seen"]}"' in response.content.decode()
    assert client.post(path, data | first).status_code == 302
    response = client.post(path, data | second)
    [(field, words)] = first.items()
    told = f"Somebody changed this to “{words}” meanwhile. Put in what is right, and save again."
    assert dict(response.context["form"].errors) == {field: [told]}
    again = shown(response.context["form"])
    assert again == data | second | {"seen": again["seen"]}
    assert client.post(path, again | first).status_code == 302
    with undrawn():
        assert shown(client.get(path).context["form"]) | {"seen": ""} == data | second | first | {"seen": ""}


# --- Forms that save themselves: two pages of one person, on the phone and at the computer ---


def screen_by_link(cast, name):
    """A screen of the review form that the line manager gets by a mailed link."""
    asked_form(cast)
    address = f"{Ask.objects.get().path()}at/{name}/"
    return Client(), address, address


def goals_by_link(cast):
    """The learning goals of that form."""
    agreed_goals(cast.placement)
    return screen_by_link(cast, "goals")


def preparation(cast):
    """The student's preparation of a review meeting."""
    agreed_goals(cast.placement)
    address = f"/meetings/{agreed_meeting(cast).pk}/prepare/"
    return signed_in(cast.student), address, address


def first_goal(cast) -> int:
    return cast.placement.goals.first().pk


def goal_of(cast) -> str:
    return f"goal{first_goal(cast)}"


def sheet(cast):
    return f"/research/{Sheet.objects.create(student=cast.student_record, name='St Oswin').pk}/edit/"


def self_assessment(cast):
    return f"/self-assessments/{SelfAssessment.objects.create(student=cast.student_record).pk}/group/1/"


def statements() -> list[str]:
    return [f"statement-{statement.pk}" for statement in Statement.objects.all()[:2]]


def reflection(cast):
    made = BehaviourReflection.objects.create(student=cast.student_record)
    return reverse("behaviour_edit", args=[made.pk, 1])


def arrangements(cast):
    address = f"/placements/{cast.placement.pk}/arrangements/"
    return signed_in(cast.student), address, f"{address}save/"


def of_student(address):
    def scene(cast):
        found = address(cast)
        return signed_in(cast.student), found, found

    return scene


# form: (its name in the page, client and addresses to look at and to send to, two fields with their words)
SAVES_ITSELF = {
    "words of the review form": (
        "page",
        lambda cast: screen_by_link(cast, "words"),
        lambda cast: {"question-strengths": "Explains it calmly.", "question-develop": "Asks too late."},
    ),
    "choices of the review form": (
        "page",
        lambda cast: screen_by_link(cast, "communication"),
        lambda cast: dict(zip(behaviours(cast), ("4", "3"), strict=False)),
    ),
    "goals of the review form": (
        "page",
        goals_by_link,
        lambda cast: {f"goal-{first_goal(cast)}-words": "She plans the rota", f"goal-{first_goal(cast)}": "met"},
    ),
    "preparing a meeting": ("form", preparation, lambda cast: {"went_well": "The rota", "hard": "Phone calls"}),
    "goals of a meeting": (
        "form",
        preparation,
        lambda cast: {f"{goal_of(cast)}-words": "I explain it now", goal_of(cast): "met"},
    ),
    "worksheet of interviews": (
        "form",
        of_student(lambda cast: "/interviews/worksheet/1/"),
        lambda cast: {"experiences": "I repair bikes", "learned": "Where the rota hangs"},
    ),
    "choices of a self-assessment": (
        "form",
        of_student(self_assessment),
        lambda cast: dict(zip(statements(), ("4", "3"), strict=False)),
    ),
    "looking back at one's behaviour": (
        "form",
        of_student(reflection),
        lambda cast: {"words": "I stayed calm", f"behaviour-{Behaviour.objects.first().pk}": "3"},
    ),
    "research": ("form", of_student(sheet), lambda cast: {"name": "St Oswin's", "does": "A hospital"}),
    "before day one": ("notes", arrangements, lambda cast: {"question_1": "Why this work?", "leave_at": "08:05"}),
}
# These are tried elsewhere: weeks and logbook entries by their version, checklists point by point, notes of meetings in
# tests/reviews/test_meetings_notes.py.
TRIED_ELSEWHERE = {
    "timesheets/week_edit.html", "logbook/logbook_edit.html", "induction/induction_detail.html",
    "ending/ending_detail.html", "meetings/meeting_record.html",
}  # fmt: skip
QUIETLY = {"X-Autosave": "1"}


def behaviours(cast) -> list[str]:
    form = ReviewForm.objects.get()
    return [line.name for line in next(one for one in screens_of(form) if one.name == "communication").lines]


class Pages:
    """One form, as several pages show it."""

    def __init__(self, cast, name):
        self.form, scene, changed = SAVES_ITSELF[name]
        self.client, self.address, self.to = scene(cast)
        (self.first, self.words), (self.second, self.others) = changed(cast).items()

    def look(self):
        """The page as it is opened now."""
        with undrawn():
            return self.client.get(self.address)

    def opened(self) -> dict:
        """What that page would send, and so would another one opened beside it."""
        return shown(self.look().context[self.form])

    def stored(self) -> list[str]:
        found = self.opened()
        return [in_lines(found.get(name, "")) for name in (self.first, self.second)]

    def send(self, data, **more):
        return self.client.post(self.to, data, **more)


@pytest.fixture
def pages(cast, time_machine):
    time_machine.move_to("2026-05-12 12:00")
    return lambda name: Pages(cast, name)


@pytest.mark.parametrize("name", SAVES_ITSELF)
def test_two_pages_that_save_themselves_keep_what_both_wrote(pages, name):
    pages = pages(name)
    phone = computer = pages.opened()
    quiet = pages.send(computer | {pages.first: pages.words}, headers=QUIETLY)
    assert quiet.status_code == 200
    assert pages.send(phone | {pages.second: pages.others}, headers=QUIETLY).status_code == 200
    assert pages.send(computer | {pages.first: pages.words, "was": quiet.json()["was"]}).status_code == 302
    assert pages.send(phone).status_code == 302  # 'Save' on the older page, without a change in it
    assert pages.stored() == [pages.words, pages.others]


WORDS = [name for name in SAVES_ITSELF if not name.startswith(("choices", "goals"))]


@pytest.mark.parametrize("name", WORDS)
def test_what_both_pages_changed_is_told_beside_the_field_with_both_words(pages, name):
    pages = pages(name)
    opened = pages.look().context[pages.form]
    label, phone, computer = opened[pages.first].label, shown(opened), shown(opened)
    pages.send(computer | {pages.first: pages.words})
    mine = phone | {pages.first: "From the phone", pages.second: pages.others}
    quiet = pages.send(mine, headers=QUIETLY)
    assert quiet.status_code == 422
    says = f"Not saved yet: You changed “{label}” on another page meanwhile. Save to see both."
    assert quiet.json()["says"] == says
    assert json.loads(quiet.json()["was"])[pages.second] == pages.others  # the rest is stored
    response = pages.send(mine | {"was": quiet.json()["was"]})
    assert response.status_code == 422
    told = f"You changed this to “{pages.words}” on another page meanwhile. Put in what is right, and save again."
    form = response.context[pages.form]
    assert dict(form.errors) == {pages.first: [told]}
    assert 'name="was"' in response.content.decode()
    again = shown(form)
    assert again[pages.first] == "From the phone"
    assert pages.send(again).status_code == 302
    assert pages.stored() == ["From the phone", pages.others]


@pytest.mark.parametrize("name", SAVES_ITSELF)
def test_the_right_is_stored_beside_the_wrong_and_the_page_told_so_and_the_wrong_once_it_is_right(pages, name):
    """What a page compares with after a save is what is stored; test_form_merged tries whatever can stand together."""
    pages, wrong = pages(name), "9" * 3000
    page = pages.opened()
    for first, second in ((pages.words, wrong), ("", pages.others)):
        page |= {pages.first: first, pages.second: second}
        page["was"] = pages.send(page, headers=QUIETLY).json()["was"]
        assert json.loads(page["was"]) == json.loads(pages.opened()["was"]), (first[:20], second[:20])
    with undrawn():
        back = pages.send(page | {pages.first: wrong, pages.second: pages.others})
    assert back.status_code == 422
    again = shown(back.context[pages.form]) | {pages.first: pages.words}
    assert pages.send(again).status_code == 302
    assert pages.stored() == [pages.words, pages.others]


def test_a_page_that_comes_back_shows_what_the_other_page_stored(pages):
    pages = pages("before day one")
    old = pages.opened()
    pages.send(old | {"question_1": "Why this work?", "how": "Bus 14"})
    response = pages.send(old | {"leave_at": "08:05", "arrive_at": "07:00", "plan_b": "Ring my aunt"})
    again = shown(response.context["notes"])
    assert (again["question_1"], again["how"], again["arrive_at"]) == ("Why this work?", "Bus 14", "07:00")
    assert pages.send(again | {"arrive_at": "08:50", "how": "Bus 3"}).status_code == 302
    found = pages.opened()
    assert [found[name] for name in ("leave_at", "arrive_at", "how", "plan_b")] == [
        "08:05", "08:50", "Bus 3", "Ring my aunt",
    ]  # fmt: skip


def test_the_other_choice_is_told_in_its_words(pages):
    pages = pages("choices of the review form")
    old = pages.opened()
    pages.send(old | {pages.first: "4"})
    response = pages.send(old | {pages.first: "3"})
    label = dict(response.context["page"].fields[pages.first].choices)["4"]
    [[told]] = response.context["page"].errors.values()
    assert told == f"You changed this to “{label}” on another page meanwhile. Put in what is right, and save again."


def test_long_words_of_the_other_page_are_whole_beside_their_field_and_short_above(pages):
    pages = pages("preparing a meeting")
    old, words = pages.opened(), " ".join(["word"] * 390) + " the end"
    pages.send(old | {"hard": words})
    text = pages.send(old | {"hard": "Phone calls"}).content.decode()
    assert text.count("You changed this to “word word") == 2
    assert text.count("the end” on another page meanwhile. Put in what is right, and save again.") == 1


def test_words_taken_out_go_and_a_save_whose_answer_was_lost_is_no_other_page(pages):
    pages = pages("worksheet of interviews")
    page = pages.opened()
    pages.send(page | {"experiences": "I repair"}, headers=QUIETLY)  # no answer comes: the page knows nothing of it
    quiet = pages.send(page | {"experiences": "I repair bikes"}, headers=QUIETLY)
    assert (quiet.status_code, pages.stored()[0]) == (200, "I repair bikes")
    pages.send(page | {"experiences": "", "was": quiet.json()["was"]}, headers=QUIETLY)
    assert pages.stored()[0] == ""


def test_nonsense_in_what_a_page_had_shown_breaks_nothing(pages):
    pages = pages("worksheet of interviews")
    assert pages.send({"experiences": "I repair bikes\r\nand prams", "was": "nonsense"}).status_code == 302
    assert pages.stored()[0] == "I repair bikes\nand prams"


def test_every_form_that_saves_itself_is_tried_in_two_tabs(pages, cast):
    found = {
        str(path.relative_to(settings.BASE_DIR / "templates"))
        for path in Path(settings.BASE_DIR / "templates").rglob("*.html")
        if "data-autosave" in path.read_text()
    }
    tried = set()
    for name in SAVES_ITSELF.keys() - {"choices of the review form", "goals of the review form", "goals of a meeting"}:
        tried.add(pages(name).look().templates[0].name)
    assert found == tried | TRIED_ELSEWHERE
