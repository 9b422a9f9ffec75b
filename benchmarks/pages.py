"""Server time of the pages, beside a bare signed-in page in the same run: python benchmarks/pages.py [--quick]

In a database with 100,000 placements (6 million day rows), in production mode, through the whole middleware; the
coordinator's list and the cohort once more with 1,000 placements.
"""

import argparse
import json
import subprocess
import sys
from statistics import median

sys.path.insert(0, __file__.rsplit("/", 2)[0])

from benchmarks.common import ROOT, collect_static, percentile, populated, production, table

FEW, ROUNDS = 1_000, 4
SMALL = ["bare", "coordinator, by hours", "cohort", "cohort, students"]


def measured(placements: int, repeats: int, *names: str) -> dict:
    """What measure.py says about a database."""
    environment = production(populated(placements))
    command = [sys.executable, "benchmarks/measure.py", str(repeats), *names]
    found = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(found.stdout)


def in_turns(many: int, repeats: int) -> tuple[dict, dict]:
    """Both databases in turns, so that a machine that is busy for a while is so for both."""
    large, small = {}, {}
    for _ in range(ROUNDS):
        for found, placements, names in ((large, many, []), (small, FEW, SMALL)):
            for name, facts in measured(placements, repeats // ROUNDS, *names).items():
                known = found.setdefault(name, facts | {"ms": [], "cpu_ms": []})
                known["ms"] += facts["ms"]
                known["cpu_ms"] += facts["cpu_ms"]
    return large, small


def row(name: str, facts: dict, bare: dict) -> list:
    ms, cpu_ms = median(facts["ms"]), median(facts["cpu_ms"])
    return [
        name,
        facts["queries"],
        f"{ms:.1f}",
        f"{percentile(facts['ms'], 0.95):.1f}",
        f"{ms / median(bare['ms']):.1f}",
        f"{cpu_ms:.1f}",
        f"{cpu_ms / median(bare['cpu_ms']):.1f}",
        f"{facts['bytes'] / 1024:.1f}",
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="4,000 placements and 52 repeats")
    parser.add_argument("--placements", type=int, default=None)
    parser.add_argument("--repeats", type=int, default=None)
    asked = parser.parse_args()
    many = asked.placements or (4_000 if asked.quick else 100_000)
    repeats = asked.repeats or (52 if asked.quick else 200)
    collect_static()
    large, small = in_turns(many, repeats)
    rows = [row(name, facts, large["bare"]) for name, facts in large.items()]
    rows += [row(f"{name}, {FEW:,} placements", small[name], small["bare"]) for name in SMALL[1:]]
    heads = ["page", "queries", "median ms", "p95 ms", "x bare", "CPU ms", "x bare", "KB (gzip)"]
    table(f"Pages, {many:,} placements, {repeats} times each", heads, rows)
    print(
        f"\n  {many:,} placements against {FEW:,}, by the clock (and by processor time, which other work leaves alone):"
    )
    for name in SMALL[1:]:
        clock, cpu = (median(large[name][kind]) / median(small[name][kind]) for kind in ("ms", "cpu_ms"))
        print(f"  {name}: {clock:.2f} times ({cpu:.2f})")


if __name__ == "__main__":
    main()
