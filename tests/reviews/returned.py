"""Returns that were made, for tests."""

from django.http import QueryDict

from reviews.returns.choosing import Choice
from reviews.returns.filters import ReturnFilter
from reviews.returns.kinds import KINDS, RESULTS
from reviews.returns.making import make
from reviews.returns.models import Return
from students.models import Student

ULNS = ["9276308686", "1000000019", "1000000108", "1000000205"]
PREVIEW, MAKE = "/returns/new/results/", "/returns/new/results/make/"
EVERYBODY = Choice(["2025/26"], None)


def returned(cast, kind="results", choice=EVERYBODY) -> Return:
    """A return of the cast's college, in which the student has a ULN and student2 has none."""
    Student.objects.filter(pk=cast.student_record.pk).update(uln=ULNS[0])
    return make(KINDS[kind], choice, cast.provider.pk, by=cast.coordinator)[0]


def numbered(*students):
    for student, uln in zip(students, ULNS, strict=False):
        Student.objects.filter(pk=student.pk).update(uln=uln)


def made_for(cast, choice=EVERYBODY) -> Return:
    return make(RESULTS, choice, cast.provider.pk, by=cast.coordinator)[0]


def chosen_by(query, kind=RESULTS) -> ReturnFilter:
    """The filters of the page with this query, without the page."""
    return ReturnFilter(QueryDict(query), kind.usual)


def lines_for(cast, choice=EVERYBODY) -> list:
    return RESULTS.lines(choice.of(Student.objects.filter(provider=cast.provider)))


def sent(response) -> dict:
    """What the button of this page sends."""
    return response.context["choice"].asked | {"seen": response.context["digest"]}


def content_of(made) -> list[str]:
    [file] = made.files.all()
    return bytes(file.file.content).decode().split("\r\n")
