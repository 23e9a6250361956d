"""A dataset's page: what it is, chart, table, files, versions, API, in that order."""

import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import at, make_obligation, make_plan, make_task
from tests.portal.data.conftest import WATER, page
from yangguang import portal
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.plan.draft import DraftArea
from yangguang.registers.actions import counts
from yangguang.registers.models import Register, Takedown
from yangguang.rules.tables import chart


def rows(found: BeautifulSoup) -> list[list[str]]:
    return [[cell.text for cell in row.select("td:not(.act)")] for row in found.select("#rows tbody tr")]


def test_the_parts_stand_in_the_order_that_readers_need_them(water: Register, client: Client) -> None:
    found = page(client, WATER)
    assert found.h1.text.startswith("水源水质")
    assert "示例" in found.h1.text
    assert [h.get("id") for h in found.select("main h2[id]")][:5] == [
        "chart-name",
        "table",
        "files",
        "versions",
        "api",
    ]
    assert "更正达标率" in found.text


def test_the_newest_period_stands_first_and_reported_columns_nowhere(water: Register, client: Client) -> None:
    found = page(client, WATER)
    assert rows(found)[0] == ["2017-08", "乙水库", "Ⅲ类", "96"]
    assert len(rows(found)) == 5
    assert "0755-1" not in str(found)
    assert "phone" not in str(found)
    assert "<丙>水库" in found.text  # escaped: no element of that name
    assert not found.select("丙")


def test_columns_narrow_the_table_down(water: Register, client: Client) -> None:
    for query, wanted in (
        ("grade=Ⅱ类", ["甲水库", "甲水库", "<丙>水库"]),
        ("rate__gte=98", ["甲水库", "甲水库"]),
        ("source__contains=乙", ["乙水库", "乙水库"]),
        ("_search=丙", ["<丙>水库"]),
        ("month__gte=2017-08&month__lte=2017-08&_sort_desc=rate", ["甲水库", "乙水库"]),
        ("rate__isnull=1", ["<丙>水库"]),
        ("grade=Ⅰ类", []),
        ("utm_source=x&rate__lt=", ["乙水库", "甲水库", "<丙>水库", "乙水库", "甲水库"]),
    ):
        found = page(client, f"{WATER}?{query}")
        assert sorted(row[1] for row in rows(found)) == sorted(wanted), query


def test_words_of_a_column_are_counted_and_lead_to_their_rows(water: Register, client: Client) -> None:
    chips = page(client, WATER).select(".row-facets a")
    assert [" ".join(chip.text.split()) for chip in chips] == ["Ⅱ类 3", "Ⅲ类 2"]
    narrowed = page(client, WATER + chips[1]["href"])
    assert {row[2] for row in rows(narrowed)} == {"Ⅲ类"}
    assert narrowed.select(".row-facets a[aria-current]")


def test_a_page_of_a_filtered_table_is_not_indexed_but_its_dataset_is(
    water: Register, client: Client
) -> None:
    plain, narrowed = page(client, WATER), page(client, f"{WATER}?grade=Ⅱ类")
    assert not plain.select("meta[name=robots]")
    assert narrowed.select("meta[name=robots]")[0]["content"] == "noindex"
    for found in (plain, narrowed):
        assert urlsplit(found.select("link[rel=canonical]")[0]["href"]).path == WATER


def test_what_cannot_be_asked_is_told_in_a_sentence(water: Register, client: Client) -> None:
    for query, told in (
        ("gradee=x", "没有列 gradee"),
        ("rate__gte=很高", "不是列 rate 的值"),
        ("rate__almost=3", "不认得比较"),
        ("_sort=nothing", "不能按它排序"),
        ("_next=1,2,3,4", "续页标记"),
        ("phone=0755-1", "没有列 phone"),
        ("as_of=yesterday", "认不出来"),
    ):
        assert told in page(client, f"{WATER}?{query}", 400).text, query


