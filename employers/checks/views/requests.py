"""Asking an employer for what is missing, and looking at what came in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from employers.checks import asking
from employers.checks.answer_forms import FactsForms
from employers.checks.forms import CheckForm, SendBackForm
from employers.checks.models import CheckItem
from employers.checks.request_forms import RequestForm
from employers.checks.standing import standings_of
from employers.checks.views.checks import employer_or_404
from employers.panels import part_url
from portal.access import role_required
from portal.files.models import StoredFile
from portal.files.serving import file_response
from portal.people.models import STAFF
from portal.words import full_stop
from portal.workflow import Refused


@role_required(*STAFF)
def check_request_add(request, pk):
    """Ask one person at the employer for several things in one mail."""
    employer = employer_or_404(request, pk)
    known = {
        "employer": employer,
        "standings": standings_of(employer, list(employer.sites.all())),
        "managers": list(employer.line_managers.select_related("user")),
    }
    form = RequestForm(request.POST or None, **known)
    if form.is_valid():
        asked = {"facts": form.cleaned_data["facts"], "message": form.cleaned_data["message"]}
        try:
            asking.ask_employer(employer, form.wanted, **asked, by=request.user, **form.person)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "A mail with the link is on its way.")
            return redirect(part_url(employer, "checks"))
    context = {"form": form, "employer": employer, "checks": part_url(employer, "checks")}
    return render(request, "checks/check_request_add.html", context, status=422 if form.errors else 200)


def item_or_404(request, pk) -> CheckItem:
    items = CheckItem.objects.visible_to(request.user)
    items = items.select_related("request__employer__provider", "kind", "site", "document").defer("document__content")
    return get_object_or_404(items, pk=pk)


@role_required(*STAFF)
def check_item_edit(request, pk):
    """Look at what an employer sent, and accept it: as a check, with corrections if need be, or as new facts."""
    item = item_or_404(request, pk)
    form = accept_form(item, request.POST or None, request.FILES or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        return decided(request, item, accept, form)
    return show_item(request, item, form, SendBackForm())


def accept_form(item: CheckItem, data=None, files=None):
    """The form of the check that it becomes; None for facts, which are taken over as they are."""
    if item.kind is None or not item.is_given or item.accepted_at:
        return None
    given_on = timezone.localdate(item.given_at)
    initial = {"checked_on": given_on, "checked_by": item.given_by, "note": item.note, "expires_on": item.expires_on}
    form = CheckForm(data, files, kind=item.kind, initial=initial)
    del form.fields["document"]  # it is the one that they sent
    return form


def accept(item: CheckItem, form, *, by):
    """Accept it, as what it is. Raises Refused where it is decided already."""
    if item.kind is None:
        asking.accept_facts(item, by=by)
    elif form is None:
        raise Refused(asking.DECIDED)
    else:
        asking.accept_check(item, facts=form.facts, by=by)


def decided(request, item: CheckItem, act, *args):
    """Do it, say so, and go back to the checks of the employer."""
    try:
        act(item, *args, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, full_stop(f"Done: {item}"))
    return redirect(part_url(item.request.employer_id, "checks"))


def show_item(request, item, form, send_back):
    employer = item.request.employer
    context = {"item": item, "form": form, "send_back": send_back, "employer": employer}
    context |= {"checks": part_url(employer, "checks"), "changes": changes_in(item) if item.facts else []}
    wrong = (form and form.errors) or send_back.errors
    return render(request, "checks/check_item_edit.html", context, status=422 if wrong else 200)


def changes_in(item: CheckItem) -> list[dict]:
    """What the employer's facts would change: where, what, from and to."""
    found = []
    forms = FactsForms(item.request.employer, sent=item.facts)
    for form in forms.all:
        for name, field in form.fields.items():
            old, new = getattr(form.instance, name), form.initial.get(name, "")
            if old != new:
                found.append({"where": form.summary_label, "what": field.label, "old": old, "new": new})
    return found


@require_POST
@role_required(*STAFF)
def check_item_send_back(request, pk):
    """Ask for it again, with what is not right yet."""
    item = item_or_404(request, pk)
    form = SendBackForm(request.POST)  # not bound to the item, which shows what was decided before
    if not form.is_valid():
        return show_item(request, item, accept_form(item), form)
    because = form.cleaned_data["sent_back_because"]
    return decided(request, item, lambda item, by: asking.send_back(item, because=because, by=by))


@require_POST
@role_required(*STAFF)
def check_item_remove(request, pk):
    """It is not needed any more."""
    return decided(request, item_or_404(request, pk), asking.drop)


@role_required(*STAFF)
def check_item_document(request, pk):
    """The document that the employer sent."""
    item = item_or_404(request, pk)
    return file_response(get_object_or_404(StoredFile, pk=item.document_id))
