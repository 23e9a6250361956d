"""What goes with every answer that is not Django's, whoever serves it; `deploy/nginx.conf` says the same."""

from django.conf import settings

from yangguang.config.middleware import PORTAL

SAFE = (
    ("content-security-policy", PORTAL),
    ("content-language", settings.LANGUAGE_CODE),
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", settings.SECURE_REFERRER_POLICY),
    ("cross-origin-opener-policy", "same-origin"),
)
"""What Django's middleware says of everything public. Tests compare them with what Django answers."""
HEADERS = (*SAFE, ("cache-control", "no-cache"), ("vary", "Cookie, Accept-Encoding, HX-Request"))
"""What goes with a baked page."""
