"""What ships for interviews (the guidance, interview preparation): 14 prompts, 11 tips, and questions to ask.

A migration loads them. A changed wording is a new row with the same code, and the old one is retired; what somebody
wrote keeps the wording that they answered.
"""

PROMPT, TIP, QUESTION = "prompt", "tip", "question"

# kind, group, [(code, wording, hint)]
SHIPPED = [
    (
        PROMPT,
        "Looking back",
        [
            (
                "experiences",
                "What have I done so far that shows how I work?",
                "A job, a project at college, a club, helping at home, looking after somebody.",
            ),
            (
                "achievements",
                "What have I achieved that I am proud of?",
                "Say what it was, what you did yourself, and what came of it.",
            ),
            (
                "learned",
                "What have I learned, in class or anywhere else, that is of use at work?",
                "One thing you could explain to somebody who knows nothing about it.",
            ),
            (
                "transferable",
                "Which skills can I take along from one place to another?",
                "Talking to people you do not know, planning, finding out why something fails, working in a team.",
            ),
        ],
    ),
    (
        PROMPT,
        "What I bring",
        [
            ("abilities", "What comes easily to me?", "Numbers, words, people, things to build or to draw."),
            (
                "skills",
                "Which practical and technical skills do I have?",
                "Tools, programs, machines, languages, certificates.",
            ),
            (
                "qualities",
                "What am I like as a person?",
                "Three words that somebody who knows you would choose, and a short story for each.",
            ),
            ("good_at", "What am I good at?", "What do others ask you to help them with?"),
        ],
    ),
    (
        PROMPT,
        "What I want",
        [
            (
                "values",
                "What matters to me at work?",
                "Helping people, making things, being outdoors, a calm place, something new every day.",
            ),
            (
                "career",
                "Where would I like my career to go?",
                "“I am not sure yet” is an answer, too: write down two directions.",
            ),
            ("life", "What do I want to do in life?", "Work is a part of it. What else would you like to be true?"),
            (
                "gain",
                "What do I want to get out of this placement?",
                "Something you can do at the end that you cannot do now.",
            ),
        ],
    ),
    (
        PROMPT,
        "This organisation and me",
        [
            (
                "fit",
                "What do I like about this organisation, and how does it fit me?",
                "Your research sheet helps: what they do, what they stand for, where they are.",
            ),
            (
                "bring",
                "What would I bring to them, and what would I like to learn there?",
                "One of each is enough, with an example.",
            ),
        ],
    ),
    (
        TIP,
        "In the days before",
        [
            ("research", "Find out about the organisation", "What it does, whom it works for, what is new there."),
            (
                "practise",
                "Say your answers out loud",
                "To a friend, at home, or to the mirror. The second time is always better.",
            ),
            ("questions", "Have two or three questions ready", "Write them down: nobody minds if you read them."),
            (
                "dress",
                "Choose clothes that fit this kind of work",
                "Clean and comfortable. Lay them out the day before.",
            ),
        ],
    ),
    (
        TIP,
        "On the day",
        [
            (
                "contact",
                "Keep the interviewer's phone number and e-mail address with you",
                "If a bus is late, you ring before the interview starts, not after.",
            ),
            ("early", "Be there 5 to 10 minutes early", "Earlier than that, have a walk around the block."),
            ("phone", "Silence your phone and put it away", "In the bag, not on the table."),
            ("organised", "Bring a notebook and a pen", "And your CV on paper, and this pack."),
        ],
    ),
    (
        TIP,
        "In the interview",
        [
            ("impression", "Begin well", "Say hello, say your name, look at the person, smile. It takes ten seconds."),
            ("keen", "Show that you would like to be there", "Say what interests you, and why."),
            (
                "willing",
                "Show that you want to learn",
                "“I do not know that yet, but I would like to” is a good answer.",
            ),
        ],
    ),
    (
        QUESTION,
        "About the work",
        [
            ("first_week", "What would I do in my first week?", ""),
            ("typical_day", "What does an ordinary day look like here?", ""),
            ("hardest", "What do new people find hardest, and what helps?", ""),
            ("project", "Is there a piece of work that could become my own?", ""),
        ],
    ),
    (
        QUESTION,
        "About the people",
        [
            ("who", "Who would show me things, and whom do I ask when I am stuck?", ""),
            ("feedback", "How will I know how I am doing?", ""),
            ("proud", "What are you proud of in this team?", ""),
        ],
    ),
    (
        QUESTION,
        "About what comes next",
        [
            ("before", "What could I read or practise before I start?", ""),
            ("wear", "What should I wear and bring on the first day?", ""),
            ("after", "What do people do here after a placement or an apprenticeship?", ""),
        ],
    ),
]


def rows() -> list[dict]:
    """The fields of every shipped line, numbered within its kind."""
    found, numbers = [], {}
    for kind, group, lines in SHIPPED:
        for code, wording, hint in lines:
            numbers[kind] = numbers.get(kind, 0) + 1
            found.append(
                {"kind": kind, "group": group, "number": numbers[kind], "code": code, "wording": wording, "hint": hint}
            )
    return found
