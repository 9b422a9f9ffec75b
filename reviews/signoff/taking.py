"""What a student takes along of the sign-off: judgement, sign-off, questions; special consideration where wanted."""

from portal.taking import SENSITIVE, Part, Sheet, Story, Table, listing, stored, table, takes, telling
from portal.words import full_stop
from reviews.signoff.models import Evidence, FigureQuestion, Judgement, SignOff, SpecialConsideration


@takes(80, "Sign-off", choices=[SENSITIVE])
def signoff(student, user, wanted):
    signed = SignOff.objects.visible_to(user).filter(student=student).select_related("signed_off_by")
    signed = list(signed.order_by("signed_off_at"))
    tables, files, told = [table_of(signed), judgements_of(student, user), questions_of(student, user)], [], []
    if SENSITIVE.name in wanted:
        considered, files, told = special(student, user)
        tables.append(considered)
    tables = [one for one in tables if one.rows]
    return Part(sheets=sheets_of(signed) + told, tables=tables, files=files) if tables else None


def table_of(signed: list[SignOff]) -> Table:
    """One row each time that the record was signed off."""
    return table(
        "sign-off",
        signed,
        Status="sentence",
        Minutes="minutes",
        Required_minutes="required_minutes",
        First_day="first_on",
        Last_day="last_on",
        Employers=lambda one: "; ".join(one.employers),
        Rules="rules_said",
        Judgement="judgement",
    )


def sheets_of(signed: list[SignOff]) -> list[Sheet]:
    """The sign-off that stands, on paper."""
    standing = [one for one in signed if one.stands]
    shown = table(
        "sign-off",
        standing,
        Hours_that_count=lambda one: f"{one.minutes / 60:g} h",
        Rules="rules_said",
        Judgement="judgement",
    )
    return [listing("Sign-off", shown, says=full_stop(one.sentence())) for one in standing]


def judgements_of(student, user) -> Table:
    rows = Judgement.objects.visible_to(user).filter(student=student).select_related("by").order_by("at")
    return table("judgements", rows, Judgement="sentence", Reasons="words")


def questions_of(student, user) -> Table:
    """What the student asked about figures, and what was answered."""
    return table(
        "questions-about-figures",
        FigureQuestion.objects.visible_to(user).filter(student=student).order_by("asked_at"),
        About="get_figure_display",
        What_the_portal_said="shown",
        My_question="words",
        Asked="asked_at",
        Answer="answer",
        Decision="decision",
    )


def special(student, user):
    """Special consideration as a table, its evidence as files, and in words."""
    rows = SpecialConsideration.objects.visible_to(user).filter(student=student)
    rows = list(rows.select_related("proposed_by", "decided_by", "withdrawn_by").order_by("proposed_at", "pk"))
    evidence = Evidence.objects.visible_to(user).filter(consideration__in=rows).select_related("file")
    considered = table(
        "special-consideration",
        rows,
        Reasons=reasons_of,
        What_happened="words",
        Hours="hours",
        Status="sentence",
        In_words="decided_words",
    )
    files = [stored("special-consideration", row.file) for row in evidence]
    told = [telling("Special consideration", [story(one) for one in rows])] if rows else []
    return considered, files, told


def reasons_of(consideration) -> str:
    return "; ".join(reason["wording"] for reason in consideration.reasons)


def story(consideration) -> Story:
    """Special consideration as it was proposed and decided."""
    facts = [
        ("What happened", consideration.words),
        ("Hours that counted then", consideration.hours),
        ("How it stands", full_stop(consideration.sentence())),
        ("In words", consideration.decided_words),
        ("Why it was withdrawn", consideration.withdrawn_because),
    ]
    return Story(reasons_of(consideration) or "Special consideration", facts)
