"""Placeholders of the agreement text, filled from the placement; and the text as paragraphs, headings and lists."""

import re

from django.utils import timezone

from placements.hours.spells import required_of
from placements.models import Placement
from placements.setup import plan
from portal.words import hours

PLACEHOLDERS = {
    "student": "the student's name",
    "tlevel": "their T Level",
    "employer": "the employer's name",
    "place": "the site, or the employer's own address",
    "manager": "the line manager's name",
    "provider": "the provider's name",
    "tutor": "the tutor's name",
    "role": "what the student does there",
    "first_day": "the first day",
    "last_day": "the last day",
    "days_and_times": "the working pattern",
    "hours_agreed": "the hours agreed with this employer, bank holidays left out",
    "hours_required": "the hours that the T Level requires in all",
    "pay": "pay and expenses",
    "goals": "the learning goals, one to a line",
    "safeguarding": "name, phone number and address of the safeguarding contact",
    "date": "the day on which the agreement is made",
}
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


def unknown_placeholders(text: str) -> list[str]:
    """Placeholders in `text` that mean nothing, in their order."""
    return [name for name in dict.fromkeys(PLACEHOLDER.findall(text)) if name not in PLACEHOLDERS]


def filled(text: str, placement: Placement, goals: list) -> str:
    """The text about one placement."""
    values = values_of(placement, goals)
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text.replace("\r\n", "\n"))


def values_of(placement: Placement, goals: list) -> dict[str, str]:
    student, provider = placement.student, placement.provider
    contact = (provider.safeguarding_name, provider.safeguarding_phone, provider.safeguarding_email)
    return {
        "student": student.name,
        "tlevel": str(student.tlevel) + (f" ({student.specialism})" if student.specialism else ""),
        "employer": placement.employer.name,
        "place": place_of(placement),
        "manager": placement.manager.name if placement.manager else "not named yet",
        "provider": provider.name,
        "tutor": placement.tutor.name if placement.tutor else "not named yet",
        "role": placement.role,
        "first_day": f"{placement.first_on:%-d %B %Y}",
        "last_day": f"{placement.last_on:%-d %B %Y}",
        "days_and_times": times_of(placement),
        "hours_agreed": hours(plan.agreed_minutes(placement)),
        "hours_required": hours(required_of(student, placement.first_on)),
        "pay": placement.get_pay_display(),
        "goals": "\n".join(f"- {goal.wording}" for goal in goals),
        "safeguarding": ", ".join(part for part in contact if part),
        "date": f"{timezone.localdate():%-d %B %Y}",
    }


def place_of(placement: Placement) -> str:
    """Name, address, town and postcode of the site, or of the employer where there is no site."""
    at = placement.site or placement.employer
    name = [at.name] if placement.site else []
    return ", ".join(part for part in [*name, at.address, at.town, at.postcode] if part) or "at the employer's address"


def times_of(placement: Placement) -> str:
    """The working pattern with its changes: 'Mon to Fri 09:00 to 17:00; from 4 May 2026 Mon and Tue 09:00 to 15:00'."""
    said = []
    for number, (valid_from, _) in enumerate(placement.pattern.versions):
        begins = f"from {valid_from:%-d %B %Y} " if number else ""
        said.append(begins + placement.pattern.described(valid_from))
    return "; ".join(said) or "not agreed yet"


def facts_of(placement: Placement, goals: list) -> dict[str, str]:
    """What an agreement is made for: label -> words. A later difference is told with the label."""
    return {
        "employer": placement.employer.name,
        "place": place_of(placement),
        "role": placement.role,
        "first day": f"{placement.first_on:%-d %B %Y}",
        "last day": f"{placement.last_on:%-d %B %Y}",
        "days and times": times_of(placement),
        "learning goals": "\n".join(goal.wording for goal in goals),
    }


def blocks(text: str) -> list[tuple[str, object]]:
    """The text as ('heading', words), ('list', [words, ...]) and ('paragraph', words), in its order."""
    found = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("# "):
            found.append(("heading", line[2:]))
        elif line.startswith("- "):
            if not found or found[-1][0] != "list":
                found.append(("list", []))
            found[-1][1].append(line[2:])
        elif not line:
            found.append(("", None))
        elif found and found[-1][0] == "paragraph":
            found[-1] = ("paragraph", f"{found[-1][1]} {line}")
        else:
            found.append(("paragraph", line))
    return [block for block in found if block[0]]
