"""What the students of the demo wrote into their logbooks, and what was said about it, by the verbs of the pages."""

import io
import uuid
from datetime import time, timedelta
from random import Random

from PIL import Image, ImageDraw

from placements.bank_holidays import name_of
from placements.behaviours.models import Behaviour
from placements.logbook import commenting, writing
from placements.logbook.goal_lines import current_lines
from placements.logbook.views.evidence import rate
from portal.uploads import Accepted
from reviews.demo.logbook_words import COMMENTS, LEARNED, MAYA, RATINGS, Written
from reviews.demo.moments import SEED, is_christmas

EVENING = time(18, 40)


class Logbook:
    """The logbook of one told placement (reviews.demo.telling.Told)."""

    def __init__(self, told):
        self.told, self.calendar, self.student = told, told.calendar, told.student.user
        self.rng = Random(f"{SEED} logbook {self.student.email} {told.stay.firm}")
        self.entries = {}

    def tell(self):
        """Add all acts: many for the student whom the demo shows first, a few for every fifth of the others."""
        if self.student.email == "student@demo.test":
            written, ratings = MAYA, RATINGS
        elif self.rng.random() < 0.2 and self.told.stay.begun > 1:
            written, ratings = self.a_few(), RATINGS[:1]
        else:
            return
        for number, entry in enumerate(written):
            if day := self.day_of(entry.ago, entry.which):
                self.tell_entry(number, entry, day)
        for ago, levels in ratings:
            if days := self.told.days(min(ago, self.told.stay.begun)):
                self.at(days[0], time(19, 5), lambda levels=levels: self.rate(levels))

    def at(self, day, clock, do, hours_ago=1):
        self.told.acts.add(self.calendar.moment(day, clock, hours_ago=hours_ago), do)

    def day_of(self, ago: int, which: int):
        """A day of that week on which the student was at work and that is over; None if there is none."""
        days = [day for day in self.told.days(ago) if not name_of(day) and not is_christmas(day)]
        away = self.told.stay.away.get(ago, (None, 0))[1]
        days = days[: len(days) - away] if away else days
        days = [day for day in days if day < self.calendar.today]
        return days[min(which, len(days) - 1)] if days else None

    def a_few(self) -> list[Written]:
        """Two or three entries made of the work that the student does."""
        weeks = sorted(self.rng.sample(range(1, min(self.told.stay.begun, 8) + 1), 2), reverse=True)
        return [
            Written(ago, number, self.rng.choice(self.told.work), self.rng.choice(LEARNED), goals=(number + 1,))
            for number, ago in enumerate(weeks)
        ]

    # --- what happens ---

    def tell_entry(self, number: int, written: Written, day):
        self.at(day, EVENING, lambda: self.write(number, written, day), hours_ago=3)
        if written.asked:
            self.at(day, time(18, 45), lambda: self.ask(number), hours_ago=2.9)
        for after, who, words in written.said:
            self.at(
                day + timedelta(days=after), time(12, 20 + 5 * after),
                lambda who=who, words=words: self.say(number, who, words), hours_ago=2 - 0.2 * after,
            )  # fmt: skip
        if not written.said and written is not MAYA[-1] and self.rng.random() < 0.3:
            words = self.rng.choice(COMMENTS)
            self.at(day + timedelta(days=2), time(9, 30), lambda: self.say(number, "tutor", words))

    def write(self, number: int, written: Written, day):
        """Write the entry as its form does, and share it."""
        placement = self.told.placement
        goals = [line.held for line in current_lines(placement.goals.all())]
        entry = writing.begin(placement, key=uuid.UUID(int=self.rng.getrandbits(128)), day=day)
        data = {
            "day": day,
            "spell_starts": self.told.agreed[day.weekday()][0],
            "did": written.did,
            "learned": written.learned,
            "skills": written.skills,
            "goals": [goals[(wanted - 1) % len(goals)] for wanted in written.goals[: len(goals)]] if goals else [],
            "behaviours": list(Behaviour.objects.current().filter(code__in=written.behaviours)),
            "reflection": written.reflection,
        }
        writing.write(entry, data, by=self.student, seen=entry.version)
        if written.has_picture:
            writing.attach(entry, [Accepted("labelled-cables.jpg", "image/jpeg", cables())], by=self.student)
        if not written.is_draft:
            writing.publish(entry, by=self.student)
        self.entries[number] = entry

    def ask(self, number: int):
        if self.told.manager:
            commenting.ask_manager(self.entries[number], by=self.student)

    def say(self, number: int, who: str, words: str):
        """A comment by the manager, the tutor or the student themselves."""
        by = {"manager": self.told.manager, "tutor": self.told.tutor, "student": self.student}[who]
        if by:
            commenting.comment(self.entries[number], words, by=by)

    def rate(self, levels):
        for line, (level, note) in zip(current_lines(self.told.placement.goals.all()), levels, strict=False):
            rate(line.held, level, note, by=self.student)


def cables() -> bytes:
    """A small picture: a patch panel with labelled cables, drawn."""
    picture = Image.new("RGB", (800, 600), "#d9d4c8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 90, 740, 250), fill="#2b2f33")
    draw.rectangle((60, 330, 740, 490), fill="#2b2f33")
    colours = ["#e0b13c", "#2f7fb8", "#3f9a6b", "#c2533d"]
    for number in range(12):
        left, colour = 90 + number * 54, colours[number % len(colours)]
        draw.rectangle((left, 150, left + 34, 190), fill="#0d0f10", outline="#8f959b")
        draw.rectangle((left, 390, left + 34, 430), fill="#0d0f10", outline="#8f959b")
        draw.line((left + 17, 180, left + 17 + (number % 3 - 1) * 30, 300, left + 17, 400), fill=colour, width=9)
        draw.rectangle((left - 2, 205, left + 36, 228), fill="#fffdf9")
        draw.text((left + 4, 209), f"A{number + 1:02}", fill="#1e2b28")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
