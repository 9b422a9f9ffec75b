"""An opportunity in words and figures: its pattern, how many hours it comes to, whether it is for this student."""

from dataclasses import dataclass, field
from datetime import date

from employers.opportunities.models import Opportunity
from placements.bank_holidays import bank_holidays
from placements.finding.accepting import first_day
from placements.pattern import Pattern
from placements.setup.plan import problems_together
from placements.working_time import in_hours
from students.models import Student

SOON_DAYS = 7


def pattern_of(opportunity: Opportunity) -> Pattern:
    """Its days and times. They should be prefetched where there are many."""
    return Pattern(opportunity.days.all())


def pattern_words(opportunity: Opportunity) -> str:
    """'Mon to Wed 09:00 to 17:00', or that it is not agreed yet."""
    return pattern_of(opportunity).described(opportunity.first_on) or "Days and times are still to be agreed"


def week_minutes(opportunity: Opportunity) -> int:
    """Minutes of work in a full week."""
    return sum(day.minutes for day in opportunity.days.all())


def all_minutes(opportunity: Opportunity) -> int:
    """Minutes from the first day (today, where that is past) to the last, bank holidays left out."""
    first, last = first_day(opportunity.first_on), opportunity.last_on
    return pattern_of(opportunity).minutes_between(first, last, without=bank_holidays(first, last))


@dataclass
class Match:
    """An opportunity beside a student: what speaks for it, and what to think about. Nobody is matched by machine."""

    opportunity: Opportunity
    fits: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def rank(self) -> tuple:
        return len(self.doubts), -len(self.fits), self.opportunity.closes_on, self.opportunity.pk


def matches_of(student: Student, opportunities, placements, tried: dict, today: date) -> list[Match]:
    """The opportunities with reasons, the best first. Asks no database: days, sites and placements are there.

    `placements` are the student's that are not over; `tried` maps opportunities to how an application for it went.
    """
    return sorted((match(student, found, placements, tried, today) for found in opportunities), key=lambda m: m.rank)


def match(student: Student, opportunity: Opportunity, placements, tried: dict, today: date) -> Match:
    found, first = Match(opportunity), student.user.first_name
    course = f"{student.tlevel}, {opportunity.specialism}" if opportunity.specialism else str(student.tlevel)
    found.fits.append(f"It is for {course}, which {first} studies.")
    if opportunity.town and opportunity.town in student.provider.address:
        found.fits.append(f"It is in {opportunity.town}, as the college is.")
    found.fits.append(places_and_queue(opportunity))
    dates(found, placements)
    hours(found, student)
    working_time(found, student, placements)
    if (opportunity.closes_on - today).days <= SOON_DAYS:
        found.doubts.append(f"Applications end soon, on {opportunity.closes_on:%-d %B %Y}.")
    if opportunity.pk in tried:
        found.doubts.append(f"{first} has tried it before: {tried[opportunity.pk]}.")
    return found


def places_and_queue(opportunity: Opportunity) -> str:
    """Needs the annotation `waiting`: how many applications for it are open."""
    waiting = getattr(opportunity, "waiting", 0)
    who = {0: "nobody has applied yet", 1: "1 student has applied"}.get(waiting, f"{waiting} students have applied")
    return f"{opportunity.places_sentence().removesuffix(' left')} free, and {who}."


def dates(found: Match, placements):
    first, last = first_day(found.opportunity.first_on), found.opportunity.last_on
    in_the_way = [placement for placement in placements if placement.first_on <= last and placement.last_on >= first]
    span = f"{first:%-d %B %Y} to {last:%-d %B %Y}"
    if last < first:
        found.doubts.append(f"Its last day was {last:%-d %B %Y}.")
    elif in_the_way:
        names = " and ".join(str(placement.employer) for placement in in_the_way)
        found.doubts.append(f"It runs from {span}, at the same time as the placement at {names}.")
    else:
        found.fits.append(f"It runs from {span}, with no other placement in that time.")


def hours(found: Match, student: Student):
    needed = max(student.hours.required - student.hours.counted, 0)
    comes_to = all_minutes(found.opportunity) if week_minutes(found.opportunity) else 0
    if not comes_to:
        found.doubts.append("Days and times are still to be agreed.")
        return
    says = f"It comes to about {in_hours(comes_to - comes_to % 60)}, and {in_hours(needed)} are still needed."
    (found.fits if comes_to >= needed else found.doubts).append(says)


def working_time(found: Match, student: Student, placements):
    pattern = pattern_of(found.opportunity)
    first, last = first_day(found.opportunity.first_on), found.opportunity.last_on
    if pattern and first <= last:
        problems = problems_together(student, pattern, placements, first, last)
        found.doubts += [f"Working time: {problem}" for problem in problems]
        if not problems:
            found.fits.append(
                f"{pattern_words(found.opportunity)} keeps within working time for {student.user.first_name}."
            )
