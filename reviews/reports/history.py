"""The review history of a student: every review, how far each goal has come, and what is still to do, on one sheet."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from reviews.forms.models import ReviewForm
from reviews.meetings.models import GoalWord, Meeting
from reviews.reports.kinds import head


@dataclass
class History:
    """The reviews of one student. `meetings` come with their words to goals and their actions."""

    meetings: list[Meeting] = field(default_factory=list)
    forms: list[ReviewForm] = field(default_factory=list)

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to look back on."""
        return bool(self.held or any(form.is_handed_in for form in self.forms))

    @property
    def held(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.is_over]

    def rows(self) -> list[tuple]:
        """(day, what, employer, how it stands) of every review, the oldest first."""
        rows = [(day_of(one), one.title, one.placement.employer.name, one.sentence()) for one in self.meetings]
        rows += [(day_of(one), one.title, one.placement.employer.name, one.sentence()) for one in self.forms]
        return sorted(rows, key=lambda row: row[:2])

    def goals(self) -> list[tuple[str, list[tuple]]]:
        """(employer, [(goal in the wording of the last meeting, [(day of the meeting, progress, words)])])."""
        found = {}
        for meeting in self.held:
            lines = found.setdefault(meeting.placement_id, (meeting.placement.employer.name, {}))[1]
            for word in meeting.goal_words.all():
                if word.side == GoalWord.Side.TOGETHER:
                    line = lines.setdefault(word.number, [word.wording, []])
                    line[0] = word.wording
                    line[1].append((day_of(meeting), word.get_progress_display(), word.words))
        return [
            (employer, [(f"{number}. {line[0]}", line[1]) for number, line in sorted(lines.items())])
            for employer, lines in found.values()
            if lines
        ]

    def actions(self) -> list:
        """What was agreed to do, the open ones first."""
        rows = [action for meeting in self.held for action in meeting.actions.all()]
        return sorted(rows, key=lambda action: action.done_at is not None)


def day_of(review):
    """The day of a review: when it was held, handed in or asked for; for one without a date, around when it is due."""
    if isinstance(review, ReviewForm):
        return timezone.localdate(review.handed_in_at or review.asked_at)
    return timezone.localdate(review.starts_at) if review.starts_at else review.due_on


def histories_of(students, user) -> dict[int, History]:
    """The reviews that `user` may see, by student. Four queries."""
    meetings = Meeting.objects.visible_to(user).with_people().filter(placement__student__in=students)
    meetings = meetings.exclude(status=Meeting.Status.CANCELLED).order_by("starts_at", "due_on", "pk")
    forms = ReviewForm.objects.visible_to(user).with_people().filter(placement__student__in=students)
    found = defaultdict(History)
    for meeting in meetings.prefetch_related("goal_words", "actions"):
        found[meeting.placement.student_id].meetings.append(meeting)
    for form in forms.exclude(status=ReviewForm.Status.TAKEN_BACK):
        found[form.placement.student_id].forms.append(form)
    return found


def context_of(student, history: History) -> dict:
    """What the sheet says."""
    return head(student.provider) | {"student": student, "history": history}
