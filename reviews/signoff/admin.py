"""The operator's desk: reasons for special consideration. A wording is never rewritten, only retired."""

from django.contrib import admin

from reviews.signoff.models import Reason


@admin.register(Reason)
class ReasonAdmin(admin.ModelAdmin):
    list_display = ["code", "wording", "retired_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "number", "wording"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False
