"""Which host names this installation answers to: the environment says, never the database."""

from collections.abc import Iterable


def is_answered(host: str, allowed: Iterable[str]) -> bool:
    """Whether a host is in ALLOWED_HOSTS, read as Django reads it: `.example.com` stands for a whole domain."""
    return any(
        one in {"*", host} or (one.startswith(".") and (host == one[1:] or host.endswith(one)))
        for one in (one.lower() for one in allowed)
    )
