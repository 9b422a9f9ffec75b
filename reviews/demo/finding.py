"""Who looks for a place in the demo, who offers one, and how far each of them is: by the acts that pages use."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from employers.opportunities.keeping import keep
from employers.opportunities.models import Opportunity, OpportunityDay
from placements.finding.applying import give_feedback, put_forward, send_application
from placements.finding.models import Application, Feedback, Find
from portal.history import models as history
from reviews.demo import finding_words as words
from reviews.demo.moments import Calendar
from reviews.demo.papers import cv_of
from reviews.demo.places import PATTERNS
from students.models import Student
from students.papers import keeping
from students.tlevels.models import TLevel


class Seeking:
    """The search for places at one college. Everything is added to `acts`, and done in the order of time."""

    def __init__(self, founding, calendar: Calendar, acts):
        self.founding, self.calendar, self.acts = founding, calendar, acts
        self.made, self.sent = {}, {}

    def tell(self):
        for offer in words.OFFERS[self.founding.college.key]:
            self.do(offer.days_ago + 1, 9, lambda offer=offer: self.offer(offer))
        for line in words.TRIED[self.founding.college.key]:
            self.try_it(line)
        for found in words.FOUND[self.founding.college.key]:
            self.do(found["days_ago"], 18, lambda found=found: self.find(found))

    def do(self, days_ago: int, hour: int, act):
        day = self.calendar.today - timedelta(days=days_ago)
        self.acts.add(self.calendar.moment(day, time(hour, 20), hours_ago=1 + 1 / hour), act)

    def person(self, name: str):
        return self.founding.people[f"{name}@{self.founding.college.domain}"]

    def student(self, name: str) -> Student:
        rows = Student.objects.select_related("user", "tutor", "provider", "tlevel", "specialism")
        return rows.get(user=self.person(name), provider=self.founding.provider)

    def application(self, key) -> Application:
        return Application.objects.with_people().get(pk=self.sent[key].pk)

    # --- what is offered ---

    def offer(self, offer):
        employer, today = self.founding.firms[offer.firm], self.calendar.today
        first_on = self.calendar.week(-offer.begins)
        opportunity = Opportunity(
            employer=employer,
            site=employer.demo_sites[offer.site],
            manager=employer.demo_managers[offer.manager],
            role=offer.role,
            description=offer.description,
            first_on=first_on,
            last_on=first_on + timedelta(weeks=offer.lasts, days=-3),
            places=offer.places,
            closes_on=today + timedelta(days=offer.closes),
        )
        days = [
            OpportunityDay(weekday=weekday, starts=starts, finishes=finishes, break_minutes=pause)
            for weekday, starts, finishes, pause in PATTERNS[offer.pattern]
        ]
        tlevels = TLevel.objects.filter(title__in=offer.tlevels)
        keep(opportunity, tlevels=tlevels, days=days, by=self.founding.coordinator)
        self.made[offer.key] = opportunity
        if offer.closed:
            opportunity.close(by=self.founding.coordinator, reason=offer.closed)

    def opportunity(self, key: str) -> Opportunity:
        return Opportunity.objects.with_people().get(pk=self.made[key].pk)

    # --- what is tried ---

    def try_it(self, line):
        key, days = (line.student, line.offer), line.days_ago
        if line.forward:
            self.do(days, 10, lambda: self.forward(key, line))
            return
        self.do(days, 17, lambda: self.send(key, line))
        for verb, after, details in line.then:
            self.do(days - after, 11, lambda verb=verb, details=details: self.move(key, verb, details))
        if line.given or line.told:
            self.do(days - line.then[-1][1] - 1, 15, lambda: self.feed_back(key, line))

    def forward(self, key, line):
        student = self.student(line.student)
        self.sent[key] = put_forward(self.opportunity(line.offer), student, words=line.note, by=student.tutor)

    def send(self, key, line):
        student = self.student(line.student)
        version = keeping.present_cv(student)
        if version is None:
            paper, accepted = keeping.cv_of(student), cv_of(student.name)
            version = keeping.add_version(paper, accepted, pages=1, by=student.user)
        cv = version.file
        self.sent[key] = send_application(self.opportunity(line.offer), student, note=line.note, cv=cv, by=student.user)

    def move(self, key, verb: str, details: dict):
        application, details = self.application(key), dict(details)
        if "on" in details:
            ago, weekday, hour = details.pop("on")
            day = self.calendar.week(ago) + timedelta(days=weekday)
            details["at"] = timezone.make_aware(datetime.combine(day, time(hour)))
        if "until" in details:
            details["answer_by"] = self.calendar.today + timedelta(days=details.pop("until"))
        getattr(application, verb)(by=application.opportunity.manager, **details)

    def feed_back(self, key, line):
        application = self.application(key)
        if line.given:
            give_feedback(application, Feedback.Source.GIVEN, line.given, by=application.opportunity.manager)
        if line.told:
            give_feedback(application, Feedback.Source.TOLD, line.told, by=application.student.user)

    # --- what students found themselves ---

    def find(self, found: dict):
        student, today = self.student(found["student"]), self.calendar.today
        find = Find(student=student, **found["facts"])
        find.first_on, find.last_on = self.calendar.week(-6), today + timedelta(weeks=24)
        find.save()
        history.record(find, "told of it", by=student.user)
