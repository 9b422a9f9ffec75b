"""Research on employers in a student's timeline, where it was shared. Nothing else of getting ready stands there."""

from portal.timeline import Happening, happens
from students.interviews.models import Sheet


@happens("growing")
def research(student, user):
    rows = Sheet.objects.visible_to(user).kept().filter(student=student, status=Sheet.Status.SHARED)
    return Happening(rows, "shared_at", lambda row: f"Research on {row.words} shared", "research_detail", words="name")
