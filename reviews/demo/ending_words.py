"""Whom the students of the demo met, how they look back, and what was said of them."""

# name, role, organisation, how they met, e-mail, phone, staying in touch, notes; weeks ago
MAYA_MET = [
    ("Dev Kapoor", "Network engineer", "St Oswin’s Hospital", "He patched the clinic rooms with me",
     "dev.kapoor@oswin.test", "01632 960321", "yes", "Ask him about the network certificate in the spring.", 7),
    ("Amira Khan", "Service desk manager", "St Oswin’s Hospital", "My line manager on placement", "manager@demo.test",
     "", "yes", "", 8),
    ("Sister Joyce Achebe", "Ward manager, Mill Hill", "St Oswin’s Hospital", "I rebuilt the ward’s four laptops",
     "joyce.achebe@oswin.test", "", "unknown", "Our guide to unlocking accounts saves her an hour a week.", 6),
    ("Piotr Zając", "Security lead", "St Oswin’s Hospital", "The phishing exercise: I made his chart", "",
     "01632 960329", "yes", "Showed me how a report to the board is put together. Works Tuesdays and Thursdays.", 5),
    ("Lena", "Apprentice, second year", "St Oswin’s Hospital", "Same lunch table", "", "", "yes",
     "Went to Northfield, too. Ask how she applied.", 3),
    ("Mr Harcourt", "Sales engineer", "Bedside Systems Ltd", "He brought the bedside tablets to be tested",
     "s.harcourt@bedside.test", "01632 960900", "no", "Prefers that people write to their office.", 2),
]  # fmt: skip

LOOKING_BACK = {
    "marcus.bell@demo.test": {
        "did": "Eleven weeks in the test team. I began with test cases on paper and ended with forty automatic tests "
        "of the booking page that run every night.",
        "learned": "That a good bug report is half of the repair. And to ask on the first day, not on the third.",
        "proud": "My tests found the wrong basket total before a customer did. Jess showed it to everybody.",
        "differently": "I would keep notes from the first day. By week four I had forgotten what week one was like.",
    },
    "imogen.clarke@other.test": {
        "did": "Samples, in and out: labels, weights, the pH of three hundred bottles, and the logs that go with them.",
        "learned": "To work exactly when nobody is looking, and to say so at once when I had mixed up two labels.",
        "proud": "I wrote the new card for calibrating the balance. It hangs on the wall now.",
        "differently": "Speak up earlier in the morning meeting. They did want to hear it.",
    },
}

HANDED_OVER = {
    "marcus.bell@demo.test": [
        ("The nightly tests of the booking page, with a page on how to add one", "Sam Whitlock", True),
        ("Three bugs that I had not finished looking into", "Jess Fairweather", True),
        ("My account on the test server, to be closed", "Sam Whitlock", True),
    ],
    "imogen.clarke@other.test": [("The balance’s calibration log", "Peter Lowe", True)],
    "sofia.rossi@demo.test": [("The list of planning notices that wait for a reply", "Carol Innes", False)],
}

# How they know the student, what was done, strengths, words, recommends, job title
REFERENCES = {
    "marcus.bell@demo.test": (
        "I was his line manager for eleven weeks.",
        "Testing our booking software: first by hand, then by writing automatic tests.",
        "Thorough, curious, and honest about what he does not know yet. He finishes what he begins.",
        "Marcus found a fault in our totals that all of us had missed, and explained it so clearly that it was mended "
        "the same day. He was on time every single morning. We would have him back tomorrow.",
        "warmly", "Studio lead",
    ),
    "imogen.clarke@other.test": (
        "Imogen worked in my laboratory for eleven weeks; I saw her every day.",
        "Preparing and measuring samples, calibrating balances and pH meters, keeping the logs.",
        "Exact, calm, and quick to own up to a mistake.",
        "I would trust Imogen with a bench of her own. She asks why, and remembers the answer.",
        "yes", "Laboratory manager",
    ),
}  # fmt: skip
DECLINED = {
    "chloe.barker@demo.test": "The council gives no personal references, only the dates. I wish Chloe all the best, "
    "and would be glad to see her apply here one day.",
}
ASKED = {
    "sofia.rossi@demo.test": "I am applying for an apprenticeship in town planning. It closes at the end of the month."
}

# Six values from 1 to 5, recommend, what was good, what could be better
FEEDBACK = {
    "marcus.bell@demo.test": ((5, 5, 5, 5, 4, 5), "yes", "Everybody had time for my questions, even before a release.",
                              "A second screen from the beginning."),
    "imogen.clarke@other.test": ((4, 5, 4, 5, 5, 4), "yes", "Real work from week two on.", ""),
    "ben.carter@demo.test": ((4, 4, 3, 5, 3, 3), "perhaps", "The dogs, and Ray who showed me how to handle them.",
                             "Some days there was nothing to do when the van was out."),
    "chloe.barker@demo.test": ((3, 4, 4, 5, 4, 2), "perhaps", "Carol explained everything twice without sighing.",
                               "Tell us earlier that the team will move."),
    "sofia.rossi@demo.test": ((5, 5, 5, 5, 5, 4), "yes", "I was in the planning meetings from the second week.", ""),
}  # fmt: skip

# who asked, number of the reason, own words, next step, who does what, days to it, settled
EARLY = {
    "ben.carter@demo.test": (
        "employer", 6, "The dog warden service moved to the county.", "agreed",
        "Meadowcroft Animal Rescue has a place in the kennels; Tom agrees the days with Joan Bird.", 20, True,
    ),
    "chloe.barker@demo.test": (
        "employer", 4, "The team moved to another town, too far to travel.", "new_place",
        "Chloe and Helen go through the open places on Thursday; Chloe updates her CV before.", 35, False,
    ),
}  # fmt: skip
LETTER = """Dear {manager},

thank you for eleven weeks in which I was never just watching. I will remember the afternoon when we took the slow
page apart together, and how you let me explain it to the client myself.

Because of you I know now that I want to do this for a living.

Kind regards,
{student}"""
