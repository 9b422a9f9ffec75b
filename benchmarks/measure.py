"""Measures the pages in this process, through the whole middleware: python benchmarks/measure.py REPEATS [PAGE ...]

Run by pages.py with the environment of production. Prints JSON: per page its queries, server times in ms, and weight.
"""

import gzip
import io
import json
import sys
import time
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.common import HOST  # noqa: E402
from benchmarks.forms import fields_of, with_another_line  # noqa: E402
from placements.timesheets.models import Timesheet  # noqa: E402
from portal.people.models import User  # noqa: E402
from portal.wsgi import application  # noqa: E402

WARM = 5


class Person:
    """Somebody signed in, who asks the server (in this process) for pages."""

    def __init__(self, user: User):
        client = Client()
        client.force_login(user)
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def ask(self, path: str, data: dict | None = None) -> tuple[str, bytes, tuple[float, float]]:
        """(status, body, (ms by the clock, ms of the processor)) of a request; with `data` a POST."""
        path, _, query = path.partition("?")
        body = urlencode(data).encode() if data else b""
        environ = {
            "REQUEST_METHOD": "POST" if data else "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOST,
            "HTTP_REFERER": f"https://{HOST}/",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        started, cpu = time.perf_counter(), time.thread_time()
        status, headers = [], {}

        def start_response(line, answered, exc_info=None):
            status.append(line.split()[0])
            headers.update(answered)

        response = application(environ, start_response)
        content = b"".join(response)
        response.close()
        taken = (time.perf_counter() - started) * 1000, (time.thread_time() - cpu) * 1000
        if "csrftoken=" in headers.get("Set-Cookie", ""):
            self.cookies["csrftoken"] = headers["Set-Cookie"].split("csrftoken=")[1].split(";")[0]
        return status[0], content, taken


class Get:
    """A page that is read."""

    expects = "200"

    def __init__(self, user: User, path: str):
        self.person, self.path, self.ms, self.cpu_ms = Person(user), path, [], []

    def prepare(self) -> dict | None:
        """What will be sent; not measured."""
        return None

    def once(self, *, keep: bool):
        """Ask once, and keep how long it took."""
        data = self.prepare()
        status, self.content, (ms, cpu_ms) = self.person.ask(self.path, data)
        assert status == self.expects, f"{self.path}: {status}"
        if keep:
            self.ms.append(ms)
            self.cpu_ms.append(cpu_ms)

    def facts(self) -> dict:
        data = self.prepare()
        with CaptureQueriesContext(connection) as queries:
            self.person.ask(self.path, data)
        return {"queries": len(queries), "ms": self.ms, "cpu_ms": self.cpu_ms, "bytes": len(self.content)}


class Post(Get):
    """A form that is read (not measured) and sent (measured) with another word in it."""

    expects = "302"

    def prepare(self) -> dict:
        status, content, _ = self.person.ask(self.path)
        assert status == "200", f"{self.path}: {status}"
        return with_another_line(fields_of(gzip.decompress(content).decode(), self.path))


def pages() -> dict[str, Get]:
    """What is measured: the pages of the people of the populated college."""
    drafts = Timesheet.objects.filter(status="draft", placement__status="active")
    week = drafts.annotate(lines=Count("spells")).order_by("-lines", "pk").first()
    student = week.placement.student.user
    manager = (
        User.objects.filter(managed__timesheets__status="handed_in")
        .annotate(weeks=Count("managed__timesheets"))
        .filter(weeks=4)
        .order_by("pk")
        .first()
    )
    tutor = User.objects.get(email="tutor@populate.test")
    coordinator = User.objects.get(email="coordinator@populate.test")
    edit = reverse("week_edit", args=[week.pk])
    by_hours = reverse("coordinator_home") + "?sort=-hours"
    return {
        "bare": Get(student, reverse("bare")),
        "student home": Get(student, reverse("student_home")),
        "week page": Get(student, edit),
        "week saved (POST)": Post(student, edit),
        "manager, 4 weeks waiting": Get(manager, reverse("manager_home")),
        "tutor, 40 students": Get(tutor, reverse("tutor_home")),
        "coordinator, by hours": Get(coordinator, by_hours),
        "cohort": Get(coordinator, reverse("cohort")),
        "cohort, students": Get(coordinator, reverse("cohort_students")),
        "cohort, tutors": Get(coordinator, reverse("cohort_tutors")),
    }


def measure(wanted: dict[str, Get], repeats: int):
    """Ask for the pages in turns, and print what was found."""
    for turn in range(WARM + repeats):
        for page in wanted.values():
            page.once(keep=turn >= WARM)
    json.dump({name: page.facts() for name, page in wanted.items()}, sys.stdout)


if __name__ == "__main__":
    names = sys.argv[2:]
    measure({name: page for name, page in pages().items() if not names or name in names}, int(sys.argv[1]))
