"""A statement of the self-assessment can become an action."""

from students.actions.sources import Source, cut, source
from students.selfassessment.models import Statement


@source("statement")
def of_a_statement(user, pk: int):
    """Statements are everybody's."""
    statement = Statement.objects.filter(pk=pk).first()
    return statement and Source(cut(statement.wording))
