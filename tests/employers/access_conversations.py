"""The access table of the conversations with employers (see tests/house/test_access.py)."""

from datetime import date

from employers.conversations.models import Conversation
from tests.posts import ANY_TUTOR_OF_THE_COLLEGE_POSTS, POST_ONLY

STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"
OWN_STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 404 404"
WHOSE_IT_IS = "in | 403 403 200 403 | 403 403 403 | 403 403 404 404"
TO_TAB = "in | 403 403 302 302 | 403 403 302 | 403 403 302 302"


def conversation_of(cast, **more) -> Conversation:
    """One that the tutor wrote down, with a next step."""
    facts = {
        "employer": cast.employer,
        "made_by": cast.tutor,
        "spoken_on": date(2026, 3, 3),
        "with_whom": "Manager Reed",
        "about": "The final review",
        "next_step": "Agree the day",
        "next_on": date(2026, 3, 20),
    }
    return Conversation.objects.create(**facts | more)


THINGS = {
    "conversation_employer": lambda cast: cast.employer.pk,
    "conversation": lambda cast: conversation_of(cast).pk,
}

ROWS = {
    "conversation_list": ("", STAFF),
    "employer_conversations": ("pk=conversation_employer", TO_TAB),
    "conversation_add": ("pk=conversation_employer", OWN_STAFF),
    "conversation_edit": ("pk=conversation", WHOSE_IT_IS),
    "conversation_remove": ("pk=conversation", POST_ONLY),
    "conversation_done": ("pk=conversation", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
    "conversation_reopen": ("pk=conversation", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
}
