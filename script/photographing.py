"""Pictures of the demo: `python script/photographing.py [--all FOLDER [--dark]]` (see script/screenshots)."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import deque
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from benchmarks.serving import ask_django, server  # noqa: E402

CHROMIUM = os.environ.get("CHROMIUM", "/usr/lib/chromium/chromium-headless-shell")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=en-GB",
]  # fmt: skip
PHONE, DESKTOP = (390, 900), (1280, 900)
ROLES = {"student": PHONE, "manager": PHONE, "tutor": DESKTOP, "coordinator": DESKTOP}
MAYA = "Timesheet.objects.filter(placement__student__user__email='student@demo.test')"
README = {
    # file name: (role, path as Python, what to have at the top of the picture)
    "student-home": ("student", "reverse('student_home')", ""),
    "student-week": ("student", f"reverse('week_edit', args=[{MAYA}.first().pk])", "details[open]"),
    "student-hours": ("student", "reverse('hours_receipt_own')", ""),
    "manager-approvals": ("manager", "reverse('manager_home')", ""),
    "tutor-caseload": ("tutor", "reverse('tutor_home')", ""),
    "tutor-statement": ("tutor", f"reverse('statement', args=[{MAYA}.first().placement.student_id])", ""),
    "coordinator-students": ("coordinator", "reverse('coordinator_home')", ""),
    "student-logbook": ("student", "reverse('logbook_list')", ""),
    "manager-briefing": ("manager", f"reverse('briefing_card', args=[{MAYA}.first().placement_id])", ""),
    "tutor-placement": ("tutor", f"reverse('placement_detail', args=[{MAYA}.first().placement_id])", ""),
    "coordinator-finding": ("coordinator", "reverse('finding_board')", ""),
    "student-folder": ("student", "reverse('student_folder')", ""),
    "manager-students": ("manager", "reverse('managed_list')", ""),
    "tutor-completion": ("tutor", f"reverse('completion', args=[{MAYA}.first().placement.student_id])", ""),
    "coordinator-cohort": ("coordinator", "reverse('cohort')", ""),
    "coordinator-placement": ("coordinator", f"reverse('placement_detail', args=[{MAYA}.first().placement_id])", ""),
}
COLOURS = 192
# Debian's Chromium writes times in fields as Americans do; phones in Britain write 17:00.
BRITISH = "document.querySelectorAll('input[type=time]').forEach(field => { field.type = 'text'; })"
# Not pages: downloads, the way out, the operator's admin, and what belongs to other sites.
NOT_PAGES = re.compile(r"\.(csv|pdf|xlsx|png)$|/logout/|^/operator/|^/static/|download=")
PAGES_AT_MOST = 60


@contextmanager
def demo():
    """A server with a fresh demo; gives its port, a function for cookies by e-mail address, and paths of the README."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"MODE": "demo", "DEBUG": "on", "DJANGO_SETTINGS_MODULE": "portal.settings"}
        url = f"sqlite:///{folder}/demo.sqlite3"
        with server(url, **settings) as (environment, port):
            for command in ("migrate", "demo"):
                subprocess.run(
                    [sys.executable, "manage.py", command],
                    cwd=ROOT,
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    check=True,
                )
            paths = ", ".join(f"'{name}': {path}" for name, (_, path, _) in README.items())
            found = ask_django(
                environment,
                "from placements.timesheets.models import Timesheet\n"
                f"people = {{role: cookies(User.objects.get(email=role + '@demo.test')) for role in {list(ROLES)}}}\n"
                f"json.dump([people, {{{paths}}}], sys.stdout)",
            )
            yield f"http://localhost:{port}", *found


class Camera:
    """A browser window of a size, with somebody signed in."""

    def __init__(
        self, browser, base: str, cookies: dict, size: tuple[int, int], *, scale: float = 1, dark: bool = False
    ):
        self.base = base
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="en-GB",
            timezone_id="Europe/London",
            device_scale_factor=scale,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
        self.page = context.new_page()
        self.page.on("console", self.said)
        self.page.on("pageerror", lambda error: self.complain(str(error)))

    def said(self, message):
        if message.type == "error":
            self.complain(message.text)

    def complain(self, what: str):
        print(f"  {urlsplit(self.page.url).path}: {what}", file=sys.stderr)

    def go(self, path: str) -> int:
        """Open a page; returns its status."""
        return self.page.goto(self.base + path, wait_until="networkidle").status

    def scroll_to(self, what: str):
        """Have the first element that a CSS selector finds at the top, if there is one."""
        if what and self.page.locator(what).count():
            self.page.locator(what).first.evaluate("element => scrollTo(0, element.offsetTop - 16)")

    def links(self) -> list[str]:
        """Addresses of this portal that the page links to."""
        found = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        here = [urldefrag(urljoin(self.page.url, link)).url for link in found]
        return [link.removeprefix(self.base) for link in here if link.startswith(self.base + "/")]

    def shoot(self, file: Path, *, whole: bool):
        """Write a picture, in few colours so that it stays small."""
        picture = Image.open(BytesIO(self.page.screenshot(full_page=whole)))
        file.parent.mkdir(parents=True, exist_ok=True)
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def for_the_readme(browser, base: str, people: dict, paths: dict):
    for name, (role, _, top) in README.items():
        size = ROLES[role]
        camera = Camera(browser, base, people[role], size, scale=2 if size == PHONE else 1.5)
        camera.go(paths[name])
        camera.scroll_to(top)
        camera.page.evaluate(BRITISH)
        file = ROOT / "docs" / "screenshots" / f"{name}.png"
        camera.shoot(file, whole=False)
        print(f"  {file.relative_to(ROOT)}  {file.stat().st_size / 1024:.0f} KB")
        camera.page.context.close()


def everything(browser, base: str, people: dict, folder: Path, *, dark: bool):
    """Follow the links of each role, one page of each kind, and take it on a phone and on a desktop."""
    for role, cookies in people.items():
        cameras = [Camera(browser, base, cookies, size, dark=dark) for size in (PHONE, DESKTOP)]
        waiting, kinds = deque(["/"]), set()
        while waiting and len(kinds) < PAGES_AT_MOST:
            path = waiting.popleft()
            kind = re.sub(r"^/a/[^/]+/[^/]+|\d{4}-\d\d-\d\d|\d+", "N", urlsplit(path).path)
            if kind in kinds or NOT_PAGES.search(path):
                continue
            kinds.add(kind)
            for camera in cameras:
                status = camera.go(path)
                name = kind.strip("/").replace("/", "_") or "start"
                width = camera.page.viewport_size["width"]
                camera.shoot(folder / f"{role}-{name}-{width}{'-dark' if dark else ''}.png", whole=True)
            print(f"  {role:<12} {status} {path}")
            waiting.extend(camera.links())
        for camera in cameras:
            camera.page.context.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every page as every role, for review")
    parser.add_argument("--dark", action="store_true", help="with --all: in dark colours")
    asked = parser.parse_args()
    with demo() as (base, people, paths), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        if asked.all:
            everything(browser, base, people, asked.all, dark=asked.dark)
        else:
            for_the_readme(browser, base, people, paths)
        browser.close()


if __name__ == "__main__":
    main()
