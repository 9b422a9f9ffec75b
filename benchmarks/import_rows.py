"""How long imports take: 5,000 rows of each kind, read and compared, then applied, on an empty SQLite database.

    .venv/bin/python benchmarks/import_rows.py [ROWS]

The aim is 20 s for 5,000 rows, reading and applying together. DATABASE_URL is respected if it is set.
"""

import csv
import io
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FOLDER = tempfile.TemporaryDirectory()
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER.name}/imports.sqlite3")
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from placements.hours.models import StudentHours  # noqa: E402
from portal.imports import tasks  # noqa: E402
from portal.imports.importer import IMPORTERS  # noqa: E402
from portal.imports.models import Import  # noqa: E402
from portal.people.models import Membership, Provider, Role, User  # noqa: E402

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 5000


def uln(number: int) -> str:
    """A valid ULN for each number (some are skipped, as their check digit does not exist)."""
    digits = f"{100000000 + number}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return f"{digits}{10 - rest}" if rest else ""


ULNS = [found for found in map(uln, range(ROWS * 2)) if found][:ROWS]


def employer(n: int) -> list:
    site = [f"Site {n}", f"{n} Canal Road", "Leeds", "LS4 2AA"]
    manager = ["Priya", f"Shah {n}", f"manager{n}@employers.example", "01632 960101", "Site manager"]
    about = ["Construction", "10 to 49 people", f"{n} Mill Lane", "Leeds", "LS1 4AB", "01632 960100"]
    return [f"Employer {n // 2}", "", *(about if n % 2 == 0 else [""] * 6), *site, *manager]


def student(n: int) -> list:
    course = ["Digital Software Development", "", "2025/26", f"tutor{n % 40}@college.example"]
    who = [ULNS[n], f"Amira {n}", "Okafor", f"student{n}@college.example", "04/05/2008"]
    return [*who, *course, "no", "01632 960123"]


def placement(n: int) -> list:
    where = [f"Employer {n // 2}", f"Site {n}", f"manager{n}@employers.example"]
    return [ULNS[n], *where, "05/01/2026", "27/03/2026", "Developer", "Not paid", *["09:00-17:00/60"] * 5, "", ""]


def content(kind: str, row) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([column.title for column in IMPORTERS[kind].columns.values()])
    writer.writerows(row(n) for n in range(ROWS))
    return file.getvalue().encode()


def timed(work) -> tuple[float, float]:
    """Seconds by the clock, and of the processor (on a busy machine the first is longer)."""
    start, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - cpu


def bring_in(kind: str, row, provider, by):
    made = Import.start(provider, kind, f"{kind}.csv", content(kind, row), by=by)
    reading = timed(lambda: tasks.read.call(made.pk))
    made.refresh_from_db()
    assert (made.status, made.new, made.wrong) == ("ready", ROWS, 0), (made.sentence, made.problem)
    made.apply(by=by)
    applying = timed(lambda: tasks.apply.call(made.pk))
    made.refresh_from_db()
    assert made.status == "applied", made.problem
    again = Import.start(provider, kind, f"{kind}.csv", content(kind, row), by=by)
    comparing = timed(lambda: tasks.read.call(again.pk))
    again.refresh_from_db()
    assert again.unchanged == ROWS, again.sentence
    both = (reading[0] + applying[0], reading[1] + applying[1])
    cells = [f"{clock:>9.2f} ({cpu:.2f})" for clock, cpu in (reading, applying, both, comparing)]
    print(f"{kind:<11} {ROWS:>6,}", *cells)


call_command("migrate", verbosity=0)
provider = Provider.objects.create(name="Benchmark College", ukprn="10099999", safeguarding_name="Grace Bell")
by = User.objects.create_user("coordinator@bench.example", first_name="Cora", last_name="Dean")
Membership.objects.create(user=by, provider=provider, role=Role.COORDINATOR)
for n in range(40):
    tutor = User.objects.create_user(f"tutor{n}@college.example", first_name="Tom", last_name=f"Reid {n}")
    Membership.objects.create(user=tutor, provider=provider, role=Role.TUTOR)
print(f"{'s (CPU s)':<11} {'rows':>6} {'read':>16} {'apply':>16} {'together':>16} {'read again':>16}")
for kind, row in {"employers": employer, "students": student, "placements": placement}.items():
    bring_in(kind, row, provider, by)
assert StudentHours.objects.count() == ROWS
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"Largest memory of the process: {peak:.0f} MB")
