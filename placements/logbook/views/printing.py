"""The logbook of one placement on paper: a page first, the same as a PDF."""

from io import BytesIO

from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from PIL import Image

from placements.goals.models import LearningGoal
from placements.logbook.forms import PrintForm
from placements.logbook.goal_lines import current_lines
from placements.logbook.models import Comment, Entry, EntryFile, GoalRating
from placements.logbook.private import with_private_words
from placements.whose import placement_or_404
from portal.files.models import StoredFile
from portal.pdf import data_uri, logo_uri, pdf_response

PICTURES_AT_MOST = 40
LONGEST_SIDE = 700


def logbook_print(request, pk):
    """The shared entries of chosen dates, to read, print or download, for whoever may see the placement."""
    placement, form = asked_for(request, pk)
    if not form.is_valid():
        return redirect("logbook_placement", pk)
    context = logbook_of(request.user, placement, form.cleaned_data) | {"query": request.GET.urlencode()}
    return render(request, "print/logbook.html", context)


def logbook_pdf(request, pk):
    placement, form = asked_for(request, pk)
    if not form.is_valid():
        return redirect("logbook_placement", pk)
    context = logbook_of(request.user, placement, form.cleaned_data)
    with_pictures(context["entries"])
    name = f"Logbook - {placement.student.name} - {date_format(timezone.localdate(), 'j F Y')}.pdf"
    return pdf_response(request, "print/logbook.html", context, name)


def asked_for(request, pk):
    """The placement, and the choice of dates in the address."""
    placement = placement_or_404(request, pk)
    return placement, PrintForm(request.GET)


def logbook_of(user, placement, wanted: dict) -> dict:
    """What the report holds. Private words only for their student, and only where that student asks for them."""
    rows = Entry.objects.visible_to(user).published().filter(placement=placement)
    if wanted["since"]:
        rows = rows.filter(day__gte=wanted["since"])
    if wanted["until"]:
        rows = rows.filter(day__lte=wanted["until"])
    is_student = placement.student.user_id == user.pk
    if is_student and wanted["private"]:
        rows = with_private_words(rows, user)
    parts = (
        Prefetch("files", EntryFile.objects.select_related("file")),
        Prefetch("comments", Comment.objects.select_related("by")),
    )
    rows = rows.prefetch_related("goals", "behaviours", *parts)
    ratings = GoalRating.objects.visible_to(user).filter(placement=placement)
    lines = current_lines(LearningGoal.objects.filter(placement=placement))
    return {
        "placement": placement,
        "provider": placement.provider,
        "logo": logo_uri(placement.provider),
        "entries": list(rows.order_by("day", "pk")),
        "goals": rated_goals(lines, ratings),
        "since": wanted["since"],
        "until": wanted["until"],
        "is_private": is_student and wanted["private"],
        "made_at": timezone.now(),
    }


def rated_goals(lines, ratings) -> list[dict]:
    """Goals, each with its ratings in the order of time."""
    ratings = list(ratings)
    return [
        {"goal": line.held, "ratings": [rating for rating in ratings if rating.goal_id in line.pks]} for line in lines
    ]


def with_pictures(entries):
    """Puts pictures into the report, small ones, the first PICTURES_AT_MOST; the others are named."""
    rows = [row for entry in entries for row in entry.files.all() if row.file.is_picture][:PICTURES_AT_MOST]
    contents = StoredFile.objects.filter(pk__in=[row.file_id for row in rows]).values_list("pk", "content")
    contents = dict(contents)
    for row in rows:
        row.drawn = data_uri(small(bytes(contents[row.file_id])), "image/jpeg")


def small(content: bytes) -> bytes:
    """A picture as it is large enough for paper."""
    picture, out = Image.open(BytesIO(content)), BytesIO()
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = picture.convert("RGBA")
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    ground.save(out, "JPEG", quality=80)
    return out.getvalue()
