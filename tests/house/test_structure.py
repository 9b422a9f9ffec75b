"""The house checks its own structure: the import line, names, templates, files that grow too long."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver

HOUSE = Path(settings.BASE_DIR)
APPS = ["portal", "employers", "students", "placements", "reviews"]
TEMPLATES = sorted((HOUSE / "templates").rglob("*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
# Templates that libraries look for by name, and those that are checked apart.
LIBRARIES = ("account/", "bootstrap5/", "django_filters/", "429.html", "mail/", "portal/icons/")
PYTHON = [path for app in APPS for path in (HOUSE / app).rglob("*.py") if "migrations" not in path.parts]


def test_the_import_line_holds():
    linter = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([linter, "--no-cache"], cwd=HOUSE, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def imported_late(path):
    """The modules of the house that a function of `path` imports when it is called."""
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef):
            imports = [node for node in ast.walk(function) if isinstance(node, ast.ImportFrom)]
            yield from (node.module for node in imports if node.module.split(".")[0] in APPS)


def test_no_function_imports_from_the_house():
    """Two modules that need each other want a third one. Only apps wait with it, until the models are there."""
    files = [path for path in PYTHON if path.name != "apps.py"]
    assert {str(path.relative_to(HOUSE)): found for path in files if (found := list(imported_late(path)))} == {}


def test_every_template_is_used():
    sources = [path.read_text() for path in [*PYTHON, *TEMPLATES] if path.suffix in (".py", ".html", ".txt")]
    words = "\n".join(sources)
    ours = [str(path.relative_to(HOUSE / "templates")) for path in TEMPLATES]
    unused = [name for name in ours if not name.startswith(LIBRARIES) and f'"{name}"' not in words]
    kinds = [name.removeprefix("mail/").rsplit(".", 1)[0] for name in ours if name.startswith("mail/")]
    kinds = [kind.removeprefix("ask_") for kind in kinds]  # portal.asks.asking puts it in front of the ask's kind
    silent = [kind for kind in kinds if not kind.startswith(("account/", "base")) and f'"{kind}"' not in words]
    icons = [Path(name).stem for name in ours if name.startswith("portal/icons/")]
    undrawn = [icon for icon in icons if not re.search(rf"""["']{icon}["']""", words)]
    assert (unused, silent, undrawn) == ([], [], [])


@pytest.mark.parametrize(
    # Mail readers and the PDF maker take no style sheets of ours, so theirs stand in the page.
    "path",
    [path for path in PAGES if not {"mail", "print"} & set(path.parts)],
    ids=lambda path: path.name,
)
def test_no_template_has_inline_style_or_script(path):
    found = re.findall(r"""\sstyle=["']|\son[a-z]+=["']|<style|<script>(?!\s*$)""", path.read_text())
    assert found == []


@pytest.mark.parametrize(
    "path", PAGES + [path for path in TEMPLATES if path.suffix == ".txt"], ids=lambda path: path.name
)
def test_every_template_compiles(path):
    name = str(path.relative_to(HOUSE / "templates"))
    assert get_template(name).template.name == name


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


def test_files_stay_readable_in_one_sitting():
    lines = {str(path.relative_to(HOUSE)): len(path.read_text().splitlines()) for path in PYTHON}
    assert {name: length for name, length in lines.items() if length > 300} == {}


def test_a_sentence_gets_its_end_from_one_helper():
    """A sentence about how something stands may end in somebody's words, and those in '?' or '!': full_stop knows."""
    stops = re.compile(r"sentence(\(\))? ?\}+\.")
    words = [path for path in [*PYTHON, *TEMPLATES] if path.suffix in (".py", ".html", ".txt")]
    found = [str(path.relative_to(HOUSE)) for path in words if stops.search(path.read_text())]
    assert [name for name in found if name != "portal/words.py"] == []


def test_nothing_is_left_for_later():
    marks = re.compile(r"#\s*(TODO|FIXME|XXX)|NotImplementedError|coming soon", re.I)
    words = [path for path in [*PYTHON, *TEMPLATES] if path.suffix != ".svg"]
    assert [str(path.relative_to(HOUSE)) for path in words if marks.search(path.read_text())] == []
