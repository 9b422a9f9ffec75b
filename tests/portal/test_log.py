"""The log holds no secret of a link, and tracebacks of faults only."""

import logging
import re
import sys
from logging.config import dictConfig
from smtplib import SMTPRecipientsRefused

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import get_resolver

from portal.log import Line

SECRET = "AAAAAAAAAAUM9_P1oSPTLdSzATC0Rg"
UUID = "539ea2ee-0c4c-4a0e-8f3c-2f6f0d1f2b11"


def lines_of(path, status=404, fault=None):
    """What the handler writes of an answer with this status."""
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "Not Found: %s", (path,), fault)
    record.status_code = status
    return Line(settings.LOGGING["formatters"]["line"]["format"]).format(record)


def addresses_with_a_secret():
    """Those with a token or a key, as ('/a/%(pk)s/%(token)s/', their arguments)."""
    for _, entries in get_resolver("portal.urls").reverse_dict.lists():
        for ways, *_ in entries:
            yield from ((f"/{address}", names) for address, names in ways if {"token", "key"} & set(names))


def test_no_secret_of_any_address_is_logged():
    found = {address: dict.fromkeys(names, 7) for address, names in addresses_with_a_secret()}
    assert {"/q/%(pk)s/%(token)s/", "/a/%(pk)s/%(token)s/%(week)s/send-back/", "/welcome/%(token)s/"} <= set(found)
    for address, names in found.items():
        secrets = {name: SECRET for name in ("token", "key") if name in names}
        uuid = {"pk": UUID} if address.startswith(("/a/", "/q/")) else {}
        path = address % (names | uuid | secrets)
        assert SECRET in path
        assert SECRET not in lines_of(path), address


def test_the_readme_names_all_of_them_for_the_log_of_a_proxy():
    advice = (
        (settings.BASE_DIR / "README.md").read_text().split("keep no log of those that begin with")[1].split("\n\n")[0]
    )
    named = re.findall(r"`(/.*?)`", advice)
    assert named[:3] == ["/a/", "/q/", "/welcome/"]
    for address, _ in addresses_with_a_secret():
        assert address.startswith(tuple(named)), address


def test_the_rest_of_the_address_stays():
    assert lines_of(f"/a/{UUID}/{SECRET}/62/send-back/").endswith(f"Not Found: /a/{UUID}/.../62/send-back/")
    assert lines_of("/asks/7/copy/").endswith("Not Found: /asks/7/copy/")


def test_no_address_of_a_person_is_logged():
    """Whoever logs it: mail servers say in their answers whom they did not take."""
    refused = SMTPRecipientsRefused({"Cora.O'Neil+1@example.ac.uk": (550, b"<Cora.O'Neil+1@example.ac.uk>: unknown")})
    try:
        raise refused
    except SMTPRecipientsRefused:
        line = lines_of(f"/people/cora%40example.ac.uk/: {refused}", 500, sys.exc_info())
    assert "cora" not in line.lower()
    assert "example" not in line
    assert line.startswith("20")
    assert "Not Found: /people/.../: {" in line
    assert "(550, b" in line


@pytest.mark.parametrize(("status", "has_traceback"), [(403, False), (400, False), (500, True)])
def test_only_faults_of_the_portal_have_a_traceback(status, has_traceback):
    try:
        raise PermissionDenied
    except PermissionDenied:
        fault = sys.exc_info()
    assert ("Traceback" in lines_of("/people/", status, fault)) is has_traceback


def test_it_is_how_the_portal_logs(capsys):
    """The settings as they are, on a logger of Django's."""
    try:
        dictConfig(settings.LOGGING | {"root": {"handlers": []}, "loggers": {"trial": {"handlers": ["console"]}}})
        logging.getLogger("trial").warning("Forbidden: %s", f"/q/{UUID}/{SECRET}/", extra={"status_code": 403})
    finally:
        logging.getLogger("trial").handlers.clear()
    assert f"Forbidden: /q/{UUID}/.../" in capsys.readouterr().err
