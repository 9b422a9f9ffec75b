"""The shared pieces of every page, as template builtins (no {% load %}). Each stands in each state in the gallery.

They take values, never the request, so that a page, a mail and a PDF can use the same ones.
"""

from functools import cache, lru_cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import defaulttags
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from portal.colleges import colleges_of
from portal.demo.people import DOMAINS, PASSWORD, ROLES
from portal.form_errors import problems_of
from portal.form_rendering import attributes
from portal.navigation import NAVIGATION
from portal.people.models import Role
from portal.shown_desk import TokenNode
from portal.words import day, full_stop, hours, hours_short, long_date, moment

register = template.Library()

STATUS_ICONS = {
    "calm": "circle",
    "waiting": "clock",
    "good": "check-circle",
    "attention": "warning",
    "problem": "stop",
}
MESSAGE_TONES = {"success": "good", "warning": "attention", "error": "problem"}


for value_in_words in (day, full_stop, hours, hours_short, long_date, moment):
    register.filter(value_in_words)
register.filter(attributes)


# --- Leaves ---------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """A single icon of templates/portal/icons/, as inline SVG; decoration unless it has a `label` of its own."""
    return format_html('{}<span class="visually-hidden">{}</span>', drawing(name), label) if label else drawing(name)


@cache
def drawing(name: str) -> str:
    """The drawing of an icon, read once per process: a long list shows hundreds of them."""
    return mark_safe(render_to_string(f"portal/icons/{name}.svg").strip())  # noqa: S308 - our own drawings


@register.simple_tag
def status(tone: str, sentence: str) -> str:
    """How a thing stands, as a sentence. Tones: calm, waiting, good, attention, problem (KeyError for any other)."""
    drawn = drawing(STATUS_ICONS[tone])
    return format_html('<span class="status status-{}">{}<span>{}</span></span>\n', tone, drawn, sentence)


@register.simple_tag
def progress(counted: int, waiting: int, required: int, legend: bool = False, signed_off=None) -> str:
    """How far a student is, all in minutes: hours that count, hours waiting for the manager, hours required.

    A bar in three parts that stay apart in black and white (solid, striped, empty), and the same in words.
    `legend=True` adds a large figure and a key, for the one bar that a page is about. `signed_off`: since when nothing
    is asked for any more; with fewer hours than required it was completed with special consideration.
    """
    return bar(counted, waiting, required, legend, bool(signed_off))


@lru_cache(maxsize=2_000)
def bar(counted: int, waiting: int, required: int, legend: bool, signed_off: bool) -> str:
    """A `progress`, drawn. Kept for a while: lists show the same bars again and again, fifty on a page."""
    shown_counted = min(counted, required)
    shown_waiting = min(waiting, required - shown_counted)
    context = {
        "counted": counted,
        "waiting": waiting,
        "required": required,
        "to_go": 0 if signed_off else max(required - counted - waiting, 0),
        "done": bool(required) and counted >= required,
        "special": signed_off and counted < required,
        "legend": legend,
        "counted_percent": percent(shown_counted, required),
        "reached_percent": percent(shown_counted + shown_waiting, required),
    }
    return render_to_string("portal/components/progress.html", context)


def percent(part: int, whole: int) -> str:
    """For SVG attributes: '66.7%', also where the language writes a comma."""
    return f"{100 * part / whole if whole else 0:.1f}%"


@register.inclusion_tag("portal/components/empty.html")
def empty(title: str, words: str = "", url: str = "", label: str = ""):
    """What a list says when it has nothing to show, and the link that changes that."""
    return {"title": title, "words": words, "url": url, "label": label}


@register.inclusion_tag("portal/components/history.html")
def history(events):
    """What happened, as sentences, in the order given (portal.history.models.Event: by_name, says, at)."""
    return {"events": events}


@register.inclusion_tag("portal/components/breadcrumbs.html")
def breadcrumbs(*parts: str):
    """The way to this page: label, address, label, address, ..., and the label of the page itself."""
    *links, here = parts
    return {"links": list(zip(links[::2], links[1::2], strict=True)), "here": here}


# --- Wrappers -------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", tone: str = "", level: int = 2, id: str = ""):
    """A sheet of paper around its content. `tone` as in `status`, `level` of the heading, `id` to link to."""
    return render_to_string(
        "portal/components/card.html",
        {"content": content, "title": title, "tone": tone, "heading": f"h{level}", "id": id},
    )


# --- Forms and lists ------------------------------------------------------------------------------------------------


@register.filter
def control(field, kind: str) -> str:
    """The control of a field with the classes of its widget and of its `kind` ('form-control'); a wrong one says so."""
    widget = field.field.widget
    classes = [widget.attrs.get("class"), type(widget).__name__.lower(), kind, "is-invalid" if field.errors else ""]
    shown = field.as_widget(attrs={"class": " ".join(filter(None, classes))})
    return shown + field.as_hidden(only_initial=True) if field.field.show_hidden_initial else shown


