"""The kinds of worry in Django's admin, for the operator. Saving makes a new version; old worries keep their words."""

from django.contrib import admin

from placements.concerns.models import ConcernKind


@admin.register(ConcernKind)
class ConcernKindAdmin(admin.ModelAdmin):
    list_display = ["title", "code", "version", "within", "unit", "replaced_at"]
    readonly_fields = ["version", "replaced_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).current()

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, *(["code"] if obj else [])]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.save()
        elif form.changed_data:
            obj.pk = obj.rewrite(**{name: form.cleaned_data[name] for name in form.changed_data}).pk

    def has_delete_permission(self, request, obj=None):
        return False
