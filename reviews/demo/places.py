"""The two colleges of the demo, their staff, and the employers that they know. All invented."""

from dataclasses import dataclass, field
from datetime import time

from employers.models import Size


@dataclass(frozen=True)
class College:
    """A provider. `staff` is a list of (e-mail name, first name, last name, roles)."""

    key: str
    name: str
    ukprn: str
    address: str
    safeguarding: tuple[str, str]  # name, phone number
    domain: str
    staff: list[tuple[str, str, str, tuple[str, ...]]]


@dataclass(frozen=True)
class Firm:
    """An employer as one provider keeps it. `managers`: (e-mail address, first name, last name, job title)."""

    key: str
    name: str
    sector: str
    size: str
    street: str
    town: str
    postcode: str
    phone: str
    managers: list[tuple[str, str, str, str]]
    sites: list[tuple[str, str]] = field(default_factory=list)  # name, street


NORTHFIELD = College(
    "northfield",
    "Northfield College",
    "10999001",
    "Orchard Road\nNorthfield\nNF4 2AB",
    ("Grace Bell", "01632 960111"),
    "demo.test",
    [
        ("coordinator", "Ruth", "Adeyemi", ("coordinator",)),
        ("tutor", "Tom", "Ellis", ("tutor",)),
        ("helen.marsh", "Helen", "Marsh", ("tutor", "coordinator")),
        ("josh.whitfield", "Josh", "Whitfield", ("tutor",)),
    ],
)
WESTBROOK = College(
    "westbrook",
    "Westbrook Sixth Form",
    "10999002",
    "Castle Lane\nWestbrook\nWB1 7QT",
    ("Martin Osei", "01632 960222"),
    "other.test",
    [
        ("coordinator", "Fiona", "MacLeod", ("coordinator",)),
        ("tutor", "Sanjay", "Patel", ("tutor",)),
        ("nia.rhys", "Nia", "Rhys", ("tutor",)),
    ],
)
COLLEGES = [NORTHFIELD, WESTBROOK]

# This manager looks after students of both colleges, and sees each of them under their own college.
GRACE_OKAFOR = ("grace.okafor@oswin.test", "Grace", "Okafor", "Ward manager")
OSWIN = ("St Oswin's Hospital", "Health", Size.LARGE, "Mill Hill", "Northfield", "NF1 9ZZ", "01632 960300")

