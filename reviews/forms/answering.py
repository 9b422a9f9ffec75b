"""The line manager's way through a form: a screen at a time, saved as they go. By link or signed in."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect

from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url, ended
from portal.posted import is_quiet, words_in
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.forms.asking import KIND
from reviews.forms.forms import ScreenForm
from reviews.forms.models import CORRECT_MINUTES, ReviewForm, Scale
from reviews.forms.models.lines import Screen, screens_of
from reviews.forms.saving import write_answers

CHECK = "check"
AS_THEN = "same"  # the button that fills a screen in with what was said midway


@answers(KIND, ReviewForm, title="Say how the placement is going")
def review_form_by_link(request, ask, thing, step=""):
    """Where to begin or go on, one screen, the last look, or what was handed in. Only for who manages it now."""
    form = ReviewForm.objects.with_people().get(pk=thing.pk)
    if form.placement.manager_id != ask.to_id or form.status == ReviewForm.Status.TAKEN_BACK:
        return ended(request, ask.pk, "", "withdrawn")
    if request.method == "POST" and step in ("", CHECK):
        return moved_on(request, ask, form)
    if form.is_handed_in:
        return handed_in(request, ask, form)
    if request.method == "POST" and AS_THEN not in request.POST:
        return screen_sent(request, ask, form, step)
    screens = screens_of(form)
    if step == CHECK:
        return check(request, ask, form, screens)
    if not step:
        first = next((screen for screen in screens if screen.left), None)
        go_on = ask_url(request, ask, first.name if first else CHECK)
        context = {"form": form, "screens": shown(request, ask, screens), "go_on": go_on}
        context["has_begun"] = any(line.answer for screen in screens for line in screen.lines)
        return ask_page(request, ask, "review_forms/start.html", context)
    lines = screens[position_of(step, screens)].lines
    page = ScreenForm.as_then(lines, request.POST) if AS_THEN in request.POST else ScreenForm(lines)
    return one_screen(request, ask, form, screens, step, page)


def shown(request, ask, screens):
    """The screens with their addresses."""
    for screen in screens:
        screen.url = ask_url(request, ask, screen.name)
    return screens


def handed_in(request, ask, form):
    """What was handed in, to read; for some minutes it can be taken back. Words that came too late are shown."""
    is_late = request.method == "POST"
    if is_late and is_quiet(request):
        return JsonResponse({"says": "Not saved: the form is handed in already."}, status=409)
    context = {
        "form": form,
        "screens": screens_of(form),
        "remarks": form.remarks.select_related("by"),
        "may_correct": form.can_be_corrected(),
        "minutes": CORRECT_MINUTES,
        "written": words_in(request.POST),
    }
    return ask_page(request, ask, "review_forms/handed_in.html", context, status=409 if is_late else 200)


def check(request, ask, form, screens, *, problems=(), status: int = 200):
    """All answers on one page, before they are handed in."""
    context = {"form": form, "screens": shown(request, ask, screens), "problems": problems}
    return ask_page(request, ask, "review_forms/check.html", context, status=status)


def position_of(step: str, screens: list[Screen]) -> int:
    """Which of the screens a step is. Raises Http404 for nonsense."""
    position = next((number for number, screen in enumerate(screens) if screen.name == step), None)
    if position is None:
        raise Http404
    return position


def screen_sent(request, ask, form, step):
    """Keep what was said on a screen, and go on to the next. Its turn comes before anything is read: what is stored by
    then is compared.
    """
    try:
        with transaction.atomic():
            form.take_turn()
            screens = screens_of(form)
            position = position_of(step, screens)
            page = ScreenForm(screens[position].lines, request.POST)
            write_answers(form, page, by_name=ask.name)
    except SomebodyWasQuicker:
        form.refresh_from_db()
        return handed_in(request, ask, form)
    if is_quiet(request):
        left = screens[position].left
        return page.told_quietly(f"Saved. {left} left on this screen." if left else "Saved. This screen is complete.")
    if page.errors:
        return one_screen(request, ask, form, screens, step, page)
    after = screens[position + 1].name if position + 1 < len(screens) else CHECK
    return redirect(ask_url(request, ask, CHECK if CHECK in request.POST else after))


def one_screen(request, ask, form, screens, step, page):
    """Draw a screen; `page` is its form."""
    position = position_of(step, screens)
    screen = screens[position]
    context = {
        "form": form,
        "screen": screen,
        "page": page,
        "position": position + 1,
        "count": len(screens),
        "back": ask_url(request, ask, screens[position - 1].name if position else ""),
        "here": ask_url(request, ask, step),
        "start": ask_url(request, ask),
        "scale": Scale.choices[:5],
        "earlier_at": next((line.earlier.at for line in screen.lines if line.earlier and not line.answer), None),
        "as_then": AS_THEN in request.POST,
    }
    return ask_page(request, ask, "review_forms/screen.html", context, status=422 if page.errors else 200)


def moved_on(request, ask, form):
    """Hand in, or take back to correct."""
    try:
        if request.POST.get("do") == "correct":
            form.correct(by=ask.to)
            messages.success(request, "It is open again. Change what you like, then hand it in once more.")
            return redirect(ask_url(request, ask, CHECK))
        form.hand_in(by=ask.to)
        name = form.placement.student.user.first_name
        messages.success(request, f"Handed in. Thank you: {name} and the tutor can read it now.")
    except Refused as refused:
        if form.is_handed_in:
            messages.warning(request, str(refused))
            return redirect(ask_url(request, ask))
        return check(request, ask, form, screens_of(form), problems=refused.reasons, status=422)
    except SomebodyWasQuicker as quicker:
        messages.warning(request, str(quicker))
    return redirect(ask_url(request, ask))
