"""What a student takes along of their own behaviour at work: the newest reflection on paper, all as rows."""

from placements.behaviours.models import BehaviourReflection, GroupWord, Rating
from portal.taking import PRIVATE, Part, listing, table, takes


@takes(52, "How I behave at work", choices=[PRIVATE])
def behaviours(student, user, wanted):
    """Those that were shared with the tutor; all of them, unfinished ones among the rows, where they are wanted."""
    mine = BehaviourReflection.objects.visible_to(user).filter(student=student)
    mine = mine if PRIVATE.name in wanted else mine.handed_in()
    newest = mine.finished().order_by("-begun_at").first()
    rows = Rating.objects.filter(reflection__in=mine).select_related("reflection", "behaviour")
    ratings = list(rows.order_by("reflection__begun_at", "behaviour__number"))
    if not ratings:
        return None
    said = GroupWord.objects.filter(reflection__in=mine).select_related("reflection")
    said = list(said.order_by("reflection__begun_at", "pk"))
    tables = [
        table(
            "own-behaviours",
            ratings,
            Begun="reflection.begun_at",
            Status="reflection.get_status_display",
            Behaviour="behaviour.wording",
            Value="value",
            Rating="words",
        ),
        table("own-behaviours-words", said, Begun="reflection.begun_at", Group="get_group_display", Words="words"),
    ]
    if newest is None:
        return Part(tables=tables)
    held = [rating for rating in ratings if rating.reflection_id == newest.pk]
    shown = table("own-behaviours", held, Behaviour="behaviour.wording", How_I_see_it="words")
    own_words = [word for word in said if word.reflection_id == newest.pk]
    words = table("own-behaviours-words", own_words, Group="get_group_display", In_my_own_words="words")
    return Part(sheets=[listing("How I see my behaviour", shown, words, says=f"{newest}.")], tables=tables)
