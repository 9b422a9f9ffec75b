"""A student's application for a place (application.py), feedback on it, and employers that students find themselves."""

from placements.finding.models.application import Application, ApplicationQuerySet, InterviewWay
from placements.finding.models.feedback import Feedback
from placements.finding.models.find import Find

__all__ = ["Application", "ApplicationQuerySet", "Feedback", "Find", "InterviewWay"]
