"""What the environment decides, tried in processes of their own."""

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"^#([A-Z_]+)=", re.MULTILINE)
PRODUCTION = {"MODE": "production", "SECRET_KEY": "k" * 40, "BASE_URL": "https://placements.example.ac.uk"}


def run_settings(**environment) -> subprocess.CompletedProcess:
    """Load the settings with nothing but this environment and print them all as JSON."""
    code = "import json, portal.settings as s; print(json.dumps(vars(s), default=str, skipkeys=True))"
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": "sqlite://:memory:", "SECRET_KEY": ""} | environment
    return subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True)


@cache
def settings(**environment) -> dict:
    """What this environment makes of the settings, loaded once for each."""
    loaded = run_settings(**environment)
    assert loaded.returncode == 0, loaded.stderr
    return json.loads(loaded.stdout)


def test_production_without_a_secret_key_refuses_and_says_why():
    loaded = run_settings(MODE="production")
    assert loaded.returncode == 1
    assert "SECRET_KEY is not set. In production mode the portal signs links and sessions with it" in loaded.stderr


def test_production_refuses_what_would_not_be_safe_or_cannot_be_meant():
    for environment, said in (
        ({"SECRET_KEY": "k" * 39}, "SECRET_KEY is too short."),
        ({"BASE_URL": "placements.example.ac.uk"}, "BASE_URL must begin with http:// or https://."),
        ({"DATABASE_URL": "rubbish"}, "DATABASE_URL is not an address of a database"),
        ({"EMAIL_URL": "smpt://mail.example:587"}, "EMAIL_URL is not an address of a mail server"),
        ({"EMAIL_URL": "smtp://user:word@mail.example:port"}, "EMAIL_URL is not an address of a mail server"),
        ({"LOG_LEVEL": "verbose"}, "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL."),
    ):
        loaded = run_settings(**PRODUCTION | environment)
        assert (loaded.returncode, said in loaded.stderr) == (1, True), loaded.stderr


def test_a_mode_that_does_not_exist_is_refused():
    loaded = run_settings(MODE="live")
    assert loaded.returncode == 1
    assert "MODE must be demo, development or production." in loaded.stderr


def test_production_trusts_only_the_name_in_base_url_and_keeps_cookies_to_https():
    production = settings(**PRODUCTION)
    assert production["ALLOWED_HOSTS"] == ["placements.example.ac.uk"]
    assert production["CSRF_TRUSTED_ORIGINS"] == ["https://placements.example.ac.uk"]
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert production[name] is True


def test_demo_and_gallery_have_addresses_in_their_own_mode_only():
    assert settings(**PRODUCTION)["ROOT_URLCONF"] == "portal.urls"
    assert settings(MODE="demo")["ROOT_URLCONF"] == "portal.urls_demo"
    assert settings(MODE="development")["ROOT_URLCONF"] == "portal.urls_development"


def test_production_never_believes_a_forwarded_scheme_unless_told_that_a_proxy_is_there():
    assert "SECURE_PROXY_SSL_HEADER" not in settings(**PRODUCTION)
    behind_proxy = settings(BEHIND_PROXY="on", **PRODUCTION)
    assert behind_proxy["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_behind_a_proxy_limits_count_visitors_and_not_the_proxy():
    assert "ALLAUTH_TRUSTED_PROXY_COUNT" not in settings(**PRODUCTION)
    assert settings(BEHIND_PROXY="on", **PRODUCTION)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_options_in_a_postgresql_address_stay_beside_the_pool():
    address = "postgres://u:p@db.example/portal?sslmode=require"
    database = settings(DATABASE_URL=address)["DATABASES"]["default"]
    assert database["HOST"] == "db.example"
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] == 8


def test_env_example_names_everything_that_settings_and_scripts_read():
    read = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "portal/settings.py").read_text()))
    read |= set(re.findall(r"\benv\(\s*'([A-Z_]+)'", (ROOT / "portal/settings.py").read_text()))
    read |= set(re.findall(r"^default ([A-Z_]+) ", (ROOT / "script/serve").read_text(), re.MULTILINE))
    assert set(NAMED.findall((ROOT / ".env.example").read_text())) == read
