"""Makes the demo: the told stories by verbs, and as many more students as are asked for in bulk."""

from datetime import time

from django.db import transaction

from placements.hours.totals import gathered
from reviews.demo.cohort import COHORT
from reviews.demo.founding import Founding
from reviews.demo.moments import Calendar, at
from reviews.demo.places import COLLEGES
from reviews.demo.telling import Acts, Told

SEED = "T Level"
AT_TEN = time(10)
TOLD = sum(len(learners) for learners in COHORT.values())


@transaction.atomic
def make_demo(*, seed: str = SEED) -> list[Founding]:
    """Make the two providers and everybody's story. Of the same day and seed it is always the same."""
    calendar, acts, colleges = Calendar(), Acts(), []
    with gathered():
        with at(calendar.moment(calendar.week(26), AT_TEN)):
            for college in COLLEGES:
                founding = Founding(college, calendar, seed)
                colleges.append(founding)
                for learner in COHORT[college.key]:
                    student = founding.student(learner)
                    for stay in learner.stays:
                        Told(acts, calendar, founding, student, learner, stay, seed).tell()
        acts.run()
    return colleges
