"""The page behind the link that an employer gets: send what is missing, confirm what is known."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect

from employers.checks.answer_forms import FactsForms, ItemForm, Together
from employers.checks.asking import KIND, finish, give
from employers.checks.models import CheckItem, CheckRequest
from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url
from portal.words import full_stop
from portal.workflow import Refused


@answers(KIND, CheckRequest, title="Send what is missing before a placement")
def employer_checks_by_link(request, ask, thing, step=""):
    """Each thing is taken in on its own: what is complete is kept, also where another one still lacks something."""
    items = list(
        thing.items.select_related("kind", "site", "document", "request__employer__provider").defer("document__content")
    )
    data, files = (request.POST, request.FILES) if request.method == "POST" and ask.is_open else (None, None)
    forms = {item.pk: form_of(item, data, files) for item in items if item.is_wanted}
    tried = [(item, forms[item.pk]) for item in items if item.pk in forms and not forms[item.pk].is_left]
    if data is not None and not tried:
        messages.warning(request, "Nothing was sent: everything is left for another day. The link waits for you.")
        return redirect(ask_url(request, ask))
    if data is not None and taken_in(request, ask, thing, tried):
        return redirect(ask_url(request, ask))
    rows = [{"item": item, "form": forms.get(item.pk)} for item in items]
    context = {"request_made": thing, "employer": thing.employer, "rows": rows, "wanted": bool(forms)}
    context["wrong"] = Together(forms.values())
    return ask_page(request, ask, "checks/ask_employer_checks.html", context, status=422 if data is not None else 200)


def form_of(item: CheckItem, data, files):
    """The form of one thing, or the forms of the facts."""
    if item.kind is None:
        return FactsForms(item.request.employer, data, item.facts)
    return ItemForm(data, files, instance=item, prefix=f"item-{item.pk}")


@transaction.atomic
def taken_in(request, ask, thing, tried) -> bool:
    """Keep all that is complete; whether that was everything that was tried. Says so to whoever sent it."""
    complete, given = [(item, form) for item, form in tried if form.is_valid()], []
    for item, form in complete:
        try:
            give(item, name=ask.name, **form.given)
            given.append(str(item))
        except Refused as refused:
            messages.warning(request, str(refused))
    if complete:
        finish(ask, thing)
    if given:
        sent = "; ".join(given)
        messages.success(request, full_stop(f"Thank you. This has come in: {sent}"))
    return len(complete) == len(tried)