FIRMS = {
    "northfield": [
        Firm(
            "oswin",
            *OSWIN,
            [("manager@demo.test", "Amira", "Khan", "Head of digital services"), GRACE_OKAFOR],
            [("Digital services, Mill Hill", "Mill Hill"), ("Ward 7, Mill Hill", "Mill Hill"), 
             ("Outpatients", "Elm Street")],
        ),
        Firm(
            "harbour", "Harbour & Vale Digital", "Software and web", Size.SMALL, "12 Quay Street", "Northfield",
            "NF1 3QS", "01632 960310", [("jess.tanner@harbour.test", "Jess", "Tanner", "Lead developer")],
            [("Studio, Quay Street", "12 Quay Street")],
        ),
        Firm(
            "brightwell", "Brightwell Nursery and Infant School", "Education and childcare", Size.MEDIUM, "Church Walk",
            "Brightwell", "NF7 1LE", "01632 960320",
            [("donna.pritchard@brightwell.test", "Donna", "Pritchard", "Deputy head")],
            [("Nursery", "Church Walk"), ("Infant school", "Church Walk")],
        ),
        Firm(
            "ketteridge", "Ketteridge Build", "Construction", Size.MEDIUM, "Unit 4, Foundry Way", "Northfield",
            "NF3 8FW", "01632 960330", [("anita.rowe@ketteridge.test", "Anita", "Rowe", "Site manager")],
            [("Old School Yard", "School Lane"), ("Office, Foundry Way", "Unit 4, Foundry Way")],
        ),
        Firm(
            "pennant", "Pennant Building Services", "Building services", Size.SMALL, "9 Foundry Way", "Northfield",
            "NF3 8FX", "01632 960340", [("mick.dawes@pennant.test", "Mick", "Dawes", "Contracts manager")],
            [("Riverside flats", "Riverside")],
        ),
        Firm(
            "larkfield", "Larkfield Accountants LLP", "Accounting and finance", Size.SMALL, "3 Market Place",
            "Northfield", "NF1 1MP", "01632 960350", [("neil.osborne@larkfield.test", "Neil", "Osborne", "Partner")],
            [("Market Place", "3 Market Place")],
        ),
        Firm(
            "council", "Northfield Borough Council", "Public administration", Size.LARGE, "Civic Centre", "Northfield",
            "NF1 1CC", "01632 960360", [("carol.innes@northfield-council.test", "Carol", "Innes", "Office manager")],
            [("Civic Centre", "Civic Centre"), ("Depot, Station Road", "Station Road")],
        ),
        Firm(
            "thornbury", "Thornbury Precision Engineering", "Engineering and manufacturing", Size.MEDIUM, "Works Road",
            "Thornbury", "NF9 4WR", "01632 960370",
            [("roy.kettle@thornbury.test", "Roy", "Kettle", "Workshop manager")],
            [("Works Road", "Works Road")],
        ),
        Firm(
            "meadowcroft", "Meadowcroft Animal Rescue", "Animal care", Size.SMALL, "Meadowcroft Farm", "Little Norton",
            "NF8 5MC", "01632 960380", [("joan.bird@meadowcroft.test", "Joan", "Bird", "Head nurse")],
            [("Meadowcroft Farm", "Meadowcroft Farm")],
        ),
        Firm(
            "tidewater", "Tidewater Films", "Media", Size.MICRO, "2 Old Dock", "Northfield", "NF1 3OD", "01632 960390",
            [("leo.marchetti@tidewater.test", "Leo", "Marchetti", "Producer")], [("Old Dock", "2 Old Dock")],
        ),
    ],
    "westbrook": [
        Firm("oswin", *OSWIN, [GRACE_OKAFOR],
             [("Ward 7, Mill Hill", "Mill Hill"), ("Laboratory, Mill Hill", "Mill Hill")]),
        Firm(
            "beech", "Copper Beech Marketing", "Marketing", Size.SMALL, "41 Castle Lane", "Westbrook", "WB1 7QX",
            "01632 960410", [("manager@other.test", "Beth", "Calloway", "Account director")],
            [("Castle Lane", "41 Castle Lane")],
        ),
        Firm(
            "fairmile", "Fairmile Solicitors", "Legal services", Size.SMALL, "8 Assembly Row", "Westbrook", "WB1 2AR",
            "01632 960420",
            [("ines.farrow@fairmile.test", "Inês", "Farrow", "Solicitor")], [("Assembly Row", "8 Assembly Row")],
        ),
        Firm(
            "ashdown", "Ashdown Laboratories", "Science", Size.MEDIUM, "Ashdown Science Park", "Westbrook", "WB5 6SP",
            "01632 960430", [("peter.lowe@ashdown.test", "Peter", "Lowe", "Laboratory manager")],
            [("Building B", "Ashdown Science Park")],
        ),
        Firm(
            "marketdental", "Market Street Dental Practice", "Dental care", Size.MICRO, "17 Market Street", "Westbrook",
            "WB1 4MS", "01632 960440", [("sunita.rai@marketdental.test", "Sunita", "Rai", "Practice manager")],
            [("Market Street", "17 Market Street")],
        ),
    ],
}  # fmt: skip


def days(weekdays, starts: str, finishes: str, break_minutes: int) -> list[tuple[int, time, time, int]]:
    """(weekday, start, finish, break) of some weekdays with the same times."""
    return [(day, time.fromisoformat(starts), time.fromisoformat(finishes), break_minutes) for day in weekdays]


# All of them keep within working time for people under 18, too (tests/reviews/test_demo.py).
PATTERNS = {
    "block": days(range(5), "09:00", "17:00", 60),  # 35 h
    "office": days((0, 1, 2), "09:00", "17:00", 60),  # 21 h
    "two days": days((3, 4), "09:00", "17:00", 60),  # 14 h
    "ward": days((1, 2, 3), "07:30", "15:30", 30),  # 22 h 30
    "nursery": days((0, 1, 2, 3), "08:00", "16:30", 45),  # 31 h
    "site": days((0, 1, 2), "07:30", "16:00", 60),  # 22 h 30
    "workshop": days((2, 3, 4), "08:00", "16:15", 45),  # 22 h 30
    "surgery": days((1, 3, 4), "08:30", "16:30", 60),  # 21 h
    "studio": days((0, 1, 4), "10:00", "18:00", 60),  # 21 h
}
SHORTER = {  # too few hours to stand alone
    "first days": days((0, 1), "09:00", "17:00", 60),  # 14 h
    "school days": days((3, 4), "09:00", "15:30", 30),  # 12 h
    "short friday": days((4,), "10:00", "15:30", 30),  # 5 h
}


def rota(today_weekday: int) -> list[tuple[int, time, time, int]]:
    """Three days in a row with today among them and at the end of them where it can be: for student@demo.test."""
    first = min(max(today_weekday - 2, 0), 4)
    return days(range(first, first + 3), "09:00", "17:00", 30)  # 22 h 30
