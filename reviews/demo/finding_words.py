"""Places offered in the demo, and what the students who look for one have tried. Days are counted back from today."""

from dataclasses import dataclass

from reviews.demo.cohort import ADMIN, ANIMALS, DATA, MAKING, MEDIA, REPAIR, SERVICES, SOFTWARE, SUPPORT


@dataclass(frozen=True)
class Offer:
    """An opportunity. `begins` in so many weeks, `lasts` weeks, `closes` in so many days."""

    key: str
    firm: str
    role: str
    tlevels: tuple[str, ...]
    description: str
    pattern: str
    begins: int = 7
    lasts: int = 18
    closes: int = 24
    places: int = 1
    days_ago: int = 20
    manager: int = 0
    site: int = 0
    closed: str = ""


@dataclass(frozen=True)
class Tried:
    """An application: `then` are (verb, days later, details); `forward` means put forward and not agreed yet."""

    student: str
    offer: str
    days_ago: int
    note: str
    then: tuple = ()
    given: str = ""
    told: str = ""
    forward: bool = False


NORTHFIELD = [
    Offer("service desk", "oswin", "Digital support team", (SUPPORT, SOFTWARE, DATA),
          "You answer calls from the wards, set up laptops and phones, and build small tools with the team that keep "
          "the hospital's lists tidy. Amira and two technicians look after you; you sit with a different one of them "
          "each month.", "office", places=2),
    Offer("bookings", "oswin", "Outpatient bookings", (ADMIN,),
          "Booking and moving appointments, letters to patients, the front desk in the mornings. You learn how a large "
          "office runs, and you always work beside somebody.", "office", site=2),
    Offer("studio", "harbour", "Junior developer", (SOFTWARE, DATA),
          "A small studio that builds websites for shops and clubs in town. You start with tests and small fixes, and "
          "by the end you have built a page of your own.", "studio"),
    Offer("planning", "council", "Planning support office", (ADMIN,),
          "Applications come in on paper and online; you register them, draw up the weekly list and help at the "
          "counter on Mondays.", "office", lasts=20),
    Offer("ledger", "larkfield", "Accounts assistant", ("Accounting", "Finance"),
          "Purchase ledger, bank reconciliation, and a client visit with one of the partners now and then.", "office"),
    Offer("cell", "thornbury", "Milling and inspection", (MAKING, REPAIR),
          "Two weeks in each part of the works, then a job of your own on the milling cell. Boots and glasses are "
          "provided.", "workshop", places=2, closes=5),
    Offer("kennels", "meadowcroft", "Kennels and cattery", (ANIMALS,),
          "Feeding, cleaning, walking, and helping the vet on Fridays.", "surgery"),
    Offer("edit", "tidewater", "Edit assistant", (MEDIA,),
          "Logging footage, first cuts, and days on location with the crew.", "studio"),
    Offer("flats", "pennant", "Electrical installation", (SERVICES,),
          "First and second fix in a block of new flats, always with one of our electricians.", "site",
          closed="The builder has put the flats off until next year."),
    Offer("counter", "council", "Digital services team", (SOFTWARE, SUPPORT),
          "The forms on the council's website, and the people who cannot fill them in: you learn to listen first "
          "and to build afterwards.", "office", lasts=16, closes=6),
    Offer("helpdesk", "harbour", "Web and help desk", (SUPPORT,),
          "Half of the week on the telephone with customers, half in the studio.", "studio", begins=-9, closes=-80,
          days_ago=120),
]  # fmt: skip
WESTBROOK = [
    Offer("social", "beech", "Social media assistant", ("Marketing",),
          "You plan a month of posts for a customer of ours, take the pictures, write the words and look at what came "
          "of it.", "studio", places=2),
    Offer("law", "fairmile", "Marketing for a law firm", ("Marketing",),
          "A new website, an open evening, and a newsletter that people should want to read.", "two days", lasts=24),
    Offer("analysis", "ashdown", "Analytical laboratory", ("Science",),
          "Samples in, results out: preparing, measuring and writing down, with the laboratory's own training first.",
          "block", lasts=10),
]  # fmt: skip
OFFERS = {"northfield": NORTHFIELD, "westbrook": WESTBROOK}

TRIED = {
    "northfield": [
        Tried(
            "student", "helpdesk", 100,
            "I like it when somebody rings with a problem and rings off without one. At the school library I look "
            "after the laptops, so I know about patience.",
            (("invite", 4, {"on": (13, 2, 10), "way": "in_person", "where": "12 Quay Street, ask for Jess",
                            "words": "We show you the studio first."}),
             ("turn_down", 11, {"words": "It was close. The other applicant knew our ticket system from a job."})),
            given="Maya was well prepared and asked the best questions of the day. Next time: tell us about one thing "
                  "that went wrong, too, and what you did about it.",
            told="Jess said on the phone that my example about the library was good, and that I should speak slower.",
        ),
        Tried(
            "amelia.foster", "studio", 12,
            "I have built the booking page of our drama club, and broken it twice. I would like to learn how it is "
            "done by people who do it every day.",
            (("shortlist", 2, {}),
             ("invite", 9, {"on": (-1, 1, 10), "way": "in_person",
                            "where": "12 Quay Street, Northfield: ask for Jess Tanner",
                            "words": "Bring something that you have built, and we look at it together."})),
        ),
        Tried(
            "amelia.foster", "service desk", 2,
            "My grandmother was in your hospital in spring, and I saw how many lists are still on paper. I would like "
            "to help with that.",
        ),
        Tried(
            "marcus.bell", "service desk", 4,
            "After eleven weeks in a test team I would like to see the other side: the people who ring when it does "
            "not work.",
            (("shortlist", 2, {}),),
        ),
        Tried(
            "chloe.barker", "bookings", 3,
            "I worked on the reception of the council until the team moved away. What I liked best was when somebody "
            "came in cross and went home smiling.",
        ),
        Tried(
            "chloe.barker", "planning", 16,
            "I know the building and half of the people in it, and I would like to come back.",
            (("invite", 4, {"on": (1, 3, 14), "way": "video", "where": "The link comes by mail on the day"}),
             ("offer", 14, {"words": "Everybody here remembers you well. We would be glad.", "until": 9})),
        ),
    ],
    "westbrook": [
        Tried(
            "finn.oleary", "law", 6,
            "I have run the account of our football club for two years, and people come to the games because of it.",
        ),
        Tried("finn.oleary", "social", 1, "They know your football pictures: I think that you would get on.",
              forward=True),
    ],
}  # fmt: skip

FOUND = {
    "northfield": [
        {
            "student": "amelia.foster",
            "days_ago": 3,
            "facts": {
                "name": "Pedal & Spoke Cycles",
                "address": "Mill Lane",
                "town": "Northfield",
                "postcode": "NF2 6PS",
                "contact_first_name": "Ravi",
                "contact_last_name": "Anand",
                "contact_email": "ravi@pedalandspoke.test",
                "contact_phone": "01632 960397",
                "role": "Web shop and stock list",
                "words": "My brother works there on Saturdays. Ravi would like a new web shop, and he has time for me.",
            },
        }
    ],
    "westbrook": [],
}
