"""Tokens by which a unit's own system pushes tables: issue, sign for, revoke, recognise."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.registers.actions.registers import require_may_keep
from yangguang.registers.actions.wording import require_short
from yangguang.registers.models import Register, Token

LONGEST_LABEL = 80
PREFIX = "yg_"
"""Stands before every token, so that searches for leaked secrets know one when they see it."""


@transaction.atomic
def issue(*, by: Person, now: dt.datetime, register: Register, label: str) -> tuple[Token, str]:
    """Make a token for a register; returns it with the secret, which nobody can read again.

    Raises Forbidden, and ValueError for a label that is missing or too long.
    """
    require_may_keep(by, register.unit)
    if not label.strip():
        raise ValueError("用途必填：请写明由哪个系统推送，例如“案件管理系统”")
    require_short(label, "用途", LONGEST_LABEL)
    secret = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        register=register, label=label.strip(), digest=digest(secret), issued_by=by, issued_at=now
    )
    return made, secret


@transaction.atomic
def sign(*, by: Person, now: dt.datetime, token: Token) -> Token:
    """Sign once for all that is pushed with a token: what passes its checks goes online without review.

    For a signer of the unit who did not issue it. Raises Forbidden, and ValueError for one that is revoked.
    """
    found = _locked(token)
    _require_may_sign(by, found)
    if by.pk == found.issued_by_id:
        raise Forbidden("建立令牌的人不能给自己授权：请由另一位签发人办理")
    found.signed_by, found.signed_at = by, now
    found.save()
    return found


@transaction.atomic
def unsign(*, by: Person, now: dt.datetime, token: Token) -> Token:
    """Let what is pushed wait for review again; for a signer, or whoever may revoke it."""
    found = _locked(token)
    _require_may_revoke(by, found)
    found.signed_by = found.signed_at = None
    found.save()
    return found


@transaction.atomic
def revoke(*, by: Person, now: dt.datetime, token: Token) -> Token:
    """End a token at once. What was pushed with it before stays. Raises Forbidden, ValueError."""
    found = _locked(token)
    _require_may_revoke(by, found)
    found.revoked_at = now
    found.save()
    return found


def recognise(secret: str, *, now: dt.datetime) -> Token | None:
    """The token of a secret, its use noted; None for one that is unknown or revoked."""
    rows = Token.objects.select_related("register__unit", "issued_by", "signed_by__unit")
    found = rows.filter(digest=digest(secret), revoked_at=None).first()
    if found is not None:
        found.used_at = now
        found.save(update_fields=["used_at"])
    return found


def digest(secret: str) -> str:
    """SHA-256 in hex. The secret has 256 random bits: a slow hash would protect nothing more."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _locked(token: Token) -> Token:
    rows = Token.objects.select_for_update(of=("self",)).select_related("register__unit")
    found = rows.get(pk=token.pk)
    if found.revoked_at is not None:
        raise ValueError("这个令牌已经作废：请另建一个")
    return found


def _may_sign(by: Person, token: Token) -> bool:
    own = by.unit_id == token.register.unit_id or allows(by.role, Verb.SEE_ALL_UNITS)
    return by.is_active and own and allows(by.role, Verb.SIGN)


def _require_may_sign(by: Person, token: Token) -> None:
    if not _may_sign(by, token):
        raise Forbidden(f"推送免审须由{token.register.unit.name}的签发人或者政府办公厅授权")


def _require_may_revoke(by: Person, token: Token) -> None:
    if not _may_sign(by, token):
        require_may_keep(by, token.register.unit)
