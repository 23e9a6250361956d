"""What comes of somebody's SQL: a result, or the reason why not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why a statement was not answered."""

    SYNTAX = "syntax"  # not SQL, or names that are not there
    SEVERAL = "several"  # more than one statement
    NOT_SELECT = "not_select"
    TABLE = "table"  # a table that is not offered
    FUNCTION = "function"  # a function that is not offered
    SLOW = "slow"
    MEMORY = "memory"
    BUSY = "busy"


@dataclass(frozen=True)
class Limits:
    """What one statement may take: seconds, rows and bytes of its answer."""

    seconds: float = 5.0
    rows: int = 32_000
    size: int = 20_000_000


@dataclass(frozen=True)
class Result:
    """Rows ready for JSON: text, numbers, true, false, None, lists and objects of them.

    `columns` are names with DuckDB's types; `truncated` tells that there were more rows than allowed.
    """

    columns: tuple[tuple[str, str], ...]
    rows: list[list[Any]]
    truncated: bool


class Refused(Exception):
    """The statement is not answered; the text is a sentence in Chinese, `subject` the table or function."""

    def __init__(self, reason: Reason, words: str, subject: str = "") -> None:
        self.reason, self.subject = reason, subject
        super().__init__(words)
