"""Many students who save at once, against a real server: python benchmarks/saving.py [--quick] [--only sqlite|postgres]

Each of 32 reads the week page once and then saves it as the page itself does while one types (every save writes the
whole week), with another word each time, without a pause, for 20 s.
"""

import argparse
import http.client
import json
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

sys.path.insert(0, __file__.rsplit("/", 2)[0])

from benchmarks.common import collect_static, fill, percentile, table
from benchmarks.forms import fields_of, with_another_line
from benchmarks.serving import ask_django, postgres, server

PLACEMENTS = 1_000
STUDENTS = """
from django.db.models import Count
from placements.timesheets.models import Timesheet
weeks = Timesheet.objects.filter(status="draft", placement__status="active").select_related("placement__student__user")
weeks = weeks.annotate(lines=Count("spells")).filter(lines__gt=0).order_by("-lines", "pk")
found, seen = [], set()
for week in weeks:
    user = week.placement.student.user
    if user.pk not in seen and len(found) < HOW_MANY:
        seen.add(user.pk)
        found.append([reverse("week_edit", args=[week.pk]), cookies(user)])
json.dump(found, sys.stdout)
"""


class Student(threading.Thread):
    """Somebody who saves for some seconds, from the moment on when all of them have the page open."""

    def __init__(self, port: int, path: str, cookies: dict, ready: threading.Barrier, duration: int):
        super().__init__()
        self.port, self.path, self.cookies, self.ready, self.duration = port, path, cookies, ready, duration
        self.seconds, self.errors = [], []

    def run(self):
        self.connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        fields = fields_of(self.ask("GET", 200), self.path)
        self.ready.wait()
        self.connection.close()  # the server has given up on those that waited long; the next request opens another
        until = time.monotonic() + self.duration
        while time.monotonic() < until:
            try:
                fields = self.save(fields)
            except (OSError, http.client.HTTPException, AssertionError) as error:
                self.errors.append(repr(error))
                self.connection.close()

    def save(self, fields: dict) -> dict:
        """Save with another word; returns the fields as they stand then."""
        fields = with_another_line(fields)
        started = time.perf_counter()
        answer = self.ask("POST", 200, urlencode(fields))
        self.seconds.append(time.perf_counter() - started)
        said = json.loads(answer)
        assert said["says"].startswith("Saved"), said["says"]
        return fields | {"seen": str(said["seen"])}

    def ask(self, method: str, expects: int, body: str | None = None) -> str:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "X-Autosave": "1"}
        self.connection.request(method, self.path, body, headers)
        response = self.connection.getresponse()
        for header in response.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        answer = response.read().decode()
        assert response.status == expects, f"{method} {response.status} {answer[:80]}"
        return answer


def measured(name: str, database_url: str, students: int, seconds: int) -> list:
    """A row of the table: what happened on a database."""
    fill(database_url, PLACEMENTS)
    with server(database_url) as (environment, port):
        who = ask_django(environment, STUDENTS.replace("HOW_MANY", str(students)))
        assert len(who) == students, f"Only {len(who)} students have a draft"
        ready = threading.Barrier(students)
        crowd = [Student(port, path, cookies, ready, seconds) for path, cookies in who]
        for student in crowd:
            student.start()
        for student in crowd:
            student.join()
    taken = [1000 * spent for student in crowd for spent in student.seconds]
    errors = [error for student in crowd for error in student.errors]
    for error in sorted(set(errors)):
        print(f"  {name}: {errors.count(error)} times {error}", file=sys.stderr)
    slow = [percentile(taken, 0.5), percentile(taken, 0.95), max(taken)]
    return [name, len(taken), len(errors), f"{len(taken) / seconds:.0f}", *(f"{ms:.0f}" for ms in slow)]


@contextmanager
def sqlite():
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/saving.sqlite3"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="5 s instead of 20 s")
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--students", type=int, default=32)
    asked = parser.parse_args()
    seconds, rows = 5 if asked.quick else 20, []
    collect_static()
    for name, database in {"sqlite": sqlite, "postgres": postgres}.items():
        if asked.only in (None, name):
            with database() as url:
                rows.append(measured(name, url, asked.students, seconds))
    heads = ["database", "saved", "errors", "per s", "median ms", "p95 ms", "max ms"]
    table(f"{asked.students} students who save at once, for {seconds} s", heads, rows)


if __name__ == "__main__":
    main()
