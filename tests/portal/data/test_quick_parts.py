"""What plain functions draw of a dataset's page is what templates, slow and obvious, draw."""

import datetime as dt
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from yangguang.portal.presenters.data.enterprise import newest_first
from yangguang.registers.models import Register, Version

pytestmark = pytest.mark.django_db

LINE = """{% load i18n data portal %}<li{% if one.number == shown.number %} class="chosen"{% endif %}><a \
href="{{ one.get_absolute_url }}"{% if one.number == shown.number %} aria-current="true"{% endif %}>\
{% blocktranslate with number=one.number %}第 {{ number }} 版{% endblocktranslate %}</a> \
<time class="when" datetime="{{ one.online_at|date:'c' }}">{{ one.online_at|moment }}</time>
<span class="aside">{% if one.period %}<span lang="zh-Hans">{{ one.period|period_words }}</span> · {% endif %}\
{{ one.rows|figure }} {% translate "行" %}{% if one.counted.wanted %} · \
{% if one.counted.count < one.counted.wanted %}<strong>\
{% blocktranslate with count=one.counted.count wanted=one.counted.wanted unit=one.counted.unit %}\
不全 {{ count }}/{{ wanted }} {{ unit }}{% endblocktranslate %}</strong>{% else %}\
{% blocktranslate with count=one.counted.count wanted=one.counted.wanted %}齐 {{ count }}/{{ wanted }}\
{% endblocktranslate %}{% endif %}{% endif %}\
{% if one.warrant == "forced" %} · {% translate "未经审核直接发布" %}\
{% elif one.warrant == "token" %} · {% translate "接口推送，经授权" %}{% endif %}\
{% if one.note %} · <span lang="zh-Hans">{{ one.note }}</span>{% endif %}</span>
<span class="proof">{% if before %}<a \
href="{% url 'portal:version-diff' one.register.slug before.number one.number %}">\
{% blocktranslate with number=before.number %}与第 {{ number }} 版比{% endblocktranslate %}</a> · {% endif %}\
<a href="{% url 'portal:journal' %}?line={{ one.line_id }}#line-{{ one.line_id }}">\
{% blocktranslate with seq=one.line_id %}日志第 {{ seq }} 行{% endblocktranslate %}</a></span></li>"""
QUICK_LINE = "{% load versions %}{% version_line one before shown %}"

CELLS = """{% for value, figure in row %}<td{% if figure %} class="figure"{% endif %}><span>{{ value }}</span></td>\
{% endfor %}"""
QUICK_CELLS = "{% load data %}{% row_cells row %}"

FACTS: list[dict[str, Any]] = [
    {},
    {"note": "<b>补了 & 改了</b>", "period": "2017-08", "warrant": "forced"},
    {"period": "某一期", "warrant": "token", "counted": {"count": 2, "wanted": 3, "unit": "<座>"}},
    {"counted": {"count": 3, "wanted": 3, "unit": "座"}, "rows": 1234567},
    {"counted": {"count": 0, "wanted": 0, "unit": ""}},
]


def drawn(template: str, **given: Any) -> str:
    return Template(template).render(Context(given))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("facts", FACTS, ids=str)
def test_a_version_is_listed_as_a_template_would(
    water: Register, facts: dict[str, Any], language: str
) -> None:
    first, second = water.versions.order_by("number")[:2]
    with translation.override(language):
        for one, before, shown in ((first, None, first), (second, first, first), (second, first, second)):
            changed = changed_by(one, facts)
            told = {"one": changed, "before": before, "shown": shown}
            assert drawn(QUICK_LINE, **told) == drawn(LINE, **told)


def changed_by(version: Version, facts: dict[str, Any]) -> Version:
    for name, value in facts.items():
        setattr(version, name, value)
    return version


@pytest.mark.parametrize(
    "row", [[], [("甲", False)], [("<script>", False), ("1,234.5", True), ("{}", False), ("", True)]]
)
def test_cells_are_drawn_and_escaped_as_a_template_would(row: list[tuple[str, bool]]) -> None:
    assert drawn(QUICK_CELLS, row=row) == drawn(CELLS, row=row)


def test_the_newest_rows_come_first_those_without_a_day_last_equal_ones_as_they_stood() -> None:
    early, late = dt.date(2017, 1, 1), dt.date(2017, 2, 1)
    rows: list[tuple[Any, ...]] = [("甲", None), ("乙", early), ("丙", late), ("丁", None), ("戊", early)]
    assert [name for name, _ in newest_first(rows, 1)] == ["丙", "乙", "戊", "甲", "丁"]
    assert newest_first(rows, None) == rows
