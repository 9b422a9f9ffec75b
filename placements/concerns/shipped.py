"""The kinds of worry that the portal comes with: the seven of the guidance, accident or injury, something else."""

DAYS, HOURS = "days", "hours"

KINDS = [
    {
        "code": "not_expected",
        "title": "The work is not what I expected",
        "hint": "Too little to do, the wrong tasks, or nothing to do with my course",
        "helps": """Write down one or two examples: what you were given to do, and what you had hoped for.
Look at your learning goals: which of them can you not work on?
If you feel able to, ask your line manager whether you may try something nearer to your goals.""",
        "happens": """Your tutor reads this and writes back to you.
Together you compare your work with the learning goals that were agreed.
If the work has to change, your tutor talks it over with the employer, about the work and not about your message.""",
        "within": 3,
        "unit": DAYS,
    },
    {
        "code": "unable",
        "title": "I feel unable to do the work",
        "hint": "Too hard, too fast, or nobody shows me how",
        "helps": """Nobody expects you to know it all: you are there to learn.
Ask to be shown once more, and take notes while you watch.
Tell which tasks go well. That shows where help is needed, and where not.""",
        "happens": """Your tutor reads this and writes back to you.
You look together at what you need: training at college, somebody at work to turn to, or other tasks for a while.
Asking for help does not count against you.""",
        "within": 2,
        "unit": DAYS,
    },
    {
        "code": "transport",
        "title": "Getting there and back",
        "hint": "Bus or train, fares, times, feeling safe on the way",
        "helps": """Ring your workplace if you will be late today, before you should start.
Note which part of the journey fails: the day, the time, the line.
Ask at work whether somebody goes your way.""",
        "happens": """Your tutor reads this and writes back to you.
You go through other ways, other hours, and help with fares where the college has it.
Days that you missed because of the journey are put right in your weeks.""",
        "within": 2,
        "unit": DAYS,
    },
    {
        "code": "workwear",
        "title": "Clothes and equipment for work",
        "hint": "I do not have what I need, it does not fit, or I cannot pay for it",
        "helps": """Note what is asked of you: shoes, clothes, a helmet, gloves.
Anything that keeps you safe must be there before you do that task. You may say no until it is.
Do not buy anything dear before you have talked to your tutor.""",
        "happens": """Your tutor reads this and writes back to you.
The college asks the employer what they provide, and helps to find the rest.
If safety equipment is missing, your tutor sees to it first.""",
        "within": 2,
        "unit": DAYS,
    },
    {
        "code": "longer_hours",
        "title": "Longer hours than agreed",
        "hint": "Staying late, missing breaks, extra days",
        "helps": """Write down the hours that you really worked, with the breaks that you really had.
You may say: “I have to keep to the hours that were agreed with my college.”
Your agreed days and times stand on the page of your placement.""",
        "happens": """Your tutor reads this and writes back to you.
Your tutor compares your weeks with what was agreed, and with the working time rules for your age.
Your tutor settles it with the employer. You do not have to.""",
        "within": 1,
        "unit": DAYS,
    },
    {
        "code": "wellbeing",
        "title": "How I am: my wellbeing",
        "hint": "Stress, anxiety, sleep, home, anything that weighs on you",
        "helps": """Tell somebody you trust today, in your own words. It need not be about work.
Samaritans listen day and night, free of charge: ring 116 123. Or text SHOUT to 85258.
If you might harm yourself, or are not safe, ring 999 or the number at the top of this page now.""",
        "happens": """Your tutor reads this and gets in touch, in the way that you choose below.
You decide together what would help, at college and at work.
If your tutor has to worry about your safety, they must tell the safeguarding contact, and will tell you so.""",
        "within": 1,
        "unit": DAYS,
    },
    {
        "code": "treated_unfairly",
        "title": "I am treated unfairly by people at work",
        "hint": "Bullying, discrimination, harassment, unwanted comments or touching",
        "helps": """It is not your fault, and you do not have to put up with it.
Note what was said or done, when, and who was there, while you still know it well.
If you do not feel safe, leave, ring your tutor or the number at the top, and go back only when it is settled.""",
        "happens": """Your tutor reads this and gets in touch, in the way that you choose below.
Nothing is said to your workplace before you and your tutor have agreed on what, to whom and how.
You do not have to go back to a place where you are not safe. Your hours so far are kept.""",
        "within": 1,
        "unit": DAYS,
    },
    {
        "code": "accident",
        "title": "Accident or injury",
        "hint": "Also a small one, or when it nearly happened",
        "helps": """First get help: a first aider at work, or 999 if it is serious.
Tell your line manager at once, however small it was, and ask for it to be put into their accident book.
Write it down here the same day, while you still know it well.""",
        "happens": """Your tutor and the placement office both read this at once.
One of them gets in touch with you, and asks the employer what has been done.
What you write becomes a record that you can keep as a PDF.""",
        "within": 4,
        "unit": HOURS,
        "is_accident": True,
    },
    {
        "code": "something_else",
        "title": "Something else",
        "hint": "It fits none of these, or you cannot say yet what it is",
        "helps": """It does not have to be serious, and you do not have to be sure.
A few words are enough. You can add to them later.""",
        "happens": """Your tutor reads this and writes back to you.
Together you find out what it is about, and what comes next.""",
        "within": 2,
        "unit": DAYS,
    },
]


def load(model):
    """Store the shipped kinds as the first versions; what is there already stays as it is."""
    for position, kind in enumerate(KINDS, start=1):
        model.objects.get_or_create(code=kind["code"], version=1, defaults=kind | {"position": 10 * position})
