"""The behaviours in Django's admin, for the operator: another wording is a new version, never a changed row."""

from django.contrib import admin

from placements.behaviours.models import Behaviour, retire, reword


@admin.register(Behaviour)
class BehaviourAdmin(admin.ModelAdmin):
    list_display = ["number", "group", "wording", "version", "retired_at"]
    list_display_links = ["wording"]
    list_filter = ["group", ("retired_at", admin.EmptyFieldListFilter)]
    search_fields = ["wording", "code"]
    actions = ["retire_chosen"]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        words = [] if obj.retired_at is None else ["wording"]
        return ["code", "group", "number", "version", "retired_at", *words]

    def save_model(self, request, obj, form, change):
        """A changed wording becomes a new version; the row itself stays as it was."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        stored = Behaviour.objects.get(pk=obj.pk)
        if stored.retired_at is None:
            reword(stored, form.cleaned_data["wording"])

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description="Offer them no more")
    def retire_chosen(self, request, behaviours):
        for behaviour in behaviours.current():
            retire(behaviour)
