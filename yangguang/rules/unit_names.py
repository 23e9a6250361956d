"""Names of units: telling them from other words, splitting lists, canonical names.

Pure: the alias table comes in as the text of `plans/unit-aliases.toml`. All functions take keys
(half-width signs, simplified characters: `plan_table.source.key_of`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

GROUP_DISTRICTS = "各区"
GROUP_DEPARTMENTS = "各部门"

_LEVELS = "市省区县州旗"
_ENDS = (
    "局|委|委员会|办|厅|部|院|处|所|站|台|社|团|会|署|室|组|中心|公司|集团|银行|海关|总队|支队|大队|大学|学校|学院"
    "|政府|部门|单位|机关|机构|办公室|办公厅|分局|党组|镇|街道|乡|街|区|县|[市县]区|开发区|新区|企业|平台|馆|协会|联|法院|检察院|行"
    "|公积金|档案馆|人大|政协|人行|银监局|保监局|证监局"
)
_UNIT = re.compile(rf"[一-鿿()〔〕、·0-9A-Za-z]{{1,28}}(?:{_ENDS})(?:\([^()]*\))?")
_NOT_A_NAME = re.compile(
    r"[。;:!?《》“”\"=%]|公开|落实|推进|建立|完善|制定|发布|以下|简称|包括|例如|情况|信息$|试行|城乡$|和.{1,2}$"
)
_GROUP = re.compile(r"各|全市|有关|相关|其他|市直|区直|县直|省直|直属|属地")
_GROUP_OF_DISTRICTS = re.compile(
    r"(?:全市|市辖)?各(?:区|城区|行政区|辖区)(?:\((?:含)?(?:各)?(?:功能)?(?:新区|开发区)(?:管委会)?\))?"
    r"(?:人民政府|政府|政府办|管委会)?(?:\([^()]*(?:新区|管委会)[^()]*\))?"
)
_GROUP_OF_DEPARTMENTS = re.compile(
    r"(?:(?:全市|全区|市|区|县|市级|市直|市政府)?各(?:市直|市级|政府)?(?:有关|相关|责任|职能|工作|主管|直属)?部门"
    r"|市(?:直|级|政府直属|直属|政府)各?(?:有关|相关)?(?:部门|单位)|各(?:市直|市级|直属)(?:有关|相关)?单位"
    r"|市政府各(?:直属)?(?:部门|单位)|市直各(?:有关)?单位)"
)
_BODY_OF_GROUP = re.compile(r"^(各.*?)(?:人民政府|政府|管委会)$")
_ETC = re.compile(r"等(?:有关|相关|责任|各)*(?:部门|单位|市直单位)?(?:和单位)?$")
# What only ends a name: 市政府 | 办公室 in a narrow column is one unit.
_SECOND_HALF = re.compile(
    r"(?:人民)?政府|办公[室厅]|委员会|管(?:理)?委|管理[局处办]|监(?:督)?管|中心|分局|部门|单位|管理"
)
_OF_THE_PARTY = re.compile(r"(?:宣传|组织|统战)部|政法委|网信办|编办|督查室")
_SELF = re.compile(r"^[我本](?:委|局|办|厅|市|单位|部门|院|中心)$")


@dataclass(frozen=True)
class AliasTable:
    """What is known about names before a plan is read."""

    stems: Mapping[str, str] = field(default_factory=dict)
    likely: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    departments: frozenset[str] = frozenset()
    cities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def for_city(self, head: str) -> Mapping[str, str]:
        """The city's own aliases, when the plan's head (title, number, issuer) names the city."""
        return next((names for city, names in self.cities.items() if city in head), {})


def parse_aliases(toml_text: str) -> AliasTable:
    """Read the alias table; raises tomllib.TOMLDecodeError or KeyError on a malformed one."""
    data = tomllib.loads(toml_text)
    general = data["general"]
    return AliasTable(
        stems=general.get("stems", {}),
        likely={name: tuple(full) for name, full in general.get("likely", {}).items()},
        departments=frozenset(general.get("departments", {}).get("names", [])),
        cities=data.get("cities", {}),
    )


@dataclass(frozen=True)
class Assumption:
    """A canonical name that is not the printed one, or that we left in doubt; `kind` and a Chinese sentence."""

    kind: str
    text: str


@dataclass
class Names:
    """The names of one plan: its city's aliases, and every unit name that the plan itself prints."""

    table: AliasTable
    city: Mapping[str, str]
    printed: frozenset[str]

    def canonical(
        self, name: str, neighbours: Iterable[str] = ()
    ) -> tuple[tuple[str, ...], Assumption | None]:
        """One printed name (a key) → its canonical names (a group may be two), and what was assumed.

        `neighbours` are the names beside it in the same cell; the first one with a level (市, 区, …)
        lends it to a bare department name.
        """
        groups = _groups(name)
        if groups:
            same = groups == (name,)
            return groups, None if same else Assumption("group", f"“{name}”按“{'、'.join(groups)}”归并")
        if name in self.city:
            return self._changed(name, self.city[name])
        level, stem = _level(name)
        if stem in self.table.stems:
            full = level + self.table.stems[stem]
            return self._changed(name, self.city.get(full, full))
        if not level:
            lent = self._lent_level(name, neighbours)
            if lent:
                full = self.canonical(lent + name)[0][0]
                return (full,), Assumption("level", f"“{name}”前未写“{lent}”，按同格单位读作“{full}”")
        return self._doubtful(name, level, stem)

    def _changed(self, name: str, full: str) -> tuple[tuple[str, ...], Assumption | None]:
        return (full,), None if full == name else Assumption("alias", f"“{name}”读作“{full}”")

    def _lent_level(self, name: str, neighbours: Iterable[str]) -> str:
        level = next((found for found in (_level(other)[0] for other in neighbours) if found), "")
        known = (
            level + name in self.printed
            or name in self.table.departments
            or level + name in self.city.values()
        )
        return level if level and known else ""

    def _doubtful(self, name: str, level: str, stem: str) -> tuple[tuple[str, ...], Assumption | None]:
        fulls = [level + full for full in self.table.likely.get(stem, ()) if full != stem]
        for full in fulls:
            if full in self.printed:
                return self._changed(name, full)
        if fulls:
            return (name,), Assumption("unsure", f"“{name}”可能是“{fulls[0]}”的简称，未改，请核对")
        return (name,), None


