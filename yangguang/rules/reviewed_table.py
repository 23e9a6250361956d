"""A TOML table that is read key by key, and says exactly where it is wrong."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
_REQUIRED: Any = object()


class Faulty(ValueError):
    """A reviewed file cannot be used. The message is one Chinese sentence with the place and the remedy."""


class Table:
    """One table of a file. `id` names the entry in messages; keys never asked for are refused at the end."""

    def __init__(self, file: str, id: str, values: Mapping[str, Any]) -> None:
        self.file = file
        self.id = id
        self._values = values
        self._asked: set[str] = set()

    def fail(self, key: str, what: str, remedy: str) -> NoReturn:
        """Raise `Faulty` for a key: what is wrong with it and what to do."""
        place = f"{self.file} 的 {self.id}" if self.id else self.file
        raise Faulty(f"{place}，键 {key}：{what}；{remedy}")

    def nothing_else(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key would silently do nothing."""
        for key in self._values:
            if key not in self._asked:
                self.fail(key, "不认识这个键", f"请改为 {'、'.join(sorted(self._asked))} 之一，或者删去")

    def names(self) -> tuple[str, ...]:
        """The keys of the table; each has then to be read."""
        return tuple(self._values)

    def text(self, key: str, default: str = _REQUIRED) -> str:
        """A text that is not empty."""
        value = self._get(key, str, "一段文字", default)
        if not value and default is _REQUIRED:
            self.fail(key, "是空的", "请填写")
        return value

    def whole(self, key: str, default: Any = _REQUIRED) -> Any:
        """A whole number that is not negative."""
        value = self._get(key, int, "一个整数", default)
        if isinstance(value, bool) or (value is not None and value < 0):
            self.fail(key, f"{value} 不是非负整数", "请改为非负整数")
        return value

    def day(self, key: str, default: Any = _REQUIRED) -> Any:
        """A date, written 2017-06-19 without quotes."""
        value = self._get(key, dt.date, "一个日期（如 2017-06-19，不加引号）", default)
        if isinstance(value, dt.datetime):
            self.fail(key, "带有时刻", "请只写日期")
        return value

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of the allowed words."""
        value = self.text(key)
        return self._allowed(key, value, allowed)

    def choices(self, key: str, allowed: Sequence[str], default: tuple[str, ...]) -> tuple[str, ...]:
        """A list of allowed words, or the default where the key is not given."""
        values = self.texts(key) or default
        return tuple(self._allowed(key, value, allowed) for value in values)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is not given."""
        return self._strings(key, self._get(key, list, "一个列表", []))

    def alternatives(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts, none of them empty."""
        lists = self._get(key, list, "列表的列表", [])
        if not all(isinstance(item, list) and item for item in lists):
            self.fail(key, "不是词组的列表", '请写成 [["词", "词"], ["词"]]')
        return tuple(self._strings(key, item) for item in lists)

    def mapping(self, key: str) -> dict[str, str]:
        """A table from text to text; empty where the key is not given."""
        value: dict[str, Any] = self._get(key, dict, "一个表", {})
        self._strings(key, list(value.values()))
        return value

    def has_table(self, key: str) -> bool:
        """Whether the key holds a table rather than a plain value."""
        return isinstance(self._values.get(key), dict)

    def table(self, key: str) -> "Table":
        """The table under a key."""
        return Table(self.file, f"{self.id} {key}".strip(), self._get(key, dict, "一个表"))

    def entries(self, key: str) -> list["Table"]:
        """The tables of an array [[key]], each named by its id or else by its place."""
        values = self._get(key, list, f"若干个 [[{key}]]", [])
        if not all(isinstance(value, dict) for value in values):
            self.fail(key, "不是表的列表", f"请写成 [[{key}]]")
        return [
            Table(self.file, f"{self.id} {key} {value.get('id', place)}".strip(), value)
            for place, value in enumerate(values, 1)
        ]

    def _get(self, key: str, kind: type[T], called: str, default: Any = _REQUIRED) -> T:
        self._asked.add(key)
        if key not in self._values:
            if default is _REQUIRED:
                self.fail(key, "缺少", f"请补上{called}")
            return default  # type: ignore[no-any-return]
        value = self._values[key]
        if not isinstance(value, kind):
            self.fail(key, f"{value!r} 不是{called}", f"请改为{called}")
        return value

    def _strings(self, key: str, values: list[Any]) -> tuple[str, ...]:
        if not all(isinstance(value, str) and value for value in values):
            self.fail(key, "有空的或者不是文字的内容", "请删去，或者改为文字")
        return tuple(values)

    def _allowed(self, key: str, value: str, allowed: Sequence[str]) -> str:
        if value not in allowed:
            self.fail(key, f"不认识 {value}", f"请改为 {'、'.join(allowed)} 之一")
        return value
