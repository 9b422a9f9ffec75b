"""Self-assessments in a student's timeline: the student's own, and to the tutor those that were shared."""

from portal.timeline import Happening, happens
from students.selfassessment.models import SelfAssessment


@happens("growing")
def finished(student, user):
    rows = SelfAssessment.objects.visible_to(user).filter(student=student)
    return Happening(rows, "finished_at", lambda row: "Self-assessment finished", "selfassessment_detail")
