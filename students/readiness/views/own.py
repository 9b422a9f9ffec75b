"""The student's own page: what is settled for the start, and what comes."""

from django.shortcuts import render

from portal.access import role_required
from portal.people.models import Role
from students.readiness.standing import standings_of
from students.whose import own_student

# Where a student can do something about a point: its code, the name of an address, the words of the link.
PLACES = {
    "employability": ("selfassessment_list", "My self-assessment"),
    "behaviour": ("behaviour_list", "How I behave at work"),
    "application": ("paper_list", "My CV and cover letter"),
    "worries": ("concern_own_list", "When something is wrong"),
    "progress": ("logbook_list", "My logbook"),
}


@role_required(Role.STUDENT)
def readiness_own(request):
    """Nothing to do here but to read: the college settles the points."""
    own = own_student(request).pk
    rows = [(standing, PLACES.get(standing.point.code)) for standing in standings_of([own]).of(own)]
    settled = [standing for standing, _ in rows if standing.settled]
    context = {"settled": settled, "to_come": [row for row in rows if not row[0].settled], "of": len(rows)}
    return render(request, "readiness/readiness_own.html", context)
