"""manage.py add_provider: how the operator of an installation lets a college in."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.history.models import record
from portal.people import invitations, joining
from portal.people.models import Provider, Role


class Command(BaseCommand):
    help = (
        "Adds a provider and its first coordinator, and mails them an invitation. Until they change it, they are the "
        "contact for accidents and safeguarding, too."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="name of the provider")
        parser.add_argument("ukprn", help="UKPRN, 8 digits")
        parser.add_argument("email", help="e-mail address of the first coordinator")
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)
        parser.add_argument("--phone", required=True, help="phone number of the coordinator")

    @transaction.atomic
    def handle(self, *, name, ukprn, email, first_name, last_name, phone, **options):
        provider = Provider(
            name=name,
            ukprn=ukprn,
            safeguarding_name=f"{first_name} {last_name}",
            safeguarding_phone=phone,
            safeguarding_email=email,
        )
        try:
            provider.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        provider.save()
        record(provider, "added the provider", by=None)
        coordinator = joining.join(
            provider, Role.COORDINATOR, email=email, first_name=first_name, last_name=last_name, phone=phone, by=None
        )
        if invitations.may_be_invited(coordinator):
            invitations.invite(coordinator, provider, by=None)
            self.stdout.write(f"{provider} has been added; an invitation is on its way to {coordinator.email}.")
        else:
            self.stdout.write(f"{provider} has been added; {coordinator.email} has been here before and can sign in.")
