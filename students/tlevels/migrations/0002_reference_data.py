"""T Levels and the first rule set, from the guidance in force from January 2025 (docs/rules.md)."""

from datetime import date, time

from django.db import migrations

T_LEVELS = {
    "Construction": {
        "Design, Surveying and Planning": "61053107",
        "Building Services Engineering": "61057800",
        "Onsite Construction": "60369176",
    },
    "Education and Early Years": {"Education and Early Years": "61057484"},
    "Digital": {
        "Digital Software Development": "61058014",
        "Digital Support and Security": "6105799X",
        "Digital Data Analytics": "61058002",
    },
    "Health and Science": {"Health": "6037066X", "Healthcare Science": "6037083X", "Science": "60369899"},
    "Legal, Finance and Accounting": {"Finance": "6100008X", "Accounting": "61000079", "Legal Services": "61022263"},
    "Engineering and Manufacturing": {
        "Design and Development": "61005162",
        "Maintenance, Installation and Repair": "61006920",
        "Manufacturing, Processing and Control": "61009714",
    },
    "Business": {"Management and Administration": "61001115"},
    "Agriculture": {
        "Agriculture, Land Management and Production": "61029336",
        "Animal Care and Management": "61041580",
    },
    "Creative and Design": {
        "Craft and Design": "61040915",
        "Media, Broadcast and Production": "61040927",
    },
    "Sales": {"Marketing": "61051251"},
}
CLOSED = ["Onsite Construction"]
SPECIALISMS = [
    # T Level, specialism, required hours, all hours in person
    ("Education and Early Years", "Early Years Educator", 750, True),
    ("Education and Early Years", "Assisting Teaching", 315, False),
    ("Health", "Dental Nursing", 315, True),
]
APPROACHES = [
    # approach, route, cap in hours, share, of, not together with, SEND only, several employers
    ("taster", "", 35, None, 1, "", False, True),
    ("remote", "", None, 1, 5, "", False, False),
    ("remote", "Digital", None, 1, 2, "", False, False),
    ("skills_hub", "", None, 1, 3, "small_team", False, False),
    ("small_team", "", None, 1, 3, "skills_hub", False, False),
    ("paid_job", "", None, None, 1, "", False, False),
    ("on_site", "", 105, None, 1, "", True, False),
]


def load(apps, schema_editor):
    t_level = apps.get_model("tlevels", "TLevel")
    for route, titles in T_LEVELS.items():
        for title, code in titles.items():
            t_level.objects.create(route=route, title=title, core_code=code, is_closed=title in CLOSED)
    specialism = apps.get_model("tlevels", "Specialism")
    for title, name, hours, in_person in SPECIALISMS:
        one = specialism(tlevel=t_level.objects.get(title=title), title=name)
        one.required_hours, one.in_person_only = hours, in_person  # columns until 0005
        one.save()
    rule_set = apps.get_model("tlevels", "RuleSet").objects.create(
        name="2024/25",
        starts_on=date(2024, 9, 1),
        source="Industry placement delivery guidance, in force from January 2025",
        max_employers=2,
    )
    approach_rule = apps.get_model("tlevels", "ApproachRule")
    for approach, route, hours, share, of, not_with, send, several in APPROACHES:
        approach_rule.objects.create(
            rule_set=rule_set,
            approach=approach,
            route=route,
            cap_hours=hours,
            cap_numerator=share,
            cap_denominator=of,
            not_with=not_with,
            only_with_send=send,
            any_number_of_employers=several,
        )
    working_time = apps.get_model("tlevels", "WorkingTimeRule")
    working_time.objects.create(
        rule_set=rule_set,
        age_from=0,
        age_to=18,
        day_minutes=8 * 60,
        week_minutes=40 * 60,
        break_after_minutes=270,
        break_minutes=30,
        daily_rest_minutes=12 * 60,
        weekly_rest_minutes=48 * 60,
        night_starts=time(22),
        night_ends=time(6),
    )
    working_time.objects.create(
        rule_set=rule_set,
        age_from=18,
        age_to=200,
        week_minutes=48 * 60,
        week_average_over=17,
        break_after_minutes=6 * 60,
        break_minutes=20,
        daily_rest_minutes=11 * 60,
        weekly_rest_minutes=24 * 60,
    )


def unload(apps, schema_editor):
    apps.get_model("tlevels", "RuleSet").objects.all().delete()
    apps.get_model("tlevels", "TLevel").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("tlevels", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
