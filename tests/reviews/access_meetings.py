"""The access table of review meetings (see tests/house/test_access.py)."""

from reviews.meetings.models import Action, Meeting
from reviews.meetings.telling import token_of
from tests.posts import ANY_COORDINATOR_POSTS, KEEPS_THE_WORDS, POST_ONLY
from tests.reviews.meetings_ready import agreed_meeting, held_meeting, offered_meeting

EVERYBODY = "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"
STAFF = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"
OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"
ANYBODY = "200 | 200 200 200 200 | 200 200 200 | 200 200 200 200"


def action_of(cast):
    return Action.objects.filter(meeting=held_meeting(cast)).latest("pk").pk


def past_meeting(cast):
    return agreed_meeting(cast, days=-1).pk


def calendar_meeting(cast):
    """The first one that there is: the same for address and token."""
    return Meeting.objects.filter(sequence__gt=0).first() or agreed_meeting(cast)


THINGS = {
    "meeting_placement": lambda cast: cast.placement.pk,
    "meeting_offered": lambda cast: offered_meeting(cast).pk,
    "meeting_agreed": lambda cast: agreed_meeting(cast).pk,
    "meeting_past": past_meeting,
    "meeting_held": lambda cast: held_meeting(cast).pk,
    "meeting_action": action_of,
    "meeting_dated": lambda cast: calendar_meeting(cast).pk,
    "meeting_token": lambda cast: token_of(calendar_meeting(cast)),
}

ROWS = {
    "review_meeting_list": ("", "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"),
    "meeting_list": ("pk=meeting_placement", EVERYBODY),
    "meeting_add": ("pk=meeting_placement", STAFF),
    "meeting_pattern": ("", OFFICE),
    "meeting_pattern_reset": ("", ANY_COORDINATOR_POSTS),
    "meeting_detail": ("pk=meeting_held", EVERYBODY),
    "meeting_offer": ("pk=meeting_offered", STAFF),
    "meeting_ask": ("pk=meeting_offered", POST_ONLY),
    "meeting_fix": ("pk=meeting_offered", STAFF),
    "meeting_miss": ("pk=meeting_past", STAFF),
    "meeting_cancel": ("pk=meeting_agreed", STAFF),
    "meeting_prepare": ("pk=meeting_agreed", "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"),
    "meeting_record": ("pk=meeting_agreed", STAFF),
    "meeting_write": ("pk=meeting_agreed", KEEPS_THE_WORDS),
    "meeting_reopen": ("pk=meeting_held", STAFF),
    "meeting_confirm": ("pk=meeting_held", KEEPS_THE_WORDS),
    "meeting_confirm_at_table": ("pk=meeting_held", KEEPS_THE_WORDS),
    "meeting_action_tick": ("pk=meeting_action", POST_ONLY),
    "meeting_print": ("pk=meeting_held", EVERYBODY),
    "meeting_pdf": ("pk=meeting_held", EVERYBODY),
    "meeting_calendar": ("pk=meeting_dated token=meeting_token", ANYBODY),
}
