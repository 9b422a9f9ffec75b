"""The kinds of support in Django's admin, for the operator. What students write has no page there."""

from django.contrib import admin

from students.support.models import SupportKind


@admin.register(SupportKind)
class SupportKindAdmin(admin.ModelAdmin):
    list_display = ["title", "hint", "position", "retired_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False
