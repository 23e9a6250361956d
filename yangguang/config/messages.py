"""Messages in a language, each looked up once.

Our own messages are written in Chinese, so that no catalogue has them for a Chinese page: Django looked through
those of all apps, one after the other, some 250 times a page.
"""

from functools import lru_cache

from django.utils.translation import trans_real

MOST = 10_000


@lru_cache(maxsize=8)
def keep(language: str) -> None:
    """Keep what the catalogues of a language say: they are read once, and do not change while a process runs."""
    catalogues = trans_real.translation(language)
    catalogues.gettext = lru_cache(maxsize=MOST)(catalogues.gettext)  # type: ignore[method-assign]
