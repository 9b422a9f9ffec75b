"""The commands in script/, and the lists of what they install."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9-]+==\S+)(.*(?:\n .*)*)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Each pinned package of a requirements file, with its hashes."""
    return dict(PIN.findall((ROOT / name).read_text()))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"])
def test_requirements_are_pinned_and_hashed_and_name_no_index(name):
    assert all("--hash=sha256:" in hashes for hashes in pins(name).values())
    assert "://" not in (ROOT / name).read_text()


def test_the_developers_packages_are_those_of_production_and_more():
    assert pins("requirements.txt").keys() < pins("requirements-dev.txt").keys()


def test_the_front_end_lock_names_no_registry():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_only_the_front_end_files_that_are_used_are_staged():
    assert {path.name for path in (ROOT / "static/vendor").iterdir()} == {
        ".staged",
        "bootstrap.LICENSE.txt",
        "bootstrap.min.css",
        "figtree-latin-400-normal.woff2",
        "figtree-latin-700-normal.woff2",
        "figtree-latin-ext-400-normal.woff2",
        "figtree-latin-ext-700-normal.woff2",
        "figtree-latin-ext-wght-normal.woff2",
        "figtree-latin-wght-normal.woff2",
        "figtree.LICENSE.txt",
    }


class Serving:
    """script/serve as somebody at a terminal runs it, with a database and a port of its own."""

    def __init__(self, database: Path, command: str = "script/serve", **environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = {
            "MODE": "development",
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite:///{database}",
        } | environment
        self.process = subprocess.Popen(
            command.split(),
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.communicate()

    def listen(self, words: str):
        """Read on until a line has these words."""
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return
        raise AssertionError(self.said)

    def health(self) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/") as response:
            return response.status

    def worker(self) -> int | None:
        """The process id of the background worker for what is quick."""
        return self.child_called_with("quick")

    def web_server(self) -> int | None:
        return self.child_called_with("gunicorn")

    def child_called_with(self, word: str) -> int | None:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        called = ((int(pid), Path(f"/proc/{pid}/cmdline").read_text().split("\0")) for pid in children)
        return next((pid for pid, words in called if word in words), None)

    def wait_until(self, is_so, seconds: int = 30):
        until = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < until, self.said
            time.sleep(0.1)

    def end(self) -> int:
        """Wait for the end, of every process that holds the output open, and return the exit code."""
        self.said += self.process.communicate(timeout=30)[0]
        return self.process.returncode


@pytest.mark.system
def test_serve_starts_both_and_ctrl_c_stops_both(tmp_path):
    with Serving(tmp_path / "portal.sqlite3") as serving:
        serving.listen("Ctrl-C stops it.")
        assert f"The Placement Portal is at http://localhost:{serving.port}" in serving.said
        assert serving.health() == 200
        os.killpg(serving.process.pid, signal.SIGINT)
        assert serving.end() == 0

    last_line = ".venv/bin/python script/serving.py run"  # of script/serve; the lines before it have been heard above
    fewest = {"HOST": "127.0.0.1", "WEB_CONCURRENCY": "1", "WEB_THREADS": "1"}
    with Serving(tmp_path / "portal.sqlite3", last_line, **fewest) as serving:
        serving.listen("Ctrl-C stops it.")
        killed = serving.worker()
        os.kill(killed, signal.SIGKILL)
        serving.listen("The worker (quick) has stopped by itself. It starts again.")
        serving.wait_until(lambda: serving.worker() not in (None, killed))
        assert serving.health() == 200
        os.kill(serving.web_server(), signal.SIGKILL)
        assert serving.end() == 1
        assert "The web server has stopped by itself, so the portal stops." in serving.said


@pytest.mark.system
def test_serve_in_production_mode_without_a_secret_key_says_why_it_does_not_start(tmp_path):
    with Serving(tmp_path / "portal.sqlite3", MODE="production", SECRET_KEY="") as serving:
        assert serving.end() == 1
        assert "The portal does not start: SECRET_KEY is not set." in serving.said
        assert "Traceback" not in serving.said


@pytest.mark.system
def test_serve_says_when_the_port_is_taken(tmp_path):
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        Serving(tmp_path / "portal.sqlite3", PORT=str(taken.getsockname()[1])) as serving,
    ):
        assert serving.end() == 1
        assert "Choose another one: PORT=8001 script/serve" in serving.said


def python_found(folder: Path, *, system: str, other: str) -> str:
    """What script/lib.sh takes of a system's own Python and one that comes first on the PATH.

    Each of them can do nothing ('old'), run our code ('new'), or make virtual environments as well ('complete').
    """
    refused = {"old": "*", "new": "*ensurepip*", "complete": "nothing"}
    for name, kind in [("system", system), ("python3", other)]:
        fake = folder / name
        fake.write_text(f'#!/bin/sh\ncase "$2" in {refused[kind]}) exit 1;; esac\n')
        fake.chmod(0o755)
    found = subprocess.run(
        ["bash", "-c", f"source script/lib.sh; PATH={folder}; find_python {folder}/system"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return found.stdout.strip().removeprefix(f"{folder}/")


@pytest.mark.parametrize(
    ("system", "other", "taken"),
    [
        ("complete", "complete", "system"),
        ("new", "complete", "python3"),
        ("new", "new", "system"),
        ("old", "complete", "python3"),
        ("old", "new", "python3"),
    ],
)
def test_the_systems_own_python_is_taken_unless_another_one_is_more_complete(tmp_path, system, other, taken):
    assert python_found(tmp_path, system=system, other=other) == taken


def test_scripts_keep_compiled_python_whatever_an_image_sets():
    kept = subprocess.run(
        ["bash", "-c", "source script/lib.sh; echo kept${PYTHONDONTWRITEBYTECODE-}"],
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert kept.stdout == "kept\n"
