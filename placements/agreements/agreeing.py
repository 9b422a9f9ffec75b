"""Making an agreement, and agreeing to it: each act in one transaction, with its history and its mails."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from placements.agreements.default_text import DEFAULT_TEXT
from placements.agreements.filling import facts_of, filled
from placements.agreements.models import Agreement, AgreementText, Answer, Party
from placements.models import Placement
from portal.asks.asking import answered, answered_otherwise, ask, withdraw_all
from portal.asks.models import Ask
from portal.files.models import store
from portal.history.models import record
from portal.notices import mail
from portal.people.models import Provider
from portal.workflow import Refused

EMPLOYER, PARENT = "agreement", "agreement_parent"
ADULT = 18
A_MOMENT = timedelta(minutes=1)  # a second press of the button within it is none
PEOPLE = ("placement__student__user", "placement__student__tutor", "placement__manager", "placement__provider")


def text_of(provider: Provider) -> AgreementText:
    """The newest version of the provider's text; version 0, unsaved, is the one that the portal ships."""
    newest = AgreementText.objects.filter(provider=provider).first()
    return newest or AgreementText(provider=provider, version=0, text=DEFAULT_TEXT)


@transaction.atomic
def new_text(provider: Provider, text: str, *, wants_parent: bool, by) -> AgreementText:
    """Keep a new version of the text; agreements that were made keep theirs."""
    Provider.objects.select_for_update().get(pk=provider.pk)
    version = text_of(provider).version + 1
    made = AgreementText.objects.create(
        provider=provider, version=version, text=text, wants_parent=wants_parent, made_by=by
    )
    record(provider, f"changed the text of the placement agreement (version {version})", by=by)
    return made


def missing_before_agreement(placement: Placement, goals: list) -> list[str]:
    """What has to be settled before an agreement can be made, as sentences."""
    found = []
    if placement.manager is None:
        found.append("No line manager is named who could agree for the employer.")
    if placement.student.tutor_id is None:
        found.append("The student has no tutor.")
    if not placement.pattern:
        found.append("The days and times are not agreed yet.")
    if not goals:
        found.append("No learning goal is written.")
    return found


@transaction.atomic
def make_agreement(placement: Placement, *, by, parent: tuple[str, str] = ("", "")) -> Agreement:
    """Make the agreement from what is known now and put it to everybody. One that was made before is kept as history.

    `parent`: name and address of a parent or carer, asked where the student is under 18 on the first day and the
    provider wants it; left out, they are those of the agreement before. Raises Refused with what is missing.
    """
    placement = Placement.objects.select_for_update(of=["self"]).with_people().get(pk=placement.pk)
    goals = list(placement.goals.current())
    if placement.status == Placement.Status.ENDED:
        raise Refused("This placement has ended, so nothing is agreed for it any more.")
    if missing := missing_before_agreement(placement, goals):
        raise Refused(*missing)
    text = text_of(placement.provider)
    words = filled(text.text, placement, goals)
    before = placement.agreements.current().first()
    if before and before.text == words and timezone.now() - before.made_at < A_MOMENT:
        raise Refused("The agreement was made a moment ago, and everybody has been asked.")
    if before:
        put_aside(before)
    agreement = Agreement.objects.create(
        placement=placement,
        version=text.version,
        text=words,
        facts=facts_of(placement, goals),
        needs_parent=text.wants_parent and placement.student.age_on(placement.first_on) < ADULT,
        parent_name=parent[0] or (before.parent_name if before else ""),
        parent_address=parent[1] or (before.parent_address if before else ""),
        made_by=by,
    )
    record(placement, "asked anew for the agreement" if before else "made the agreement", by=by)
    ask(EMPLOYER, agreement, provider=placement.provider, to=placement.manager, by=by)
    ask_the_parent(agreement, by=by)
    tell_the_student(agreement)
    return agreement


def put_aside(agreement: Agreement):
    """An agreement that another one takes the place of: kept to be read, and nobody is asked about it any more."""
    agreement.replaced_at = timezone.now()
    agreement.save(update_fields=["replaced_at"])
    for kind in (EMPLOYER, PARENT):
        withdraw_all(kind, agreement)


def ask_the_parent(agreement: Agreement, *, by):
    """Ask the parent or carer, where their agreement is wanted and their address is known."""
    if agreement.needs_parent and agreement.parent_address:
        more = {"name": agreement.parent_name, "address": agreement.parent_address}
        ask(PARENT, agreement, provider=agreement.placement.provider, by=by, **more)


def tell_the_student(agreement: Agreement):
    link = mail.absolute(reverse("agreement_detail", args=[agreement.placement_id]))
    context = {"placement": agreement.placement, "link": link}
    mail.send("agreement_ready", to=agreement.placement.student.user, context=context, about=agreement)


@transaction.atomic
def name_parent(agreement: Agreement, name: str, address: str, *, by):
    """Name the parent or carer and ask them; somebody who was named before is asked no more."""
    held = hold(agreement)
    if not held.needs_parent or held.answers.filter(party=Party.PARENT, agreed=True, taken_back_at=None).exists():
        raise Refused("No parent's or carer's agreement is wanted any more.")
    if address != held.parent_address:
        withdraw_all(PARENT, held)
    held.parent_name, held.parent_address = name, address
    held.save(update_fields=["parent_name", "parent_address"])
    record(held.placement, "named the parent or carer to be asked", by=by)
    with suppress(Refused):  # asked a few minutes ago already
        ask_the_parent(held, by=by)


