"""The points in Django's admin, for the operator."""

from django.contrib import admin

from portal.versions_admin import VersionedAdmin
from students.readiness.models import Point


@admin.register(Point)
class PointAdmin(VersionedAdmin):
    list_display = ["number", "short", "wording", "version", "retired_at"]
