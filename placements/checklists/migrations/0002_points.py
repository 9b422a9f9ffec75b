"""The points that every provider has: 15 of the induction, 8 before day one, 7 of the ending (from the guidance)."""

from django.db import migrations

INDUCTION = [
    (
        "I have been told about the organisation",
        "What it does or makes and for whom, which industry it belongs to, how large it is, how it is organised, and "
        "whether it works in this country only or abroad as well.",
    ),
    (
        "I know my role and the plan for my time here",
        "Which departments I will be in and when, and the work that I will watch, learn and do myself.",
    ),
    ("I know my days and times", "On which days I come, when I start and finish, and when lunch and breaks are."),
    (
        "I have been shown the rules of the workplace",
        "What to wear, health and safety, drugs and alcohol, and where the policies can be read.",
    ),
    (
        "I know who my line manager is, and whom to speak to about a problem",
        "Their names, how to reach them, and who stands in when they are away.",
    ),
    ("I know where to eat, and where the toilets and the prayer room are", "A kitchen or a quiet room counts, too."),
    (
        "I know where I may not go, or only with a member of staff",
        "If there are no such areas, say that it does not apply here.",
    ),
    (
        "I can use the IT systems that I need, and I know the rules for them",
        "How to sign in, what may be said on social media, and when and where I may use my mobile phone.",
    ),
    (
        "The hazards here were explained, and I could ask about them",
        "What can hurt somebody in this place, and what is done about it.",
    ),
    ("I know how to work safely", "Lifting, screens, substances, tools, vehicles: whatever belongs to my tasks."),
    (
        "I know that I use a machine only with permission and after training",
        "My line manager gives the permission, and the training comes first.",
    ),
    (
        "I know which protective equipment I need",
        "Why it is worn, where it is kept, and where in the building or on the site I must wear it.",
    ),
    (
        "I know that I report every injury and accident at once",
        "To my line manager or a first aider, however small it is. I know who the first aiders are.",
    ),
    ("I know what to do in a fire", "How the alarm sounds, and what I do when I find a fire or hear the alarm."),
    (
        "I know how to leave the building in an emergency",
        "The exits, the assembly point, walking and not running, and asking when I am unsure which way is right.",
    ),
]
ARRANGEMENTS = [
    ("I know on which days I work", "They stand on your first-day card. Ask your tutor if they do not fit."),
    ("I know when I start and finish, and when breaks and lunch are", "Lunch may be at a set time or when work allows."),
    (
        "I have planned my journey, with times",
        "Try it once before the first day, at the hour when you will travel. Plan B is for the day when the bus does "
        "not come.",
    ),
    (
        "I have money for the fares and for lunch",
        "For the first weeks at least. If that is difficult, tell your tutor: the college may be able to help.",
    ),
    (
        "I have the right clothes and what I need to bring",
        "A notebook and a pen always. Look at the first-day card for anything special, such as safety boots.",
    ),
    (
        "I have my employer's phone number, and I know whom to ask for",
        "Save the number in your phone: you need it if you are late or ill.",
    ),
    ("I have my tutor's phone number or e-mail address", "Save it in your phone, too."),
    (
        "I have five questions for my manager and colleagues",
        "Write them down below. Good questions begin with how, why or what.",
    ),
]
ENDING = [
    (
        "I have noted the people with whom I want to stay in touch",
        "Name, role and how to reach them. Ask first whether they are happy with it.",
    ),
    ("I have asked my manager about a reference", "It is easiest while everybody still remembers your work."),
    (
        "I have left nothing personal on the employer's computers",
        "Logbook, timesheets, photos, your e-mail account and saved passwords.",
    ),
    (
        "I take nothing with me without written permission",
        "That goes for files, samples, drawings and pictures just as for things.",
    ),
    ("I have thanked the people who helped me", "In person, before the last day is over."),
    (
        "I have written to my manager to say thank you",
        "A letter or an e-mail that says what you gained from the placement.",
    ),
    ("I have put the placement into my CV", "What you did, what you can do now, and the dates."),
]


def load(apps, schema_editor):
    point = apps.get_model("checklists", "Point")
    for name, points in [("induction", INDUCTION), ("arrangements", ARRANGEMENTS), ("ending", ENDING)]:
        for number, (wording, hint) in enumerate(points, start=1):
            point.objects.create(list=name, number=number, wording=wording, hint=hint)


def unload(apps, schema_editor):
    apps.get_model("checklists", "Point").objects.filter(provider=None).delete()


class Migration(migrations.Migration):
    dependencies = [("checklists", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
