"""What goes with every baked page, whoever serves it; `deploy/nginx.conf` says the same."""

from django.conf import settings

from yangguang.config.middleware import PORTAL

HEADERS = (
    ("content-security-policy", PORTAL),
    ("content-language", settings.LANGUAGE_CODE),
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", settings.SECURE_REFERRER_POLICY),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-cache"),
    ("vary", "Cookie, Accept-Encoding, HX-Request"),
)
"""What Django's middleware says of a public page. A test compares them with a page that Django made."""
