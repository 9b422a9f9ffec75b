"""The first words of every mail: after 'Hello Mara,' a sentence begins, with a capital letter."""

import re
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "templates" / "mail"
TAGS = r"(?:\s|</?p>|\{%[^%]*%\})*"
GREETING = re.compile(rf"(?:Hello[^\n]*?,|block opening %\}}){TAGS}([a-z][^\n{{<]*)")
FIRST_CHOICE = re.compile(r"Hello[^\n]*\s*(?:<p>)?\{% if [^\n]*?\{% endif %\}")


def small_beginnings(words: str) -> list[str]:
    """What begins with a small letter where a sentence should begin, in each branch of a choice that opens the mail."""
    found = GREETING.findall(words)
    for choice in FIRST_CHOICE.findall(words):
        if re.search(r"[.:]\{% endif %\}$", choice):
            found += re.findall(r"\{% (?:else|elif [^%]*) %\}([a-z][^\n{]*)", choice)
    return found


def test_small_beginnings_are_found():
    assert small_beginnings("Hello {{ to }},\n\nthe week came.") == ["the week came."]
    assert small_beginnings("<p>Hello {{ to }},</p>\n  <p>the week came.</p>") == ["the week came."]
    assert small_beginnings("Hello {{ to }},\n\n{% if a %}One came.{% else %}two came.{% endif %}") == ["two came."]
    assert small_beginnings("Hello {{ to }},\n\n{% if a %}One came{% else %}two came{% endif %} now.") == []
    assert small_beginnings("Hello {{ to }},\n\n{{ name }} came.") == []


def test_every_mail_begins_with_a_capital_letter():
    mails = {path.name: path.read_text() for path in FOLDER.glob("*.*")}
    assert {name: found for name, words in mails.items() if (found := small_beginnings(words))} == {}
