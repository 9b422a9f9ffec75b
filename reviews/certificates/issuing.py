"""Issuing certificates: the page made, signed and kept, one for each sign-off that stands."""

import hashlib

import segno
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_tasks import task

from portal.files.models import store
from portal.history.models import record
from portal.notices import mail
from portal.parcels.tasks import QUEUE
from portal.pdf import logo_uri, pdf
from portal.people.models import Provider, User
from portal.uploads import Accepted
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.certificates.keys import key_of
from reviews.certificates.models import Certificate
from reviews.certificates.signing import signed
from reviews.signoff.models import SignOff

AT_ONCE = 500


def waiting():
    """Sign-offs that stand and have no certificate that holds, the oldest first."""
    there = Certificate.objects.standing().filter(student=OuterRef("student"))
    return SignOff.objects.standing().filter(~Exists(there)).order_by("signed_off_at", "pk")


def issue(signoff: SignOff, *, by) -> Certificate:
    """Make, sign and keep the certificate; the student has a mail. `by` None: the portal itself.

    Raises Refused (no key, not signed off any more), SomebodyWasQuicker if there is one already.
    """
    made = drawn_up(signoff, by=by)
    return keep(made, written(made), by=by)


def drawn_up(signoff: SignOff, *, by) -> Certificate:
    """A certificate that is not stored yet. Raises Refused where none can be issued."""
    if not signoff.stands:
        raise Refused("The record has been opened again. It has to be signed off before a certificate can be issued.")
    if Certificate.objects.standing().filter(student=signoff.student_id).exists():
        raise Refused("There is a certificate already. Revoke it first, if it is wrong.")
    return Certificate(
        provider=signoff.provider,
        student=signoff.student,
        signoff=signoff,
        key=key_of(signoff.provider, by=by),
        holder=signoff.student.name,
        college=signoff.provider.name,
        issued_at=timezone.now(),
        issued_by=by,
    )


def written(made: Certificate) -> bytes:
    """Its page as a PDF, signed."""
    html = render_to_string("print/certificate.html", sheet_of(made) | {"is_pdf": True})
    return signed(pdf(html), made.key, reason=str(made), location=made.public_url)


def keep(made: Certificate, content: bytes, *, by) -> Certificate:
    """Store what was made, if the sign-off still stands and nobody else was quicker."""
    try:
        with transaction.atomic():
            if not SignOff.objects.standing().select_for_update().filter(pk=made.signoff_id).exists():
                raise SomebodyWasQuicker(made.signoff)
            accepted = Accepted(made.file_name[-150:], "application/pdf", content)
            made.file = store(accepted, provider=made.provider, by=by)
            made.digest = hashlib.sha256(content).hexdigest()
            made.save(force_insert=True)
            record(made, f"issued the certificate {made.number}", by=by)
            link = mail.absolute(reverse("certificate_detail", args=[made.student_id]))
            mail.send("certificate_ready", to=made.student.user, about=made, context={"link": link})
    except IntegrityError:
        raise SomebodyWasQuicker(made) from None
    return made


def sheet_of(certificate: Certificate) -> dict:
    """What stands on the page."""
    return {
        "certificate": certificate,
        "signoff": certificate.signoff,
        "student": certificate.student,
        "provider": certificate.provider,
        "logo": logo_uri(certificate.provider),
        "qr": qr_code(certificate.public_url),
        "made_at": certificate.issued_at,
    }


def qr_code(address: str) -> SafeString:
    """A QR code as inline SVG with a title, so that a tagged PDF has an alternative text."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(
        scale=4, border=2, dark="#000", light="#fff", title="QR code that leads to the page where this can be checked",
        svgclass=None, lineclass=None,
    )  # fmt: skip
    return mark_safe(drawn)  # noqa: S308 - made here, from our own address


def issue_all(provider: Provider, *, by) -> int:
    """Have a worker issue what waits, at most AT_ONCE; returns how many. Raises Refused if there is no key to sign."""
    key_of(provider, by=by)
    found = list(waiting().filter(provider=provider).values_list("pk", flat=True)[:AT_ONCE])
    for pk in found:
        issue_later.enqueue(pk, by.pk)
    return len(found)


@task(queue_name=QUEUE)
def issue_later(pk: int, by: int):
    """One of many, beside the parcels so that mails need not wait; what has been settled meanwhile is left alone."""
    signoff = SignOff.objects.standing().with_people().select_related("provider").filter(pk=pk).first()
    if signoff is None:
        return
    try:
        issue(signoff, by=User.objects.get(pk=by))
    except (Refused, SomebodyWasQuicker):
        return
