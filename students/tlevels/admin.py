"""T Levels and rule sets in Django's admin, for the operator: a new academic year is data, not code."""

from django.contrib import admin

from students.tlevels.models import ApproachRule, RuleSet, Specialism, TLevel, WorkingTimeRule


class SpecialismInline(admin.TabularInline):
    model = Specialism
    extra = 0


@admin.register(TLevel)
class TLevelAdmin(admin.ModelAdmin):
    inlines = [SpecialismInline]
    list_display = ["title", "route", "core_code", "required_hours", "is_closed"]
    list_filter = ["route", "is_closed"]
    search_fields = ["title", "core_code"]


class ApproachRuleInline(admin.TabularInline):
    model = ApproachRule
    extra = 0


class WorkingTimeRuleInline(admin.StackedInline):
    model = WorkingTimeRule
    extra = 0


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    inlines = [ApproachRuleInline, WorkingTimeRuleInline]
    list_display = ["name", "starts_on", "source", "max_employers"]
