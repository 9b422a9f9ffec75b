"""A statement of hours of about 45 days as PDF: cold, warm, memory: python benchmarks/pdf_statement.py [REPEATS]

Asked for by its student, in this process, through the whole middleware, in production mode.
"""

import gzip
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

STARTED = time.perf_counter()
sys.path.insert(0, __file__.rsplit("/", 2)[0])

from benchmarks.common import ROOT, collect_static, percentile, populated, production, table  # noqa: E402

DAYS = 45
REPEATS = 20


def memory() -> tuple[float, float]:
    """(now, most so far) that this process holds, in MB."""
    now = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return now / 2**20, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def student_with(days: int):
    """The student whose number of days handed in comes nearest."""
    from django.db.models import Count, Q

    from students.models import Student

    handed_in = Q(placements__timesheets__status__in=["handed_in", "approved"])
    counted = Student.objects.annotate(days=Count("placements__timesheets__spells__day", filter=handed_in))
    return min(counted.select_related("user").order_by("pk")[:500], key=lambda student: abs(student.days - days))


def measure(repeats: int):
    import django

    django.setup()
    from django.urls import reverse

    from benchmarks.measure import Person

    ready = time.perf_counter() - STARTED
    student = student_with(DAYS)
    person = Person(student.user)
    page, pdf = (reverse(name, args=[student.pk]) for name in ("statement", "statement_pdf"))
    person.ask(page)
    pages = [person.ask(page)[2] for _ in range(repeats)]
    before, _ = memory()
    status, content, cold = person.ask(pdf)
    content = gzip.decompress(content)
    assert (status, content[:5]) == ("200", b"%PDF-"), status
    warm = [person.ask(pdf)[2] for _ in range(repeats)]
    after, most = memory()
    rows = [
        ["the same as a page", *figures(pages)],
        ["the first PDF of a process", *figures([cold])],
        ["every further PDF", *figures(warm)],
    ]
    title = f"Statement of {student.days} days, {repeats} times: {len(content) / 1024:.0f} KB of PDF"
    table(title, ["", "median ms", "p95 ms", "CPU ms"], rows)
    print(f"\n  A process is ready after {ready:.2f} s and holds {before:.0f} MB before its first PDF,")
    print(f"  {after:.0f} MB after the last one, and {most:.0f} MB at most.")


def figures(taken: list[tuple[float, float]]) -> list[str]:
    clock, cpu = [ms for ms, _ in taken], [ms for _, ms in taken]
    return [f"{median(clock):.0f}", f"{percentile(clock, 0.95):.0f}", f"{median(cpu):.0f}"]


def main():
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    if os.environ.get("DJANGO_SETTINGS_MODULE") == "benchmarks.settings":
        measure(repeats)
    else:
        collect_static()
        command = [sys.executable, "benchmarks/pdf_statement.py", str(repeats)]
        subprocess.run(command, cwd=ROOT, env=production(populated(1_000)), check=True)


if __name__ == "__main__":
    main()
