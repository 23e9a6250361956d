"""Who may do what: one list of verbs, one list of roles."""

from enum import StrEnum

from django.db import models


class Verb(StrEnum):
    """Something that a person may be allowed to do."""

    ADOPT_PLAN = "adopt_plan"
    CHECK = "check"
    CHECK_SECRECY = "check_secrecy"
    EDIT_GAZETTE = "edit_gazette"
    ENTER_DESK = "enter_desk"
    ERASE = "erase"
    FORCE_PUBLISH = "force_publish"
    KEEP_DIRECTORY = "keep_directory"
    KEEP_SITES = "keep_sites"
    PUBLISH = "publish"
    PUBLISH_FOR_ANY_UNIT = "publish_for_any_unit"
    RECORD_OCCASION = "record_occasion"
    SEE_ALL_UNITS = "see_all_units"
    SIGN = "sign"


class Role(models.TextChoices):
    """A role is a name and a list of verbs (`VERBS`)."""

    GENERAL_OFFICE = "general_office", "政府办公厅"
    EDITOR = "editor", "单位编辑"
    REVIEWER = "reviewer", "单位审核员"
    SECRECY_OFFICER = "secrecy_officer", "保密审查员"
    SIGNER = "signer", "签发人"


VERBS: dict[str, frozenset[Verb]] = {
    Role.GENERAL_OFFICE: frozenset(Verb),
    Role.EDITOR: frozenset({Verb.ENTER_DESK, Verb.PUBLISH, Verb.RECORD_OCCASION}),
    Role.REVIEWER: frozenset({Verb.ENTER_DESK, Verb.CHECK}),
    Role.SECRECY_OFFICER: frozenset({Verb.ENTER_DESK, Verb.CHECK_SECRECY}),
    # A small unit needs three people: its head may look at secrecy too, before signing.
    Role.SIGNER: frozenset({Verb.ENTER_DESK, Verb.CHECK_SECRECY, Verb.SIGN, Verb.ERASE}),
}


class Forbidden(Exception):
    """The person may not do this. The text says what, and whom to ask."""


def allows(role: str, verb: Verb) -> bool:
    return verb in VERBS.get(role, frozenset())
