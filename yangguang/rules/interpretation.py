"""Which documents are owed an interpretation (政策解读), and how that stands.

国办发〔2016〕80号: interpretation is organised, signed and put out together with its document (同步组织、
同步审签、同步部署), by whoever drafted it (谁起草谁解读).
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

NORMATIVE = "规范性文件"


class Standing(StrEnum):
    """How the interpretation of a document stands on a day."""

    DONE = "done"
    EXEMPT = "exempt"
    PROMISED = "promised"
    OVERDUE = "overdue"
    MISSING = "missing"


def is_owed(*, form: str, number: str, keywords: Iterable[str]) -> bool:
    """Whether a document must be interpreted: a normative one (规范性文件).

    It is known by its number, whose 发文字号 bears 规 before the year (深府规〔2017〕1号), or by being called
    so among its keywords.
    """
    if form != "document":
        return False
    return "规〔" in number.replace("[", "〔").replace("（", "〔") or NORMATIVE in keywords


def standing(
    today: dt.date, *, first_on: dt.date | None, promised_on: dt.date | None, exemption: str
) -> Standing:
    """How it stands: `first_on` is the day of the first published material, `promised_on` the day promised."""
    if first_on is not None and first_on <= today:
        return Standing.DONE
    if exemption:
        return Standing.EXEMPT
    if promised_on is None:
        return Standing.MISSING
    return Standing.PROMISED if today <= promised_on else Standing.OVERDUE
