"""The product's settings with what only tests change. The real ones are read with the same reader."""

import atexit
import os
import shutil
import tempfile

VAR = tempfile.mkdtemp(prefix="yangguang-tests-")
# WhiteNoise warns of a folder that is not there; collectstatic makes it in a real installation.
os.mkdir(os.path.join(VAR, "static"))
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
# Nothing that a machine happens to have set, and nothing of an installation in var/, may colour a test.
for name in [name for name in os.environ if name.startswith("YANGGUANG_") and name != "YANGGUANG_DATABASE"]:
    del os.environ[name]
os.environ |= {
    "YANGGUANG_VAR": VAR,
    "YANGGUANG_SECRET_KEY": "only for tests",
    "YANGGUANG_DEMONSTRATION_DAY": "2017-11-30",
    # A browser test drives Playwright's loop in the thread that also asks the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

from yangguang.config.settings import *  # noqa: E402, F403, TID251

# Argon2 is slow on purpose; tests log in often.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Straight from the source folders: no collectstatic before a test.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
