"""For the operator: what each T Level is about, in two sentences."""

from django.contrib import admin

from placements.arrangements.models import TLevelBrief


@admin.register(TLevelBrief)
class TLevelBriefAdmin(admin.ModelAdmin):
    list_display = ["tlevel", "says"]
    list_select_related = ["tlevel"]
    search_fields = ["tlevel__title", "says"]
