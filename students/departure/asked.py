"""What was asked by mail about a student ends once they have left: links open nothing, no reminder goes out."""

from functools import reduce
from operator import or_

from django.db.models import Model, Q
from django.utils import timezone

from portal.asks.kinds import kinds
from portal.asks.models import Ask
from portal.history.models import label_of
from students.models import Student

WAYS = {"student": "student", "placement": "placement__student"}


def way_to_student(model: type[Model]) -> str:
    """The way from a record to its student ('placement__student'); '' where it is about none."""
    names = {field.name for field in model._meta.concrete_fields}
    return next((way for name, way in WAYS.items() if name in names), "")


def end_asks(student: Student):
    """Take back every open ask about the student's records, whichever room asked. One query."""
    found = []
    for kind in kinds.values():
        if way := way_to_student(kind.model):
            rows = kind.model.objects.filter(**{way: student}).order_by().values("pk")
            found.append(Q(kind=kind.name, about=label_of(kind.model), about_id__in=rows))
    Ask.objects.open().filter(reduce(or_, found)).update(withdrawn_at=timezone.now())
