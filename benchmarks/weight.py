"""What a phone downloads: the first visit of the student's home, and further pages: python benchmarks/weight.py

With a real browser and a real server in production mode; bodies as they go over the wire (brotli or gzip).
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

sys.path.insert(0, __file__.rsplit("/", 2)[0])

from playwright.sync_api import sync_playwright

from benchmarks.common import collect_static, populated, table
from benchmarks.serving import ask_django, server

CHROMIUM = os.environ.get("CHROMIUM", "/usr/lib/chromium/chromium-headless-shell")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WEEK = """
from placements.timesheets.models import Timesheet
week = Timesheet.objects.filter(status="draft", placement__status="active", spells__isnull=False).order_by("pk")[0]
paths = [reverse("student_home"), reverse("week_edit", args=[week.pk])]
paths += [reverse("hours_receipt_own"), reverse("week_list")]
json.dump([paths, cookies(week.placement.student.user)], sys.stdout)
"""
# What a browser with a window asks for besides, and one without does not.
ICONS = (
    "[...document.querySelectorAll('link[rel~=icon], link[rel=manifest], link[rel=apple-touch-icon]')].map(l => l.href)"
)


class Visit:
    """One browser with an empty cache, and what each page makes it download."""

    def __init__(self, browser, port: int, cookies: dict):
        self.base = f"http://localhost:{port}"
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB", is_mobile=True)
        context.add_cookies([{"name": name, "value": value, "url": self.base} for name, value in cookies.items()])
        self.page = context.new_page()
        self.session = context.new_cdp_session(self.page)
        self.session.send("Network.enable")
        self.session.on("Network.requestServedFromCache", lambda event: self.kept.add(event["requestId"]))
        self.session.on("Network.responseReceived", self.came)
        self.kept, self.fetched = set(), []

    def came(self, event):
        response = event["response"]
        kept = response.get("fromDiskCache") or event["requestId"] in self.kept
        if response["url"].startswith("http") and not kept:
            self.fetched.append(response["url"])

    def open(self, path: str, *, with_icons: bool) -> dict[str, int]:
        """{path: bytes} of all that was downloaded for a page."""
        self.fetched.clear()
        self.page.goto(self.base + path, wait_until="networkidle")
        icons = self.page.evaluate(ICONS) if with_icons else []
        cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in self.page.context.cookies())
        return {urlsplit(url).path: on_the_wire(url, cookies) for url in [*self.fetched, *icons]}


def on_the_wire(url: str, cookies: str) -> int:
    """Bytes of a response's body, compressed as a browser over https would ask for it."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.request("GET", parts.path, headers={"Accept-Encoding": "gzip, deflate, br", "Cookie": cookies})
    response = connection.getresponse()
    assert response.status == 200, f"{parts.path}: {response.status}"
    return len(response.read())


def main():
    collect_static()
    with server(populated(1_000)) as (environment, port), sync_playwright() as playwright:
        paths, cookies = ask_django(environment, WEEK)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        visit = Visit(browser, port, cookies)
        first = visit.open(paths[0], with_icons=True)
        further = {path: visit.open(path, with_icons=False) for path in paths[1:]}
        browser.close()
    files = [[path, f"{size / 1024:.1f}"] for path, size in first.items()]
    files.append([f"first visit: {len(first)} requests", f"{sum(first.values()) / 1024:.1f}"])
    table("First visit of the student's home on a phone", ["file", "KB"], files)
    rows = [[name, len(files), f"{sum(files.values()) / 1024:.1f}"] for name, files in further.items()]
    table("Further pages", ["page", "requests", "KB"], rows)


if __name__ == "__main__":
    main()
