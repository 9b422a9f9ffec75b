"""manage.py add_provider: how the operator of an installation lets a college in."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.history.models import record
from portal.notices import mail
from portal.people import invitations, joining
from portal.people.forms import CoordinatorForm
from portal.people.models import Provider, Role

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


class Command(BaseCommand):
    help = (
        "Adds a provider and its first coordinator, and mails them an invitation (a running worker sends it; where "
        "no mail server is set the link is shown here). Until they change it, they are the contact for accidents and "
        "safeguarding, too."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="name of the provider")
        parser.add_argument("ukprn", help="UKPRN, 8 digits")
        parser.add_argument("email", help="e-mail address of the first coordinator")
        parser.add_argument("--first-name", required=True, help="first name of the coordinator")
        parser.add_argument("--last-name", required=True, help="last name of the coordinator")
        parser.add_argument("--phone", required=True, help="phone number of the coordinator")

    @transaction.atomic
    def handle(self, *, name, ukprn, email, first_name, last_name, phone, **options):
        person = CoordinatorForm({"first_name": first_name, "last_name": last_name, "email": email, "phone": phone})
        provider = Provider(
            name=name,
            ukprn=ukprn,
            safeguarding_name=f"{first_name} {last_name}",
            safeguarding_phone=phone,
            safeguarding_email=email,
        )
        if mistakes := mistakes_in(provider, person):
            raise CommandError("\n".join(mistakes))
        provider.save()
        record(provider, "added the provider", by=None)
        coordinator = joining.join(provider, Role.COORDINATOR, **person.cleaned_data, by=None)
        if not invitations.may_be_invited(coordinator):
            self.stdout.write(f"{provider} has been added; {coordinator.email} has been here before and can sign in.")
            return
        invitations.invite(coordinator, provider, by=None)
        if settings.EMAIL_BACKEND == NO_MAIL:
            link = mail.absolute(invitations.path_for(coordinator))
            self.stdout.write(f"{provider} has been added.")
            self.stdout.write("No mail server is set here (EMAIL_URL): if the worker has none either, no mail leaves.")
            self.stdout.write(f"{coordinator.name} comes in here, within {invitations.DAYS} days: {link}")
        else:
            self.stdout.write(f"{provider} has been added; an invitation is on its way to {coordinator.email}.")


def mistakes_in(provider: Provider, person: CoordinatorForm) -> list[str]:
    """What is wrong with the provider and its coordinator, each with its name."""
    found = [f"{person.fields[name].label}: {' '.join(says)}" for name, says in person.errors.items()]
    try:
        provider.full_clean(exclude=["safeguarding_name", "safeguarding_phone", "safeguarding_email"])
    except ValidationError as error:
        labels = {"name": "Name of the provider", "ukprn": "UKPRN"}
        found = [f"{labels[name]}: {' '.join(says)}" for name, says in error.message_dict.items()] + found
    return found
