"""The provider's pattern of review meetings, kept by its placement office."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import record
from portal.people.models import Provider, Role
from portal.posted import posted
from reviews.meetings.models import PatternMeeting
from reviews.meetings.pattern_forms import rows_of


def own_pattern(request):
    return PatternMeeting.objects.visible_to(request.user).filter(provider=request.desk.provider_id)


@role_required(Role.COORDINATOR)
@transaction.atomic
def meeting_pattern(request):
    """When meetings should be, for placements that start from now on."""
    provider, is_sent = request.desk.provider, request.method == "POST"
    if is_sent:  # what is compared with the page stays so until the pattern is written
        Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    pattern = PatternMeeting.objects.of(provider.pk)
    rows = rows_of(pattern, posted(request))
    if is_sent and rows.is_valid():
        own_pattern(request).delete()
        PatternMeeting.objects.bulk_create(PatternMeeting(provider=provider, **row) for row in rows.kept())
        record(provider, "changed the pattern of review meetings", by=request.user)
        messages.success(request, "Saved. It holds for placements that start from now on.")
        return redirect("meeting_pattern")
    context = {"rows": rows, "has_own": any(row.provider_id for row in pattern)}
    return render(request, "meetings/meeting_pattern.html", context, status=422 if is_sent else 200)


@require_POST
@role_required(Role.COORDINATOR)
def meeting_pattern_reset(request):
    """Go back to the pattern that ships with the portal."""
    with transaction.atomic():
        own_pattern(request).delete()
        record(request.desk.provider, "went back to the usual pattern of review meetings", by=request.user)
    messages.success(request, "The usual pattern holds again.")
    return redirect("meeting_pattern")
