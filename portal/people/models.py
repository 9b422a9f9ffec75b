"""People, the providers that they belong to, and in which role."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from portal.identifiers import validate_ukprn


class Provider(models.Model):
    """An education provider (a college). All data belongs to exactly one provider and is invisible to every other."""

    name = models.CharField("name", max_length=200)
    ukprn = models.CharField("UKPRN", max_length=8, unique=True, validators=[validate_ukprn])
    address = models.TextField("address", blank=True)
    safeguarding_name = models.CharField("contact for accidents and safeguarding", max_length=150)
    safeguarding_phone = models.CharField("their phone number", max_length=40)
    safeguarding_email = models.EmailField("their e-mail address")
    logo = models.ImageField("logo", upload_to="logos/", blank=True, help_text="PNG or JPEG; shown on PDF reports.")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """Make a person; without a password they sign in with a code by mail until they choose one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Make an operator of the installation (the only kind of person that Django's admin lets in)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with their e-mail address. What they may see follows from their memberships."""

    email = models.EmailField("e-mail address", unique=True, error_messages={"unique": "Somebody has this address."})
    first_name = models.CharField("first name", max_length=100)
    last_name = models.CharField("last name", max_length=100)
    phone = models.CharField("phone number", max_length=40, blank=True)
    is_active = models.BooleanField("may sign in", default=True)
    is_staff = models.BooleanField("operator of this installation", default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    acts_by_link = False  # set where they act by a mailed link (portal.by_link): nobody has asked who it is

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_case")]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def signature(self) -> str:
        """The name for the history, with how they came, where it was not by signing in."""
        return f"{self.name} (by the link in a mail)" if self.acts_by_link else self.name

    @property
    def is_invited_only(self) -> bool:
        """Invited, and never signed in so far."""
        return self.last_login is None

    @cached_property
    def desks(self) -> list["Membership"]:
        """Their memberships with providers, in a fixed order; one query per request at most (see DeskBackend)."""
        return list(self.memberships.select_related("provider").order_by("pk"))

    def providers_as(self, *roles: str) -> list[int]:
        """Primary keys of the providers at which this person has one of `roles`."""
        return [desk.provider_id for desk in self.desks if desk.role in roles]


class Role(models.TextChoices):
    STUDENT = "student", "Student"
    TUTOR = "tutor", "Tutor"
    MANAGER = "manager", "Line manager"
    COORDINATOR = "coordinator", "Coordinator"


STAFF = frozenset({Role.TUTOR, Role.COORDINATOR})  # as roles of a desk, and as relations to a record


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coordinators see who belongs to their provider."""
        return self.filter(provider__in=user.providers_as(Role.COORDINATOR))


class Membership(models.Model):
    """One person in one role at one provider. A person may have several; the one in use is their 'desk'."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("role", max_length=12, choices=Role)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__last_name", "user__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "provider", "role"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]
        indexes = [models.Index(fields=["provider", "role", "user"], name="membership_by_role")]

    def __str__(self):
        return f"{self.get_role_display()}, {self.provider}"
