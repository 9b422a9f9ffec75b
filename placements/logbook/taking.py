"""What a student takes along of their logbook: shared entries on paper and as rows, every photo as a file."""

from functools import partial

from django.db.models import Prefetch

from placements.logbook.models import Comment, EntryFile, GoalRating
from placements.logbook.private import own_entries
from placements.logbook.views.printing import PICTURES_AT_MOST, logbook_of, with_pictures
from placements.taking import own_placements
from portal.batches import batches
from portal.taking import PRIVATE, Part, Sheet, stored, table, takes

AT_ONCE = PICTURES_AT_MOST // 5  # entries with pictures for which there is surely room


@takes(40, "Logbook", choices=[PRIVATE])
def logbook(student, user, wanted):
    """A sheet for each placement with shared entries; drafts and private words only where they are wanted, as rows."""
    rows = own_entries(user).written() if PRIVATE.name in wanted else own_entries(user).published()
    rows = rows.filter(placement__student=student).order_by("day", "pk")
    parts = (
        Prefetch("files", EntryFile.objects.select_related("file")),
        Prefetch("comments", Comment.objects.select_related("by")),
    )
    entries = list(rows.prefetch_related("goals", "behaviours", *parts))
    if not entries:
        return None
    shared = {entry.placement_id for entry in entries if entry.is_published}
    sheets = [
        Sheet(f"Logbook at {placement.employer}", "print/logbook.html", partial(on_paper, placement, user, wanted))
        for placement in own_placements(student, user)
        if placement.pk in shared
    ]
    return Part(sheets=sheets, tables=tables_of(entries, student, user, wanted), files=files_of(entries))


def on_paper(placement, user, wanted) -> dict:
    """The report with all its pictures."""
    asked = {"since": None, "until": None, "private": PRIVATE.name in wanted}
    context = logbook_of(user, placement, asked)
    for entries in batches(context["entries"], AT_ONCE):
        with_pictures(entries)
    return context


def tables_of(entries, student, user, wanted):
    private = {"Just_for_me": "private_words"} if PRIVATE.name in wanted else {}
    yield table(
        "logbook",
        entries,
        Day="day",
        Employer="placement.employer.name",
        Status="get_status_display",
        What_I_did="did",
        What_I_learned="learned",
        Skills="skills",
        Goals=lambda entry: "; ".join(goal.wording for goal in entry.goals.all()),
        Behaviours=lambda entry: "; ".join(str(behaviour) for behaviour in entry.behaviours.all()),
        Files=lambda entry: "; ".join(row.file.name for row in entry.files.all()),
        **private,
    )
    comments = [(entry, comment) for entry in entries for comment in entry.comments.all()]
    yield table(
        "logbook-comments",
        comments,
        Day_of_the_entry=lambda pair: pair[0].day,
        By=lambda pair: pair[1].by.name,
        Written=lambda pair: pair[1].made_at,
        Comment=lambda pair: pair[1].words,
    )
    ratings = GoalRating.objects.own(user).filter(placement__student=student).select_related("goal")
    yield table("goal-ratings", ratings, Day="rated_on", Goal="goal.wording", Level="get_level_display", Why="note")


def files_of(entries):
    for entry in entries:
        for row in entry.files.all():
            yield stored("logbook", row.file, f"{entry.day:%Y-%m-%d} {row.file.name}")
