"""All settings. Values that differ between installations come from the environment; see `dotenv-sample`."""

from pathlib import Path
from urllib.parse import urlsplit

from whitenoise.compress import Compressor

from yangguang.config import environment as env

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(env.text("YANGGUANG_VAR", str(ROOT / "var"))).resolve()
PLANS = Path(env.text("YANGGUANG_PLANS", str(ROOT / "plans"))).resolve()

DEBUG = env.boolean("YANGGUANG_DEBUG", default=False)
SECRET_KEY = env.secret("YANGGUANG_SECRET_KEY", VAR / "secret-key")
HOST = env.text("YANGGUANG_HOST", "127.0.0.1")
PORT = env.whole("YANGGUANG_PORT", 8000, low=1, high=65535)
ALLOWED_HOSTS = env.words("YANGGUANG_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
PUBLIC_ADDRESS = env.text("YANGGUANG_PUBLIC_ADDRESS", f"http://{HOST}:{PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]

# The demonstration lives in the plan's year. Empty means: the real clock, no banner.
DEMONSTRATION_DAY = env.day("YANGGUANG_DEMONSTRATION_DAY", "")

INSTALLED_APPS = [
    "yangguang.config",
    "yangguang.directory",
    "yangguang.chores",
    "yangguang.journal",
    "yangguang.publishing",
    "yangguang.registers",
    "yangguang.plan",
    "yangguang.sites",
    "yangguang.gazette",
    "yangguang.ledger",
    "yangguang.search",
    "yangguang.portal",
    "yangguang.office",
    "yangguang.api",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yangguang.config.middleware.UploadLimit",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yangguang.config.middleware.ContentSecurityPolicy",
    "yangguang.config.middleware.DataDoor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yangguang.config.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yangguang.config.middleware.SiteByHost",
]

ROOT_URLCONF = "yangguang.config.urls"
WSGI_APPLICATION = "yangguang.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yangguang.portal.context.portal",
            ],
        },
    },
]


def _database(address: str) -> dict[str, object]:
    """`sqlite:///path` or `postgresql://user:password@host:port/name` as Django's settings."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            # Opening the file and setting it up takes longer than most questions to it.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                # One writer at a time, decided when a transaction begins: no half-way lock errors.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # What was acknowledged, and signed, must outlive a power cut: each commit is synced.
                # What was erased is overwritten, not only marked as free.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            },
        }
    if parts.scheme == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": parts.username or "",
            "PASSWORD": parts.password or "",
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    raise env.SettingProblem(
        "YANGGUANG_DATABASE", address, "请写 sqlite:///文件 或 postgresql://用户:密码@主机:端口/库名"
    )


DATABASES = {"default": _database(env.text("YANGGUANG_DATABASE", f"sqlite://{VAR}/yangguang.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.Person"
AUTHENTICATION_BACKENDS = ["yangguang.office.access.RoleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "yangguang" / "office" / "locale", ROOT / "yangguang" / "portal" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"
STORE_ROOT = VAR / "store"
BAKED_ROOT = VAR / "baked"
SEARCH_ROOT = VAR / "search"
TABLES_ROOT = VAR / "tables"

# The mail server for subscriptions. Empty: mail is off, and the page says so.
MAIL_HOST = EMAIL_HOST = env.text("YANGGUANG_MAIL_HOST", "")
EMAIL_PORT = env.whole("YANGGUANG_MAIL_PORT", 25, low=1, high=65535)
EMAIL_HOST_USER = env.text("YANGGUANG_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("YANGGUANG_MAIL_PASSWORD", "")
_MAIL_SECURITY = env.one_of("YANGGUANG_MAIL_SECURITY", "none", ("none", "starttls", "tls"))
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL_SECURITY == "starttls", _MAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("YANGGUANG_MAIL_FROM", f"noreply@{urlsplit(PUBLIC_ADDRESS).hostname}")

# Where readers of the data ask questions. Empty: descriptions of datasets name the unit and the page for errors.
DATA_CONTACT = env.text("YANGGUANG_DATA_CONTACT", "")

# The accounts by which confirmed posts go to 微博 and 微信. One that lacks a value is off: nothing is ever sent.
POSTING = {
    "weibo": {
        "address": env.text("YANGGUANG_WEIBO_ADDRESS", "https://api.weibo.com").rstrip("/"),
        "token": env.text("YANGGUANG_WEIBO_TOKEN", ""),
        "ip": env.text("YANGGUANG_WEIBO_IP", ""),
    },
    "wechat": {
        "address": env.text("YANGGUANG_WECHAT_ADDRESS", "https://api.weixin.qq.com").rstrip("/"),
        "appid": env.text("YANGGUANG_WECHAT_APPID", ""),
        "secret": env.text("YANGGUANG_WECHAT_SECRET", ""),
        "cover": env.text("YANGGUANG_WECHAT_COVER", ""),
    },
}

# How many proxies of our own stand before the server and add to X-Forwarded-For.
PROXIES = env.whole("YANGGUANG_PROXIES", 0, low=0, high=5)

# The signed public log. Its name (origin) is fixed in the key at first start.
JOURNAL_ROOT = VAR / "journal"
JOURNAL_KEY = VAR / "journal-key"
JOURNAL_ORIGIN = env.text("YANGGUANG_JOURNAL_ORIGIN", f"{urlsplit(PUBLIC_ADDRESS).netloc}/journal")
JOURNAL_WITNESSES = env.words("YANGGUANG_JOURNAL_WITNESSES", "")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MANIFEST_STRICT = False
# Half the files, a quarter of the time at a first start: nothing links to a file without its hash, and
# nobody debugs the desk's scripts here.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_ADDRESS.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
LARGEST_ATTACHMENT = env.whole("YANGGUANG_LARGEST_ATTACHMENT_MB", 200, low=1, high=2000) * 1_000_000

WAGTAIL_SITE_NAME = "阳光"
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "中文")]
# The desk speaks Chinese, and its days are days in Shanghai: neither is a matter of choice.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "中文")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_I18N_ENABLED = False
# The desk must work offline and tell nobody that it is there.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Autosave rewrites the newest revision in place (decision record 0005).
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_USAGE_COUNT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
# There is no mail to send a reset link by: the general office gives a new password.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_USER_LOGIN_FORM = "yangguang.office.forms.login.DeskLoginForm"

SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # At lower levels they write whole addresses, and with them access tokens.
    "loggers": {"httpx": {"level": "WARNING"}, "httpcore": {"level": "WARNING"}},
}
