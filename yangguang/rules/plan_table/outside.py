"""Duties that a plan lays down outside its table: in the covering notice, or in the notes after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yangguang.rules.plan_table.drafts import TASK, DraftTask, Work
from yangguang.rules.plan_table.source import Paragraph
from yangguang.rules.unit_names import is_unit, split_units

_SUBJECT = re.compile(
    r"^\s*(?:同时|此外|另)?[,]?(?:请|望|要求)?(?P<units>[^,。;:《》]{2,60}?)(?P<verb>要|应|须|需|必须|将|负责|请|于(?=\d|每)|应当|每(?=月|季|年|半))"
)
# Exhortation names no act; these words name one that can be checked.
_CHECKABLE = re.compile(
    r"[\d一二三四五六七八九十]+个?(?:工作)?日(?:之)?内|月(?:\d+日|底|末)?之?前|[年季月]底前|(?:季度|半年|年度)末"
    r"|每(?:月|季|年|半年|周|日)|按(?:月|季)|督查|评估|考核|抽查|通报|报送|报市|报我|检查|在[^,。]{0,14}网站公开|公布"
)


def read_outside(paragraphs: Sequence[Paragraph], work: Work) -> list[DraftTask]:
    """The sentences that put a checkable duty on a unit or a group: 各区要……15个工作日内……公开。"""
    duties: list[DraftTask] = []
    for paragraph in paragraphs:
        for start, end in _sentences(paragraph.key):
            key = paragraph.key[start:end]
            subject = _SUBJECT.match(key)
            if not subject or not _CHECKABLE.search(key):
                continue
            names = split_units(subject.group("units"))
            if not names or not all(is_unit(name) for name in names):
                continue
            printed = paragraph.text[start:end][subject.start("units") : subject.end("units")]
            duties.append(
                DraftTask(
                    text=paragraph.text[start:end].strip(),
                    key=key.strip(),
                    place=paragraph.place,
                    leads=tuple(names),
                    leads_printed=printed.strip(),
                )
            )
            work.put(paragraph.lines, TASK)
    return duties


def _sentences(key: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"[^。;!]+[。;!]?", key)]
