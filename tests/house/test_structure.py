"""The house checks its own structure: the import line, names, templates, files that grow too long."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver

HOUSE = Path(settings.BASE_DIR)
APPS = ["portal", "employers", "students", "placements", "reviews"]
TEMPLATES = sorted((HOUSE / "templates").rglob("*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
# Templates that libraries look for by name, and those that are checked apart.
LIBRARIES = ("account/", "bootstrap5/", "django_filters/", "429.html", "mail/", "portal/icons/")
LATE = re.compile(rf"[ \t;:]from ({'|'.join(APPS)})\b")
PYTHON = [path for app in APPS for path in (HOUSE / app).rglob("*.py") if "migrations" not in path.parts]


def test_the_import_line_holds():
    linter = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([linter, "--no-cache"], cwd=HOUSE, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def imported_late(path):
    """The modules of the house that a function of `path` imports when it is called."""
    words = path.read_text()
    if not LATE.search(words):  # it takes a second to parse them all
        return
    for function in ast.walk(ast.parse(words)):
        if isinstance(function, ast.FunctionDef):
            imports = [node for node in ast.walk(function) if isinstance(node, ast.ImportFrom)]
            yield from (node.module for node in imports if node.module.split(".")[0] in APPS)


def test_no_function_imports_from_the_house():
    """Two modules that need each other want a third one. Only apps wait with it, until the models are there."""
    files = [path for path in PYTHON if path.name != "apps.py"]
    assert {str(path.relative_to(HOUSE)): found for path in files if (found := list(imported_late(path)))} == {}


def test_every_template_is_used():
    sources = [path.read_text() for path in [*PYTHON, *TEMPLATES] if path.suffix in (".py", ".html", ".txt")]
    named = set(re.findall(r'"([\w./-]+)(?=")', "\n".join(sources)))
    drawn = named | set(re.findall(r"'([\w-]+)(?=')", "\n".join(sources)))
    ours = [str(path.relative_to(HOUSE / "templates")) for path in TEMPLATES]
    unused = [name for name in ours if not name.startswith(LIBRARIES) and name not in named]
    kinds = [name.removeprefix("mail/").rsplit(".", 1)[0] for name in ours if name.startswith("mail/")]
    kinds = [kind.removeprefix("ask_") for kind in kinds]  # portal.asks.asking puts it in front of the ask's kind
    silent = [kind for kind in kinds if not kind.startswith(("account/", "base")) and kind not in named]
    icons = [Path(name).stem for name in ours if name.startswith("portal/icons/")]
    undrawn = [icon for icon in icons if icon not in drawn]
    assert (unused, silent, undrawn) == ([], [], [])


def test_no_template_has_inline_style_or_script():
    """Mail readers and the PDF maker take no style sheets of ours, so theirs stand in the page."""
    inline = re.compile(r"""\sstyle=["']|\son[a-z]+=["']|<style|<script>(?!\s*$)""")
    assert places(inline, [path for path in PAGES if not {"mail", "print"} & set(path.parts)]) == []


def places(wrong: re.Pattern, paths: list[Path]) -> list[str]:
    """Where `wrong` stands in these files: file, line and the words."""
    return [
        f"{path.relative_to(HOUSE)}, line {text.count(chr(10), 0, found.start()) + 1}: {found.group().strip()}"
        for path in paths
        for text in [path.read_text()]
        for found in wrong.finditer(text)
    ]


def test_every_template_compiles():
    paths = [path.relative_to(HOUSE / "templates") for path in TEMPLATES if path.suffix in (".html", ".txt")]
    assert [wrong for path in paths if (wrong := trouble_with(str(path)))] == []


def trouble_with(name: str) -> str:
    """What keeps a template from being compiled, with its name and the line: nothing, as it should be."""
    try:
        found = get_template(name).template.name
    except (TemplateSyntaxError, TemplateDoesNotExist) as wrong:
        token = getattr(wrong, "token", None)
        return f"{name}, line {token.lineno if token else '?'}: {wrong}"
    return "" if found == name else f"{name}: {found} is found in its place"


def views(resolver=None):
    for pattern in (resolver or get_resolver("portal.urls")).url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace != "admin" and "accounts/" not in str(pattern.pattern):
                yield from views(pattern)
        elif pattern.name:
            yield pattern


def test_a_view_is_called_as_its_address_is():
    odd = [
        (pattern.name, pattern.callback.__name__)
        for pattern in views()
        if not pattern.name.startswith(pattern.callback.__name__)
    ]
    assert odd == []


def test_a_page_stands_in_the_views_of_its_room():
    """In views.py or, where there are many, in views/: whoever looks for a page finds it there, and only pages."""
    elsewhere = {pattern.name: pattern.callback.__module__ for pattern in views()}
    assert {name: module for name, module in elsewhere.items() if "views" not in module.split(".")} == {}


def test_files_stay_readable_in_one_sitting():
    lines = {str(path.relative_to(HOUSE)): len(path.read_text().splitlines()) for path in PYTHON}
    assert {name: length for name, length in lines.items() if length > 300} == {}


def test_a_sentence_gets_its_end_from_one_helper():
    """A sentence about how something stands may end in somebody's words, and those in '?' or '!': full_stop knows."""
    stops = re.compile(r"sentence(\(\))? ?\}+\.")
    words = [path for path in [*PYTHON, *TEMPLATES] if path.suffix in (".py", ".html", ".txt")]
    found = [str(path.relative_to(HOUSE)) for path in words if stops.search(path.read_text())]
    assert [name for name in found if name != "portal/words.py"] == []


def refusals(path):
    """The handlers of a module that catch a refusal and tell of it in messages: their line, and {'warning'}, ..."""
    for node in ast.walk(ast.parse(path.read_text())):
        caught = isinstance(node, ast.ExceptHandler) and node.type and ast.unparse(node.type)
        if re.search("Refused|Quicker", caught or "") and (told := re.findall(r"messages\.(\w+)\(", ast.unparse(node))):
            yield f"{path.relative_to(HOUSE)}, line {node.lineno}", set(told)


def test_a_refusal_is_told_by_a_warning():
    """That is how `portal.refusing` knows that nothing was stored, and gives back what was written. Where something was
    (a draft, before it was to be sent), a message of success stands beside the warning."""
    views = [path for path in PYTHON if re.search(r"except .*(Refused|Quicker)", path.read_text())]
    told = dict(found for path in views for found in refusals(path))
    assert len(told) > 50
    assert {where: how for where, how in told.items() if not how & {"warning", "error", "add_message"}} == {}


def test_nothing_is_left_for_later():
    marks = re.compile(r"#\s*(TODO|FIXME|XXX)|NotImplementedError|coming soon", re.I)
    words = [path for path in [*PYTHON, *TEMPLATES] if path.suffix != ".svg"]
    assert [str(path.relative_to(HOUSE)) for path in words if marks.search(path.read_text())] == []
