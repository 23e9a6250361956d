"""Who may do what: one list of verbs, one list of roles."""

from enum import StrEnum

from django.db import models


class Verb(StrEnum):
    """Something that a person may be allowed to do."""

    ADOPT_PLAN = "adopt_plan"
    EDIT_GAZETTE = "edit_gazette"
    KEEP_DIRECTORY = "keep_directory"
    KEEP_SITES = "keep_sites"
    PUBLISH = "publish"
    PUBLISH_FOR_ANY_UNIT = "publish_for_any_unit"
    RECORD_OCCASION = "record_occasion"
    SEE_ALL_UNITS = "see_all_units"


class Role(models.TextChoices):
    """A role is a name and a list of verbs (`VERBS`)."""

    GENERAL_OFFICE = "general_office", "政府办公厅"
    EDITOR = "editor", "单位编辑"


VERBS: dict[str, frozenset[Verb]] = {
    Role.GENERAL_OFFICE: frozenset(Verb),
    Role.EDITOR: frozenset({Verb.PUBLISH, Verb.RECORD_OCCASION}),
}


class Forbidden(Exception):
    """The person may not do this. The text says what, and whom to ask."""


def allows(role: str, verb: Verb) -> bool:
    return verb in VERBS.get(role, frozenset())
