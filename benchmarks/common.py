"""What the benchmarks share: databases to measure in, production settings, percentiles, tables."""

import hashlib
import os
import secrets
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
HOST = "bench.example"
MIGRATIONS = sorted(ROOT.glob("*/migrations/0*.py")) + sorted(ROOT.glob("*/*/migrations/0*.py"))


def production(database_url: str, **more: str) -> dict[str, str]:
    """The environment of a process in production mode that uses a database. `more` overrides."""
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ},
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "BASE_URL": f"https://{HOST}",
        "DATABASE_URL": database_url,
        "EMAIL_URL": "dummymail://",
        **more,
    }


def manage(database_url: str, *arguments: str, quiet: bool = True):
    """Run manage.py on a database, in development mode: production mode makes nobody with a known password."""
    environment = production(database_url, MODE="development", DJANGO_SETTINGS_MODULE="portal.settings")
    output = subprocess.DEVNULL if quiet else sys.stderr
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, stdout=output, check=True)


def fill(database_url: str, placements: int):
    """An empty database, migrated and populated."""
    manage(database_url, "migrate")
    manage(database_url, "populate", "--placements", str(placements), quiet=placements < 20_000)


def populated(placements: int) -> str:
    """The URL of an SQLite database with so many placements; made where there is none of this week and these tables."""
    tables = hashlib.sha256(b"".join(path.read_bytes() for path in MIGRATIONS)).hexdigest()[:8]
    monday = date.today() - timedelta(days=date.today().weekday())
    VAR.mkdir(parents=True, exist_ok=True)
    path = VAR / f"{placements}-{monday}-{tables}.sqlite3"
    if not path.exists():
        for old in VAR.glob(f"{placements}-*"):
            old.unlink()
        draft = path.with_suffix(".draft")
        fill(f"sqlite:///{draft}", placements)
        draft.rename(path)
    return f"sqlite:///{path}"


def collect_static():
    """The static files as production serves them."""
    environment = production("sqlite://:memory:")
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear"]
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of the others do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def table(title: str, heads: list[str], rows: list[list]):
    """Print rows; the first column to the left, the others to the right."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[n]) for row in [heads, *rows]) for n in range(len(heads))]
    print(f"\n{title}\n")
    for row in [heads, ["-" * width for width in widths], *rows]:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  " + "  ".join(cells))
    sys.stdout.flush()
