"""A student's hours over time against the pace needed: points, a sentence, and the drawing (portal.charts)."""

from collections import defaultdict
from datetime import date, timedelta

from placements.hours.receipt import Receipt
from placements.several import without_tasters
from placements.timesheets.models import monday_of
from portal.charts import Reached, hours_chart
from portal.words import hours, long_date

WEEK = timedelta(weeks=1)


def needed_by(receipt: Receipt, day: date) -> int:
    """The pace needed: the required minutes spread over the agreed ones of all placements, as far as `day`.

    Bank holidays and absences told in advance ask for nothing, nor do work tasters. 0 where nothing is agreed.
    """
    courses = without_tasters(receipt.courses)
    agreed = sum(course.agreed(course.first_on, course.last_on) for course in courses)
    so_far = sum(course.agreed(course.first_on, min(day, course.last_on)) for course in courses)
    return receipt.required * so_far // agreed if agreed else 0


def points(receipt: Receipt) -> list[Reached]:
    """How far the hours had come each Sunday; first the Sunday before the beginning. [] without a placement.

    Days to come have the pace only; the week of today stands among the known ones if it is handed in.
    """
    if not without_tasters(receipt.courses):
        return []
    added = defaultdict(lambda: [0, 0])
    for week in receipt.weeks:
        for line in week.lines:
            added[monday_of(line.spent.day)][line.spent.waiting] += line.counts
    this_monday = monday_of(receipt.today)
    monday = min([*added, *(monday_of(course.first_on) for course in receipt.courses)])
    last = max([*added, *(monday_of(course.last_on) for course in receipt.courses)])
    counted = waiting = 0
    found = [Reached(monday - timedelta(days=1), 0, 0, 0)]
    while monday <= last:
        is_known = monday < this_monday or (monday == this_monday and monday in added)
        counted, waiting = counted + added[monday][0], waiting + added[monday][1]
        sunday = monday + timedelta(days=6)
        needed = needed_by(receipt, sunday)
        found.append(Reached(sunday, counted, waiting, needed) if is_known else Reached(sunday, None, None, needed))
        monday += WEEK
    return found


def standing(receipt: Receipt) -> str:
    """How far the hours are, and ahead or behind the pace needed at the end of the last complete week."""
    said = (
        f"{hours(receipt.counted)} count and {hours(receipt.waiting)} wait for approval, "
        f"of {hours(receipt.required)} required."
    )
    sunday = monday_of(receipt.today) - timedelta(days=1)
    needed = needed_by(receipt, sunday)
    if not needed or receipt.is_signed_off or receipt.counted >= receipt.required:
        return said
    gap = receipt.counted + receipt.waiting - needed
    where = f"{hours(abs(gap))} {'ahead of' if gap > 0 else 'behind'}" if gap else "level with"
    return f"{said} Together that is {where} the pace needed by {long_date(sunday)}, which was {hours(needed)}."


def drawn(receipt: Receipt):
    """The chart as SVG, or '' without a placement."""
    found = points(receipt)
    if not found:
        return ""
    title = f"Hours of {receipt.student} over time"
    return hours_chart(found, receipt.required, title=title, description=standing(receipt))
