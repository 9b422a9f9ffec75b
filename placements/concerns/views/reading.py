"""Lists of worries, and everything about one. Whoever of the staff opens one leaves their name."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from placements.concerns.filters import ConcernFilter, counts_of
from placements.concerns.forms import FollowUpForm, WordsForm
from placements.concerns.models import Concern, Release, Visibility
from portal.access import role_required
from portal.history.models import Event, looked, looks_at
from portal.people.models import STAFF, Role

PAGE = 50
ONCE_IN = timedelta(hours=1)


def concern_or_404(request, pk) -> Concern:
    """One that the person may read."""
    return get_object_or_404(readable(request), pk=pk)


def readable(request):
    rows = Concern.objects.visible_to(request.user).with_people()
    return rows.select_related("accident", "placement__manager").prefetch_related("messages")


@role_required(*STAFF)
def concern_list(request):
    """What the desk may read: what waits first, the one due first at the top, then the newest."""
    rows = Concern.objects.at_desk(request.desk)
    found = ConcernFilter(request.GET, rows)
    keys = found.qs.order_by(F("due_at").asc(nulls_last=True), "-raised_at", "-pk").values_list("pk", flat=True)
    page = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    shown = Concern.objects.with_people().in_bulk(list(page.object_list))  # only these are joined to their people
    page.object_list = [shown[pk] for pk in page.object_list]
    now = timezone.now()
    elsewhere = Concern.objects.known_to(request.user, now).filter(provider=request.desk.provider_id)
    if found.form.cleaned_data.get("state") == "overdue":
        elsewhere = elsewhere.overdue(now)
    context = {"filter": found, "page": page, "counts": counts_of(request.desk), "elsewhere": []}
    if request.desk.role == Role.COORDINATOR:
        context["elsewhere"] = elsewhere.with_people().order_by("due_at")[:PAGE]
    return render(request, "concerns/concern_list.html", context)


@role_required("student")
def concern_own_list(request):
    """The student's own, newest first."""
    rows = Concern.objects.filter(student__user=request.user, provider=request.desk.provider_id)
    page = Paginator(rows.with_people(), PAGE).get_page(request.GET.get("page"))
    return render(request, "concerns/concern_own_list.html", {"page": page})


def concern_detail(request, pk):
    """The conversation, and what can be done now. A coordinator who may only know that it waits is led there."""
    try:
        return page_of(request, readable(request).get(pk=pk))
    except Concern.DoesNotExist:
        get_object_or_404(Concern.objects.known_to(request.user, timezone.now()), pk=pk)
        return redirect("concern_waiting", pk)


def page_of(request, concern: Concern, *, form=None, follow_up_form=None, status: int = 200):
    """The page of a worry; `form` is a message that could not be sent."""
    relations = concern.relations(request.user)
    looks = looks_of(concern, request.user)
    releases = list(concern.releases.select_related("to"))  # each knows the worry, with its people
    accident = getattr(concern, "accident", None)
    context = {
        "concern": concern,
        "accident": accident,
        "messages_said": concern.messages.all(),
        "relations": relations,
        "is_student": "student" in relations,
        "moves": concern.moves(request.user),
        "form": form or message_form(concern, relations),
        "follow_up_form": follow_up_form or FollowUpForm(auto_id="follow_%s"),
        "may_release": bool(relations & {"student", "tutor", "owner"}) and may_be_told(concern),
        "may_write_release": all(release.status == Release.Status.TAKEN_BACK for release in releases),
        "releases": releases,
        "events": Event.objects.about(*filter(None, [concern, accident, *releases]))[:50],
        "looks": [look for look in looks if look.by_id != concern.student.user_id],
        "student_looked_at": next((look.at for look in looks if look.by_id == concern.student.user_id), None),
        "office_may_read": concern.is_with_office,
        "other_visibility": Visibility.TUTOR if concern.visibility == Visibility.OFFICE else Visibility.OFFICE,
        "back": reverse("concern_own_list" if "student" in relations else "concern_list"),
    }
    return render(request, "concerns/concern_detail.html", context, status=status)


def message_form(concern: Concern, relations: set[str], data=None) -> WordsForm:
    """What the reader can write now: more, an answer, or why it is taken up again."""
    if not concern.is_open:
        return WordsForm(data, label="What is it now?", hint="It is taken up again, and an answer is owed.")
    if "student" in relations:
        return WordsForm(data, label="Write more", hint="Whoever looks after this reads it.")
    return WordsForm(data, label="Your answer", hint="Or write down what you agreed when you spoke.")


def may_be_told(concern: Concern) -> bool:
    """Whether there is a line manager to whom a text could be released."""
    return concern.placement is not None and concern.placement.manager_id is not None


def looks_of(concern: Concern, reader):
    """Who has looked, newest first; `reader` is added, once in an hour."""
    looks = list(looks_at(concern)[:200])
    lately = timezone.now() - ONCE_IN
    mine = next((look for look in looks if look.by_id == reader.pk), None)
    if mine is None or mine.at < lately or is_news(concern, mine, reader):
        looks.insert(0, looked(concern, by=reader))
    return looks


def is_news(concern: Concern, last, reader) -> bool:
    """Whether staff wrote something since the student's `last` look: then the look tells that it was read."""
    if reader.pk != concern.student.user_id:
        return False
    moments = [message.at for message in concern.messages.all() if not message.from_student]
    if concern.settled_at and concern.settled_by_id != reader.pk:
        moments.append(concern.settled_at)
    return any(moment > last.at for moment in moments)
