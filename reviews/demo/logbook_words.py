"""The words of the demo's logbooks."""

from typing import NamedTuple


class Written(NamedTuple):
    """An entry: written `ago` weeks back on day number `which` of that week. `said`: (days later, who, words)."""

    ago: int
    which: int
    did: str
    learned: str
    goals: tuple = ()
    behaviours: tuple = ()
    skills: str = ""
    reflection: str = ""
    asked: bool = False
    said: tuple = ()
    has_picture: bool = False
    is_draft: bool = False


MAYA = [
    Written(
        9, 0,
        "First day on the service desk. Signed in, got my laptop and sat with the team while they took calls. I wrote "
        "down the words that I did not know.",
        "Every call gets a ticket, even if it is solved in a minute. Otherwise nobody sees that the same thing breaks "
        "again and again.",
        goals=(1,), behaviours=("punctual", "willing"), skills="listening, note taking",
        reflection="I was so nervous that I forgot my lunch. By the afternoon it was fine. Everybody says hello here.",
    ),
    Written(
        8, 0,
        "Reset passwords with a colleague listening in, six on the phone and two at the desk. Checked who people are "
        "before I changed anything.",
        "Why the check matters: somebody could ring and say that they are a doctor. I now know the three questions by "
        "heart.",
        goals=(1, 2), behaviours=("confidential", "tone", "policies"), skills="phone, Active Directory",
        asked=True,
        said=(
            (1, "manager", "You were calm and clear on the phone, and you never skipped the check. Next week you may "
             "take these calls alone."),
            (2, "student", "Thank you! I would like to learn how the locked accounts report works, too."),
        ),
    ),
    Written(
        7, 0,
        "Set up four laptops for new starters from the checklist: image, updates, encryption, label, sign-out sheet.",
        "The order matters. I encrypted one before the updates and had to wait for it twice. I wrote a line about it "
        "into the checklist and it was taken in.",
        goals=(2,), behaviours=("organised", "honest", "standard"), skills="Windows deployment, checklists",
        said=((3, "tutor", "A mistake that made the checklist better: keep this one for your review."),),
    ),
    Written(
        6, 0,
        "Traced why a printer on the ward stopped. Cable fine, address taken by another device. Changed it with the "
        "network team and tested it with a nurse.",
        "How to narrow a fault down: power, cable, address, queue, in that order. And to ask what changed last.",
        goals=(2, 3), behaviours=("calm", "understanding"), skills="fault finding, IP addresses",
    ),
    Written(
        6, 1,
        "Tidied and labelled the patch panel in the comms room with Priya's plan: 48 ports, three that nobody knew "
        "about.",
        "Labels are documentation. We found two dead ports and gave them back.",
        goals=(3,), behaviours=("standard", "instructions"), skills="cabling, documentation", has_picture=True,
        said=((1, "manager", "Best looking panel on the floor. The list of unknown ports was very useful."),),
    ),
    Written(
        5, 0,
        "Shadowed the change meeting. Each change has a plan B, and somebody who says stop.",
        "I always thought that IT just does things. Half of the meeting was about how to undo them.",
        goals=(3,), behaviours=("views", "posture"),
    ),
    Written(
        4, 0,
        "Wrote a one-page guide 'Joining a video call from the ward tablets' with pictures, and tried it on two people "
        "who had never done it.",
        "Write for the person, not for the system. I had 14 steps at first and ended with 7.",
        goals=(1, 4), behaviours=("writing", "ideas", "feedback"), skills="writing guides, screenshots",
        reflection="I was proud when they hung it up on the ward. I did not tell anybody that I made it at first.",
        asked=True,
        said=((2, "manager", "The guide is on the intranet now. Clear, short, and it works: calls about the tablets "
               "went down."),),
    ),
    Written(
        4, 1,
        "Took calls on my own for two hours. Eleven tickets, eight solved at once, three passed on with good notes.",
        "If I repeat the problem in my own words, people calm down and I get it right.",
        goals=(1,), behaviours=("tone", "understanding", "calm"), skills="phone, ticket system",
    ),
    Written(
        3, 0,
        "Made a spreadsheet of tickets per ward and reason for the weekly report. Found that a third are passwords on "
        "Mondays.",
        "A pivot table does in a minute what I counted by hand for an hour.",
        goals=(1,), behaviours=("willing", "ideas"), skills="spreadsheets, pivot tables",
        said=((2, "tutor", "What could the team change, now that you know about the Mondays?"),
              (3, "student", "A reminder on Friday, and the self-service page on the lock screen. I suggested both.")),
    ),
    Written(
        2, 0,
        "Helped to roll out the new sign-in cards in outpatients. Unpacked, tested and handed over thirty readers.",
        "Test before you hand over, with the person watching: two readers were faulty and we found out in time.",
        goals=(2,), behaviours=("helps", "relationships"), skills="testing, handing over",
    ),
    Written(
        1, 0,
        "Explained two-step sign-in to a new receptionist who was worried about it. Used her own phone step by step.",
        "Fewer words, more showing. I asked her to do it once more alone before I left.",
        goals=(1,), behaviours=("courteous", "understanding"), skills="explaining",
        asked=True,
    ),
    Written(
        0, 0,
        "Began to write the checklist for leavers' laptops.",
        "",
        goals=(2,), is_draft=True,
    ),
]  # fmt: skip

RATINGS = [
    # weeks ago, (level, note) for each goal
    (8, ((2, "I listen to calls, I do not take them yet."), (1, ""), (2, "I know the words now."))),
    (5, ((3, "Passwords work. Other calls make me nervous."), (2, ""), (3, ""), (2, ""))),
    (1, ((4, "Two hours of calls on my own."), (4, "Ten laptops by now."), (3, ""), (3, "The guide was used."))),
]

LEARNED = [
    "Asking early saves time: I waited too long before I said that I was stuck.",
    "There is a reason behind every rule here. If I know the reason, I remember the rule.",
    "I am quicker when I write down the steps first.",
    "Checking my own work before somebody else does makes me feel sure of it.",
    "How much is planned before anything is begun.",
    "That it is fine to say 'I do not know, I will find out'.",
]

COMMENTS = [
    "This is good evidence for your goal. Write how you would do it next time.",
    "I like how you say what was difficult.",
    "Well described. Which part could you do alone by now?",
]