@register.inclusion_tag("portal/components/error_summary.html")
def error_summary(*forms):
    """All that has to be put right in these forms and formsets, each linked to its field; nothing when all is well.

    Stands above the page's first form. A form in a formset may name itself by `summary_label` ('Monday 2 March').
    """
    return {"problems": [problem for form in forms if form is not None for problem in problems_of(form)]}


@register.inclusion_tag("portal/components/pagination.html")
def pagination(page, params, at: str = ""):
    """The pages of a list. `page` is Django's Page, `params` the request.GET that the links keep.

    `at`: the id of the list, where it begins far down its page.
    """
    return {
        "at": at,
        "page": page,
        "params": params,
        "numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "ellipsis": page.paginator.ELLIPSIS,
    }


@register.inclusion_tag("portal/components/sort_link.html")
def sort_link(label: str, field: str, params, param: str = "sort", numeric: bool = False, at: str = ""):
    """A table's column heading (the whole <th>) that sorts by `field`; pressed again, the other way round.

    The state is `?sort=field` or `?sort=-field`, all else in `params` (request.GET) is kept, the page is not.
    `at`: the id of the list, where it begins far down its page.
    """
    now = params.get(param, "")
    direction = {field: "ascending", f"-{field}": "descending"}.get(now, "")
    return {
        "label": label,
        "query": query(params, **{param: f"-{field}" if now == field else field, "page": None}) + (at and f"#{at}"),
        "direction": direction,
        "icon": {"ascending": "sort-up", "descending": "sort-down"}.get(direction, "sort"),
        "numeric": numeric,
    }


@register.simple_tag
def query_replace(params, **changes) -> str:
    """'?...' with some of `params` (request.GET) replaced, None taking one out: {% query_replace params page=2 %}."""
    return query(params, **changes)


def query(params, **changes) -> str:
    found = params.copy()
    for name, value in changes.items():
        if value is None or value == "":
            found.pop(name, None)
        else:
            found[name] = value
    return f"?{found.urlencode()}"


# --- For base.html and the sign-in page -----------------------------------------------------------------------------


@register.tag
def csrf_token(parser, token):
    """Django's own, with the desk of the page where there are several: see portal.shown_desk."""
    return TokenNode()


@register.simple_tag(takes_context=True)
def colleges(context) -> list:
    """Whose name and telephone number the page shows: see portal.colleges."""
    return colleges_of(context)


@register.simple_tag
def navigation(role: str, path: str) -> list[dict]:
    """The main navigation of a role, the entry marked that leads to `path` (the longest address that begins it)."""
    entries = [
        {"label": entry.label, "icon": entry.icon, "url": url, "current": False}
        for entry, url in zip(NAVIGATION.get(role, []), addresses(str(role)), strict=True)
    ]
    fitting = [entry for entry in entries if path.startswith(entry["url"])]
    if fitting:
        max(fitting, key=lambda entry: len(entry["url"]))["current"] = True
    return entries


@cache
def addresses(role: str) -> list[str]:
    """Where the entries of a role's navigation lead, worked out once per process: every page shows them, some twice."""
    return [address(entry.name) for entry in NAVIGATION.get(role, [])]


@register.tag
def url(parser, token):
    """Django's own; where a name is all that it takes, worked out once per process: pages show a dozen of them."""
    node = defaulttags.url(parser, token)
    name = node.view_name.token
    return node if node.args or node.kwargs or node.asvar or name[0] not in "'\"" else AddressNode(name[1:-1])


class AddressNode(template.Node):
    """The address of a page that has but one."""

    def __init__(self, name: str):
        self.name = name

    def render(self, context) -> str:
        return address(self.name)


@cache
def address(name: str) -> str:
    return reverse(name)


@register.simple_tag
@cache
def static(path: str) -> str:
    """The address of a static file, as Django's tag of that name says it, worked out once per process."""
    return staticfiles_storage.url(path)


@register.filter
def tone_of(message) -> str:
    """The tone of one of Django's messages."""
    return MESSAGE_TONES.get(message.level_tag, "calm")


@register.filter
def status_icon(tone: str) -> str:
    """The icon of a tone, for components that lay it out by themselves."""
    return STATUS_ICONS[tone]


@register.simple_tag
def demo_people() -> dict:
    """Whom the demo's sign-in page offers: their password, and roles and addresses at each of the two providers."""

    def people_of(domain):
        return [{"role": Role(role).label, "address": f"{role}@{domain}"} for role in ROLES]

    return {"password": PASSWORD, "first": people_of(DOMAINS[0]), "other": people_of(DOMAINS[1])}
