"""One history of a thing and of what belongs to it: each line says which part it is about."""

from portal.history.models import Event, label_of


def told_of(thing, parts: dict | None = None, limit: int = 50) -> list[Event]:
    """The newest events of `thing` and its parts. `parts` maps each part to the words that tell it apart: 'the site X'.

    One query. The words are added to the event in memory: 'changed town from Leeds to York (the site X)'.
    """
    parts = parts or {}
    words = {(label_of(part), part.pk): words for part, words in parts.items()}
    events = list(Event.objects.about(thing, *parts)[:limit])
    for event in events:
        if called := words.get((event.about, event.about_id)):
            event.says = f"{event.says} ({called})"
    return events
