"""A behaviour can become an action."""

from placements.behaviours.models import Behaviour
from students.actions.sources import Source, cut, source


@source("behaviour")
def of_a_behaviour(user, pk: int):
    """Behaviours are everybody's."""
    behaviour = Behaviour.objects.filter(pk=pk).first()
    return behaviour and Source(cut(behaviour.wording))
