"""Statements as data (portal.versions) in Django's admin."""

from django.contrib import admin

from portal.versions import retire, reword


class VersionedAdmin(admin.ModelAdmin):
    """For the operator: another wording is a new version, never a changed row."""

    list_display = ["number", "wording", "version", "retired_at"]
    list_display_links = ["wording"]
    list_filter = [("retired_at", admin.EmptyFieldListFilter)]
    search_fields = ["wording", "code"]
    actions = ["retire_chosen"]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        names = [field.name for field in self.model._meta.concrete_fields if field.name not in ("id", "wording")]
        return names if obj.retired_at is None else [*names, "wording"]

    def save_model(self, request, obj, form, change):
        """A changed wording becomes a new version; the row itself stays as it was."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        stored = self.model.objects.get(pk=obj.pk)
        if stored.retired_at is None:
            reword(stored, form.cleaned_data["wording"])

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description="Offer them no more")
    def retire_chosen(self, request, statements):
        for statement in statements.current():
            retire(statement)
