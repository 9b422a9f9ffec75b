"""A new SECRET_KEY, with the old one in SECRET_KEY_FALLBACKS: every link in a mail of before opens what it did."""

import pytest

from placements.approvals.models import DecisionLink
from portal.notices.mail import absolute
from portal.people import invitations
from reviews.meetings.telling import calendar_url
from tests.factories import UserFactory
from tests.portal.access import trial_of
from tests.reviews.meetings_ready import agreed_meeting

pytestmark = pytest.mark.django_db

LINKS = {
    "weeks": lambda cast: absolute(DecisionLink.objects.create(manager=cast.manager).path()),
    "ask": lambda cast: absolute(trial_of(cast).path()),
    "invitation": lambda cast: absolute(invitations.path_for(UserFactory(password=None))),
    "calendar": lambda cast: calendar_url(agreed_meeting(cast)),
}


@pytest.mark.parametrize("kind", LINKS)
def test_a_link_signed_with_an_earlier_key_opens(kind, cast, week, client, settings):
    link = LINKS[kind](cast)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another one", [settings.SECRET_KEY]
    assert client.get(link).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(link).status_code == 404
