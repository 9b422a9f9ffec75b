"""Reads a form out of a page, as a browser would send it."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects the fields of the form whose button says `name=do, value=save`, or of the first form that has fields."""

    def __init__(self):
        super().__init__()
        self.forms, self.area, self.select = [], None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        form, name = self.forms[-1], attrs.get("name")
        if tag == "input" and name and "disabled" not in attrs:
            kind = attrs.get("type", "text")
            if kind not in ("submit", "button", "checkbox", "radio") or "checked" in attrs:
                form[name] = attrs.get("value") or ("on" if kind == "checkbox" else "")
        elif tag == "textarea" and name:
            self.area, form[name] = name, ""
        elif tag == "select" and name:
            self.select, form[name] = name, ""
        elif tag == "option" and self.select and ("selected" in attrs or not form[self.select]):
            form[self.select] = attrs.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.area:
            self.forms[-1][self.area] += data


def fields_of(page: str, path: str) -> dict[str, str]:
    """The fields of the largest form of a page, ready to be sent."""
    reader = FormReader()
    reader.feed(page)
    assert reader.forms, f"{path} has no form"
    return max(reader.forms, key=len)


def with_another_line(fields: dict[str, str]) -> dict[str, str]:
    """The week's fields with one more word about the first day that has something in it, to be saved."""
    name = next(name for name, value in fields.items() if name.endswith("-activity") and value.strip())
    words = fields[name].strip().removesuffix(" again")
    return fields | {name: words if fields[name].strip() != words else f"{words} again", "do": "save"}
