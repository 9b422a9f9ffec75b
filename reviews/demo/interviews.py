"""How students of the demo got ready for interviews: thoughts, questions, research."""

from datetime import time, timedelta

from reviews.demo.moments import Calendar
from students.interviews.forms import WorksheetForm
from students.interviews.lines import PROMPT, QUESTION
from students.interviews.models import Line, Question, Sheet
from students.models import Student

THOUGHTS = {
    "student": {
        "experiences": "School library: eighteen laptops, I kept them running for two years. Holiday job in the café.",
        "achievements": "The list of laptop faults that I began is still used. Before, everybody asked the teacher.",
        "learned": "Networks. I can explain what an IP address is to my little brother.",
        "transferable": "Staying calm when somebody is cross. Writing down what I did, so that others can go on.",
        "abilities": "Finding out why something does not work. I do not give up on it.",
        "skills": "Windows, a little Linux, cabling, spreadsheets, some Python. First aid certificate.",
        "qualities": "Patient (the library), curious (took my phone apart, and it still works), reliable (café on "
        "Sundays at seven).",
        "good_at": "My nan rings me about her tablet, and her friends do now, too.",
        "values": "That it helps somebody. And people who explain things.",
        "career": "IT support first. Later perhaps security, or teaching it.",
        "life": "Live near the sea, have work that I can talk about at supper.",
        "gain": "Take a call from start to end on my own.",
        "fit": "A hospital never closes, so the computers must run. I like that it matters.",
        "bring": "Patience on the phone. I would like to learn how a real ticket system is used.",
    },
    "amelia.foster": {
        "experiences": "Drama club: the booking page. Paper round.",
        "achievements": "120 people booked seats through my page, and nobody sat on somebody else's.",
        "good_at": "Asking what people need before I start.",
        "fit": "They build for shops and clubs, and I have been the club.",
    },
}
QUESTIONS = {
    "student": [
        ("first_week", "Mostly listening in, and by Friday a call with somebody beside me."),
        ("who", "A different technician each month."),
        ("What is the strangest fault that you have had?", "A mouse in the server room. A real one."),
    ],
    "amelia.foster": [("typical_day", ""), ("project", ""), ("Do you test with customers before it goes live?", "")],
}
# student, firm, parts, shared
SHEETS = [
    ("student", "oswin", {
        "does": "A hospital for 300,000 people: emergency, children, hearts, and a research centre.",
        "values": "“Kind, safe, together.” On the ward they call everybody by their first name.",
        "reach": "local",
        "size": "Three sites, about 4,000 people. IT has 60, the service desk 9, led by Amira Khan.",
        "news": "They move all wards to tablets this year, so there is a lot to set up.",
    }, True),
    ("student", "harbour", {"does": "Websites for shops and clubs, and help by telephone.", "reach": "local"}, False),
    ("amelia.foster", "harbour", {
        "does": "Websites and booking pages for shops, clubs and two theatres in town.",
        "values": "Small and friendly. Their page says that they would rather build less and keep it working.",
        "reach": "local",
        "size": "Eleven people. Jess Tanner leads it, there are four developers.",
    }, True),
]  # fmt: skip


def tell_interviews(founding, calendar: Calendar, acts):
    """For the first college: what was written before the interviews."""
    if founding.college.key != "northfield":
        return
    for name, days_ago in (("student", 97), ("amelia.foster", 1)):
        moment = calendar.moment(calendar.today - timedelta(days=days_ago), time(19, 10), hours_ago=3)
        acts.add(moment, lambda name=name: get_ready(founding, name))


def get_ready(founding, name: str):
    """Fill in the worksheet, choose questions, research."""
    user = founding.people[f"{name}@{founding.college.domain}"]
    student = Student.objects.select_related("user").get(user=user, provider=founding.provider)
    lines = list(Line.objects.filter(retired_at=None))
    form = WorksheetForm([line for line in lines if line.kind == PROMPT], {}, THOUGHTS[name])
    form.is_valid()
    form.save(student)
    wordings = {line.code: line.wording for line in lines if line.kind == QUESTION}
    for words, answer in QUESTIONS[name]:
        Question.objects.create(student=student, words=wordings.get(words, words), answer=answer)
    for whose, firm, parts, is_shared in SHEETS:
        if whose == name:
            employer = founding.firms[firm]
            sheet = Sheet.objects.create(student=student, employer=employer, name=str(employer), **parts)
            if is_shared:
                sheet.share(by=user)
