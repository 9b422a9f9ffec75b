"""One condition of completion: whether it holds, how it stands in a sentence, and where what is missing is got."""

from dataclasses import dataclass

from django.urls import reverse

from placements.hours.projection import SPECIAL, State
from portal.words import full_stop, hours
from reviews.forms.models import ReviewForm


@dataclass(frozen=True)
class Way:
    """How what is missing is got, for one reader: a sentence, and a link to the act where there is one for them."""

    says: str
    url: str = ""
    act: str = ""


NOBODY_KNOWS = Way("")


@dataclass(frozen=True)
class Condition:
    """`name` stands within a sentence ('the hours'). `is_waived`: a special consideration stands in for it.

    `judge`: what those read who may judge the progress, instead of `staff`.
    """

    title: str
    name: str
    holds: bool
    says: str
    coverage: str = ""
    own: Way = NOBODY_KNOWS
    staff: Way = NOBODY_KNOWS
    judge: Way = NOBODY_KNOWS
    more: Way = NOBODY_KNOWS
    is_waived: bool = True

    @property
    def tone(self) -> str:
        return "good" if self.holds else "waiting"

    @classmethod
    def hours(cls, student, projection) -> "Condition":
        kept = student.hours
        to_go = kept.required - kept.counted
        if student.has_hours:
            says = f"{hours(kept.counted)} count, {hours(kept.required)} are needed."
        elif student.signed_off_at:
            says = f"{hours(kept.counted)} of {hours(kept.required)} count. {SPECIAL}."
        elif kept.waiting >= to_go:
            says = f"{hours(kept.counted)} count. What waits for the line manager would be enough."
        else:
            waits = f", {hours(kept.waiting)} wait for the line manager" if kept.waiting else ""
            left = hours(to_go - kept.waiting)
            says = f"{hours(kept.counted)} of {hours(kept.required)} count{waits}, {left} to go."
        is_settled = student.has_hours or student.signed_off_at
        coverage = "" if is_settled else f"{full_stop(projection.sentence())} Last weeks: {projection.coverage()}."
        receipt = reverse("hours_receipt", args=[student.pk])
        weekly = "Hand in each week; it counts once your line manager has approved it."
        own = Way(weekly, reverse("week_current"), "Open my week")
        if projection.state == State.NONE:
            own = Way("Hours come with a placement.", reverse("place_list"), "Find a place")
        return cls(
            "Hours",
            "hours",
            student.has_hours,
            says,
            coverage=coverage,
            own=own,
            staff=Way("Weeks that are missing or wait are listed with the student's hours."),
            more=Way("How this adds up", receipt),
        )  # fmt: skip

    @classmethod
    def employers(cls, student, placements) -> "Condition":
        names = list(dict.fromkeys(placement.employer.name for placement in placements if placement.has_work))
        most = student.hours.rule_set.max_employers if student.hours.rule_set else 2
        if not student.has_employer:
            says = "No hours with an employer are approved yet."
        elif len(names) > most:
            says = f"Hours with {len(names)} employers are approved; those with {most} of them count."
        else:
            says = f"Worked with {in_words(names)}."
        return cls(
            "One or two employers",
            "hours with an employer",
            student.has_employer,
            says,
            own=Way("They come with the first week your line manager approves. Work tasters do not count for this."),
            staff=Way("They come with the first approved week. Work tasters do not count for this."),
        )

    @classmethod
    def review(cls, student, placements) -> "Condition":
        last = next((placement for placement in placements if placement.is_approved), None)
        if last is None:
            says = "It is asked for near the end of the placement."
            return cls("Employer's final review", "the employer's final review", False, says)
        states = {
            ReviewForm.Status.HANDED_IN: f"{last.employer} has handed it in.",
            ReviewForm.Status.ASKED: f"{last.manager or last.employer} has been asked for it and has not answered yet.",
        }
        holds = last.form_status == ReviewForm.Status.HANDED_IN
        url = reverse("review_form_list", args=[last.pk])
        return cls(
            "Employer's final review",
            "the employer's final review",
            holds,
            states.get(last.form_status, f"{last.employer} has not been asked for it yet."),
            own=Way("You need not do anything: your tutor asks for it near the end, and reminders go out."),
            staff=Way(
                "Ask for it, send the mail again, or record one that came on paper.", url, "Open the review forms"
            ),
            more=Way("Read it", reverse("review_form_detail", args=[last.form])) if holds else NOBODY_KNOWS,
        )

    @classmethod
    def judgement(cls, student, goals) -> "Condition":
        judged = student.judgement
        reached, looked_at = sum(goal.is_reached for goal in goals), sum(bool(goal.progress) for goal in goals)
        told = f"{looked_at} of {len(goals)} goals looked at in review meetings, {reached} met." if goals else ""
        tutor = student.tutor or "the tutor"
        return cls(
            "Progress with the learning goals",
            "the judgement of progress",
            student.is_judged,
            full_stop(judged.sentence()) if judged else f"Not judged yet by {tutor}.",
            coverage=told or "No learning goals are agreed: not enough yet to say.",
            own=Way(f"{tutor.name if student.tutor else 'Your tutor'} judges it when the placement comes to its end."),
            staff=Way(f"It is for {tutor} to look at the goals and judge, with reasons."),
            judge=Way("Look at the goals, then judge, with reasons.", reverse("judgement_edit", args=[student.pk]),
                      "Judge the progress"),
            is_waived=False,
        )  # fmt: skip


def in_words(names: list[str]) -> str:
    """'hours', 'hours and the review', 'hours, the review and the judgement'."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
