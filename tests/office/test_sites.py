"""Sites, columns, reports of errors and the outbox in the desk."""

import pytest

from tests.factories import at, make_person, publish, withdraw
from tests.office.conftest import desk_of
from tests.sites.conftest import Sites, make_column, make_site, stand
from yangguang.directory.models import Person
from yangguang.sites.actions import corrections, outbox
from yangguang.sites.models import Column, Correction, Post, Site

__all__ = ["stand"]


def told(response: object) -> str:
    return " ".join(str(message) for message in response.context["messages"])  # type: ignore[attr-defined]


def site_facts(**changes: object) -> dict[str, object]:
    given = {"slug": "new", "name": "新站", "position": "0", "letters": "serif"}
    return {**given, "ink": "#14213d", "accent": "#e0a100", "ground": "#f6f5f1", **changes}


def column_facts(site: Site, **changes: object) -> dict[str, object]:
    given = {"site": site.pk, "slug": "new", "name": "新栏目", "description": "这里公开新内容。"}
    return {**given, "kind": "工作动态", "position": "0", "show": "standing", "sort": "newest", **changes}


@pytest.fixture
def site_editor(stand: Sites) -> Person:
    """Somebody of another unit who edits the finance site."""
    person = make_person("site-editor", stand.district.unit)
    stand.finance.editors.add(person)
    return person


def test_the_general_office_sets_up_a_site(general_office: Person, stand: Sites) -> None:
    response = desk_of(general_office).post(
        "/office/sites/new/", site_facts(unit=stand.district.unit_id), follow=True
    )
    assert "已新建站点：新站，地址 /sites/new/" in told(response)
    assert Site.objects.get(slug="new").unit == stand.district.unit


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ink": "#ffee00"}, "文字会看不清"),
        ({"ink": "red;}body{display:none"}, "颜色"),
        ({"host": "unknown.example.org"}, "YANGGUANG_ALLOWED_HOSTS"),
        ({"host": "https://x"}, "主机名只写"),
        ({"site_code": "44"}, "十位数字"),
        ({"unit": ""}, "须属于一个单位"),
        ({"party_mark": "javascript:alert(1)"}, "URL"),
    ],
)
def test_facts_that_cannot_stand_are_refused_with_a_sentence(
    general_office: Person, stand: Sites, changes: dict[str, str], sentence: str
) -> None:
    given = site_facts(**{"unit": stand.district.unit_id, **changes})
    response = desk_of(general_office).post("/office/sites/new/", given)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Site.objects.filter(slug="new").exists()


def test_a_host_that_the_environment_allows_is_taken(
    general_office: Person, stand: Sites, settings: object
) -> None:
    settings.ALLOWED_HOSTS = [".example.gov.cn"]  # type: ignore[attr-defined]
    given = site_facts(unit=stand.district.unit_id, host="new.example.gov.cn")
    client = desk_of(general_office)
    client.post("/office/sites/new/", given, headers={"host": "www.example.gov.cn"})
    assert Site.objects.get(slug="new").host == "new.example.gov.cn"


def test_an_editor_lays_out_columns_on_their_site_only(site_editor: Person, stand: Sites) -> None:
    client = desk_of(site_editor)
    response = client.post("/office/columns/new/", column_facts(stand.finance), follow=True)
    assert "已新建栏目" in told(response)
    assert "没有内容" in told(response)
    client.post("/office/columns/new/", column_facts(stand.portal, slug="mine"))
    assert not Column.objects.filter(slug="mine").exists()
    assert client.get(f"/office/columns/edit/{stand.everything.pk}/").status_code == 404
    assert client.post(f"/office/columns/delete/{stand.everything.pk}/").status_code == 404
    listed = client.get("/office/columns/").content.decode()
    assert "预算公开" in listed
    assert "全市公开" not in listed


def test_who_edits_no_site_sees_none_of_it(insider: Person, stand: Sites) -> None:
    client = desk_of(insider)
    for address in ("sites", "columns", "corrections", "posts"):
        assert client.get(f"/office/{address}/").status_code == 302, address
    assert "/office/columns/" not in client.get("/office/").content.decode()


def test_an_empty_column_and_a_late_one_are_reported(general_office: Person, stand: Sites) -> None:
    publish("2017年7月一般公共预算收支情况", on="2017-08-15")
    listed = desk_of(general_office).get("/office/columns/").content.decode()
    assert "已 107 天没有更新，要求不超过 14 天" in listed
    make_column(stand.district, "empty", "空栏目")
    assert "没有内容：请发布" in desk_of(general_office).get("/office/columns/").content.decode()


def test_a_column_with_others_beneath_it_stays(general_office: Person, stand: Sites) -> None:
    make_column(stand.finance, "beneath", "下级", parent=stand.news)
    response = desk_of(general_office).post(f"/office/columns/delete/{stand.news.pk}/", follow=True)
    assert "下面还有栏目" in told(response)
    desk_of(general_office).post(f"/office/columns/delete/{stand.budgets.pk}/")
    assert set(stand.finance.columns.values_list("slug", flat=True)) == {"news", "beneath"}


def test_a_report_is_answered_once(site_editor: Person, stand: Sites) -> None:
    row = corrections.file(
        now=at("2017-11-01"),
        site=stand.finance,
        url="/x",
        kind="misprint",
        text="错字",
        contact="13800000000",
    )
    client = desk_of(site_editor)
    page = client.get(f"/office/corrections/edit/{row.pk}/").content.decode()
    assert "错字" in page
    assert "2017-12-01 前答复" in client.get("/office/corrections/").content.decode()
    client.post(f"/office/corrections/edit/{row.pk}/", {"answer": "已改正"})
    assert Correction.objects.get().answer == "已改正"
    again = client.post(f"/office/corrections/edit/{row.pk}/", {"answer": "再改"})
    assert "答复" in again.content.decode()
    assert Correction.objects.get().answer == "已改正"


def test_words_too_long_are_refused_and_right_ones_wait_to_be_sent(site_editor: Person, stand: Sites) -> None:
    make_column(stand.finance, "posting", "推送", posts_to=["weibo"])
    document = publish("2017年8月一般公共预算收支情况", on="2017-09-15")
    outbox.prepare(now=at("2017-09-15 11:00"))
    post = Post.objects.get()
    client = desk_of(site_editor)
    address = f"/office/posts/edit/{post.pk}/"
    long = client.post(address, {"text": "字" * 141, "decision": "confirm"})
    assert "微博限 140 字" in long.content.decode()
    assert Post.objects.get().state == Post.State.PREPARED
    assert "请留着 http" in client.post(address, {"text": "短话", "decision": "confirm"}).content.decode()
    words = f"短话 {post.link}"
    client.post(address, {"text": words, "decision": "confirm"})
    assert (Post.objects.get().state, Post.objects.get().text) == (Post.State.CONFIRMED, words)
    withdraw(document, on="2017-09-16")
    assert "已经撤回" in client.post(address, {"text": words, "decision": "confirm"}).content.decode()
    client.post(address, {"text": words, "decision": "drop"})
    assert Post.objects.get().state == Post.State.DROPPED


def test_two_portals_cannot_be(general_office: Person, stand: Sites) -> None:
    desk_of(general_office).post("/office/sites/new/", site_facts(is_portal="on"))
    assert Site.objects.filter(is_portal=True).count() == 1
    make_site("third", "第三站", stand.district.unit)
