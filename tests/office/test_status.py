"""Marking a document and working off a cleaning-up's list at the desk."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tests.factories import make_unit, publish
from tests.office.conftest import desk_of
from yangguang.directory.models import Person
from yangguang.publishing.models import Cleanup, Document, StatusAct
from yangguang.publishing.queries.status import document_status

TODAY = dt.date(2017, 11, 30)
FACTS = {
    "title": "关于绿化的办法",
    "form": "document",
    "openness": "active",
    "body": "第一段。",
    "keywords": "绿化",
}


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def errors(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = response.context["form"].errors
    return found


def save(client: Client, **changes: Any) -> Any:
    return client.post("/office/files/add/", {**FACTS, **changes}, follow=True)


@pytest.fixture
def document(insider: Person) -> Document:
    return publish("关于绿化的办法", unit=insider.unit, on="2017-03-01", form="document")


def test_a_unit_abolishes_its_document_and_the_public_reads_why(insider: Person, document: Document) -> None:
    response = desk_of(insider).post(
        f"/office/files/status/{document.pk}/",
        {"act": "abolish", "effective_on": "2017-11-30", "reason": "已有新规定", "source_title": "清理通知"},
        follow=True,
    )
    act = StatusAct.objects.get()
    assert f"日志第 {act.line_id} 行" in told(response)
    assert document_status(document, TODAY).word == "废止"
    assert "已有新规定" in Client().get(document.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"reason": ""}, "reason", "理由必填"),
        ({"act": "replace"}, "__all__", "被什么文件替代"),
        ({"successor": "没有-2017-00001"}, "successor", "本站没有发布过索引号为"),
        ({"act": "restore"}, "__all__", "现在有效，不用恢复"),
    ],
)
def test_what_cannot_be_is_told_on_the_form(
    insider: Person, document: Document, facts: dict[str, str], field: str, sentence: str
) -> None:
    given = {"act": "abolish", "effective_on": "2017-11-30", "reason": "已有新规定", **facts}
    response = desk_of(insider).post(f"/office/files/status/{document.pk}/", given)
    assert sentence in str(errors(response)[field])
    assert not StatusAct.objects.exists()


def test_another_unit_does_not_reach_the_document(colleague: Person, document: Document) -> None:
    assert desk_of(colleague).get(f"/office/files/status/{document.pk}/").status_code == 404


def test_a_list_is_pasted_confirmed_and_carried_out(insider: Person, document: Document) -> None:
    other = publish("关于绿化工作的意见", unit=insider.unit, on="2017-03-02", form="document")
    desk = desk_of(insider)
    response = desk.post(
        "/office/cleanups/",
        {
            "unit": insider.unit_id,
            "title": "清理通知",
            "decided_on": "2017-11-29",
            "default": "abolish",
            "text": "1.《关于绿化的办法》\n2.《关于绿化工作的若干意见》\n3.《没有的文件》",
        },
        follow=True,
    )
    cleanup = Cleanup.objects.get()
    address = f"/office/cleanups/{cleanup.pk}/"
    assert "读到 3 份文件" in told(response)
    page = response.content.decode()
    assert ("确认 1 行确定的匹配" in page, "没有找到" in page) == (True, True)
    desk.post(address, {"exact": "1"})
    row = cleanup.rows.get(position=2)
    desk.post(address, {f"row-{row.pk}": other.pk})
    assert "标注已确认的 2 份" in desk.get(address).content.decode()
    response = desk.post(f"{address}carry-out/", follow=True)
    assert "标注或提请了 2 份文件，没有办成 0 份" in told(response)
    assert [document_status(one, TODAY).word for one in (document, other)] == ["废止", "废止"]


def test_a_document_that_was_not_offered_cannot_be_slipped_in(insider: Person, document: Document) -> None:
    desk = desk_of(insider)
    foreign = publish("别的单位的文件", unit=make_unit("市统计局"), on="2017-03-02")
    text = {"unit": insider.unit_id, "title": "清理", "decided_on": "2017-11-29", "default": "abolish"}
    desk.post("/office/cleanups/", {**text, "text": "《关于绿化的办法》"})
    row = Cleanup.objects.get().rows.get()
    desk.post(f"/office/cleanups/{row.cleanup_id}/", {f"row-{row.pk}": foreign.pk})
    row.refresh_from_db()
    assert row.document is None


def test_long_lists_go_on_by_themselves_with_a_bar(
    insider: Person, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yangguang.office.views.cleanups.STEP", 1)
    publish("关于水的办法", unit=insider.unit, on="2017-03-02", form="document")
    desk = desk_of(insider)
    text = {"unit": insider.unit_id, "title": "清理", "decided_on": "2017-11-29", "default": "abolish"}
    desk.post("/office/cleanups/", {**text, "text": "《关于绿化的办法》\n《关于水的办法》"})
    address = f"/office/cleanups/{Cleanup.objects.get().pk}/"
    desk.post(address, {"exact": "1"})
    half = desk.post(f"{address}carry-out/").content.decode()
    assert '<progress max="2" value="1">' in half
    assert "标注或提请了 2 份" in told(desk.post(f"{address}carry-out/", {"done": "1"}, follow=True))


def test_lists_of_other_units_are_not_reached(insider: Person, colleague: Person, document: Document) -> None:
    text = {"unit": insider.unit_id, "title": "清理", "decided_on": "2017-11-29", "default": "abolish"}
    desk_of(insider).post("/office/cleanups/", {**text, "text": "《关于绿化的办法》"})
    pk = Cleanup.objects.get().pk
    for address in (f"/office/cleanups/{pk}/", f"/office/cleanups/{pk}/carry-out/"):
        assert desk_of(colleague).post(address).status_code == 404
    assert desk_of(colleague).post("/office/cleanups/", {**text, "text": "《甲》"}).status_code == 200
    assert Cleanup.objects.count() == 1


def test_a_term_in_the_text_is_proposed_once_and_confirmed(insider: Person) -> None:
    desk = desk_of(insider)
    text = {"body": "本办法自2017年7月1日起施行，有效期三年。", "effective_on": "2017-07-01"}
    response = save(desk, **text)
    assert "推算有效期至 2020-06-30" in str(errors(response)["expires_on"])
    assert 'value="2020-06-30"' in response.content.decode()
    assert not Document.objects.exists()
    save(desk, **text, expires_on="2020-06-30")
    assert Document.objects.get().expires_on == dt.date(2020, 6, 30)
    save(desk, **{**text, "title": "另一份"}, no_term="on")
    assert Document.objects.get(title="另一份").expires_on is None


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"openness": "none"}, "openness_ground", "依据必选"),
        ({"made_on": "2017-12-01"}, "made_on", "还没有到"),
        ({"made_on": "2017-06-01", "released_on": "2017-05-01"}, "released_on", "文件先签发，后发布"),
        ({"effective_on": "2017-06-01", "expires_on": "2017-05-01"}, "expires_on", "施行以前届满"),
    ],
)
def test_impossible_facts_are_told_at_their_field(
    insider: Person, facts: dict[str, str], field: str, sentence: str
) -> None:
    assert sentence in str(errors(save(desk_of(insider), **facts))[field])


def test_what_is_not_for_the_public_is_kept_as_a_draft_with_its_ground(insider: Person) -> None:
    desk = desk_of(insider)
    closed = {"openness": "on_request", "openness_ground": "27"}
    response = save(desk, **closed, **{"action-publish": "action-publish"})
    assert "只有主动公开的文件可以发布" in str(errors(response)["openness"])
    save(desk, **closed)
    assert Document.objects.get().openness_ground == "27"


def test_attachments_are_added_kept_and_removed(insider: Person) -> None:
    desk = desk_of(insider)
    files = [SimpleUploadedFile("表一.txt", b"1"), SimpleUploadedFile("表二.csv", b"2")]
    save(desk, upload=files)
    document = Document.objects.get()
    newest = document.get_latest_revision_as_object()
    assert [(one.name, one.size) for one in newest.files] == [("表一.txt", 1), ("表二.csv", 1)]
    desk.post(f"/office/files/edit/{document.pk}/", {**FACTS, "kept": ["表二.csv"]})
    document.refresh_from_db()
    assert [one.name for one in document.get_latest_revision_as_object().files] == ["表二.csv"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("页面.html", b"<script>", "类型不接受"),
        ("报告.pdf", b"MZ\x90\x00", "内容不是 .pdf"),
        ("旧稿.docx", b"\xd0\xcf\x11\xe0", "内容不是 .docx"),
    ],
)
def test_files_that_could_hurt_readers_are_refused(
    insider: Person, name: str, content: bytes, sentence: str
) -> None:
    response = save(desk_of(insider), upload=SimpleUploadedFile(name, content))
    assert sentence in str(errors(response)["upload"])
    assert not Document.objects.exists()


@override_settings(LARGEST_ATTACHMENT=10)
def test_a_file_that_is_too_large_is_told_and_a_huge_request_is_not_even_read(insider: Person) -> None:
    desk = desk_of(insider)
    response = desk.post("/office/files/add/", {"title": "x" * 100})
    assert response.status_code == 413
    assert "没有接收，原来的内容没有变" in response.content.decode()


def test_the_first_screen_tells_what_is_to_be_marked_and_which_terms_end(
    insider: Person, document: Document
) -> None:
    publish("有期限的办法", unit=insider.unit, on="2017-03-02", expires_on=dt.date(2017, 12, 15))
    desk = desk_of(insider)
    text = {"unit": insider.unit_id, "title": "清理", "decided_on": "2017-11-01", "default": "abolish"}
    desk.post("/office/cleanups/", {**text, "text": "《关于绿化的办法》"})
    desk.post(f"/office/cleanups/{Cleanup.objects.get().pk}/", {"exact": "1"})
    page = desk.get("/office/").content.decode()
    assert "标注，期限 2017-11-15，已迟 11 个工作日" in page
    assert "有效期至 2017-12-15" in page
