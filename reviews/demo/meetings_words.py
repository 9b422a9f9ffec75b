"""What was said at the review meetings of the demo, and in the employers' forms."""

MAYA = {
    "prepared": (
        "I know my way around, and the team has explained the ticket system to me. I closed my first ticket alone.",
        "The phone. I don't always understand what people want, and I am afraid to ask twice.",
        "Whether I can sit with somebody on the phone for a morning.",
    ),
    "own": ["I have begun with this and can say what the others do.", "I have done this with help.", "Not yet."],
    "together": [
        "A good start: the team confirms it.",
        "Does this with somebody alongside; next alone.",
        "Comes after the first month.",
    ],
    "notes": "A good first week. The day begins at half past eight, as agreed, and the lunch break is long enough. "
    "We go through the calls of the week together on Fridays.",
    "actions": [
        ("student", "Note each day one thing that was learned, in the logbook", 14),
        ("manager", "Arrange a morning beside somebody on the phone", 10),
        ("tutor", "Send the unit about talking to customers", 5),
    ],
    "remark": "Thank you. I have noticed that I ask too late. I write my question down now and ask within an hour.",
}

NOTES = [
    "On time each day, friendly with everybody, and quick to help. Asking for support is what we look at next.",
    "Polite and reliable. Quiet in the team at first, and speaks up more by now.",
    "Works with care and listens well. Should check more often what was understood.",
]

STRENGTHS = [
    "Stays friendly with callers who are upset, and explains things without jargon.",
    "Picks things up quickly and writes down how they are done, so that others can use the notes.",
    "Very reliable. We can give a task and know that it will be done, and that we will hear if it is not.",
]

DEVELOP = [
    "Should ask for help a little earlier, before the time for a task has run out.",
    "More confidence on the phone: it will come with practice.",
    "Checking the own work once more before it goes out.",
]
