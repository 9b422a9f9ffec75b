"""The one way from an entry to what its student wrote for themselves: for that student, and for nobody else."""

from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from placements.logbook.models import Entry, Reflection


def with_private_words(entries, user):
    """Adds `private_words` to entries: the reflection where `user` is the student who wrote it, else ''."""
    own = Reflection.objects.visible_to(user).filter(entry=OuterRef("pk")).values("words")
    return entries.annotate(private_words=Coalesce(Subquery(own), Value(""), output_field=TextField()))


def own_entries(user):
    """The student's own entries, in every state, with what they wrote for themselves."""
    rows = Entry.objects.own(user)
    return with_private_words(rows.with_people(), user)
