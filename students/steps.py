"""Long forms in steps: one group of questions on a screen, saved when one goes on."""

from dataclasses import dataclass

from django.http import Http404


@dataclass(frozen=True)
class Step:
    """One group: where it stands among all of them, and how many questions all of them have."""

    number: int
    of: int
    title: str
    questions: list
    of_questions: int

    def after(self, do: str | None) -> int | None:
        """The number of the step that a button leads to ('back', 'later', or on); None where it leads away."""
        if do == "back" and self.number > 1:
            return self.number - 1
        return self.number + 1 if do != "later" and self.number < self.of else None


def step_or_404(groups: list[tuple[str, list]], number: int) -> Step:
    """The group with this number, counted from 1. `groups`: (title, questions) in their order."""
    if not 1 <= number <= len(groups):
        raise Http404
    title, questions = groups[number - 1]
    return Step(number, len(groups), title, questions, sum(len(some) for _, some in groups))
