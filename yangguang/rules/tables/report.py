"""What checking a table found, row by row, with the place in the file and the remedy."""

from dataclasses import dataclass

from yangguang.rules.tables.counting import Counted
from yangguang.rules.tables.outcome import Change, Value

MOST_LISTED = 10_000
"""Findings of one sort that a report lists one by one; beyond that they are only counted."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong. Rows are counted as the file counts them, from 1; `column` is the file's own label
    (C), `title` what the register calls the column, where that is something else."""

    sheet: str
    row: int
    column: str
    field: str
    value: str
    message: str
    remedy: str
    title: str = ""

    @property
    def column_words(self) -> str:
        """The column by its label and its title: C 列（金额）."""
        return f"{self.column} 列（{self.title}）" if self.title else f"{self.column} 列"

    @property
    def words(self) -> str:
        place = "，".join(
            part
            for part in (
                f"工作表“{self.sheet}”" if self.sheet else "",
                f"第 {self.row} 行" if self.row else "",
                self.column_words if self.column else "",
            )
            if part
        )
        shown = f"“{self.value}”" if self.value else ""
        return f"{place}：{shown}{self.message}。{self.remedy}"

    def as_json(self) -> dict[str, str | int]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "title": self.title,
            "field": self.field,
            "value": self.value,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True)
class Altered:
    """One cell whose form was changed on the way in."""

    sheet: str
    row: int
    column: str
    field: str
    change: Change

    def as_json(self) -> dict[str, str | int | list[str]]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "field": self.field,
            "kinds": [kind.value for kind in self.change.kinds],
            "words": self.change.words,
            "before": self.change.before,
            "after": self.change.after,
        }


@dataclass(frozen=True)
class Report:
    """Everything about one table.

    `problems` keep it back, `warnings` want a person's look, `changes` are told. Each list is cut at
    `MOST_LISTED`; the counts are whole. `rows` are the values in the order of the fields, blank rows left
    out; they may be published only when `passed`. `counts` set what the file names beside what is promised.
    `row_count` is how many rows there are; the engine's report on a large file comes without the rows.
    """

    problems: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    changes: tuple[Altered, ...]
    problem_count: int
    change_count: int
    rows: tuple[tuple[Value, ...], ...]
    counts: tuple[Counted, ...] = ()
    row_count: int = 0

    @property
    def passed(self) -> bool:
        return self.problem_count == 0
