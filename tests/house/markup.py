"""What the markup of a page must be: one h1, labels, ids once, nothing inline."""

from collections import Counter
from html.parser import HTMLParser


class Page(HTMLParser):
    """What matters of a page: headings, ids, controls without a name for people, anything inline."""

    def __init__(self, html):
        super().__init__()
        self.h1, self.ids, self.labelled, self.controls, self.inline, self.lang = 0, [], set(), [], [], ""
        self.depth = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.lang = attrs.get("lang")
        if tag == "h1":
            self.h1 += 1
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "label":
            self.depth += 1
            if attrs.get("for"):
                self.labelled.add(attrs["for"])
        if tag in ("input", "select", "textarea") and attrs.get("type") not in ("hidden", "submit"):
            named = self.depth or attrs.get("aria-label") or attrs.get("aria-labelledby")
            if not named:
                self.controls.append(attrs.get("id") or attrs.get("name"))
        if "style" in attrs or any(name.startswith("on") for name in attrs):
            self.inline.append((tag, attrs))
        if tag in ("style", "script") and not attrs.get("src"):
            self.inline.append((tag, attrs))

    def handle_endtag(self, tag):
        if tag == "label":
            self.depth -= 1


def problems(response) -> list:
    """What is wrong with the markup of a page."""
    page = Page(response.content.decode())
    policy = response.headers["Content-Security-Policy"]
    found = [] if page.lang == "en-GB" else ["language"]
    found += [] if page.h1 == 1 else [f"{page.h1} h1"]
    found += [f"no label: {name}" for name in page.controls if name not in page.labelled]
    found += [f"id twice: {name}" for name, times in Counter(page.ids).items() if times > 1]
    found += ["unsafe-inline"] if "unsafe-inline" in policy else []
    found += ["a choice without words"] if f">{'-' * 9}<" in response.content.decode() else []
    return found + page.inline
