"""The parts of script/serve that are easier said in Python: python script/serving.py (check|wait PID|sign-ins)."""

import http.client
import os
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def check():
    """Stop with plain words when the settings are wrong or the address is taken, before anything is touched."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        import portal.settings  # noqa: F401
    except ImproperlyConfigured as error:
        sys.exit(f"The portal does not start: {error}")
    host, port = os.environ["HOST"], os.environ["PORT"]
    try:
        socket.create_server((host, int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except (OSError, OverflowError, ValueError) as error:
        sys.exit(f"Cannot listen on {host}, port {port}: {error}. Choose another one: PORT=8001 script/serve")


def wait(web: str):
    """Return when the web server (its process id) answers; stop with an error when it ended instead."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(os.environ["HOST"], os.environ["HOST"])
    while True:
        try:
            connection = http.client.HTTPConnection(host, int(os.environ["PORT"]), timeout=60)
            connection.request("GET", "/health/")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.1)
        try:
            os.kill(int(web), 0)
        except ProcessLookupError:
            sys.exit("The web server stopped while starting; what it said stands above.")


def sign_ins():
    """Print who can sign in to the demo."""
    from portal.demo.people import ADDRESSES, PASSWORD

    print(f"\n  Sign in with the password {PASSWORD} as\n")
    colleges = {}
    for address in ADDRESSES:
        role, domain = address.split("@")
        college = colleges.setdefault(domain, f"college {len(colleges) + 1}")
        print(f"    {address:<24} {role} at {college}")


if __name__ == "__main__":
    {"check": check, "wait": wait, "sign-ins": sign_ins}[sys.argv[1]](*sys.argv[2:])