def _level(name: str) -> tuple[str, str]:
    """The level sign before a name: 市财政局 → (市, 财政局). 市场监管局 has none: 市场 is a word."""
    if (
        len(name) > 3
        and name[0] in _LEVELS
        and not name.startswith(("市场", "市政园林", "市政管理", "区域", "省际", "市容"))
    ):
        return name[0], name[1:]
    return "", name


def _groups(name: str) -> tuple[str, ...]:
    if _GROUP_OF_DISTRICTS.fullmatch(name):
        return (GROUP_DISTRICTS,)
    if _GROUP_OF_DEPARTMENTS.fullmatch(name):
        return (GROUP_DEPARTMENTS,)
    found = _BODY_OF_GROUP.match(name)
    return (found.group(1),) if found and len(found.group(1)) > 1 else ()


def is_self(name: str) -> bool:
    """True for 我委, 本局…: the unit that speaks, which is the lead of its row."""
    return _SELF.match(name) is not None


def is_unit(name: str) -> bool:
    """Whether a key could be one unit's (or a group's) name, by its ending and by what it does not hold."""
    if not 2 <= len(name) <= 32 or _NOT_A_NAME.search(name):
        return False
    if is_self(name) or _GROUP_OF_DEPARTMENTS.fullmatch(name) or _GROUP_OF_DISTRICTS.fullmatch(name):
        return True
    return _UNIT.fullmatch(name) is not None


def is_certain_unit(name: str) -> bool:
    """A unit name that needs no other hint: with its level or a group, as 市财政局, 各区, 罗湖区政府."""
    marked = bool(_level(name)[0]) or _GROUP.match(name) or re.search(r"[市区县省]", name)
    return is_unit(name) and bool(marked)


def split_units(key: str) -> list[str]:
    """A printed list of units → the names, in order.

    Separators: 、 ， ； / blanks, line ends that do not cut a name, 和/及/与 between two whole names,
    and 各 after 各区 (各区各部门). Brackets inside a name are kept: 各县（市、区）政府.

    >>> split_units("市市场和质量监管委、市财政局和市税务局")
    ['市市场和质量监管委', '市财政局', '市税务局']
    """
    names: list[str] = []
    for line in _mend_line_ends(key):
        for piece in _outside_brackets(line):
            names.extend(_at_conjunctions(piece))
    cleaned = (_ETC.sub("", name.strip(" \t.。:")).strip() for name in names)
    return [name for name in cleaned if name]


def _mend_line_ends(key: str) -> list[str]:
    lines: list[str] = []
    for line in (line.strip() for line in re.split(r"[\n\r]+", key)):
        if not line:
            continue
        if lines and not _ends_a_name(lines[-1], line):
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def _ends_a_name(before: str, after: str) -> bool:
    if before[-1] in "、,;/(和及与" or after[0] in "、,;/)":
        return False
    last = _outside_brackets(before)[-1] if _outside_brackets(before) else before
    first = _outside_brackets(after)[0] if _outside_brackets(after) else after
    if _SECOND_HALF.match(first) or (last.endswith("委") and _OF_THE_PARTY.match(first)):
        return False
    return before.count("(") == before.count(")") and is_unit(last) and is_unit(first) and len(first) > 2


def _outside_brackets(text: str) -> list[str]:
    pieces, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth <= 0 and character in "、,;/|\t ．·":
            pieces.append("")
        else:
            pieces[-1] += character
    return [piece.strip() for piece in pieces if piece.strip()]


def _at_conjunctions(name: str) -> list[str]:
    for found in re.finditer(r"以及|[和及与]|(?<=[区门位])(?=各)", name):
        left, right = name[: found.start()], name[found.end() :]
        if is_certain_unit(left) and re.match(r"[市省区县州各]|国家", right) and is_certain_unit(right):
            return [left, *_at_conjunctions(right)]
    return [name]
