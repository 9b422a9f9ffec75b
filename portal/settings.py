"""All settings. What differs from place to place comes from the environment (see .env.example)."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal.installed import INSTALLED_APPS  # noqa: F401 - Django reads it from here

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

TESTING = "pytest" in sys.modules

env = environ.Env()
if (BASE_DIR / ".env").exists() and not TESTING:
    env.read_env(BASE_DIR / ".env")

# Mode: 'demo' shows demo sign-ins and an outbox; 'development' adds the gallery of components; 'production' is strict.
MODE = env("MODE", default="development")
if MODE not in ("demo", "development", "production"):
    raise ImproperlyConfigured("MODE must be demo, development or production.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = env.bool("DEBUG", default=False)

SECRET_KEY = env("SECRET_KEY", default="")
if PRODUCTION and len(SECRET_KEY) < 40:
    raise ImproperlyConfigured(
        f"SECRET_KEY is {'too short' if SECRET_KEY else 'not set'}. In production mode the portal signs links and "
        "sessions with it, so it does not start without 40 characters that nobody can guess. Make them with: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
if not SECRET_KEY:
    SECRET_KEY = "only-for-development-and-the-demo-never-for-real-people"  # noqa: S105
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

BASE_URL = env("BASE_URL", default=f"http://localhost:{env('PORT', default='8000')}").rstrip("/")
if not BASE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured("BASE_URL must begin with http:// or https://.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(BASE_URL).hostname] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS = [BASE_URL] if PRODUCTION else []

MIDDLEWARE = [
    "portal.roomy.RoomyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.access.PermissionsPolicyMiddleware",
    "portal.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.access.SignInFirstMiddleware",
    "portal.access.DeskMiddleware",
    "portal.shown_desk.ShownDeskMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.access.NeverCacheMiddleware",
    "portal.arriving.ArrivedMiddleware",
    "portal.refusing.RefusingMiddleware",
]

ROOT_URLCONF = {"production": "portal.urls", "demo": "portal.urls_demo", "development": "portal.urls_development"}[MODE]
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.access.desk_context",
            ],
            "builtins": ["portal.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "portal.form_rendering.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Database -------------------------------------------------------------------------------------------------------

DATABASE_URL = env("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
if "ENGINE" not in DATABASES["default"]:
    raise ImproperlyConfigured(
        "DATABASE_URL is not an address of a database, such as postgres://user:password@host/name."
    )
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456; "
            "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY;",
        },
    }
elif not TESTING:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # after a restart of the database nobody gets a dead connection
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
# Shared by all processes: rate limits of signing in. Tests keep it in memory.
CACHE_URL = env("CACHE_URL", default="locmemcache://" if TESTING else "dbcache://shared_cache")
CACHES = {"default": environ.Env.cache_url_config(CACHE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["portal.people.backends.DeskBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("first_name", "last_name", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by an invitation that was mailed to them
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    "login": "portal.people.account_forms.LoginForm",
    "request_login_code": "portal.people.account_forms.RequestLoginCodeForm",
    "confirm_login_code": "portal.people.account_forms.ConfirmLoginCodeForm",
    "reset_password": "portal.people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "portal.people.account_forms.ResetPasswordKeyForm",
    "change_password": "portal.people.account_forms.ChangePasswordForm",
    "set_password": "portal.people.account_forms.SetPasswordForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {  # a college is one address, behind which whole classes sign in within a minute
    "login": "300/m/ip",
    "login_failed": "5/300s/key,60/m/ip",  # in this order: guessing at one account does not shut out the others there
    "request_login_code": "3/m/key,120/m/ip",
    "reset_password": "5/m/key,120/m/ip",
    "reset_password_from_key": "120/m/ip",
}

SESSION_ENGINE = "portal.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"

SESAME_MAX_AGE = 14 * 24 * 60 * 60
SESAME_INVALIDATE_ON_PASSWORD_CHANGE = False  # a link mailed to a manager outlives a new password
SESAME_INVALIDATE_ON_EMAIL_CHANGE = True  # one mailed to a wrong address ends when the address is corrected

# --- Security -------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # limits count visitors by the last address in X-Forwarded-For, not the proxy
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Mail, tasks ----------------------------------------------------------------------------------------------------

EMAIL_URL = env("EMAIL_URL", default="smtp://localhost:25" if PRODUCTION else "dummymail://")
try:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
except (ImproperlyConfigured, ValueError):  # not told what it said: that names the password
    raise ImproperlyConfigured(
        "EMAIL_URL is not an address of a mail server: smtp+tls://user:password@host:587, or consolemail:// to try."
    ) from None
DEFAULT_FROM_EMAIL = env("FROM_EMAIL", default="Placement Portal <portal@localhost>")
EMAIL_TIMEOUT = 20

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "parcels"],  # the second for what takes minutes to make
    }
}

# --- Language, time, files ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_AUTOREFRESH = TESTING or DEBUG  # else every test client reads all static files first

LOG_LEVEL = env("LOG_LEVEL", default="WARNING")  # on the handler too: the worker gives its own loggers a level
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
    raise ImproperlyConfigured("LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "portal.log.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "level": LOG_LEVEL}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
