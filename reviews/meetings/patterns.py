"""The provider's pattern of review meetings, kept by its placement office."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import record
from portal.people.models import Role
from reviews.meetings.models import PatternMeeting
from reviews.meetings.pattern_forms import ROWS_AT_MOST, PatternForm, PatternRows

EXTRA = 2


def own_pattern(request):
    return PatternMeeting.objects.visible_to(request.user).filter(provider=request.desk.provider_id)


def rows_of(request):
    """The formset; a provider without rows of its own begins with those that ship with the portal."""
    own = own_pattern(request)
    has_own = own.exists()
    shipped = [] if has_own else PatternMeeting.objects.filter(provider=None).values("title", "days", "anchor")
    make = forms.modelformset_factory(
        PatternMeeting, PatternForm, formset=PatternRows, extra=EXTRA + len(shipped), can_delete=True,
        max_num=ROWS_AT_MOST, absolute_max=ROWS_AT_MOST, validate_max=True,
    )  # fmt: skip
    data = request.POST if request.method == "POST" else None
    return make(data, queryset=own, initial=list(shipped), prefix="meetings"), has_own


@role_required(Role.COORDINATOR)
def meeting_pattern(request):
    """When meetings should be, for placements that start from now on."""
    rows, has_own = rows_of(request)
    if request.method == "POST" and rows.is_valid():
        with transaction.atomic():
            for row in rows.save(commit=False):
                row.provider = request.desk.provider
                row.save()
            for row in rows.deleted_objects:
                row.delete()
            if not has_own:
                keep_unchanged(request, rows)
            record(request.desk.provider, "changed the pattern of review meetings", by=request.user)
        messages.success(request, "Saved. It holds for placements that start from now on.")
        return redirect("meeting_pattern")
    is_wrong = request.method == "POST"
    return render(
        request, "meetings/meeting_pattern.html", {"rows": rows, "has_own": has_own}, status=422 if is_wrong else 200
    )


def keep_unchanged(request, rows):
    """Rows that ship with the portal and were left as they are become the provider's own as well."""
    for form in rows.extra_forms:
        data = form.cleaned_data or form.initial
        if data.get("title") and not data.get("DELETE") and form.instance.pk is None:
            PatternMeeting.objects.create(
                provider=request.desk.provider, title=data["title"], days=data["days"], anchor=data["anchor"]
            )


@require_POST
@role_required(Role.COORDINATOR)
def meeting_pattern_reset(request):
    """Go back to the pattern that ships with the portal."""
    with transaction.atomic():
        own_pattern(request).delete()
        record(request.desk.provider, "went back to the usual pattern of review meetings", by=request.user)
    messages.success(request, "The usual pattern holds again.")
    return redirect("meeting_pattern")
