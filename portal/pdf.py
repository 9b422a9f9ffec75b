"""PDF from an HTML page, by WeasyPrint: tagged (PDF/UA-1), in English, with a title, and fetching nothing.

The page is an ordinary one first (templates/print/), so that it can be read in a browser; here it gets the style sheet
`static/css/print-report.css` and the fonts. Both are read once per process. `import weasyprint` costs a third of a
second and stands where it is used, so that a process that makes no PDF does not pay for it.
"""

import atexit
import base64
import gc
import re
import unicodedata
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string

# Half a second of work that other threads would only slow down, and fonts that only one thread at a time may use.
_at_work = Lock()
# Figtree has no Arabic, Greek or Cyrillic; DejaVu Sans of the system stands in for what it lacks.
FONTS = {"Figtree": "figtree-latin", "Figtree Ext": "figtree-latin-ext"}
WEIGHTS = [400, 700]
NUMBERED = '@page {{ @bottom-right {{ content: "Page " counter(page) }} }} @page :first {{ counter-reset: page {} }}'
# Letters that Unicode does not take apart into a plain one and its mark.
PLAIN = str.maketrans(
    {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "ß": "ss", "Æ": "AE", "æ": "ae", "ı": "i"}
)


def pdf_response(request, template: str, context: dict, filename: str) -> HttpResponse:
    """Render `template` as a PDF to be saved as `filename` (any characters). The template finds is_pdf=True."""
    html = render_to_string(template, {**context, "is_pdf": True}, request=request)
    response = HttpResponse(pdf(html), content_type="application/pdf")
    response["Content-Disposition"] = disposition(filename)
    return response


def pdf(html: str, finisher=None, first_page: int | None = None) -> bytes:
    """The PDF of a page. Its <title> and <html lang> become those of the document.

    `finisher` (document, pydyf.PDF) gets what would be written, without bookmarks: see portal.pdf_joined.
    `first_page`: its pages are numbered from there, without a total.
    """
    from weasyprint import CSS, HTML

    with _at_work:
        style, unmarked, fonts, fetcher = _style()
        styles = [style, unmarked] if finisher else [style]
        if first_page is not None:
            styles.append(CSS(string=NUMBERED.format(first_page), url_fetcher=fetcher))
        page = HTML(string=html, url_fetcher=fetcher)
        with _collector_at_rest():
            return page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1", finisher=finisher)


@contextmanager
def _collector_at_rest():
    """The garbage collector would walk over all boxes of the page again and again: an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def _style():
    """(style sheet, one without bookmarks, fonts, fetcher), made once per process.

    The fetcher opens nothing but what stands in the page.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher, fonts = URLFetcher(allowed_protocols=["data"]), FontConfiguration()
    rules = [Path(finders.find("css/print-report.css")).read_text(encoding="utf-8")]
    rules += [font_face(family, name, weight) for family, name in FONTS.items() for weight in WEIGHTS]
    unmarked = CSS(string="h1, h2, h3, h4 { bookmark-level: none }", url_fetcher=fetcher)
    return CSS(string="\n".join(rules), font_config=fonts, url_fetcher=fetcher), unmarked, fonts, fetcher


def font_face(family: str, name: str, weight: int) -> str:
    """One weight of a font, carried in the style sheet."""
    content = Path(finders.find(f"vendor/{name}-{weight}-normal.woff2")).read_bytes()
    src = data_uri(content, "font/woff2")
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{src}"); }}'


atexit.register(_style.cache_clear)  # the fonts want to be put away while the interpreter is still whole


def data_uri(content: bytes, content_type: str) -> str:
    """An address that carries its content."""
    return f"data:{content_type};base64,{base64.b64encode(content).decode()}"


def logo_uri(provider) -> str:
    """The provider's logo for the head of a report, or '' where there is none (or its file is gone)."""
    if not provider.logo:
        return ""
    try:
        with provider.logo.open() as file:
            content = file.read()
    except OSError:
        return ""
    return data_uri(content, "image/png" if content.startswith(b"\x89PNG") else "image/jpeg")


def disposition(filename: str) -> str:
    """Content-Disposition for a download: a name in ASCII for old programs, the real one for all others (RFC 6266)."""
    name = file_name(filename)
    letters = unicodedata.normalize("NFKD", name.translate(PLAIN)).encode("ascii", "ignore").decode()
    letters = re.sub(r"\s+", " ", letters).strip()
    return f"attachment; filename=\"{letters}\"; filename*=UTF-8''{quote(name)}"


def file_name(words: str) -> str:
    """Words as the name of a file or folder that every system takes; '' where nothing is left of them."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f\x7f]+', " ", unicodedata.normalize("NFC", words))
    return re.sub(r"\s+", " ", name).strip()
