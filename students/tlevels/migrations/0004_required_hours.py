"""Required hours become part of a rule set: every one keeps what T Levels and specialisms said until now."""

from statistics import mode

import django.db.models.deletion
from django.db import migrations, models


# As shipped: for tables that never had the columns of before (tests/reference.py).
SHIPPED = {"Early Years Educator": (750, True), "Dental Nursing": (315, True)}


def said_by(one) -> tuple[int, bool]:
    """(required hours, all in person) of a T Level or specialism."""
    if hasattr(one, "required_hours"):
        return one.required_hours, getattr(one, "in_person_only", False)
    return SHIPPED.get(one.title, (315, False))


def into_the_rule_sets(apps, schema_editor):
    """One row for every T Level, and one for each T Level and specialism that differs."""
    tlevels = {one: said_by(one) for one in apps.get_model("tlevels", "TLevel").objects.order_by("pk")}
    specialisms = apps.get_model("tlevels", "Specialism").objects.select_related("tlevel").order_by("pk")
    usual = (mode(hours for hours, _ in tlevels.values()) if tlevels else 315, False)
    rows = [({}, usual), *(({"tlevel": one}, said) for one, said in tlevels.items() if said != usual)]
    rows += [({"specialism": one}, said_by(one)) for one in specialisms if said_by(one) != tlevels[one.tlevel]]
    required_hours = apps.get_model("tlevels", "RequiredHours")
    for rule_set in apps.get_model("tlevels", "RuleSet").objects.order_by("starts_on"):
        for whom, (hours, in_person) in rows:
            required_hours.objects.create(rule_set=rule_set, hours=hours, in_person_only=in_person, **whom)


def back_to_the_t_levels(apps, schema_editor):
    newest = apps.get_model("tlevels", "RuleSet").objects.exclude(required_hours=None).order_by("starts_on").last()
    rows = {(row.tlevel_id, row.specialism_id): row for row in newest.required_hours.all()} if newest else {}
    for tlevel in apps.get_model("tlevels", "TLevel").objects.prefetch_related("specialisms"):
        asked = rows.get((tlevel.pk, None)) or rows.get((None, None))
        if asked:
            tlevel.required_hours = asked.hours
            tlevel.save()
        for one in tlevel.specialisms.all():
            if own := rows.get((None, one.pk)) or asked:
                one.required_hours, one.in_person_only = own.hours, own.in_person_only
                one.save()


class Migration(migrations.Migration):
    dependencies = [("tlevels", "0003_what_approaches_mean")]

    operations = [
        migrations.CreateModel(
            name='RequiredHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hours', models.PositiveSmallIntegerField(verbose_name='required hours')),
                ('in_person_only', models.BooleanField(default=False, verbose_name='all hours in person with an employer')),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='required_hours', to='tlevels.ruleset')),
                ('specialism', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tlevels.specialism', verbose_name='only for this specialism')),
                ('tlevel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tlevels.tlevel', verbose_name='only for this T Level')),
            ],
            options={
                'verbose_name': 'required hours',
                'verbose_name_plural': 'required hours',
                'ordering': ['rule_set', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('rule_set', 'tlevel'), name='required_hours_once_for_tlevel'), models.UniqueConstraint(fields=('rule_set', 'specialism'), name='required_hours_once_for_specialism'), models.UniqueConstraint(condition=models.Q(('specialism', None), ('tlevel', None)), fields=('rule_set',), name='required_hours_once_for_every'), models.CheckConstraint(condition=models.Q(('tlevel', None), ('specialism', None), _connector='OR'), name='required_hours_for_one', violation_error_message='Choose the T Level or the specialism, not both.'), models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='required_hours_some')],
            },
        ),
        migrations.RunPython(into_the_rule_sets, back_to_the_t_levels),
    ]
