"""A real server on a free port, a PostgreSQL of our own, and people signed in: for benchmarks over the wire."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks.common import ROOT, production

SIGN_IN = """
import json, sys
from django.test import Client
from django.urls import reverse
from portal.people.models import User
def cookies(user):
    client = Client()
    client.force_login(user)
    return {name: morsel.value for name, morsel in client.cookies.items()}
"""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextmanager
def server(database_url: str, **more: str):
    """The portal as script/serve starts it (2 processes, 4 threads each), in production mode if `more` says no other.

    Gives its environment and the port.
    """
    port = free_port()
    base_url = f"http://localhost:{port}"
    environment = production(database_url, BASE_URL=base_url, SECURE_SSL_REDIRECT="off", **more)
    command = [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"),
        "--no-control-socket",
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(port)
        yield environment, port
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int):
    """Until somebody listens on `port`, for half a minute at most."""
    for _ in range(300):
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Nobody listens on port {port}")


def ask_django(environment: dict, code: str):
    """Run a piece of code (which prints JSON, and may call `cookies(user)`) with the server's settings."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SIGN_IN + code]
    found = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(found.stdout)


@contextmanager
def postgres():
    """A PostgreSQL that lives in a folder for the length of the block, durable as in real use. Gives its URL."""
    binaries = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])).parent
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    as_postgres = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        as_postgres = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def run(program: str, *arguments: str):
        command = [str(binaries / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True, **as_postgres)

    run("initdb", "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    run("pg_ctl", "-l", str(folder / "log"), "-w", "start", "-o", f"-k {folder} -c listen_addresses=''")
    try:
        subprocess.run([str(binaries / "createdb"), "-h", str(folder), "-U", "portal", "portal"], check=True)
        yield f"postgres://portal@/{folder}/portal"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)
