"""The operator's desk: statements and reasons. A wording is never rewritten, only retired."""

from django.contrib import admin

from placements.ending.models import EndReason, FeedbackStatement


class Wording(admin.ModelAdmin):
    list_display = ["number", "wording", "retired_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["wording", "number"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False


admin.site.register([EndReason, FeedbackStatement], Wording)
