"""Makes the demo: the told stories by verbs, and as many more students as are asked for in bulk."""

from datetime import time

from django.db import transaction

from placements.hours.totals import gathered, refresh
from reviews.demo.beginning import Beginning, add_own_points
from reviews.demo.certificates import issue_certificate
from reviews.demo.checks import Checked
from reviews.demo.cohort import COHORT
from reviews.demo.concerns import Worried
from reviews.demo.conversations import tell_conversations
from reviews.demo.crowd import Crowd
from reviews.demo.crowd_endings import complete_some
from reviews.demo.finding import Seeking
from reviews.demo.founding import Founding
from reviews.demo.goals import fill_library
from reviews.demo.growing import tell_growth
from reviews.demo.interviews import tell_interviews
from reviews.demo.lastyear import LastYear, add_up
from reviews.demo.meetings import drop_what_is_past
from reviews.demo.moments import Calendar, at
from reviews.demo.papers import tell_papers
from reviews.demo.places import COLLEGES
from reviews.demo.reach import put_aside
from reviews.demo.ready import look_at_links, tell_ready
from reviews.demo.signoffs import Completed
from reviews.demo.support import Supported
from reviews.demo.telling import Acts, Told

TOLD = sum(len(learners) for learners in COHORT.values())
PER_TUTOR = 30


@transaction.atomic
def make_demo(*, students: int = TOLD, colleges=COLLEGES):
    """Make the providers and everybody's story. On the same day it is always the same."""
    calendar, acts = Calendar(), Acts()
    with gathered():
        with at(calendar.moment(calendar.week(26), time(10))):
            founded = [Founding(college, calendar) for college in colleges]
            for founding in founded:
                checked = Checked(founding, calendar)
                checked.record()
                checked.tell(acts)
                tell_conversations(founding, calendar, acts)
                add_own_points(founding)
                fill_library(founding)
                tell(founding, calendar, acts)
                Seeking(founding, calendar, acts).tell()
                Worried(founding, acts, calendar).tell()
                Supported(founding, acts, calendar).tell()
                tell_growth(founding, calendar, acts)
                tell_ready(founding, calendar, acts)
                tell_papers(founding, calendar, acts)
                tell_interviews(founding, calendar, acts)
                Completed(founding, calendar).tell(acts)
        acts.add(calendar.moment(calendar.today, time(6), hours_ago=1.5), drop_what_is_past)
        look_at_links(calendar, acts)
        acts.run()
        for founding in founded:
            refresh(*LastYear(founding, calendar).write())
            Completed(founding, calendar).complete()
            share = len(COHORT[founding.college.key]) / TOLD
            add_crowd(founding, round((students - TOLD) * share), calendar)
    for founding in founded:
        add_up(founding, calendar)
        put_aside(founding, calendar)
        issue_certificate(founding, calendar)


def tell(founding: Founding, calendar: Calendar, acts: Acts):
    """The students of a college with their stories."""
    for learner in COHORT[founding.college.key]:
        student = founding.student(learner)
        for stay in learner.stays:
            told = Told(acts, calendar, founding, student, learner, stay)
            told.tell()
            if not stay.is_taster:
                Beginning(told).tell()


def add_crowd(founding: Founding, students: int, calendar: Calendar):
    """More students, in bulk; the end of the way of a few by the verbs."""
    if not students:
        return
    domain = f"crowd.{founding.college.domain}"
    crowd = Crowd(founding.provider, domain=domain, per_tutor=PER_TUTOR, history=True)
    made = crowd.make(students)
    refresh(*made)
    complete_some(founding, calendar, made)
