"""What each T Level is about, in two plain sentences for a line manager."""

from django.db import migrations

BRIEFS = {
    "Design, Surveying and Planning": "Students learn how buildings and roads are planned: drawing, measuring, costing "
    "and the rules that apply. They can help with surveys, drawings and site records, under guidance.",
    "Building Services Engineering": "Students learn to install and look after what makes a building work: heating, "
    "water, electricity, ventilation. They can help with fitting, testing and maintenance, always supervised.",
    "Onsite Construction": "Students learn a building trade, such as bricklaying, carpentry, plastering or painting, "
    "and how a site is run. They can work with hand tools and materials next to an experienced person.",
    "Education and Early Years": "Students learn how children grow, play and learn, and how to keep them safe. They can "
    "help in a nursery or a classroom with activities, care and observation, with qualified staff in the room.",
    "Digital Software Development": "Students learn to design, write and test software, with databases and the web. "
    "They can take on small pieces of code, testing and documentation, reviewed by a colleague.",
    "Digital Support and Security": "Students learn how computers and networks are set up, supported and kept safe. They "
    "can help at a service desk, prepare devices and look into faults, with somebody to turn to.",
    "Digital Data Analytics": "Students learn to collect, clean and analyse data and to show what it says. They can "
    "prepare spreadsheets and dashboards and check the quality of data, guided by a colleague.",
    "Health": "Students learn how the body works, what good care is, and how health services are run. They can help "
    "patients and staff with everyday care and routine measurements, under supervision.",
    "Healthcare Science": "Students learn the science and the laboratory skills that diagnosis and treatment rest on. "
    "They can help to prepare samples and equipment and record results, under supervision.",
    "Science": "Students learn how laboratories work, from planning an experiment to reporting on it. They can help with "
    "preparation, measurements, stock and records, under supervision.",
    "Finance": "Students learn how financial firms work, what they offer and which rules protect customers. They can "
    "help with records, checks and enquiries, with a colleague who signs off.",
    "Accounting": "Students learn bookkeeping, final accounts, tax and payroll. They can post entries, match statements "
    "and prepare schedules, checked by a colleague.",
    "Legal Services": "Students learn how the law and law firms work, in business, crime and civil matters. They can "
    "prepare files, do research and draft simple letters, checked by a lawyer.",
    "Design and Development": "Students learn to design and model products and systems, in mechanics, electronics or "
    "control. They can draw, build prototypes and test them with an engineer.",
    "Maintenance, Installation and Repair": "Students learn to install, look after and repair machines and systems, and "
    "to find faults. They can help with planned maintenance and repairs, supervised and after training.",
    "Manufacturing, Processing and Control": "Students learn how things are made, from fitting and machining to the "
    "control of a process. They can help on a line or at a bench, supervised and after training.",
    "Management and Administration": "Students learn how organisations are run: projects, people, money and "
    "improvement. They can organise meetings, keep records, prepare reports and help with a project.",
    "Agriculture, Land Management and Production": "Students learn to grow crops, keep livestock, or look after land and "
    "its machinery. They can help with daily work on a farm or an estate, supervised and after training.",
    "Animal Care and Management": "Students learn how animals live, and how to feed, handle and keep them well. They can "
    "help with daily care, cleaning and records, beside experienced staff.",
    "Craft and Design": "Students learn to design and make things, such as jewellery, textiles, furniture or ceramics. "
    "They can help from sketch to finished piece, and with presenting and selling it.",
    "Media, Broadcast and Production": "Students learn to plan, shoot, record and edit for film, television, radio and "
    "the web. They can help on a production, prepare equipment and edit short pieces.",
    "Marketing": "Students learn how customers are understood and reached, in print, online and in person. They can help "
    "with campaigns, posts, events and figures, approved by a colleague.",
}


def load(apps, schema_editor):
    briefs = apps.get_model("arrangements", "TLevelBrief").objects
    for tlevel in apps.get_model("tlevels", "TLevel").objects.filter(title__in=BRIEFS):
        briefs.create(tlevel=tlevel, says=BRIEFS[tlevel.title])


def unload(apps, schema_editor):
    apps.get_model("arrangements", "TLevelBrief").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("arrangements", "0001_initial"), ("tlevels", "0002_reference_data")]

    operations = [migrations.RunPython(load, unload)]
