"""The parts of script/serve that are easier said in Python: `python script/serving.py check`, and `... run`."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
HOST, PORT = os.environ["HOST"], os.environ["PORT"]


def check():
    """Stop with plain words when the settings are wrong or the address is taken, before anything is touched."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        import portal.settings  # noqa: F401
    except ImproperlyConfigured as error:
        sys.exit(f"The portal does not start: {error}")
    try:
        socket.create_server((HOST, int(PORT)), family=socket.AF_INET6 if ":" in HOST else socket.AF_INET).close()
    except (OSError, OverflowError, ValueError) as error:
        why = str(error).rstrip(".")
        sys.exit(f"Cannot listen on {HOST}, port {PORT}: {why}. Choose another one: PORT=8001 script/serve")


def run():
    """Start the web server and two workers, so that no mail waits behind a long report.

    All stop when told to (exit 0) or when the web server ends (exit 1). A worker that ends is started again.
    """
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    started = time.monotonic()
    web_server = start("-m", "gunicorn", *gunicorn_options())
    workers = {queue: start_worker(queue) for queue in ("quick", "parcels")}
    try:
        while is_alive(web_server) and not answers():
            time.sleep(0.1)
        if is_alive(web_server):
            print(f"  ✓ {'Web server and workers':<42} {time.monotonic() - started:5.1f} s")
            welcome()
        while is_alive(web_server):
            time.sleep(0.2)
            for queue in [queue for queue, worker in workers.items() if not is_alive(worker)]:
                print(f"\nThe worker ({queue}) has stopped by itself. It starts again.", flush=True)
                time.sleep(2)
                workers[queue] = start_worker(queue)
        sys.exit("\nThe web server has stopped by itself, so the portal stops.")
    except KeyboardInterrupt:
        print("\n  Stopping.", flush=True)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stop([web_server, *workers.values()])


def interrupt(*_):
    raise KeyboardInterrupt


def gunicorn_options() -> list[str]:
    bind = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
    processes, threads = os.environ["WEB_CONCURRENCY"], os.environ["WEB_THREADS"]
    return [
        *("portal.wsgi:application", "--bind", bind, "--worker-class", "gthread"),
        *("--workers", processes, "--threads", threads, "--log-level", "warning", "--no-control-socket"),
    ]


def start(*arguments: str) -> subprocess.Popen:
    """A process in a session of its own, so that Ctrl-C reaches us alone and we stop it in good order."""
    return subprocess.Popen([sys.executable, *arguments], start_new_session=True)


def start_worker(queue: str) -> subprocess.Popen:
    return start("manage.py", "worker", "--only", queue)


def is_alive(process: subprocess.Popen) -> bool:
    return process.poll() is None


def answers() -> bool:
    """Any answer will do: the server is up."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(HOST, HOST)
    connection = http.client.HTTPConnection(host, int(PORT), timeout=60)
    try:
        connection.request("GET", "/health/")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def welcome():
    """Print where the portal is and, in the demo, who can sign in."""
    from portal.demo.people import ADDRESSES, PASSWORD
    from portal.settings import BASE_URL, DEMO

    print(f"\n  The Placement Portal is at {BASE_URL}")
    if DEMO:
        print(f"\n  Sign in with the password {PASSWORD} as\n")
        domains = list(dict.fromkeys(address.split("@")[1] for address in ADDRESSES))
        for address in ADDRESSES:
            role, domain = address.split("@")
            print(f"    {address:<24} {role} at college {domains.index(domain) + 1}")
    else:
        print("  A college is let in with manage.py add_provider; see 'Beginning with a real college' in README.md.")
    print("\n  Ctrl-C stops it.", flush=True)


def stop(processes: list, patience: int = 30):
    """Ask each process to finish what it does, and end it after `patience` seconds."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    {"check": check, "run": run}[sys.argv[1]]()
