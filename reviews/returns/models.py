"""What was made to be sent out, kept as it was: a college must be able to show what it sent."""

from django.db import models
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from portal.files.models import StoredFile
from portal.people.models import Provider, Role, User
from portal.words import moment
from reviews.returns.choosing import Choice
from students.models import Student
from students.tlevels.models import TLevel


class ReturnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The placement office's own."""
        return self.filter(provider__in=user.providers_as(Role.COORDINATOR))


class Return(models.Model):
    """One return as it was made, with one file or several. Never changed or removed.

    `kind` is one of reviews.returns.kinds. The students were chosen by `years` of entry and, where there is one, the
    T Level. `lines` went in, `left_out` had something wrong. `digest` says whether another one would be the same.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(max_length=20, editable=False)
    years = models.JSONField("years of entry", default=list, editable=False)
    tlevel = models.ForeignKey(TLevel, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    lines = models.PositiveIntegerField("rows", editable=False)
    left_out = models.PositiveIntegerField("rows left out", editable=False)
    digest = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(lines__gt=0), name="return_has_lines")]
        indexes = [models.Index(fields=["provider", "-made_at"], name="return_by_provider")]

    def __str__(self):
        return f"Return of {moment(self.made_at)}"

    def get_absolute_url(self):
        return reverse("return_detail", args=[self.pk])

    @property
    def size(self) -> str:
        """'1,090 rows, 1 left out'."""
        rows = f"{self.lines:,} row{pluralize(self.lines)}"
        return f"{rows}, {self.left_out:,} left out" if self.left_out else rows

    @property
    def choice(self) -> Choice:
        """Whose lines it holds. Without a query where the T Level was read along."""
        return Choice(self.years, self.tlevel)


class ReturnFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Visible if and only if the return is."""
        return self.filter(part_of__in=Return.objects.visible_to(user))


class ReturnFile(models.Model):
    """One file of a return, `number` 1 first."""

    part_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="files", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    lines = models.PositiveIntegerField("rows", editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ReturnFileQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["part_of", "number"], name="return_file_once")]

    def __str__(self):
        return self.file.name


class ReturnRow(models.Model):
    """Of whom one row of a return is, as it was then. What a row says stands in the file alone.

    `wrong` says why it was left out, and is empty for what went in. `about` tells rows of one student from each other.
    """

    part_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="rows", editable=False)
    student = models.ForeignKey(Student, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    uln = models.CharField("ULN", max_length=10, blank=True, editable=False)
    about = models.CharField(max_length=60, blank=True, editable=False)
    wrong = models.TextField("why it was left out", blank=True, editable=False)

    class Meta:
        ordering = ["pk"]  # that of the names

    def __str__(self):
        return f"{self.about or 'Row'}: {self.wrong or 'sent'}"
