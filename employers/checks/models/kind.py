"""What a provider checks before it sends students to an employer: a list of its own, shipped with six kinds."""

from django.db import models

from portal.people.models import Provider, Role


class Scope(models.TextChoices):
    EMPLOYER = "employer", "Once for the employer"
    SITE = "site", "For each site"


class Needed(models.TextChoices):
    ALWAYS = "always", "Before every placement"
    UNDER_18 = "under_18", "Before placements of students under 18"
    ADVICE = "advice", "Good to have, keeps nothing from starting"


class CheckKindQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The staff of the provider."""
        return self.filter(provider__in=user.providers_as(Role.COORDINATOR, Role.TUTOR))

    def in_use(self):
        return self.filter(is_used=True)


class CheckKind(models.Model):
    """One kind of check of a provider. Every provider begins with those of the guidance (employers.checks.shipped).

    A check keeps the wording under which it was made (`Check.wording`), so that this one may be changed at any time.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="check_kinds", editable=False)
    slug = models.SlugField(max_length=40, blank=True, editable=False)  # of a shipped one; '' for the provider's own
    number = models.PositiveSmallIntegerField(default=100, editable=False)
    title = models.CharField("what is checked", max_length=120)
    hint = models.CharField(
        "what to write down",
        max_length=300,
        blank=True,
        help_text="Stands above the notes of such a check, also where the employer fills them in.",
    )
    scope = models.CharField("how often", max_length=8, choices=Scope, default=Scope.EMPLOYER)
    needed = models.CharField("when it is needed", max_length=8, choices=Needed, default=Needed.ALWAYS)
    expires = models.BooleanField("it lapses after a time", default=True)
    months = models.PositiveSmallIntegerField(
        "how many months it usually holds",
        null=True,
        blank=True,
        help_text="Leave empty where the last day stands on the document, as on a certificate of insurance.",
    )
    wants_document = models.BooleanField("a document belongs to it", default=False)
    from_employer = models.BooleanField("the employer can send it, by a mailed link", default=False)
    of_tasters = models.BooleanField("work tasters need it as well", default=True)
    is_used = models.BooleanField("in use", default=True, editable=False)

    objects = CheckKindQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "title"], name="check_kind_once_per_provider"),
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="check_kind_scope_known"),
            models.CheckConstraint(condition=models.Q(needed__in=Needed.values), name="check_kind_needed_known"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_per_site(self) -> bool:
        return self.scope == Scope.SITE

    @property
    def lasting(self) -> str:
        """How long it holds, in words."""
        if not self.expires:
            return "Holds until something changes"
        if self.months:
            return f"Usually holds {self.months} month{'' if self.months == 1 else 's'}"
        return "Holds until the day on the document"

    def is_needed_at(self, age: int, *, is_taster: bool = False) -> bool:
        """Whether a placement (or work taster) of a student who is `age` years old on the first day needs it."""
        if is_taster and not self.of_tasters:
            return False
        return self.needed == Needed.ALWAYS or (self.needed == Needed.UNDER_18 and age < 18)
