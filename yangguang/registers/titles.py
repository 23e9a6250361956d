"""What a version is called: by this title the rules recognise the duty that it serves."""

from yangguang.registers.models import Register
from yangguang.rules.periods import span_of


def title_of(register: Register, period: str) -> str:
    """The register's title for a publication, with the period in words ("2017年8月…")."""
    pattern = register.described.publication or register.title
    if "{period}" not in pattern:
        return pattern
    return pattern.replace("{period}", span_of(period).label if period else "")
