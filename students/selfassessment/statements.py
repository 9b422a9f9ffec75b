"""The statements as they ship: two parts with a scale each, in groups that fit a phone (the guidance, self-assessment).

A migration loads them. A changed wording is a new row; what somebody answered keeps the words that they answered.
"""

CONFIDENCE, AGREEMENT = "confidence", "agreement"

# part, group, [(short label for charts, statement)]
SHIPPED = [
    (
        CONFIDENCE,
        "Getting ready",
        [
            ("CV and cover letter", "Writing a CV and a cover letter that I would send to an employer"),
            ("Interview", "Telling employers at an interview what I can do and what I have done"),
            ("Research", "Finding out about an organisation before I go there"),
            ("Employability", "Having the skills that every employer looks for"),
            ("Technical skills", "Having the technical skills and the knowledge for the job"),
            ("Behaviour at work", "Knowing how I am expected to behave at work"),
            ("Worth for my CV", "Seeing what a placement adds to my CV"),
            ("Worth for me", "Knowing what I want to get out of my placement"),
        ],
    ),
    (
        AGREEMENT,
        "Talking and listening",
        [
            ("Sharing ideas", "I get my thoughts and ideas across clearly"),
            ("Writing", "I am confident when I have to write something"),
            ("Listening", "I listen well to what others say"),
        ],
    ),
    (
        AGREEMENT,
        "Working with others",
        [
            ("Adapting", "When plans change, I stay positive and adapt"),
            ("Team", "I am confident when I work in a team"),
            ("Other views", "I respect views that differ from mine"),
        ],
    ),
    (
        AGREEMENT,
        "Being organised and keen",
        [
            ("On time", "I am on time"),
            ("Organised", "I organise what I have to do"),
            ("Motivated", "I am motivated to learn at work"),
            ("Improving", "I want to get better, and ask for feedback"),
        ],
    ),
    (
        AGREEMENT,
        "Solving problems",
        [
            ("New ideas", "I find creative ways to solve a problem"),
            ("Deciding", "I can make decisions"),
            ("Asking", "I ask when I am not sure"),
        ],
    ),
]
