"""Conversations with employers: written down, found, changed, removed; next steps are due, done and opened again."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils import timezone

from employers.conversations.forms import ConversationFilter, ConversationForm
from employers.conversations.models import Conversation
from portal.history.models import Event
from tests.conftest import signed_in
from tests.employers.access_conversations import conversation_of

pytestmark = pytest.mark.django_db

REVIEW = {
    "spoken_on": "2026-03-09",
    "way": "phone",
    "with_whom": "Amira Khan",
    "about": "How the final review works.",
    "next_step": "Agree the day",
    "next_on": "2026-03-20",
}


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to("2026-03-10 12:00", tick=False)


def add_path(cast):
    return f"/employers/{cast.employer.pk}/conversations/add/"


def tab(cast):
    return f"/employers/{cast.employer.pk}/parts/conversations/"


def shown(response):
    return [conversation.with_whom for conversation in response.context["page"]]


def test_a_tutor_writes_a_conversation_down(cast):
    client = signed_in(cast.tutor)
    assert client.post(add_path(cast), REVIEW).url == tab(cast)
    conversation = Conversation.objects.get()
    assert (conversation.made_by, conversation.spoken_on, conversation.with_whom) == (
        cast.tutor,
        date(2026, 3, 9),
        "Amira Khan",
    )
    page = client.get(tab(cast)).content.decode()
    assert "How the final review works." in page
    assert "Agree the day, by 20 March 2026" in page
    says = Event.objects.about(cast.employer)[0].says
    assert says == "wrote down the conversation with Amira Khan on 9 March 2026"


def test_a_next_step_is_not_needed(cast):
    form = ConversationForm(REVIEW | {"next_step": "", "next_on": ""}, instance=Conversation(employer=cast.employer))
    assert form.is_valid()
    assert form.instance.next_sentence() == ""


def test_what_is_not_right_is_refused_next_to_the_field(cast):
    wrong = {"spoken_on": "", "way": "dove", "with_whom": "", "about": "", "next_on": ""}
    response = signed_in(cast.tutor).post(add_path(cast), REVIEW | wrong)
    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {
        "spoken_on": ["This is missing."],
        "way": ["Choose one of those in the list."],
        "with_whom": ["This is missing."],
        "about": ["This is missing."],
        "next_on": ["Give the next step a day."],
    }
    for wrong, says in [
        (
            {"spoken_on": "2026-03-11", "about": "x\x00", "next_step": ""},
            {
                "spoken_on": "This day is still to come. What is planned goes into the next step.",
                "about": "Null characters are not allowed.",
                "next_step": "What is to be done by that day?",
            },
        ),
        (
            {"spoken_on": "1926-03-11", "next_step": "x" * 301, "next_on": "2062-03-08"},
            {
                "spoken_on": "That is too long ago. Look at the year.",
                "next_step": "Make this shorter: at most 300 characters, it has 301 now.",
                "next_on": "That is far away. Look at the year.",
            },
        ),
        ({"next_on": "2026-03-08"}, {"next_on": "This is before the conversation."}),
        ({"next_on": "soon"}, {"next_on": "There is no such date. Write it like 12/3/2026."}),
    ]:
        form = ConversationForm(REVIEW | wrong, instance=Conversation(employer=cast.employer))
        assert form.errors == {field: [words] for field, words in says.items()}


def test_ones_own_conversation_is_changed_and_removed(cast):
    client, conversation = signed_in(cast.tutor), conversation_of(cast)
    path = f"/conversations/{conversation.pk}"
    client.post(f"{path}/edit/", REVIEW | {"about": "Corrected"})
    conversation.refresh_from_db()
    assert conversation.about == "Corrected"
    assert client.post(f"{path}/edit/", REVIEW | {"about": ""}).status_code == 422
    client.post(f"{path}/remove/")
    assert not Conversation.objects.exists()
    assert [event.says for event in Event.objects.about(cast.employer)] == [
        "removed the conversation with Amira Khan on 9 March 2026",
        "changed the conversation with Amira Khan on 9 March 2026",
    ]
    assert client.post(f"{path}/remove/").status_code == 404


def test_a_colleague_may_read_but_not_change_it(cast):
    path = f"/conversations/{conversation_of(cast).pk}"
    client = signed_in(cast.coordinator)
    assert client.post(f"{path}/edit/", REVIEW).status_code == 403
    assert client.post(f"{path}/remove/").status_code == 403
    page = client.get(tab(cast)).content.decode()
    assert "The final review" in page
    assert f"{path}/edit/" not in page


def test_a_next_step_that_is_a_question_gets_no_full_stop():
    conversation = Conversation(next_step="Who signs?", next_on=date(2026, 3, 20), done_at=timezone.now())
    assert conversation.next_sentence() == "Who signs? Done on 10 March 2026"


def test_a_next_step_is_done_by_anybody_and_opened_again(cast):
    client, conversation = signed_in(cast.coordinator), conversation_of(cast)
    client.post(f"/conversations/{conversation.pk}/done/")
    client.post(f"/conversations/{conversation.pk}/done/")
    conversation.refresh_from_db()
    assert conversation.next_sentence() == "Agree the day. Done on 10 March 2026"
    client.post(f"/conversations/{conversation.pk}/reopen/")
    conversation.refresh_from_db()
    assert conversation.done_at is None
    assert [event.says for event in Event.objects.about(cast.employer)] == [
        "opened the next step again: Agree the day",
        "did the next step: Agree the day",
    ]


def test_a_new_next_step_is_open_again(cast):
    conversation = conversation_of(cast, done_at=timezone.now())
    path = f"/conversations/{conversation.pk}/edit/"
    signed_in(cast.tutor).post(path, REVIEW | {"next_step": "Agree another day"})
    conversation.refresh_from_db()
    assert conversation.next_sentence() == "Agree another day, by 20 March 2026"


def test_conversations_are_found(cast):
    conversation_of(cast, with_whom="Amira", spoken_on=date(2026, 3, 5))
    conversation_of(cast, with_whom="Ben", spoken_on=date(2026, 3, 4), next_step="", next_on=None)
    conversation_of(cast, with_whom="Cleo", employer=cast.employer2, made_by=cast.tutor2, next_on=date(2026, 3, 10))
    conversation_of(cast, with_whom="Stranger", employer=cast.other_employer)
    own, asks = Conversation.objects.filter(employer__provider=cast.provider), SimpleNamespace(user=cast.tutor)
    found = {
        "": ["Amira", "Ben", "Cleo"],
        "q=final+amira": ["Amira"],
        "q=employer2": ["Cleo"],
        "step=due": ["Cleo"],
        "step=open": ["Cleo", "Amira"],
        "mine=on": ["Amira", "Ben"],
        "step=nonsense": ["Amira", "Ben", "Cleo"],
    }
    lists = {asked: ConversationFilter(QueryDict(asked), own, request=asks).qs for asked in found}
    assert {asked: [conversation.with_whom for conversation in rows] for asked, rows in lists.items()} == found
    assert shown(signed_in(cast.tutor).get("/conversations/?mine=on&page=99")) == ["Amira", "Ben"]


def test_a_next_step_is_done_on_the_list(cast):
    conversation = conversation_of(cast)
    response = signed_in(cast.tutor).post(f"/conversations/{conversation.pk}/done/", {"then": "list"})
    assert response.url == "/conversations/"


def test_empty_lists_say_what_to_do(cast):
    client = signed_in(cast.tutor)
    assert "Open an employer and write down" in client.get("/conversations/").content.decode()
    assert "No conversation is like that" in client.get("/conversations/?q=x").content.decode()
    assert add_path(cast) in client.get(tab(cast)).content.decode()


def test_the_list_takes_four_queries_and_the_tab_six(cast, django_assert_num_queries):
    client = signed_in(cast.tutor)
    for more in (1, 2):
        for _ in range(more):
            conversation_of(cast)
        with django_assert_num_queries(4):
            client.get("/conversations/")
        with django_assert_num_queries(6):
            client.get(tab(cast))
