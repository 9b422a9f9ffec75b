"""Employers as a provider knows them: the organisation, its sites and its line managers."""

from django.db import models

from portal.identifiers import UNKNOWN_ERN, validate_ern
from portal.people.models import Provider, Role, User


class VisibleThroughEmployer(models.QuerySet):
    """Rows that belong to an employer are visible to the staff of the provider that keeps that employer."""

    employer = "employer__"

    def visible_to(self, user):
        providers = user.providers_as(Role.COORDINATOR, Role.TUTOR)
        return self.filter(**{f"{self.employer}provider__in": providers})


class EmployerQuerySet(VisibleThroughEmployer):
    employer = ""


class Size(models.TextChoices):
    MICRO = "micro", "Fewer than 10 people"
    SMALL = "small", "10 to 49 people"
    MEDIUM = "medium", "50 to 249 people"
    LARGE = "large", "250 people or more"


class Employer(models.Model):
    """An organisation that hosts placements, as one provider keeps it. Two providers keep the same one separately."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="employers", editable=False)
    name = models.CharField("name", max_length=200)
    ern = models.CharField(
        "employer number (ERN)",
        max_length=9,
        default=UNKNOWN_ERN,
        validators=[validate_ern],
        help_text="9 digits. Leave 999999999 where the number is not known.",
    )
    sector = models.CharField("sector", max_length=100, blank=True)
    size = models.CharField("size", max_length=6, choices=Size, blank=True)
    address = models.CharField("address", max_length=300, blank=True)
    town = models.CharField("town", max_length=100, blank=True)
    postcode = models.CharField("postcode", max_length=10, blank=True)
    phone = models.CharField("phone number", max_length=40, blank=True)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "name"], name="employer_once_per_provider")]

    def __str__(self):
        return self.name


class Site(models.Model):
    """A place where an employer's people work."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="sites", editable=False)
    name = models.CharField("name of the site", max_length=150)
    address = models.CharField("address", max_length=300, blank=True)
    town = models.CharField("town", max_length=100, blank=True)
    postcode = models.CharField("postcode", max_length=10, blank=True)

    objects = VisibleThroughEmployer.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["employer", "name"], name="site_once_per_employer")]

    def __str__(self):
        return self.name


class LineManager(models.Model):
    """A person at an employer who looks after students there. Their User may be known to several providers."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="line_managers", editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="line_manager_at", editable=False)
    job_title = models.CharField("job title", max_length=100, blank=True)

    objects = VisibleThroughEmployer.as_manager()

    class Meta:
        ordering = ["user__last_name", "user__first_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["employer", "user"], name="line_manager_once_per_employer")]

    def __str__(self):
        return self.user.name
