"""Useful links by topic: a list of each provider's own, shipped with first entries."""

from django.core.validators import URLValidator
from django.db import models

from portal.people.models import Provider, Role
from portal.words import long_date

READERS = (Role.STUDENT, Role.TUTOR, Role.COORDINATOR)


class Topic(models.TextChoices):
    """What a link helps with (the guidance, useful resources)."""

    SKILLS = "skills", "Skills that employers look for"
    FINDING = "finding", "Finding a placement"
    CV = "cv", "CV and cover letter"
    INTERVIEWS = "interviews", "Interviews"
    NETWORKING = "networking", "Getting to know people"
    CLOTHES = "clothes", "What to wear"
    ETIQUETTE = "etiquette", "How to behave at work"


class LinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Students and staff of the provider. Line managers have no use for them."""
        return self.filter(provider__in=user.providers_as(*READERS))

    def kept(self):
        """Those that were not removed."""
        return self.filter(removed_at=None)

    def shown(self):
        """What students find."""
        return self.kept().filter(is_shown=True)

    def broken(self):
        """Shown links that the last check could not open."""
        return self.shown().exclude(trouble="")


class Link(models.Model):
    """One link of a provider. `trouble` is what the last check found wrong, in a sentence; '' while it opens."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="resource_links", editable=False)
    slug = models.SlugField(max_length=40, blank=True, editable=False)  # of a shipped one; '' for the provider's own
    topic = models.CharField("topic", max_length=10, choices=Topic)
    number = models.PositiveSmallIntegerField("place in the list", default=1000, editable=False)
    title = models.CharField("title", max_length=100)
    url = models.CharField("address", max_length=300, validators=[URLValidator(schemes=["https", "http"])])
    words = models.CharField("what it helps with", max_length=200, blank=True)
    is_shown = models.BooleanField("students see it", default=True)
    is_checked = models.BooleanField("the check looks whether it still opens", default=True)
    removed_at = models.DateTimeField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=200, blank=True, editable=False)
    trouble_since = models.DateTimeField(null=True, editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "topic", "url"],
                condition=models.Q(removed_at=None),
                name="resource_link_once_per_topic",
            ),
            models.CheckConstraint(
                condition=models.Q(trouble="", trouble_since=None)
                | (~models.Q(trouble="") & models.Q(trouble_since__isnull=False)),
                name="resource_link_trouble_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["provider", "topic", "number"], name="resource_link_of_a_topic")]

    def __str__(self):
        return self.title

    def sentence(self) -> str:
        """What the last check said of it."""
        if not self.is_checked:
            return "Not checked: you look after it"
        if self.checked_at is None:
            return "Not checked yet"
        on = long_date(self.checked_at)
        return f"{self.trouble}, looked at on {on}" if self.trouble else f"Opened on {on}"

    @property
    def tone(self) -> str:
        return "problem" if self.trouble else "good" if self.checked_at and self.is_checked else "calm"