def hold(agreement: Agreement) -> Agreement:
    """The agreement, held until the transaction ends; Refused where another one has taken its place."""
    held = Agreement.objects.select_for_update(of=["self"]).select_related(*PEOPLE).get(pk=agreement.pk)
    if held.replaced_at:
        raise Refused("Another agreement has taken the place of this one. Open the new one.")
    return held


@transaction.atomic
def give_answer(
    agreement: Agreement,
    party: str,
    *,
    agreed: bool,
    name: str,
    words: str = "",
    by,
    found: Ask | None = None,
    way: str,
):
    """One party agrees, or declines with words. Raises Refused where they have agreed already.

    `by` is the person who answers (None for a parent or carer), `found` the ask that led them here.
    """
    held = hold(agreement)
    answers = held.answers.filter(party=party, taken_back_at=None)
    if answers.filter(agreed=True).exists():
        raise Refused("This is agreed already.")
    answers.update(taken_back_at=timezone.now())
    given = Answer.objects.create(
        agreement=held, party=party, agreed=agreed, name=name, words=words, way=way, by=by, at=timezone.now()
    )
    write_down(held, given, by=by)
    if found:
        answered(found)
    elif party == Party.EMPLOYER:
        answered_otherwise(EMPLOYER, held, by=by)
    if agreed:
        when_all_agreed(held)
    else:
        tell_the_staff(held, given)


def write_down(agreement: Agreement, given: Answer, *, by):
    """The history of an answer. A parent has no account: the sentence names them."""
    says = "agreed to the agreement" if given.agreed else f"declined the agreement: {given.words}"
    record(agreement.placement, says if by else f"wrote down that {given.name} {says}", by=by)


def when_all_agreed(agreement: Agreement):
    """Tell the placement's history that the agreement is complete."""
    if not set(agreement.parties) - agreed_parties(agreement):
        record(agreement.placement, "has the agreement of everybody concerned", by=None)


def agreed_parties(agreement: Agreement) -> set[str]:
    """The parties that have agreed."""
    return {given.party for given in agreement.answers.all() if given.agreed and given.taken_back_at is None}


def tell_the_staff(agreement: Agreement, given: Answer):
    """Mail the tutor that somebody declined."""
    tutor = agreement.placement.student.tutor
    if tutor and tutor.is_active:
        link = mail.absolute(reverse("agreement_detail", args=[agreement.placement_id]))
        context = {"agreement": agreement, "name": given.name, "link": link}
        mail.send("agreement_declined", to=tutor, context=context, about=agreement)


@transaction.atomic
def take_back(agreement: Agreement, party: str, *, by):
    """Take an answer back before the placement starts: a slip, or a paper recorded for the wrong party."""
    held = hold(agreement)
    if held.placement.status != Placement.Status.PLANNED:
        raise Refused("The placement has started. What was agreed stays as it is; ask anew if something has changed.")
    if not held.answers.filter(party=party, taken_back_at=None).update(taken_back_at=timezone.now()):
        raise Refused("There is no answer to take back.")
    record(held.placement, f"took back the answer of the {Party(party).label.lower()}", by=by)
    if party == Party.EMPLOYER and held.placement.manager:
        ask(EMPLOYER, held, provider=held.placement.provider, to=held.placement.manager, by=by)
    if party == Party.PARENT:
        ask_the_parent(held, by=by)


@transaction.atomic
def sign_on_paper(agreement: Agreement, parties: list[str], accepted, on, *, parent_name: str = "", by):
    """Keep the scan of a signed paper; each of `parties` has signed it `on` that day. `by` records it."""
    held = hold(agreement)
    open_parties = [party for party in parties if party in held.parties and party not in agreed_parties(held)]
    if not open_parties:
        raise Refused("They have all agreed already.")
    placement = held.placement
    held.scan = store(accepted, provider=placement.provider, by=by)
    held.parent_name = held.parent_name or parent_name
    held.save(update_fields=["scan", "parent_name"])
    held.answers.filter(party__in=open_parties, taken_back_at=None).update(taken_back_at=timezone.now())
    names = {
        Party.STUDENT: placement.student.name,
        Party.EMPLOYER: placement.manager.name if placement.manager else placement.employer.name,
        Party.PROVIDER: by.name,
        Party.PARENT: held.parent_name or "A parent or carer",
    }
    for party in open_parties:
        Answer.objects.create(
            agreement=held, party=party, agreed=True, name=names[party], way=Answer.Way.PAPER, by=by, signed_on=on,
            recorded_by_name=by.name,
        )  # fmt: skip
    for kind, party in ((EMPLOYER, Party.EMPLOYER), (PARENT, Party.PARENT)):
        if party in open_parties:
            withdraw_all(kind, held)
    said = ", ".join(Party(party).label.lower() for party in open_parties)
    record(held.placement, f"recorded the agreement signed on paper on {on:%-d %B %Y} ({said})", by=by)
    when_all_agreed(held)
