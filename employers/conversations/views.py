"""Conversations with employers, for tutors and coordinators: written down, changed, removed; their next steps done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from employers.conversations.forms import ConversationFilter, ConversationForm
from employers.conversations.models import Conversation
from employers.models import Employer
from employers.panels import part_url
from portal.access import role_required
from portal.history.models import record, save
from portal.people.models import STAFF

PAGE = 50


@role_required(*STAFF)
def conversation_list(request):
    """All conversations of the provider, and what is to be done next."""
    rows = Conversation.objects.filter(employer__provider=request.desk.provider_id)
    chosen = ConversationFilter(request.GET, rows.select_related("employer", "made_by"), request=request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "conversations/conversation_list.html", {"chosen": chosen, "page": page})


@role_required(*STAFF)
def employer_conversations(request, pk):
    """The tab of an employer, under an address that a list needs only the employer for."""
    return redirect(part_url(pk, "conversations"))


@role_required(*STAFF)
def conversation_add(request, pk):
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    conversation = Conversation(employer=employer, made_by=request.user)
    initial = {"spoken_on": timezone.localdate()}
    form = ConversationForm(request.POST or None, instance=conversation, initial=initial)
    if form.is_valid() and form.stored_by(lambda: keep(conversation, f"wrote down {conversation}", by=request.user)):
        return done(request, conversation, "The conversation is written down.")
    return show_form(request, "conversations/conversation_add.html", form, employer)


def show_form(request, template: str, form, employer, **more):
    context = {"form": form, "employer": employer, "conversations": part_url(employer, "conversations")}
    return render(request, template, context | more, status=422 if form.errors else 200)


def keep(conversation, says: str, *, by):
    """Save it, with a line in the history of the employer."""
    if save(conversation, by=by):
        record(conversation.employer, says, by=by)


def done(request, conversation, told: str):
    """Say so, and go back to the employer."""
    messages.success(request, told)
    return redirect(part_url(conversation.employer_id, "conversations"))


def change(form: ConversationForm, *, by):
    """Store what was corrected; another next step is still to be done."""
    if {"next_step", "next_on"} & set(form.changed_data):
        form.instance.done_at = None
    keep(form.instance, f"changed {form.instance}", by=by)


def own_or_403(request, pk) -> Conversation:
    """The person's own conversation; one of a colleague may be read, not changed."""
    conversation = get_object_or_404(Conversation.objects.visible_to(request.user).select_related("employer"), pk=pk)
    if conversation.made_by_id != request.user.pk:
        raise PermissionDenied
    return conversation


@role_required(*STAFF)
def conversation_edit(request, pk):
    conversation = own_or_403(request, pk)
    form = ConversationForm(request.POST or None, instance=conversation)
    if form.is_valid() and form.stored_by(lambda: change(form, by=request.user)):
        return done(request, conversation, "The conversation has been saved.")
    template = "conversations/conversation_edit.html"
    return show_form(request, template, form, conversation.employer, conversation=conversation)


@require_POST
@role_required(*STAFF)
@transaction.atomic
def conversation_remove(request, pk):
    conversation = own_or_403(request, pk)
    record(conversation.employer, f"removed {conversation}", by=request.user)
    conversation.delete()
    messages.success(request, "The conversation has been removed.")
    return redirect(part_url(conversation.employer_id, "conversations"))


@require_POST
@role_required(*STAFF)
def conversation_done(request, pk):
    """The next step is done, whoever of the staff did it."""
    return stepped(request, pk, timezone.now(), "did the next step", "Done.")


@require_POST
@role_required(*STAFF)
def conversation_reopen(request, pk):
    """The next step is not done after all."""
    return stepped(request, pk, None, "opened the next step again", "The next step is open again.")


@transaction.atomic
def stepped(request, pk, done_at, says: str, told: str):
    """Write down whether the next step is done, once; back to where the person was."""
    conversation = get_object_or_404(Conversation.objects.visible_to(request.user).select_related("employer"), pk=pk)
    rows = Conversation.objects.filter(pk=pk, next_on__isnull=False, done_at__isnull=done_at is not None)
    if rows.update(done_at=done_at):
        record(conversation.employer, f"{says}: {conversation.next_step}", by=request.user)
    messages.success(request, told)
    if request.POST.get("then") == "list":
        return redirect("conversation_list")
    return redirect(part_url(conversation.employer_id, "conversations"))
