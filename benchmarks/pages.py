"""Server time of the pages, beside a bare signed-in page in the same run: python benchmarks/pages.py [--quick]

In a database with 100,000 placements (6 million day rows), in production mode, through the whole middleware; the
coordinator's list once more with 1,000 placements.
"""

import argparse
import json
import subprocess
import sys
from statistics import median

sys.path.insert(0, __file__.rsplit("/", 2)[0])

from benchmarks.common import ROOT, collect_static, percentile, populated, production, table

FEW = 1_000


def measured(placements: int, repeats: int, *names: str) -> dict:
    """What measure.py says about a database."""
    environment = production(populated(placements))
    command = [sys.executable, "benchmarks/measure.py", str(repeats), *names]
    found = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(found.stdout)


def row(name: str, facts: dict, bare: float) -> list:
    middle = median(facts["ms"])
    return [
        name,
        facts["queries"],
        f"{middle:.1f}",
        f"{percentile(facts['ms'], 0.95):.1f}",
        f"{middle / bare:.1f}",
        f"{facts['bytes'] / 1024:.1f}",
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="4,000 placements and 50 repeats")
    parser.add_argument("--placements", type=int, default=None)
    parser.add_argument("--repeats", type=int, default=None)
    asked = parser.parse_args()
    many = asked.placements or (4_000 if asked.quick else 100_000)
    repeats = asked.repeats or (50 if asked.quick else 200)
    collect_static()
    large, small = measured(many, repeats), measured(FEW, repeats, "bare", "coordinator, by hours")
    bare = median(large["bare"]["ms"])
    rows = [row(name, facts, bare) for name, facts in large.items()]
    few = small["coordinator, by hours"]
    rows.append(row(f"the same, {FEW:,} placements", few, median(small["bare"]["ms"])))
    heads = ["page", "queries", "median ms", "p95 ms", "x bare", "KB (gzip)"]
    table(f"Pages, {many:,} placements, {repeats} times each", heads, rows)
    ratio = median(large["coordinator, by hours"]["ms"]) / median(few["ms"])
    print(f"\n  The coordinator's list at {many:,} placements takes {ratio:.2f} times what it takes at {FEW:,}.")


if __name__ == "__main__":
    main()
