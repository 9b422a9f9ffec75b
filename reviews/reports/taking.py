"""What a student takes along of their hours: the statement with every day and the rules behind it."""

from functools import partial

from django.utils import timezone

from placements.hours.receipt import receipt_for
from portal.taking import Part, Sheet, takes
from reviews.reports.sheets.hours import statement_of


@takes(20, "Hours")
def hours(student, user, wanted):
    """Always, also where nothing counts yet: the statement says so."""
    receipt = receipt_for(student, timezone.localdate())
    return Part(sheets=[Sheet("Statement of hours", "print/statement.html", partial(statement_of, student, receipt))])
