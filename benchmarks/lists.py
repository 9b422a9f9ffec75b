"""Every list with 40 and with 5,000 rows, beside a bare signed-in page in the same run: python benchmarks/lists.py

In throw-away SQLite databases, in production mode, through the whole middleware. The columns: queries with few and with
many rows; time by the clock and by the processor with many, each also as a multiple of the bare page's; and the
processor time with many rows as a multiple of that with few.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, __file__.rsplit("/", 2)[0])

from benchmarks.common import ROOT, collect_static, manage, percentile, production, table

FEW, MANY, ROUNDS = 40, 5_000, 2


def filled(folder: str, rows: int) -> str:
    """The URL of a database with so many rows of each kind."""
    url = f"sqlite:///{Path(folder) / f'{rows}.sqlite3'}"
    manage(url, "migrate")
    environment = production(url, MODE="development", DJANGO_SETTINGS_MODULE="portal.settings")
    subprocess.run([sys.executable, "benchmarks/filling.py", str(rows)], cwd=ROOT, env=environment, check=True)
    return url


def measured(url: str, repeats: int) -> dict:
    """What measure_lists.py says about a database."""
    command = [sys.executable, "benchmarks/measure_lists.py", str(repeats)]
    found = subprocess.run(command, cwd=ROOT, env=production(url), stdout=subprocess.PIPE, check=True)
    return json.loads(found.stdout)


def in_turns(urls: list[str], repeats: int) -> list[dict]:
    """All databases in turns, so that a machine that is busy for a while is so for each."""
    found = [{} for _ in urls]
    for _ in range(ROUNDS):
        for known, url in zip(found, urls, strict=True):
            for name, facts in measured(url, repeats // ROUNDS).items():
                kept = known.setdefault(name, facts | {"ms": [], "cpu_ms": []})
                kept["ms"] += facts["ms"]
                kept["cpu_ms"] += facts["cpu_ms"]
    return found


def row(name: str, few: dict, many: dict, bare: dict) -> list:
    ms, cpu_ms = median(many["ms"]), median(many["cpu_ms"])
    return [
        name,
        few["queries"],
        many["queries"],
        f"{percentile(few['ms'], 0.95):.0f}",
        f"{ms:.0f}",
        f"{percentile(many['ms'], 0.95):.0f}",
        f"{ms / median(bare['ms']):.1f}",
        f"{cpu_ms:.0f}",
        f"{cpu_ms / median(bare['cpu_ms']):.1f}",
        f"{cpu_ms / median(few['cpu_ms']):.1f}",
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="500 rows instead of 5,000, and 10 repeats")
    parser.add_argument("--rows", type=int, default=None)
    parser.add_argument("--repeats", type=int, default=None)
    asked = parser.parse_args()
    rows = asked.rows or (500 if asked.quick else MANY)
    repeats = asked.repeats or (10 if asked.quick else 40)
    collect_static()
    with tempfile.TemporaryDirectory() as folder:
        few, many = in_turns([filled(folder, FEW), filled(folder, rows)], repeats)
    heads = [
        "list", f"queries, {FEW}", f"{rows:,}", f"p95 ms, {FEW}", f"median ms, {rows:,}", "p95 ms", "x bare", "CPU ms",
        "x bare", f"x {FEW} rows",
    ]  # fmt: skip
    lines = [row(name, few[name], facts, many["bare"]) for name, facts in many.items()]
    table(f"Lists, {FEW} and {rows:,} rows, {repeats} times each", heads, lines)


if __name__ == "__main__":
    main()
