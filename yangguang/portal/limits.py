"""How often one visitor may send a form. Counted in the cache, under a hash: no address is kept."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from yangguang.portal import addresses


def is_too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Count this request; True where the visitor has sent more than `most` within `seconds`."""
    seen = f"{settings.SECRET_KEY} {what} {addresses.visitor(request)}"
    key = f"limit-{hashlib.sha256(seen.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:
        return False  # it ended between the two calls
