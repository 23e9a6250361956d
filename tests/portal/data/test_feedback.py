"""Feedback in public: from a row to its receipt, and what anybody reads once it is answered."""

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import at, make_person
from tests.portal.data.conftest import WATER, page
from yangguang.directory.models import Person, Unit
from yangguang.journal.models import Line
from yangguang.registers.actions import feedback as actions
from yangguang.registers.actions import takedowns
from yangguang.registers.models import Feedback, Register

WRITTEN = "应为 98.5，我是张三"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def from_a_row(client: Client) -> Feedback:
    """Report an error as a reader does: the link of a row, the form, what it leads to."""
    link = page(client, WATER).select("#rows tbody tr")[1].select("td.act a")[0]["href"]
    form = page(client, link).select("form.sheet-form")[0]
    hidden = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    answer = client.post(form["action"], {**hidden, "column": "rate", "text": WRITTEN})
    assert answer.status_code == 302, answer.content.decode()
    one = Feedback.objects.latest("pk")
    assert urlsplit(answer["Location"]).path == f"/data/feedback/receipt/{one.reference}/"
    return one


def answered(one: Feedback, **changes: str) -> Feedback:
    said = {"outcome": "declined", "summary": "甲水库达标率存疑", "text": "核实无误。", **changes}
    known = Person.objects.filter(username="keeper").first()
    keeper = known or make_person("keeper", Unit.objects.get(slug="renju"))
    return actions.answer(by=keeper, now=at("2017-12-01"), feedback=one, **said)


def test_a_row_of_the_table_leads_to_a_receipt(water: Register, client: Client) -> None:
    one = from_a_row(client)
    assert one.row == {"month": "2017-08", "source": "甲水库"}
    assert (one.register, one.version, one.unit) == (water, 3, water.unit)
    receipt = page(client, f"/data/feedback/receipt/{one.reference}/")
    assert WRITTEN in receipt.text
    assert "月份 2017-08，水源名称 甲水库" in receipt.text
    assert "2017-12-11" in receipt.text  # seven working days
    assert page(client, receipt.select(".facts a[href*='source=']")[0]["href"]).select("#rows tbody tr")
    found = client.get("/data/feedback/", {"no": one.reference.lower()})
    assert found["Location"] == f"/data/feedback/receipt/{one.reference}/"
    assert client.get("/data/feedback/", {"no": "SJ1"}).status_code == 200


def test_before_the_answer_nobody_reads_it_and_after_it_only_the_summary(
    water: Register, client: Client
) -> None:
    one = from_a_row(client)
    page(client, f"/data/feedback/{one.pk}/", 404)
    board = page(client, "/data/feedback/")
    assert "待答复 1 件" in board.text
    answered(one)
    for address in ("/data/feedback/", f"/data/feedback/{one.pk}/", "/data/feedback.json"):
        told = client.get(address).content.decode()
        assert "甲水库达标率存疑" in told
        assert "张三" not in told
        assert one.reference not in told
    shown = page(client, f"/data/feedback/{one.pk}/")
    assert "核实无误" in shown.select(".facts")[0].text
    assert [f"#line-{line.seq}" in str(shown) for line in Line.objects.order_by("-seq")[:2]] == [True, True]
    assert client.get("/data/feedback.json").json()["answered"][0]["workdays_late"] == 0


def test_a_row_that_the_law_took_off_is_named_no_more(water: Register, client: Client) -> None:
    one = answered(from_a_row(client))
    assert "甲水库" in page(client, f"/data/feedback/{one.pk}/").select(".facts")[0].text
    takedowns.take_off(
        by=None, now=at("2017-12-02"), register=water, key=one.row, reason="决定撤销", ground="第四十八条"
    )
    assert "甲水库" not in page(client, f"/data/feedback/{one.pk}/").select(".facts")[0].text


def test_a_wish_needs_no_unit(water: Register, client: Client) -> None:
    given = {"title": "公共充电桩", "text": "做地图", "unit": ""}
    assert client.post("/data/feedback/request/", given).status_code == 302
    client.post("/data/feedback/request/", {**given, "unit": "renju"})
    assert {one.unit for one in Feedback.objects.all()} == {None, water.unit}
    assert "待转办" in page(client, "/data/feedback/").text


def test_what_was_made_of_the_data_stands_on_its_page_once_it_is_shown(
    water: Register, client: Client
) -> None:
    given = {"dataset": water.slug, "title": "水质地图", "text": "一张地图", "url": "https://example.org/map"}
    for _ in range(2):
        client.post("/data/feedback/reuse/", given)
    shown, hidden = Feedback.objects.order_by("pk")
    assert "水质地图" not in page(client, WATER).text
    answered(shown, outcome="accepted", summary="<b>一张</b>地图")
    answered(hidden, summary="广告")
    gallery = page(client, WATER).select(".gallery")[0]
    assert [link["rel"] for link in gallery.select("h3 a")] == [["nofollow", "ugc"]]
    assert "<b>一张</b>地图" in gallery.text
    page(client, f"/data/feedback/{hidden.pk}/", 404)
    assert "广告" not in page(client, "/data/feedback/").text


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        ("request", {"title": ""}, "要什么数据"),
        ("request", {"text": ""}, "说明"),
        ("request", {"unit": "nobody"}, "哪个单位的"),
        ("reuse", {"url": "javascript:alert(1)"}, "网址"),
        ("error", {"column": "phone"}, "哪一列"),
        ("error", {"email": "x"}, "邮箱"),
    ],
)
def test_what_is_missing_is_told_and_what_was_written_stays(
    water: Register, client: Client, kind: str, change: dict[str, str], told: str
) -> None:
    given = {"dataset": water.slug, "v": "1", "row": "1", "title": "甲", "text": WRITTEN, **change}
    answer = client.post(f"/data/feedback/{kind}/", given)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert change.get("text", WRITTEN) in answer.content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "dataset=gone", "dataset=water-sources&v=9", "dataset=water-sources&row=99"]
)
def test_what_the_address_names_must_be_there(water: Register, client: Client, query: str) -> None:
    assert client.get(f"/data/feedback/error/?{query}").status_code == 404


def test_a_table_without_a_key_names_the_row_by_its_number(water: Register, client: Client) -> None:
    version = water.versions.get(number=3)
    version.descriptor["schema"]["primaryKey"] = []
    version.save()
    one = from_a_row(client)
    assert set(one.row) == {"_id"}
    assert f"第 3 版第 {one.row['_id']} 行" in page(client, f"/data/feedback/receipt/{one.reference}/").text


def test_one_visitor_files_five_an_hour(water: Register, client: Client) -> None:
    given = {"title": "甲", "text": "乙"}
    assert [client.post("/data/feedback/request/", given).status_code for _ in range(6)] == [302] * 5 + [429]


def test_the_link_of_the_mail_asks_before_it_does_anything(water: Register, client: Client) -> None:
    client.post("/data/feedback/request/", {"title": "甲", "text": "乙", "email": "reader@example.org"})
    one = Feedback.objects.get()
    address = f"/data/feedback/mail/{one.secret}/"
    assert page(client, address).select("form button")
    assert Feedback.objects.get().email_confirmed_at is None
    client.post(address)
    assert Feedback.objects.get().email_confirmed_at is not None
    assert not page(client, address).select("main form")
