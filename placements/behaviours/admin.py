"""The behaviours in Django's admin, for the operator."""

from django.contrib import admin

from placements.behaviours.models import Behaviour
from portal.versions_admin import VersionedAdmin


@admin.register(Behaviour)
class BehaviourAdmin(VersionedAdmin):
    list_display = ["number", "group", "wording", "version", "retired_at"]
    list_filter = ["group", *VersionedAdmin.list_filter]
