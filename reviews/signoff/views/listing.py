"""All sign-offs of a provider: who is ready, who waits for a second person, who is signed off."""

from django.shortcuts import render
from django.utils import timezone

from portal.access import role_required
from portal.batches import SIZE, batches
from portal.paging import BoundedPaginator
from portal.tables import DOWNLOADS
from reviews.signoff.completion import with_completion
from reviews.signoff.filters import STATES, SignOffFilter
from reviews.signoff.standing import COLUMNS, cells_of, standing_of
from students.models import Student

PAGE = 50


@role_required("coordinator")
def signoff_list(request):
    """Students by how far they are on the way to their sign-off."""
    provider = request.desk.provider_id
    students = Student.objects.visible_to(request.user).filter(provider=provider, hours__provider=provider)
    chosen = SignOffFilter(request.GET, queryset=students, provider=provider)
    keys = chosen.qs.values_list("pk", flat=True)
    if download := DOWNLOADS.get(request.GET.get("download")):
        name = f"signoffs-{timezone.localdate():%Y-%m-%d}.{request.GET['download']}"
        return download(name, COLUMNS, (cells_of(student) for student in each(keys.iterator(chunk_size=SIZE))))
    page = BoundedPaginator(keys, PAGE).get_page(request.GET.get("page"))
    page.object_list = list(each(page.object_list))
    for student in page:
        student.shown_tone, student.shown = standing_of(student)
    context = {"filter": chosen, "page": page, "state": chosen.chosen_state, "title": dict(STATES)[chosen.chosen_state]}
    return render(request, "signoff/signoff_list.html", context)


def each(keys):
    """The students of `keys` in their order, with all that a row says: one query for 500 of them."""
    for part in batches(keys):
        found = with_completion().filter(pk__in=part).in_bulk()
        yield from (found[pk] for pk in part)
