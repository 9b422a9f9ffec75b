"""T Levels and rule sets in Django's admin, for the operator: a new academic year is data, not code."""

from datetime import date

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from students.tlevels.models import ApproachRule, RequiredHours, RuleSet, Specialism, TLevel, WorkingTimeRule


class SpecialismInline(admin.TabularInline):
    model = Specialism
    extra = 0


@admin.register(TLevel)
class TLevelAdmin(admin.ModelAdmin):
    inlines = [SpecialismInline]
    list_display = ["title", "route", "core_code", "is_closed"]
    list_filter = ["route", "is_closed"]
    search_fields = ["title", "core_code"]


class RequiredHoursFormSet(BaseInlineFormSet):
    """Rows that say what is required of everybody, or none, if there is a rule set to keep them of."""

    def clean(self):
        """A rule set that left somebody without required hours could count nobody's."""
        super().clean()
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data and not self._should_delete_form(form)]
        others = RequiredHours.objects.exclude(rule_set=self.instance.pk).filter(
            rule_set__starts_on__lt=self.instance.starts_on or date.min
        )
        if not any(row["tlevel"] is None and row["specialism"] is None for row in rows) and (
            rows or not others.exists()
        ):
            raise ValidationError("Add a row for every T Level that is not named: leave T Level and specialism empty.")


class RequiredHoursInline(admin.TabularInline):
    model = RequiredHours
    formset = RequiredHoursFormSet
    extra = 0


class ApproachRuleInline(admin.TabularInline):
    model = ApproachRule
    extra = 0


class WorkingTimeRuleInline(admin.StackedInline):
    model = WorkingTimeRule
    extra = 0


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    """A new year begins as a copy: open the newest rule set, change the year and the day, and save it as new."""

    inlines = [RequiredHoursInline, ApproachRuleInline, WorkingTimeRuleInline]
    list_display = ["name", "starts_on", "source", "max_employers"]
    save_as = True
