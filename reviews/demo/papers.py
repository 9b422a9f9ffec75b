"""CVs and cover letters of the demo, with what tutors said of them, by the functions that pages use."""

from dataclasses import dataclass
from datetime import time, timedelta

from portal.uploads import Accepted
from reviews.demo.moments import Calendar
from students.models import Student
from students.papers import keeping
from students.papers.models import Version

LINE = 18  # points from one line to the next


def small_pdf(pages: list[list[str]]) -> bytes:
    """A whole PDF of a few lines a page, the first line of it large."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        parts.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Contents {5 + 2 * n} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        text = drawn(lines)
        parts.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    made, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return (made + end + f"startxref\n{len(made)}\n%%EOF\n").encode("latin-1")


def drawn(lines: list[str]) -> str:
    """The lines as a PDF draws them, in letters that it knows without a font of its own."""
    plain = [line.encode("latin-1", "replace").decode("latin-1") for line in lines]
    safe = [line.replace("\\", "").replace("(", "").replace(")", "") for line in plain]
    rest = " ".join(f"0 -{LINE} Td ({line}) Tj" for line in safe[1:])
    return f"BT /F1 22 Tf 60 760 Td ({safe[0]}) Tj 0 -{LINE} Td /F1 12 Tf {rest} ET"


def cv_of(name: str, *about: str, pages: int = 1) -> Accepted:
    """A CV as a file."""
    first = [name, "Curriculum vitae, made up for the demo", *about]
    more = [[f"{name}, page {number}", "More of the same"] for number in range(2, pages + 1)]
    return Accepted(f"CV {name}.pdf", "application/pdf", small_pdf([first, *more]))


@dataclass(frozen=True)
class Draft:
    """A version of a paper, so many days ago. `asks` for feedback; `said` so many days ago, good to send or not."""

    student: str
    days_ago: int
    about: str
    letter: str = ""
    pages: int = 1
    note: str = ""
    asks: bool = True
    said_ago: int | None = None
    said: str = ""
    is_good: bool = False


DRAFTS = {
    "northfield": [
        Draft("student", 112, "Everything since primary school", pages=3, note="My first one. Is it too long?",
              said_ago=110, said="A lovely start: I can hear you in it. Leave primary school out, and put the school "
              "library's laptops at the top: that is real support work. Then it fits on two pages."),
        Draft("student", 106, "Support work first", pages=2, note="Shorter, and the laptops come first.",
              said_ago=104, said="Much better. I would ring you.", is_good=True),
        Draft("student", 104, "Why I would like to work on your service desk", letter="Service desk at St Oswin's",
              said_ago=103, said="Warm and to the point.", is_good=True),
        Draft("student", 4, "IT service desk, St Oswin's", pages=2,
              note="I have added what I do at St Oswin's. Is it all right to name the ticket system?"),
        Draft("amelia.foster", 20, "Drama club, booking page", note="I was not sure what to say about the drama club.",
              said_ago=18, said="The booking page belongs at the top, with its address."),
        Draft("amelia.foster", 13, "The booking page of the drama club", pages=2, note="With the address of the page.",
              said_ago=2, said="Good to go. Read it out loud once more before you send it.", is_good=True),
        Draft("marcus.bell", 9, "Eleven weeks in a test team", asks=False),
        Draft("chloe.barker", 22, "Reception of the council", pages=2, note="What shall I say about why it ended?",
              said_ago=21, said="Just as it was: the team moved away. Nothing to hide there.", is_good=True),
        Draft("chloe.barker", 17, "Back to the council", letter="Planning support office, the council", said_ago=3,
              said="You say “I” nine times in six lines. Turn two of them round, to what the office gets."),
    ],
    "westbrook": [
        Draft("finn.oleary", 8, "The account of the football club", pages=2, note="Too many pictures?", said_ago=7,
              said="One picture is enough, and say how many people follow the account.", is_good=False),
    ],
}  # fmt: skip


def tell_papers(founding, calendar: Calendar, acts):
    """Upload, ask and answer, each on its day."""

    def do(days_ago: int, hour: int, act):
        day = calendar.today - timedelta(days=days_ago)
        acts.add(calendar.moment(day, time(hour, 40), hours_ago=2), act)

    for draft in DRAFTS[founding.college.key]:
        made = []
        do(draft.days_ago, 16, lambda draft=draft, made=made: made.append(upload(founding, draft)))
        if draft.said_ago is not None:
            do(draft.said_ago, 9, lambda draft=draft, made=made: advise(made[0], draft))


def upload(founding, draft: Draft) -> Version:
    """A version, and the question what the tutor thinks of it."""
    user = founding.people[f"{draft.student}@{founding.college.domain}"]
    student = Student.objects.select_related("user", "provider", "tutor").get(user=user, provider=founding.provider)
    paper = keeping.add_letter(student, draft.letter) if draft.letter else keeping.cv_of(student)
    accepted = cv_of(user.name, draft.about, pages=draft.pages)
    if draft.letter:
        accepted = accepted._replace(name=f"Letter {user.name}.pdf")
    version = keeping.add_version(paper, accepted, pages=draft.pages, note=draft.note, by=user)
    if draft.asks:
        keeping.ask_for_feedback(version, by=user)
    return version


def advise(version: Version, draft: Draft):
    """What the tutor said."""
    version = Version.objects.with_people().get(pk=version.pk)
    keeping.answer(version, is_good=draft.is_good, words=draft.said, by=version.paper.student.tutor)
