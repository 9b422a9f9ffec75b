"""How students of the demo get ready: points that tutors settled, useful links, how they see their behaviour."""

from datetime import time, timedelta
from itertools import groupby
from random import Random

from placements.behaviours.forms import GroupForm, name_of, save_group
from placements.behaviours.models import Behaviour, BehaviourReflection, by_group
from reviews.demo.moments import SEED, Calendar
from students.models import Student
from students.readiness.models import Point
from students.readiness.settling import settle, write
from students.readiness.standing import standings_of
from students.resources.checking import check_links
from students.resources.keeping import keep
from students.resources.models import Link, Topic

TAUGHT = ("technical", "employability", "behaviour")
TALKED_ABOUT = ("application", "research", "role", "worries")
NOTES = {
    "role": "Talked it through with the line manager at the visit.",
    "application": "Two pages, and the mock interview went well.",
    "worries": "Knows that I am there on Tuesdays and Thursdays, and whom to ask at work.",
}
REFLECTIONS = (9, 2)  # weeks ago
WORDS = {
    "professionalism": "Being on time is easy for me. Staying calm on a Monday is not, with all phones ringing.",
    "team": "We take turns with the hard calls now.",
    "communication": "My tickets are clearer than in the first weeks. On the phone I still talk too fast.",
}
GONE = "suitedandbooted"


def tell_ready(founding, calendar: Calendar, acts):
    """Tutors settle points for their groups; the placement office adds a link; a few look at their own behaviour."""
    students = list(Student.objects.filter(provider=founding.provider).select_related("user", "tutor").order_by("pk"))
    rng = Random(f"{SEED} ready {founding.college.key}")
    tutored = sorted((one for one in students if one.tutor), key=lambda one: one.tutor_id)
    for number, (_, group) in enumerate(groupby(tutored, key=lambda one: one.tutor_id)):
        group = list(group)
        day = calendar.week(14) + timedelta(days=number % 5)
        acts.add(
            calendar.moment(day, time(15, 30)), settling(group, TAUGHT, "Autumn lessons, and the day on behaviour")
        )
        most = [one for one in group if rng.random() < 0.8]
        acts.add(calendar.moment(day + timedelta(weeks=1), time(16, 10)), settling(most, TALKED_ABOUT, ""))
        meant = settling(most, ("progress",), "Goals, logbook and reviews: how they fit together")
        acts.add(calendar.moment(calendar.week(1) + timedelta(days=number % 5), time(15, 45)), meant)
    own = Link(
        provider=founding.provider, topic=Topic.CV, title=f"Careers team at {founding.provider.name}",
        url=f"https://www.{founding.college.domain}/careers", words="Bring your CV on any Wednesday, just walk in.",
        is_checked=False,
    )  # fmt: skip
    acts.add(calendar.moment(calendar.week(13), time(9, 20)), lambda: keep(own, by=founding.coordinator))
    for number, student in enumerate(students[:4]):
        is_maya = student.user.email == f"student@{founding.college.domain}"
        low = {one: rng.randint(2, 4) for one in Behaviour.objects.current()}
        for weeks, given in zip(
            REFLECTIONS, (low, {one: min(5, low[one] + rng.randint(0, 1)) for one in low}), strict=True
        ):
            moment = calendar.moment(calendar.week(weeks) + timedelta(days=3), time(17, 40))
            acts.add(moment, reflecting(student, given, WORDS if is_maya else {}, is_shared=number != 2))
        if is_maya:
            acts.add(calendar.moment(calendar.week(13), time(11, 5)), noting(student))


def look_at_links(calendar: Calendar, acts):
    """The weekly look at all links: one of them has gone."""
    gone = "The page is not there any more (404)"
    look = lambda url: gone if GONE in url else ""  # noqa: E731
    acts.add(calendar.moment(calendar.week(0), time(3, 0)), lambda: check_links(look=look))


def settling(students, codes, note: str):
    """The tutor settles the points of `codes` for a group."""

    def act():
        points = [point for point in Point.objects.current() if point.code in codes]
        if students:
            settle(students, points, students[0].provider, note=note, by=students[0].tutor)

    return act


def noting(student):
    """The tutor adds notes to the points of one student, and settles what is left."""

    def act():
        standings = standings_of([student.pk])
        seen = {one.point.code: one.settled.note for one in standings.of(student.pk) if one.settled}
        wanted = {point.code: NOTES.get(point.code, seen.get(point.code, "")) for point in standings.points}
        write(student, standings.points, wanted, seen, by=student.tutor)

    return act


def reflecting(student, given: dict, words: dict, *, is_shared: bool):
    """The student rates the behaviours, group by group as on the page, and finishes."""

    def act():
        reflection = BehaviourReflection.objects.create(student=student)
        for _, behaviours in by_group(given):
            data = {name_of(one): str(given[one]) for one in behaviours}
            group = behaviours[0].group
            form = GroupForm(behaviours, {}, "", data | {"words": words.get(group, "")})
            form.is_valid()
            save_group(reflection, group, form)
        reflection.finish(by=student.user)
        if is_shared:
            reflection.hand_in(by=student.user)

    return act
