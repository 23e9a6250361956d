"""Salted commitments: what the log may say for ever about a person's or an enterprise's record.

The public log cannot forget, but the law asks that such records be taken down (个人信息保护法 art. 47,
行政处罚法 art. 48). So the log holds only SHA-256(salt ‖ canonical facts). While salt and facts are
public, anybody can check them against it; once both are deleted the hash leads back to nobody, because
the salt is 32 random bytes.
"""

import hashlib
from collections.abc import Mapping

from yangguang.rules.chain import canonical

SALT = 32
"""Bytes of a salt."""


def commit(salt: bytes, facts: Mapping[str, object]) -> str:
    """The hex commitment to these facts. Raises ValueError for a salt that is too short to hide anything."""
    if len(salt) != SALT:
        raise ValueError(f"a salt has {SALT} bytes, not {len(salt)}")
    return hashlib.sha256(salt + canonical(facts).encode()).hexdigest()


def opens(commitment: str, salt: bytes, facts: Mapping[str, object]) -> bool:
    """Whether the commitment is one to these facts."""
    return len(salt) == SALT and commit(salt, facts) == commitment
