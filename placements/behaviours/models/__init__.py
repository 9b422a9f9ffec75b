"""Professional behaviours as data, and what students say of their own."""

from placements.behaviours.models.behaviour import Behaviour, Group, by_group
from placements.behaviours.models.reflection import POINTS, BehaviourReflection, GroupWord, Rating

__all__ = ["POINTS", "Behaviour", "BehaviourReflection", "Group", "GroupWord", "Rating", "by_group"]
