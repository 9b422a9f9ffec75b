"""What the demo's colleges sent of last year's students, before the last of them was signed off."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from reviews.demo.moments import at
from reviews.returns.choosing import Choice
from reviews.returns.kinds import PLACEMENTS, RESULTS
from reviews.returns.making import make
from reviews.signoff import considering, signing
from reviews.signoff.models import Reason
from students.models import Student

JUDGED = "Good progress with every goal in the weeks that there were."
WHY = (
    "The office was closed after nine weeks. Four employers nearby were asked, and none could take another student "
    "before the end of the course."
)
CONFIRMED = "I spoke to two of the employers myself."


def complete_with_consideration(student: Student, founding):
    """Too few hours through no fault of the student: proposed by the tutor, confirmed by the office, signed off."""
    last_on = student.placements.get().last_on
    days = [timezone.make_aware(datetime.combine(last_on + timedelta(days=n), time(14, 20))) for n in (14, 16, 17)]
    with at(days[0]):
        signing.judge(student, is_sufficient=True, words=JUDGED, by=student.tutor)
        proposed = considering.propose(student, reasons=Reason.objects.filter(code="W"), words=WHY, by=student.tutor)
    with at(days[1]):
        proposed.confirm(by=founding.coordinator, words=CONFIRMED)
    with at(days[2]):
        signing.sign_off(student, by=student.tutor)


def send_results(founding, student: Student):
    """Both returns of the year of `student`, on the morning after they were signed off."""
    signed_off_at = Student.objects.get(pk=student.pk).signed_off_at
    choice = Choice([student.entry_year], None)
    with at(signed_off_at + timedelta(hours=17)):
        for kind in (RESULTS, PLACEMENTS):
            make(kind, choice, founding.provider.pk, by=founding.coordinator)
