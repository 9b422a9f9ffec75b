"""Sign-off: the frozen record, what leads to it (judgement, special consideration), and questions about figures."""

from reviews.signoff.models.consideration import Evidence, Reason, SpecialConsideration
from reviews.signoff.models.judgement import Judgement
from reviews.signoff.models.question import Figure, FigureQuestion
from reviews.signoff.models.signoff import Kind, SignOff

__all__ = [
    "Evidence",
    "Figure",
    "FigureQuestion",
    "Judgement",
    "Kind",
    "Reason",
    "SignOff",
    "SpecialConsideration",
]
