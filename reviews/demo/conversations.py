"""Conversations of the demo's staff with employers, with next steps: one due, some to come, some done."""

from datetime import time, timedelta

from django.utils import timezone

from employers.conversations.models import Conversation, Way
from portal.history.models import record

SPOKEN = {  # firm: (days ago, who of the staff, how, about, next step, days from today, done)
    "oswin": [
        (34, "tutor", Way.VISIT, "Looked round the service desk. Maya has her own queue by now and is asked for "
         "by name. Amira would take two students next year, from September.",
         "Send the dates of next year’s block", -20, True),
        (6, "tutor", Way.PHONE, "Amira asked how the final review works and who comes. Half an hour on site is enough "
         "for her, mornings are best.", "Agree the day of the final review", 3, False),
    ],
    "tidewater": [
        (11, "coordinator", Way.PHONE, "The insurance ran out. Leo is waiting for the broker and will send the new "
         "certificate as soon as it is there.", "Ring again if the certificate is not in", -1, False),
    ],
    "harbour": [
        (19, "coordinator", Way.VIDEO, "Jess is pleased with all three. She wonders whether a student could stay on as "
         "an apprentice, and whom to talk to about it.", "Put Jess in touch with the apprenticeship team", 9, False),
    ],
    "beech": [
        (15, "coordinator", Way.MAIL, "Beth asked for a letter that explains the hours to her payroll office.",
         "Write the letter", -8, True),
    ],
}  # fmt: skip


def tell_conversations(founding, calendar, acts):
    """What the staff of a college wrote down, each on the day of the conversation."""
    for firm, spoken in SPOKEN.items():
        if firm in founding.firms and (firm != "oswin" or founding.college.key == "northfield"):
            for said in spoken:
                on = calendar.today - timedelta(days=said[0])
                acts.add(calendar.moment(on, time(16, 30), hours_ago=5), lambda f=firm, s=said: tell(founding, f, s))


def tell(founding, firm: str, said):
    ago, who, way, about, next_step, in_days, is_done = said
    employer, person = founding.firms[firm], founding.tutors[who]
    today = founding.calendar.today
    conversation = Conversation.objects.create(
        employer=employer,
        spoken_on=today - timedelta(days=ago),
        way=way,
        with_whom=employer.demo_managers[0].name,
        about=about,
        next_step=next_step,
        next_on=today + timedelta(days=in_days),
        done_at=timezone.now() + timedelta(days=2) if is_done else None,
        made_by=person,
    )
    record(employer, f"wrote down {conversation}", by=person)
