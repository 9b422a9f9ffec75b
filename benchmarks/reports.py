"""200 statements of hours through two workers, beside WeasyPrint on bare pages: python benchmarks/reports.py [REPORTS]

Two parcels of half the reports each are asked for at once; each worker makes one tagged PDF with bookmarks. Then two
processes, side by side as the workers were, make one PDF of each bare page with WeasyPrint as it comes: the same words,
once in the same tables, once in paragraphs only, without style, chart, tags or fonts of our own. The processor's time
is what to compare by on a machine that does other things as well.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import mean

sys.path.insert(0, __file__.rsplit("/", 2)[0])

from benchmarks.common import ROOT, populated, production, table

DAYS = 45
REPORTS = 200
WORKERS = 2
BARE = 40  # bare pages for each process and kind
READY_AFTER = 8  # seconds until a worker has started and waits for work


def students(many: int) -> tuple:
    """(desk of a coordinator, the students of that provider whose number of days comes nearest to DAYS)."""
    from django.db.models import Count, Q

    from portal.people.models import Membership, Role
    from students.models import Student

    largest = Student.objects.order_by().values("provider").annotate(many=Count("pk")).order_by("-many")[0]["provider"]
    desks = Membership.objects.filter(provider=largest, role=Role.COORDINATOR).select_related("user", "provider")
    handed_in = Q(placements__timesheets__status__in=["handed_in", "approved"])
    rows = Student.objects.filter(provider=largest).annotate(
        days=Count("placements__timesheets__spells__day", filter=handed_in)
    )
    nearest = sorted(rows.order_by("pk"), key=lambda student: abs(student.days - DAYS))[:many]
    return desks.first(), nearest


def ask(many: int):
    """Ask for the parcels and wait for them. Prints what was made as JSON."""
    from portal.parcels.asking import ask_for
    from portal.parcels.models import Parcel

    desk, found = students(many)
    started = time.perf_counter()
    for number in range(WORKERS):
        options = {"students": [one.pk for one in found[number::WORKERS]], "kinds": ["statement"], "way": "pdf"}
        ask_for("reports", desk=desk, title=f"Benchmark {time.time()}", options=options)
    mine = Parcel.objects.order_by("-pk")[:WORKERS]
    while any(parcel.is_working for parcel in mine.all()):
        time.sleep(0.1)
    seconds = time.perf_counter() - started
    made = list(mine.all())
    assert {parcel.status for parcel in made} == {"ready"}, [parcel.problem for parcel in made]
    days = mean(student.days for student in found)
    print(json.dumps({"seconds": seconds, "bytes": sum(p.size for p in made), "many": len(found), "days": days}))


def bare(many: int, place: int):
    """Bare pages of every WORKERS-th student from `place` on. Prints milliseconds for each kind as JSON."""
    from weasyprint import HTML

    from reviews.reports.packing import students_in
    from reviews.reports.sheets import kinds

    desk, found = students(many)
    chosen = students_in([student.pk for student in found[place::WORKERS][:BARE]])
    sheets = kinds()["statement"].find(chosen, desk.user)
    pages = [stripped(sheets[student.pk][0].html()) for student in chosen]
    taken = {}
    for name, change in {"tables": str, "paragraphs": flat}.items():
        HTML(string=change(pages[0])).write_pdf()
        started, busy = time.perf_counter(), time.process_time()
        for page in pages:
            HTML(string=change(page)).write_pdf()
        spent = time.perf_counter() - started, time.process_time() - busy
        taken[name] = [1000 * seconds / len(pages) for seconds in spent]
    print(json.dumps(taken))


def stripped(html: str) -> str:
    """The same words in the same elements, without drawings and attributes (but those that join cells)."""
    body = re.sub(r"<figure.*?</figure>", "", html[html.index("<main") :], flags=re.DOTALL)
    body = re.sub(r'<(\w+)(?:[^>]*?( colspan="\d+"))?[^>]*>', r"<\1\2>", body)
    return f"<!doctype html><title>A report</title><body>{body}"


def flat(page: str) -> str:
    """The same words in paragraphs only: one for each row."""
    page = re.sub(r"</?(table|thead|tbody|tfoot|section|dl|header)>", "", page)
    page = re.sub(r"<tr>", "<p>", page).replace("</tr>", "</p>")
    return re.sub(r"</?(td|th|dt|dd|div)>", " ", page)


def child(environment: dict, *arguments) -> subprocess.Popen:
    command = [sys.executable, "benchmarks/reports.py", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen) -> dict:
    answer, _ = process.communicate()
    assert process.returncode == 0, answer
    return json.loads(answer)


def peak(pid: int) -> int:
    """The most memory that a process has held so far, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


def busy(pid: int) -> float:
    """The processor's seconds that a process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def through_workers(environment: dict, reports: int) -> tuple[dict, list[int]]:
    """(what was made, the peak memory of each worker in MB)."""
    command = [sys.executable, "manage.py", "worker", "--only", "parcels", "-v", "0"]
    workers = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(WORKERS)]
    try:
        time.sleep(READY_AFTER)
        before = sum(busy(worker.pid) for worker in workers)
        made = said(child(environment, "ask", reports))
        made["busy"] = sum(busy(worker.pid) for worker in workers) - before
        return made, [peak(worker.pid) for worker in workers]
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()


def main():
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    environment = production(populated(1_000))
    made, memory = through_workers(environment, reports)
    beside = [said(process) for process in [child(environment, "bare", reports, place) for place in range(WORKERS)]]
    each, cpu = 1000 * made["seconds"] * WORKERS / made["many"], 1000 * made["busy"] / made["many"]
    rows = [["in the parcel, all that it takes", f"{each:.0f}", f"{cpu:.0f}", "", ""]]
    for name in ("tables", "paragraphs"):
        ms, own = (mean(one[name][n] for one in beside) for n in range(2))
        rows.append(
            [f"WeasyPrint, bare page, {name}", f"{ms:.0f}", f"{own:.0f}", f"{each / ms:.2f}", f"{cpu / own:.2f}"]
        )
    title = f"{made['many']} statements of {made['days']:.0f} days through {WORKERS} workers: {made['seconds']:.0f} s"
    table(title, ["", "ms per report", "CPU ms", "parcel : bare", "CPU"], rows)
    print(f"\n  {made['bytes'] / made['many'] / 1024:.0f} KB each. Peak memory of the workers: {memory} MB.")


if __name__ == "__main__":
    if os.environ.get("DJANGO_SETTINGS_MODULE") == "benchmarks.settings":
        import django

        django.setup()
        if sys.argv[1] == "ask":
            ask(int(sys.argv[2]))
        else:
            bare(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
