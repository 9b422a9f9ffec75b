"""The certificates of the demo: one issued, the others of those who are signed off still to be issued."""

from datetime import time

from reviews.certificates.issuing import issue, waiting
from reviews.demo.moments import at
from reviews.demo.places import COLLEGES


def issue_certificate(founding, calendar):
    """For whoever was signed off last, at the first college. Making and signing one takes a second."""
    if founding.college.key != COLLEGES[0].key:
        return
    rows = waiting().filter(provider=founding.provider).select_related("student__user", "provider", "signed_off_by")
    with at(calendar.moment(calendar.today, time(8, 40), hours_ago=1)):
        if signoff := rows.order_by("-signed_off_at").first():
            issue(signoff, by=founding.coordinator)
