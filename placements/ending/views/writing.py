"""What the student writes and brings: the reflection, the presentation, the letter of thanks."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.ending import doing, drafting
from placements.ending.forms import LetterForm, PresentationForm, ReflectionForm
from placements.ending.models import Letter, Presentation, Reflection
from placements.ending.views.common import for_student
from portal.access import role_required
from portal.files.serving import file_response
from portal.workflow import SomebodyWasQuicker


@for_student
def reflection_edit(request, placement):
    """Four prompts. 'Keep' stores a draft, 'share' also shows it to the tutor."""
    reflection = Reflection.objects.filter(placement=placement).first() or Reflection(placement=placement)
    form = ReflectionForm(request.POST or None, instance=reflection)
    share = request.POST.get("act") == "share"
    if form.is_valid() and share and form.is_empty:
        form.add_error("did", "Write something before you share it.")
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in Reflection.PROMPTS}
        try:
            doing.keep_reflection(placement, words, seen=form.cleaned_data["seen"], share=share, by=request.user)
        except SomebodyWasQuicker:
            form.add_error(None, "You changed this in another window. Copy what you wrote, then load the page.")
        else:
            messages.success(request, "Shared with your tutor." if share else "Your reflection is kept.")
            return redirect("reflection_edit" if not share else "ending_detail", placement.pk)
    context = {"form": form, "placement": placement, "reflection": reflection}
    return render(request, "ending/reflection_edit.html", context, status=422 if form.errors else 200)


@require_POST
@for_student
def reflection_unshare(request, placement):
    doing.unshare_reflection(get_object_or_404(Reflection, placement=placement), by=request.user)
    messages.success(request, "Only you can see your reflection now.")
    return redirect("reflection_edit", placement.pk)


# --- Presentation ---------------------------------------------------------------------------------------------------


@for_student
def presentation_edit(request, placement):
    stored = Presentation.objects.filter(placement=placement).select_related(None).first()
    presentation = stored or Presentation(placement=placement)
    presentation.placement = placement
    form = PresentationForm(request.POST or None, request.FILES or None, instance=presentation)
    if form.is_valid():
        drop = form.cleaned_data.get("drop_file", False)
        doing.keep_presentation(form.instance, form.cleaned_data["upload"], drop_file=drop, by=request.user)
        messages.success(request, "Your presentation is kept. Your tutor can see it, too.")
        return redirect("ending_detail", placement.pk)
    context = {"form": form, "placement": placement, "stored": stored}
    return render(request, "ending/presentation_edit.html", context, status=422 if form.errors else 200)


@require_POST
@for_student
def presentation_remove(request, placement):
    doing.remove_presentation(get_object_or_404(Presentation, placement=placement), by=request.user)
    messages.success(request, "The presentation is removed. You can put it back on its page.")
    return redirect("presentation_edit", placement.pk)


@require_POST
@for_student
def presentation_restore(request, placement):
    doing.restore_presentation(get_object_or_404(Presentation, placement=placement), by=request.user)
    messages.success(request, "The presentation is back.")
    return redirect("presentation_edit", placement.pk)


@role_required("student", "tutor", "coordinator")
def presentation_file(request, pk):
    """The slides, for the student and for staff."""
    rows = Presentation.objects.visible_to(request.user).filter(removed_at=None).select_related("placement")
    presentation = get_object_or_404(rows, placement=pk)
    if presentation.file is None:
        raise Http404
    return file_response(presentation.file)


# --- Letter ---------------------------------------------------------------------------------------------------------


@for_student
def letter_edit(request, placement):
    """The letter of thanks: a draft from what the portal knows, until the student has kept their own wording."""
    letter = Letter.objects.filter(placement=placement).first()
    draft = "" if letter else drafting.first_draft(placement, [goal.wording for goal in placement.goals.current()])
    form = LetterForm(request.POST or None, instance=letter, initial={} if letter else {"text": draft})
    if form.is_valid():
        doing.keep_letter(placement, form.cleaned_data["text"])
        messages.success(request, "Your letter is kept.")
        return redirect("letter_edit", placement.pk)
    remembered = drafting.remembered(placement)
    context = {"form": form, "placement": placement, "letter": letter, "remembered": remembered}
    return render(request, "ending/letter_edit.html", context, status=422 if form.errors else 200)


@require_POST
@for_student
def letter_sent(request, placement):
    """Note that the letter went; with `undo` that it did not."""
    letter = Letter.objects.filter(placement=placement).first()
    if letter is None:
        messages.warning(request, "Read the draft and press Keep first: then note that it went.")
        return redirect("letter_edit", placement.pk)
    doing.letter_sent(letter, sent="undo" not in request.POST, by=request.user)
    messages.success(request, "Noted: not sent yet." if "undo" in request.POST else "Noted: you have said thank you.")
    return redirect("letter_edit", placement.pk)


@require_POST
@for_student
def letter_redraft(request, placement):
    """Begin anew from a fresh draft."""
    doing.forget_letter(get_object_or_404(Letter, placement=placement, sent_on=None))
    messages.success(request, "Here is a fresh draft.")
    return redirect("letter_edit", placement.pk)
