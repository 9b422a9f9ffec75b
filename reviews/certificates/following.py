"""What follows: a record that is opened again takes its certificate with it, and the student hears of it."""

from django.dispatch import receiver
from django.urls import reverse

from portal.notices import mail
from portal.workflow import moved
from reviews.certificates.models import Certificate
from reviews.signoff.models import SignOff


@receiver(moved, sender=SignOff)
def after_a_signoff(sender, thing, verb, by, **kwargs):
    if verb != "reopen":
        return
    for certificate in Certificate.objects.standing().with_facts().filter(signoff=thing):
        certificate.revoke(by=by, reason=f"The record was opened again: {thing.reopened_because}")


@receiver(moved, sender=Certificate)
def after_a_certificate(sender, thing, verb, by, **kwargs):
    if verb == "revoke":
        link = mail.absolute(reverse("certificate_detail", args=[thing.student_id]))
        mail.send(
            "certificate_revoked", to=thing.student.user, about=thing, context={"link": link, "certificate": thing}
        )
