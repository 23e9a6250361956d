"""Figures that we use without having seen their official text: data with its source, and marked so."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("figures.toml")


@dataclass(frozen=True)
class Figure:
    """Whole numbers by name, where they are from, and whether the source itself was seen."""

    numbers: dict[str, int]
    source: str
    verified: bool

    def __getitem__(self, name: str) -> int:
        return self.numbers[name]

    @property
    def remark(self) -> str:
        return self.source if self.verified else f"{self.source}（未核实）"


@cache
def figure(name: str) -> Figure:
    """A table of `figures.toml`: `correction`, `data_request`, `row_error`, `reuse`, `weibo` or `wechat`."""
    table = dict(tomllib.loads(FILE.read_text(encoding="utf-8"))[name])
    source, verified = table.pop("source"), table.pop("verified")
    return Figure(table, source, verified)
