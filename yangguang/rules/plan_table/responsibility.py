"""Who answers for a task: a unit cell, a bracket at the end of a sentence, or a unit line → leads and others.

Forms read: 市财政局牵头，市教育局、市民政局按职责分工负责 · 牵头单位：市财政局；配合单位：市教育局 ·
市财政局（牵头）、市教育局 · 市财政局会同市教育局负责 · 市财政局、市教育局。
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from yangguang.rules.unit_names import is_certain_unit, is_unit, split_units

LEAD, BEARER, OTHER, WHEN = "lead", "bearer", "other", "when"

_FIRST_LEADS = re.compile(
    r"[,;。:]?\s*(?:其中[,]?)?(?:以上|上述)?(?:责任单位|牵头单位|负责单位|各项任务|任务分工|单位)?[^,;。、()]{0,8}?"
    r"(?:列|排|排名|位列)(?:在)?(?:第一|首|第1|前)(?:位|个|列)?(?:置)?(?:者|的)?(?:单位|部门|责任单位|责任部门)?"
    r"(?:,)?(?:即)?(?:均)?为(?:总)?(?:牵头|主办|主要责任|第一责任)(?:落实|责任|负责)?(?:单位|部门|人)?(?:[,;]?下同)?"
)
_LABEL_WORDS = {
    LEAD: r"(?:总)?牵头(?:落实|责任|负责)?(?:单位|部门)?|主办(?:单位|部门)?|主要责任(?:单位|部门)|第一责任单位|主责(?:单位|部门)",
    BEARER: (
        r"(?:具体|主体)?责任(?:落实)?(?:单位|部门|主体)|负责(?:单位|部门)|落实(?:单位|部门)|承办(?:单位|部门)"
        r"|实施(?:单位|部门|主体)|公开(?:主体|责任单位)|完成单位|分工(?:单位|部门)"
    ),
    OTHER: r"(?:主要)?配合(?:责任)?(?:单位|部门)?|协办(?:单位|部门)?|参[与加](?:单位|部门)?|协同(?:单位|部门)?|协助(?:单位|部门)?|会办单位",
}
_TIME_LABEL = r"(?:完成|工作|公开|办理)?(?:时限|时间|期限)(?:要求|安排)?|时间节点|进度(?:要求|安排)"
_LABELS = {**_LABEL_WORDS, WHEN: _TIME_LABEL}
_LABEL = re.compile(
    "|".join(
        f"(?P<{role}>{words})(?P<_{role}>)(?:[】\\]]?\\s*:|[】\\]]|为)" for role, words in _LABELS.items()
    )
)
TIME_LINE = re.compile(rf"^[(\[【〔]?(?:{_TIME_LABEL})(?:[】\]]?\s*:|[】\]])")
UNIT_LABEL = re.compile("(?:" + "|".join(_LABEL_WORDS.values()) + r")(?:[】\]]?\s*:|[】\]]|为)")
_FILLER = re.compile(
    r"(?:按照|按|依|根据|依据|各自|在各自|分别按|分别按照)(?:各自)?(?:的)?(?:法定)?(?:职责|职能|分工|职权)(?:分工|范围|范围内|权限)?"
    r"|分工(?=负责|落实|协作)|(?:共同|分别|具体|组织|统筹|抓好|直接|主要)(?=负责|落实|牵头|承担|配合|实施|参与)|^由"
)
_VERB = re.compile(
    r"(?P<lead>(?:共同|联合|负责)?牵头(?:负责|落实|办理|组织实施|组织|承办|实施|推进|抓总|并负责)?|主办|总负责)$"
    r"|(?P<other>配合(?:落实|做好)?|参与|参加|协助|协办|支持|配合负责|协同(?:配合|落实)?)$"
    r"|(?P<bearer>(?:负责|落实|承担|承办|实施|办理|组织实施)(?:落实|实施)?(?:到位)?)$"
)
_VERB_THEN_NEXT = re.compile(r"(牵头|负责|落实|配合|参与|承办)、")
# 2020年底前完成, 长期坚持: a term among the units.
_TERM = re.compile(
    r"(?:于|在)?(?:(?:20)?\d\d年|\d{1,2}月|[一二三四五六七八九十]+月|年底|年内|每[日周月季年半]|按[月季]|长期|持续|常态|全年|立即|即时"
    r"|[\d一二三四五六七八九十]+个?工作?日).{0,20}"
)
_TOGETHER = re.compile(r"会同|商(?=[市省区各])|联合(?=[市省区各])|协同(?=[市省区各])|配合(?=[市省区各])")
_OUTER = re.compile(r"^[(\[〔【]([^()]*(?:\([^()]*\)[^()]*)*)[)\]〕】]$")
_TAG = re.compile(r"\((?:牵头|牵头单位|主办|总牵头)\)")
_NOTHING = re.compile(r"[-—–/\\无]*")
_SAME = re.compile(r"同上|同前|〃|″|\"|〞")


@dataclass(frozen=True)
class Answerable:
    """Names (keys) by part: `leads` answer for the task, `others` help. `first_leads` states that rule.

    `when` is a term printed among the units; `spoken` says that a verb or a label told the parts, so
    that the text is about duty and not any bracket.
    """

    leads: tuple[str, ...]
    others: tuple[str, ...] = ()
    first_leads: bool = False
    spoken: bool = False
    when: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        return self.leads + self.others


def states_first_leads(key: str) -> bool:
    """Whether a text states the rule 列第一位者为牵头单位."""
    return _FIRST_LEADS.search(key) is not None


def says_same_as_above(key: str) -> bool:
    return _SAME.fullmatch(key.strip()) is not None


def says_nobody(key: str) -> bool:
    """A dash or 无: the cell is filled, and names nobody."""
    return bool(key.strip()) and _NOTHING.fullmatch(key.strip()) is not None


def read_answerable(key: str, *, first_leads: bool = False) -> Answerable:
    """Read who leads. With `first_leads` only the first of several equal bearers leads.

    Explicit 牵头 wins; without it all who 负责 (or are simply listed) lead.
    """
    rule = states_first_leads(key)
    rest = _VERB_THEN_NEXT.sub(r"\1,", _FIRST_LEADS.sub("", key)).strip()
    rest = _OUTER.sub(r"\1", rest)
    parts: dict[str, list[str]] = {LEAD: [], BEARER: [], OTHER: [], WHEN: []}
    spoken = rule
    for role, clause, told in _clauses(rest):
        for name in [clause] if role == WHEN else split_units(clause):
            part = parts[WHEN if _TERM.fullmatch(name) else role]
            part.extend([name] if name not in part else [])
        spoken = spoken or told
    leads, bearers, others = parts[LEAD], parts[BEARER], parts[OTHER]
    if leads:
        others = [name for name in bearers + others if name not in leads]
    elif (first_leads or rule) and len(bearers) > 1:
        leads, others = bearers[:1], bearers[1:] + others
    else:
        leads, others = (bearers, others) if bearers else (others, [])
    return Answerable(tuple(leads), tuple(others), rule, spoken, ";".join(parts[WHEN]))


def is_unit_group(key: str) -> bool:
    """Whether a bracket's content names who answers: 市财政局牵头…, 责任单位：…, 市财政局、市教育局."""
    if len(key) > 400:
        return False
    answerable = read_answerable(key)
    names = answerable.all
    if not names:
        return False
    named = sum(is_unit(name) for name in names)
    if answerable.spoken:
        return named * 2 >= len(names) and is_unit(names[0])
    return named == len(names) and any(is_certain_unit(name) for name in names)


