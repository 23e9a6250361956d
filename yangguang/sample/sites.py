"""The sample's sites: the city's portal, three units' and one district's, with columns. Plainly marked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from yangguang.directory.models import Unit
from yangguang.publishing.models import Form
from yangguang.sites.actions import sites
from yangguang.sites.models import Column, ColumnKind, Site

NEWS = ("news", "工作动态", "本单位新公开的内容。", ColumnKind.NEWS, {"required_days": 14})
POLICY = (
    "policy",
    "政策文件",
    "政策文件和解读。",
    ColumnKind.POLICY,
    {"forms": [Form.DOCUMENT], "required_days": 180},
)
LISTS = ("lists", "清单目录", "权责、收费等清单和目录。", ColumnKind.DISCLOSURE, {"forms": [Form.LIST]})
DATA = ("data", "数据发布", "统计数据和数据集。", ColumnKind.DATA, {"forms": [Form.SERIES, Form.DATASET]})
ASKED = (
    "asked",
    "征集调查",
    "正在征求意见的事项和结果。",
    ColumnKind.CONSULTATION,
    {"forms": [Form.CONSULTATION]},
)
CASES = ("cases", "案件决定", "行政执法决定和案件信息。", ColumnKind.DISCLOSURE, {"forms": [Form.CASES]})

PORTAL: tuple[tuple[str, str, str, ColumnKind, Mapping[str, Any]], ...] = (
    NEWS,
    POLICY,
    LISTS,
    DATA,
    ASKED,
)
UNITS = (
    ("czw", "市财政委", "#7a1f1f", (NEWS, POLICY, DATA, LISTS)),
    ("tjj", "市统计局", "#14504a", (NEWS, DATA, POLICY)),
    ("rjhj", "市人居环境委", "#1d5130", (NEWS, POLICY, CASES, DATA)),
    ("futian", "福田区政府", "#2a2f6b", (NEWS, POLICY, LISTS)),
)


def fill(*, now: dt.datetime) -> int:
    """Set the sample's sites up, each once; returns how many are new. A unit that is not listed is left out."""
    made = _site(
        "portal",
        None,
        PORTAL,
        now,
        name="阳光（示例市政府门户）",
        description="政务公开，照方案办，人人可核对",
        site_code="4400000000",
    )
    for slug, unit_name, ink, columns in UNITS:
        unit = Unit.objects.filter(name=unit_name).first()
        if unit is not None:
            made += _site(slug, unit, columns, now, name=f"{unit_name}网站（示例）", ink=ink)
    return made


def _site(
    slug: str,
    unit: Unit | None,
    columns: Sequence[tuple[str, str, str, ColumnKind, Mapping[str, Any]]],
    now: dt.datetime,
    **facts: Any,
) -> int:
    if Site.objects.filter(slug=slug).exists():
        return 0
    sponsor = f"{unit.name}（示例）" if unit else "市政府办公厅（示例）"
    footer: dict[str, Any] = {"sponsor": sponsor, "contact": "示例，部署时填写"}
    site = sites.set_up(
        by=None, site=Site(slug=slug, is_sample=True), unit=unit, is_portal=unit is None, **footer, **facts
    )
    for position, (name, title, told, kind, rule) in enumerate(columns):
        column = Column(site=site, slug=name, position=position)
        sites.lay_out(
            by=None, now=now, column=column, name=title, description=told, words=[title], kind=kind, **rule
        )
    return 1