def test_pages_go_on_behind_the_last_row_and_miss_none(
    water: Register, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yangguang.portal.presenters.data.asking.PAGE", 2)
    address, seen = f"{WATER}?_sort=rate", []
    while address:
        found = page(client, address)
        seen += [row[1] for row in rows(found)]
        onward = found.select("nav.pages a[rel~=next]")
        address = WATER + onward[0]["href"] if onward else ""
    assert seen == ["乙水库", "乙水库", "甲水库", "甲水库", "<丙>水库"]


def test_a_version_keeps_its_address_and_says_that_it_is_not_the_newest(
    water: Register, client: Client
) -> None:
    first = page(client, f"{WATER}v/1/")
    assert "这是第 1 版，不是最新的" in first.select(".banner")[0].text
    assert len(rows(first)) == 3
    assert urlsplit(first.select("link[rel=canonical]")[0]["href"]).path == f"{WATER}v/1/"
    assert not page(client, f"{WATER}v/3/").select(".banner")
    assert "它有 3 版" in page(client, f"{WATER}v/4/", 404).text


def test_a_day_shows_the_version_that_stood_then(water: Register, client: Client) -> None:
    found = page(client, f"{WATER}?as_of=2017-09-10")
    assert "第 2 版" in found.select(".strip-facts")[0].text
    assert "2017-09-10 那天的样子" in found.text
    assert "在 2017-08-01 还没有公开" in page(client, f"{WATER}?as_of=2017-08-01", 404).text


def test_a_version_that_is_short_of_its_number_says_so(water: Register, client: Client) -> None:
    versions = page(client, WATER).select(".editions li")
    assert "不全 2/3" in versions[0].text
    assert "齐 3/3" in versions[2].text


def test_the_dictionary_tells_what_each_column_is(water: Register, client: Client) -> None:
    told = [
        [cell.text for cell in row.select("th, td")]
        for row in page(client, WATER).select(".dictionary tbody tr")
    ]
    assert told[3] == ["达标率", "rate", "数值", "%", "达标的比例", "不小于 0"]
    assert told[2][5] == "只能是：Ⅰ类、Ⅱ类、Ⅲ类"
    assert "主键" in told[0][0]


def test_every_call_on_the_page_answers(water: Register, client: Client) -> None:
    calls = [code.text for code in page(client, WATER).select(".calls code")]
    assert len(calls) >= 6
    for call in calls:
        parts = shlex.split(call)
        assert parts[0] == "curl"
        address = urlsplit(parts[-1])
        response = client.get(f"{address.path}?{address.query}")
        content = response.getvalue()
        assert response.status_code == 200, (call, content)
        if response["Content-Type"].startswith("application/json") and b'"success"' in content:
            assert json.loads(content)["success"] is True, call


def test_the_citation_names_version_day_and_hash(water: Register, client: Client) -> None:
    told = page(client, WATER).select(".citation")[0].text
    newest = water.versions.order_by("number").last()
    assert newest is not None
    assert "第 3 版[DS/OL]. (2017-09-20)[2017-11-30]" in told
    assert newest.sha256 in told


def test_rows_that_were_taken_off_are_told_with_reason_and_ground(water: Register, client: Client) -> None:
    line = journal.append(act=Line.Act.TAKE_OFF, body={"register": water.slug}, at=at("2017-10-01"), by=None)
    Takedown.objects.create(
        register=water,
        line=line,
        key={"month": "2017-07", "source": "秘密"},
        reason="决定被撤销",
        ground="行政处罚法第四十八条",
        taken_off_at=at("2017-10-01"),
    )
    told = page(client, f"{WATER}v/1/").select(".banner")[-1].text
    assert "有 1 行已依法撤下" in told
    assert "决定被撤销" in told
    assert "第四十八条" in told
    assert "秘密" not in told


def test_the_chart_has_its_numbers_in_a_table(water: Register, client: Client) -> None:
    figure = page(client, WATER).select("figure.chart")[0]
    assert figure.img["alt"]
    heads = [cell.text for cell in figure.select("thead th")]
    assert heads[0] == "月份"
    lines = {row.th.text: [cell.text for cell in row.select("td")] for row in figure.select("tbody tr")}
    assert lines["2017-08"][heads.index("甲水库") - 1] == "98.25"


def test_the_chart_is_drawn_on_the_server(water: Register, client: Client) -> None:
    response = client.get(f"{WATER}v/3/chart.svg")
    drawing = response.getvalue().decode()
    assert response["Content-Type"] == "image/svg+xml"
    assert "prefers-color-scheme" in drawing
    assert "甲水库" in drawing
    assert not re.search(r"<script|https?://(?!www\.w3\.org)", drawing)


def test_only_the_embedded_page_may_stand_in_a_frame(water: Register, client: Client) -> None:
    inside, outside = client.get(f"{WATER}embed/"), client.get(WATER)
    assert "frame-ancestors *" in inside["Content-Security-Policy"]
    assert "X-Frame-Options" not in inside
    assert "frame-ancestors 'none'" in outside["Content-Security-Policy"]
    assert outside["X-Frame-Options"] == "DENY"
    assert "水源水质" in inside.content.decode()


def test_a_dataset_that_there_is_not_leads_to_the_catalogue(db: None, client: Client) -> None:
    assert "数据目录" in page(client, "/data/nothing/", 404).text


def test_the_charts_colours_are_those_of_the_style_sheet() -> None:
    sheet = (Path(portal.__file__).parent / "static" / "portal" / "tokens.css").read_text()
    light, dark = sheet.split("@media", 1)
    for name, colour in (
        ("ink", chart.INK),
        ("gold", chart.GOLD),
        ("text-soft", chart.SOFT),
        ("rule", chart.RULE),
    ):
        assert f"--{name}: {colour};" in light
    for name, colour in (
        ("text", chart.INK),
        ("accent", chart.GOLD),
        ("text-soft", chart.SOFT),
        ("rule", chart.RULE),
    ):
        assert f"--{name}: {chart.DARK[colour]};" in dark


def test_a_version_is_the_evidence_of_its_duty(water: Register, client: Client) -> None:
    duty = make_obligation(
        "1.1", "水源水质", cadence="monthly", form="series", words=[["水源水质"]], rule={"measure": "3座"}
    )
    task = make_task("1.1", "按月公开水源水质。", "市人居环境委", cadence="monthly", form="series")
    make_plan(areas=(DraftArea(1, "推进公开", (task,)),), obligations=(duty,), now=at("2017-09-21"))
    found = page(client, "/obligations/example-2017-1.1/?period=2017-08")
    evidence = found.select(".evidence li")
    assert [link["href"] for link in found.select(".evidence a.title")] == [f"{WATER}v/2/", f"{WATER}v/3/"]
    assert "第 2 版 · 5 行 · 不全 2/3 座" in " ".join(evidence[0].text.split())
    assert "不全 2/3" in found.select(".outcome")[0].text


def test_the_quality_is_told_with_what_it_is_made_of(water: Register, client: Client) -> None:
    assert "还在清点" in page(client, WATER).select(".quality")[0].text
    counts.count_missing()
    found = page(client, WATER)
    told = [[cell.text for cell in row.select("th, td")] for row in found.select(".quality tbody tr")]
    # Five rows of four public columns, one cell empty; one column of four explained;
    # September was due on 31 October, 22 working days ago, and has 22 itself.
    assert [row[2:4] for row in told] == [
        ["19 ÷ 20", "95%"],
        ["19 ÷ 19", "100%"],
        ["5 ÷ 5", "100%"],
        ["22 ÷ 44", "50%"],
        ["1 ÷ 4", "25%"],
    ]
    assert "74.0 分" in found.select(".quality h2")[0].text
    assert "74.0 分" in found.select(".strip-facts")[0].text
    assert "数据到 2017-08-31" in found.select(".quality")[0].text
    assert "3 ÷ 3" in page(client, f"{WATER}v/1/").select(".quality")[0].text
