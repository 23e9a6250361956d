"""One JSON object of a descriptor: its properties taken with their types, its slips noted with their place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

_Word = TypeVar("_Word", bound=StrEnum)
# What Python's patterns have and RE2's have not: looking around, back references, atomic groups.
_NOT_RE2 = re.compile(r"\(\?(?:[=!>(]|<[=!])|(?<!\\)(?:\\\\)*\\[1-9]|\(\?P=|[*+?}]\+")


def pattern_slip(pattern: str) -> str:
    """What is wrong with a pattern, in Chinese; "" where nothing is."""
    try:
        re.compile(pattern)
    except re.error:
        return "不是正确的正则表达式"
    if _NOT_RE2.search(pattern):
        return "不能用环视、反向引用和占有量词，请改写"
    return ""


@dataclass
class Entry:
    """An object at a place of the file ("schema.fields[3]"). `None` counts as not given."""

    values: Mapping[str, Any]
    place: str
    problems: list[str]
    given: bool = True

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def allow(self, keys: frozenset[str]) -> None:
        """Note every property that is not one of `keys`: most often a slip of the pen."""
        for key in self.values:
            if key not in keys and not str(key).startswith("$"):
                self.problems.append(f"{self.at(str(key))}：没有这个属性，可用的是 {'、'.join(sorted(keys))}")

    def text(self, key: str, *, required: bool = False, pattern: str = "") -> str:
        value = self.values.get(key)
        if value is None or value == "":
            if required:
                self.problems.append(f"{self.at(key)}：没有写，请补上")
            return ""
        if not isinstance(value, str):
            self.problems.append(f"{self.at(key)}：应是文字")
            return ""
        if pattern and not re.fullmatch(pattern, value):
            self.problems.append(f"{self.at(key)}：“{value}”只能由英文字母、数字和连接符组成，字母开头")
        return value

    def written(self, key: str) -> str:
        """A scalar as text."""
        value = self.values.get(key)
        if isinstance(value, (Mapping, list)):
            self.problems.append(f"{self.at(key)}：应是一个值")
            return ""
        return "" if value is None else str(value)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts; a single text stands for a list of one, as Table Schema allows for keys."""
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.problems.append(f"{self.at(key)}：应是文字的列表")
            return default
        return tuple(value)

    def truth(self, key: str) -> bool:
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            self.problems.append(f"{self.at(key)}：应是 true 或 false")
        return value is True

    def count(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.problems.append(f"{self.at(key)}：应是非负整数")
            return None
        return value

    def bound(self, key: str) -> int | float | str | None:
        value = self.values.get(key)
        if value is None or (isinstance(value, (int, float, str)) and not isinstance(value, bool)):
            return value
        self.problems.append(f"{self.at(key)}：应是数字或日期文字")
        return None

    def choice(self, key: str, words: tuple[str, ...], default: str) -> str:
        value = self.text(key) or default
        if value not in words:
            self.problems.append(f"{self.at(key)}：“{value}”不是其中之一：{'、'.join(filter(None, words))}")
            return default
        return value

    def one_of(self, key: str, words: type[_Word], default: _Word, *, required: bool = False) -> _Word:
        value = self.text(key, required=required) or default.value
        known = [each.value for each in words]
        if value not in known:
            self.problems.append(f"{self.at(key)}：“{value}”不是其中之一：{'、'.join(known)}")
            return default
        return words(value)

    def entry(self, key: str, *, required: bool = False) -> "Entry":
        """The object under a key; an empty one, not `given`, where there is none."""
        value = self.values.get(key)
        if isinstance(value, Mapping):
            return Entry(value, self.at(key), self.problems)
        if value is not None or required:
            self.problems.append(f"{self.at(key)}：应是一个 JSON 对象")
        return Entry({}, self.at(key), self.problems, given=False)

    def entries(self, key: str, *, required: bool = False) -> Iterator["Entry"]:
        """The objects of a list under a key."""
        value = self.values.get(key)
        if value is None and not required:
            return
        if not isinstance(value, list) or not value:
            self.problems.append(f"{self.at(key)}：应是非空的列表")
            return
        for number, each in enumerate(value):
            place = f"{self.at(key)}[{number}]"
            if isinstance(each, Mapping):
                yield Entry(each, place, self.problems)
            else:
                self.problems.append(f"{place}：应是一个 JSON 对象")
