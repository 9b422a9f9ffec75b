"""Mail: what was sent to whom. Sending goes through `portal.notices.mail` only."""

from django.db import models
from django.utils import timezone


class Notice(models.Model):
    """One mail. Its text is kept only until it is delivered (in demo mode for good, for the outbox).

    Whoever tries to send it moves `try_at` on first, so that nobody else does, and what fails is due again by then. It
    is None once the mail was sent or given up.
    """

    to = models.ForeignKey("people.User", on_delete=models.CASCADE, null=True, related_name="notices", editable=False)
    address = models.EmailField(editable=False)
    kind = models.CharField(max_length=60, editable=False)
    about = models.CharField(max_length=60, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, editable=False)
    subject = models.CharField(max_length=200, editable=False)
    text = models.TextField(blank=True, editable=False)
    html = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    try_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["to", "kind", "-created_at"], name="notice_of_a_kind"),
            models.Index(fields=["about", "about_id"], name="notice_about"),
            models.Index(fields=["try_at"], condition=models.Q(try_at__isnull=False), name="notice_to_try"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(try_at=None), name="notice_sent_is_tried_no_more"
            )
        ]

    def __str__(self):
        return f"{self.kind} at {self.created_at:%Y-%m-%d %H:%M}"
