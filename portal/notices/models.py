"""Mail: what was sent to whom. Sending goes through `portal.notices.mail` only."""

from django.db import models
from django.utils import timezone


class Notice(models.Model):
    """One mail. Its text is kept only until it is delivered (in demo mode for good, for the outbox)."""

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

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["to", "kind", "-created_at"], name="notice_of_a_kind"),
            models.Index(fields=["about", "about_id"], name="notice_about"),
        ]

    def __str__(self):
        return f"{self.kind} at {self.created_at:%Y-%m-%d %H:%M}"
