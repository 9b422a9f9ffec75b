"""What the page of an entry shows, signed in or by a link."""

from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import Http404

from placements.logbook.commenting import MAY_COMMENT
from placements.logbook.forms import CommentForm
from placements.logbook.models import CORRECT_MINUTES, DAYS_KEPT, Comment, Entry, EntryFile, EntryGoal, Wording
from placements.logbook.private import with_private_words
from portal.asks.models import Ask
from portal.paging import COUNTED_AT_MOST, BoundedPaginator

PAGE = 50


def entry_for(user, pk) -> Entry:
    """The entry with all that its page needs, if `user` may see it. Raises Http404."""
    earlier = Wording.objects.visible_to(user).filter(entry=OuterRef("pk")).order_by("-said_at")[1:]
    rows = Entry.objects.visible_to(user).with_people().with_spell().annotate(has_earlier=Exists(earlier))
    entry = with_private_words(rows, user).filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry


def entry_context(entry: Entry, user, form: CommentForm | None = None) -> dict:
    """What the page shows to this reader. `form`: a comment that was sent and has to be put right."""
    relations = entry.relations(user)
    is_student, is_manager = "student" in relations, relations == {"manager"}
    comments = list(entry.comments.select_related("by"))
    for comment in comments:
        comment.may_change = comment.is_open_to(user)
    form = form or CommentForm()
    first_name = entry.placement.student.user.first_name
    form.fields["words"].label = "Your answer" if is_student else f"Your comment for {first_name}"
    return {
        "entry": entry,
        "placement": entry.placement,
        "is_student": is_student,
        "is_staff": bool(relations & {"tutor", "coordinator"}),
        "moves": entry.moves(user),
        "goals": entry.goals.all(),
        "behaviours": entry.behaviours.all(),
        "files": entry.files.select_related("file"),
        "comments": comments,
        "asks": [] if is_manager else Ask.objects.about(entry),
        "shows_hours": bool(entry.spell_minutes) and not (is_manager and entry.week_is_draft),
        "may_comment": entry.is_published and bool(relations & MAY_COMMENT) and (comments or not is_student),
        "correct_minutes": CORRECT_MINUTES,
        "days_kept": DAYS_KEPT,
        "form": form,
    }


def page_of(entries, number):
    """A page of entries, newest first: with people, and how many goals, comments and files each has. Two queries."""
    found = entries.order_by()[: COUNTED_AT_MOST + 1].count()  # before the figures are added
    rows = entries.with_people().order_by("-day", "-pk")
    rows = rows.annotate(
        goal_count=count_of(EntryGoal), comment_count=count_of(Comment), file_count=count_of(EntryFile)
    )
    return BoundedPaginator(rows, PAGE, found=found).get_page(number)


def count_of(model):
    """How many rows of a part each entry has: a subquery of its own, so that none multiplies another."""
    rows = model.objects.order_by().filter(entry=OuterRef("pk")).values("entry").annotate(number=Count("pk"))
    return Subquery(rows.values("number"))
