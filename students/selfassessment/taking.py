"""What a student takes along of their self-assessments: growth on paper, every answer as rows."""

from portal.taking import PRIVATE, Part, listing, table, takes
from students.selfassessment.growth import growth_of
from students.selfassessment.growth_chart import growth_chart
from students.selfassessment.models import Answer, SelfAssessment


@takes(50, "Self-assessment", choices=[PRIVATE])
def self_assessment(student, user, wanted):
    """Those that were shared with the tutor; all of them where they are wanted."""
    mine = SelfAssessment.objects.visible_to(user).filter(student=student)
    mine = mine if PRIVATE.name in wanted else mine.handed_in()
    finished = list(mine.finished())
    answers = Answer.objects.filter(assessment__in=mine).select_related("assessment", "statement")
    rows = list(answers.order_by("assessment__begun_at", "statement__number"))
    if not rows:
        return None
    changes = growth_of(finished)
    if len(finished) > 1:
        shown = table(
            "growth", changes, Statement="statement.wording", First="first_words", Last="last_words", Change="says"
        )
    else:
        shown = table("growth", changes, Statement="statement.wording", Answer="last_words")
    sheet = listing(
        "Self-assessment", shown, chart=growth_chart(changes, times=len(finished)), heading="How I have grown"
    )
    everything = table(
        "self-assessment",
        rows,
        Begun="assessment.begun_at",
        Status="assessment.get_status_display",
        Statement="wording",
        Value="value",
        Answer="words",
    )
    return Part(sheets=[sheet] if changes else [], tables=[everything])
