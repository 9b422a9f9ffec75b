"""Contacts as vCard 3.0 (RFC 2426), the version that every phone and mail program reads."""

from collections.abc import Iterable

LONGEST_LINE = 75  # octets, the line end not counted


def vcards(contacts: Iterable) -> str:
    """All contacts in one file."""
    return "".join(vcard(contact) for contact in contacts)


def vcard(contact) -> str:
    """One contact. Family name is the last word of the name; role, organisation and the rest where they are known."""
    given, _, family = contact.name.rpartition(" ")
    notes = [contact.met and f"How we met: {contact.met}", contact.get_touch_display(), contact.notes]
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{escaped(family)};{escaped(given)};;;",
        f"FN:{escaped(contact.name)}",
        contact.organisation and f"ORG:{escaped(contact.organisation)}",
        contact.role and f"TITLE:{escaped(contact.role)}",
        contact.email and f"EMAIL;TYPE=INTERNET,WORK:{escaped(contact.email)}",
        contact.phone and f"TEL;TYPE=WORK,VOICE:{escaped(contact.phone)}",
        "NOTE:" + escaped("\n".join(note for note in notes if note)),
        f"REV:{(contact.changed_at or contact.added_at):%Y-%m-%dT%H:%M:%SZ}",
        "END:VCARD",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines if line)


def escaped(text: str) -> str:
    """A text value: backslash, semicolon and comma get a backslash in front, a new line becomes \\n."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """A line cut after 75 octets at most, between characters, each further part begun by a space."""
    parts, room = [""], LONGEST_LINE
    for character in line:
        octets = len(character.encode())
        if octets > room:
            parts.append("")
            room = LONGEST_LINE - 1
        parts[-1] += character
        room -= octets
    return "\r\n ".join(parts)
