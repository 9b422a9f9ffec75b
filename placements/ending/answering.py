"""The reference by a mailed link: give it, decline it kindly, correct it within ten minutes."""

from django.shortcuts import redirect

from placements.ending import referring
from placements.ending.forms import DeclineForm, ReferenceForm
from placements.ending.models import Reference
from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url
from portal.workflow import Refused, SomebodyWasQuicker


@answers("reference", Reference, title="Give a reference, or say that you would rather not")
def reference_by_link(request, ask, thing, step=""):
    """One page: what it is for, the form, and below it the way to say no."""
    people = "placement__student__user", "placement__student__tutor", "placement__employer", "manager"
    reference = Reference.objects.select_related(*people).get(pk=thing.pk)
    is_no = request.POST.get("act") == "decline"
    data = request.POST or None
    form = ReferenceForm(
        None if is_no else data, instance=Reference.objects.select_related("placement", "manager").get(pk=thing.pk)
    )
    no = DeclineForm(data if is_no else None)
    if request.method == "POST" and (no if is_no else form).is_valid():
        try:
            answer(reference, ask, no, form, is_no)
        except (Refused, SomebodyWasQuicker) as refused:
            if is_sent_twice(thing, no, form, is_no):
                return redirect(ask_url(request, ask))
            (no if is_no else form).add_error(None, str(refused))
        else:
            return redirect(ask_url(request, ask))
    is_open = reference.status == Reference.Status.ASKED
    context = {"reference": reference, "form": form, "no": no, "is_open": is_open}
    context["can_correct"] = reference.can_be_corrected()
    return ask_page(request, ask, "ending/reference_give.html", context, 422 if form.errors or no.errors else 200)


def is_sent_twice(thing, no, form, is_no) -> bool:
    """Whether the very same answer is stored already: the button was pressed twice."""
    stored = Reference.objects.get(pk=thing.pk)
    if is_no:
        return (stored.status, stored.because) == (Reference.Status.DECLINED, no.cleaned_data["because"])
    same = all(getattr(stored, name) == value for name, value in form.cleaned_data.items() if name != "seen")
    return stored.status == Reference.Status.GIVEN and same


def answer(reference, ask, no, form, is_no):
    """Do what the manager chose, as the person who was asked."""
    if is_no:
        return referring.decline(reference, ask, by=ask.to, because=no.cleaned_data["because"])
    words = {name: form.cleaned_data[name] for name in ("known_for", "work", "strengths", "words", "recommends")}
    title, seen = form.cleaned_data["given_title"], form.cleaned_data["seen"]
    return referring.give(reference, ask, by=ask.to, seen=seen, title=title, **words)
