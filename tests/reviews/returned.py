"""Returns that were made, for tests."""

from reviews.returns.choosing import Choice
from reviews.returns.kinds import KINDS
from reviews.returns.making import make
from reviews.returns.models import Return
from students.models import Student

ULNS = ["9276308686", "1000000019", "1000000108", "1000000205"]
EVERYBODY = Choice(["2025/26"], None)


def returned(cast, kind="results", choice=EVERYBODY) -> Return:
    """A return of the cast's college, in which the student has a ULN and student2 has none."""
    Student.objects.filter(pk=cast.student_record.pk).update(uln=ULNS[0])
    return make(KINDS[kind], choice, cast.provider.pk, by=cast.coordinator)[0]