def _clauses(text: str) -> list[tuple[str, str, bool]]:
    """(role, list of units, whether a word told the role) in the order printed."""
    labels = list(_LABEL.finditer(text))
    if labels:
        return _labelled(text, labels)
    if _TAG.search(text):
        return _tagged(text)
    clauses: list[tuple[str, str, bool]] = []
    waiting = ""
    for clause, mark in re.findall(r"((?:[^,;。()]|\([^()]*\))*)([,;。]|$)", text):
        plain = _FILLER.sub("", clause.strip()).strip()
        found = _VERB.search(plain)
        if not found:
            waiting = f"{waiting}、{plain}" if waiting and plain else waiting or plain
            if mark and mark in ";。" and waiting:
                clauses.append((BEARER, waiting, False))
                waiting = ""
            continue
        role = next(name for name in (LEAD, OTHER, BEARER) if found.group(name))
        units = f"{waiting}、{plain[: found.start()]}" if waiting else plain[: found.start()]
        clauses.extend(_with_helpers(role, units))
        waiting = ""
    if waiting:
        clauses.extend((role, units, False) for role, units, _ in _with_helpers(BEARER, waiting))
    return [clause for clause in clauses if clause[1].strip("、 ")]


def _with_helpers(role: str, units: str) -> list[tuple[str, str, bool]]:
    """市财政局会同市教育局: the first leads, the rest help."""
    pieces = _TOGETHER.split(units, maxsplit=1)
    if len(pieces) == 1:
        return [(role, units, True)]
    return [(LEAD, pieces[0], True), (OTHER, pieces[1], True)]


def _labelled(text: str, labels: list[re.Match[str]]) -> list[tuple[str, str, bool]]:
    clauses: list[tuple[str, str, bool]] = []
    before = text[: labels[0].start()].strip(" ,;。、\n【[〔(")
    if before:
        clauses.extend(_clauses(before))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        role = next(name for name in _LABELS if label.group(name))
        units = text[label.end() : following.start() if following else len(text)].strip(" ,;。、\n【[〔")
        if role == WHEN:
            clauses.append((WHEN, units, False))
            continue
        inner = _clauses(units) if _VERB.search(units) or _TAG.search(units) else [(role, units, True)]
        clauses.extend((role if part == BEARER else part, names, True) for part, names, _ in inner)
    return clauses


def _tagged(text: str) -> list[tuple[str, str, bool]]:
    """市财政局（牵头）、市教育局: the tagged one leads."""
    clauses: list[tuple[str, str, bool]] = []
    for piece in re.split(r"[、,;\n]", text):
        role = LEAD if _TAG.search(piece) else OTHER
        clauses.append((role, _VERB.sub("", _FILLER.sub("", _TAG.sub("", piece))), True))
    return clauses
