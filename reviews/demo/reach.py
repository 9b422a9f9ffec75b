"""Hours that cannot be reached: one student's tutor has seen it and said what was done, the other's has not yet."""

from datetime import time, timedelta

from reviews.demo.moments import Calendar, at
from reviews.risk.models import Standing
from reviews.risk.seeing import see_reach

SEEN = "carys.pugh@other.test"
NOTE = "Fairmile can take her on Thursdays as well from next month. She is thinking about it until our next meeting."


def put_aside(founding, calendar: Calendar):
    """The tutor of SEEN looked at it five days ago. How students stand is worked out already."""
    for standing in Standing.objects.filter(provider=founding.provider, student__user__email=SEEN):
        with at(calendar.moment(calendar.today - timedelta(days=5), time(16, 10))):
            see_reach(standing, by=standing.tutor, note=NOTE)
