"""A student's application for a place (application.py), feedback on it, and employers that students find themselves."""

from placements.finding.models.application import Application
from placements.finding.models.feedback import Feedback
from placements.finding.models.find import Find
from placements.finding.models.status import ApplicationQuerySet, InterviewWay

__all__ = ["Application", "ApplicationQuerySet", "Feedback", "Find", "InterviewWay"]
