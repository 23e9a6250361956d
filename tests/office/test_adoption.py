"""Adopting a plan in the desk: upload, check row by row, adopt; amend."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.office.conftest import desk_of
from yangguang.directory.models import Person
from yangguang.ledger import queries as ledger
from yangguang.office.models import PlanUpload, UploadRow
from yangguang.plan.models import Plan, PlanVersion

SOURCE = """示例函〔2018〕7号
示例市2018年政务公开工作要点分工方案
示例市人民政府办公厅
2018年3月5日
\t工作任务
\t具体要求
\t牵头落实单位

\t一、加强财政信息公开
\t1.按月公开全市一般公共预算收支情况。
\t市财政局

\t
\t2.及时公开减税降费政策文件。
\t

\t二、加强统计信息公开
\t1.按季度公布主要统计数据。
\t市统计局
"""


def upload(client: Client, text: str = SOURCE, name: str = "plan.txt", **facts: Any) -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/office/plans/", {"file": file, **facts}, follow=True)


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def act(client: Client, row: UploadRow, **data: Any) -> Any:
    return client.post(f"/office/plans/{row.upload_id}/rows/{row.pk}/", data, follow=True)


def form_data(client: Client, row: UploadRow, **changes: Any) -> dict[str, Any]:
    """What a browser would send back from the row's form, with changes."""
    context = client.get(f"/office/plans/{row.upload_id}/rows/{row.pk}/").context
    data: dict[str, Any] = {"act": "save"}
    for form in (context["form"], context["formset"].management_form, *context["formset"]):
        for field in form:
            value = field.value()
            data[field.html_name] = value if value not in (None, False) else ""
    return {**data, **changes}


def adopt_all(client: Client, uploaded: PlanUpload) -> Any:
    for row in uploaded.rows.all():
        act(client, row, act="accept")
    return client.post(f"/office/plans/{uploaded.pk}/adopt/", follow=True)


@pytest.fixture
def desk(general_office: Person) -> Client:
    return desk_of(general_office)


@pytest.fixture
def uploaded(desk: Client) -> PlanUpload:
    upload(desk)
    return PlanUpload.objects.get()


def test_an_uploaded_plan_becomes_rows_beside_their_source(desk: Client, uploaded: PlanUpload) -> None:
    rows = [(row.code, row.area_name, row.now["leads"], row.now["cadence"]) for row in uploaded.rows.all()]
    assert rows == [
        ("1.1", "加强财政信息公开", ["市财政局"], "monthly"),
        ("1.2", "加强财政信息公开", ["市财政局"], "timely"),
        ("2.1", "加强统计信息公开", ["市统计局"], "quarterly"),
    ]
    page = desk.get(f"/office/plans/{uploaded.pk}/").content.decode()
    assert all(row.printed["text"] in page for row in uploaded.rows.all())
    assert "已核 <b>0</b> / 3 行" in page
    assert (uploaded.number, uploaded.year) == ("示例函〔2018〕7号", 2018)


def test_a_notice_stands_at_its_row_and_that_row_is_not_accepted_in_bulk(
    desk: Client, uploaded: PlanUpload
) -> None:
    inherited = uploaded.rows.get(code="1.2")
    assert any("沿用" in text for text in inherited.notices)
    desk.post(f"/office/plans/{uploaded.pk}/accept/")
    waiting = uploaded.rows.filter(checked_at__isnull=True)
    assert list(waiting.values_list("code", flat=True)) == ["1.2"]


def test_every_line_of_the_source_can_be_read_with_what_it_was_taken_for(
    desk: Client, uploaded: PlanUpload
) -> None:
    page = desk.get(f"/office/plans/{uploaded.pk}/source/").content.decode()
    lines = [line.strip() for line in SOURCE.splitlines() if line.strip()]
    assert len(uploaded.lines) == len(lines)
    assert all(line in page for line in lines)


def test_a_row_is_accepted_taken_back_and_nothing_is_lost_on_reload(
    desk: Client, uploaded: PlanUpload, general_office: Person
) -> None:
    row = uploaded.rows.get(code="1.1")
    page = act(desk, row, act="accept").content.decode()
    assert "已核 <b>1</b> / 3 行" in page
    row.refresh_from_db()
    assert row.checked_by == general_office
    act(desk, row, act="reopen")
    row.refresh_from_db()
    assert row.checked_at is None


def test_with_htmx_only_the_row_and_the_progress_come_back(desk: Client, uploaded: PlanUpload) -> None:
    row = uploaded.rows.get(code="1.1")
    address = f"/office/plans/{uploaded.pk}/rows/{row.pk}/"
    page = desk.post(address, {"act": "accept"}, headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith("<article")
    assert 'hx-swap-oob="true"' in page
    assert "已核 <b>1</b> / 3 行" in page
    form = desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<form" in form
    assert "<html" not in form


def test_a_correction_is_kept_and_counts_as_checked(desk: Client, uploaded: PlanUpload) -> None:
    row = uploaded.rows.get(code="1.1")
    data = form_data(
        desk, row, leads="市财政局，市统计局", **{"o-0-term": "15个工作日", "o-0-words": "预算，收支"}
    )
    act(desk, row, **data)
    row.refresh_from_db()
    duty = row.now["obligations"][0]
    assert (row.now["leads"], row.corrected) == (["市财政局", "市统计局"], True)
    assert (duty["rule"]["due"], duty["rule"]["basis"]) == ({"workdays": 15}, "stated")
    assert duty["rule"]["words"] == [["预算", "收支"]]
    assert row.checked_at is not None
    assert row.read["leads"] == ["市财政局"]


def test_saving_the_form_as_it_comes_changes_nothing(desk: Client, uploaded: PlanUpload) -> None:
    for row in uploaded.rows.all():
        act(desk, row, **form_data(desk, row))
        row.refresh_from_db()
        assert row.now == row.read
        assert row.checked_at is not None


def test_a_row_is_split_into_two_obligations_and_joined_again(desk: Client, uploaded: PlanUpload) -> None:
    row = uploaded.rows.get(code="1.1")
    second = {
        "o-1-title": "预算说明",
        "o-1-phrase": "一般公共预算",
        "o-1-cadence": "none",
        "o-1-form": "document",
        "o-1-words": "预算说明",
    }
    act(desk, row, **form_data(desk, row, **second))
    row.refresh_from_db()
    assert [duty["title"] for duty in row.now["obligations"]][1:] == ["预算说明"]
    act(desk, row, **form_data(desk, row, **{"o-1-DELETE": "on"}))
    row.refresh_from_db()
    assert len(row.now["obligations"]) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"o-0-phrase": "按年公开"}, "不在任务原文中"),
        ({"o-0-term": "三月"}, "期限“三月”不能识别"),
        ({"o-0-term": "2018-02-30"}, "不能识别"),
        ({"o-0-words": ""}, "没有判定词"),
        ({"o-0-DELETE": "on"}, "至少要有一个公开事项"),
        ({"leads": ""}, "必需"),
    ],
)
def test_a_wrong_correction_is_said_and_not_kept(
    desk: Client, uploaded: PlanUpload, changes: dict[str, str], message: str
) -> None:
    row = uploaded.rows.get(code="1.1")
    response = act(desk, row, **form_data(desk, row, **changes))
    assert response.status_code == 422
    assert message in response.content.decode()
    row.refresh_from_db()
    assert (row.now, row.checked_at) == (row.read, None)


def test_a_plan_is_not_adopted_while_rows_wait(desk: Client, uploaded: PlanUpload) -> None:
    response = desk.post(f"/office/plans/{uploaded.pk}/adopt/", follow=True)
    assert "还有 3 行没有核对（1.1、1.2、2.1）" in told(response)
    assert not Plan.objects.exists()


def test_a_checked_plan_is_adopted_and_its_duties_begin(
    desk: Client, uploaded: PlanUpload, general_office: Person
) -> None:
    summary = desk.get(f"/office/plans/{uploaded.pk}/adopt/").content.decode()
    assert "2 个领域，3 个任务，3 个公开事项" in summary
    response = adopt_all(desk, uploaded)
    version = PlanVersion.objects.get()
    assert f"第 1 版，日志第 {version.line_id} 行" in told(response)
    assert version.source_sha256 == uploaded.sha256
    assert [one.code for one in version.obligations.all()] == ["1.1", "1.2", "2.1"]
    owed = ledger.standings(as_of=version.adopted_on, version=version)
    assert {one.unit.name for one in owed} == {"市财政局", "市统计局"}
    uploaded.refresh_from_db()
    assert uploaded.adopted == version


def test_what_was_adopted_is_not_changed_any_more(desk: Client, uploaded: PlanUpload) -> None:
    adopt_all(desk, uploaded)
    row = uploaded.rows.get(code="1.1")
    assert "已经通过，不能再改" in told(act(desk, row, act="reopen"))
    assert "已经通过，不能再改" in told(desk.post(f"/office/plans/{uploaded.pk}/adopt/", follow=True))
    assert "已经通过，不能再改" in told(desk.post(f"/office/plans/{uploaded.pk}/discard/", follow=True))
    assert PlanVersion.objects.count() == 1


def test_the_same_document_number_is_an_amendment_or_nothing(desk: Client, uploaded: PlanUpload) -> None:
    adopt_all(desk, uploaded)
    upload(desk, SOURCE + "\n")
    again = PlanUpload.objects.exclude(pk=uploaded.pk).get()
    assert "请在上传时选它作为“修订”" in told(adopt_all(desk, again))


def test_an_amendment_keeps_reviewed_duties_and_shows_what_changed(
    desk: Client, uploaded: PlanUpload
) -> None:
    row = uploaded.rows.get(code="1.1")
    act(desk, row, **form_data(desk, row, **{"o-0-words": "预算，收支；财政收支"}))
    adopt_all(desk, uploaded)
    changed = SOURCE.replace("按季度公布主要统计数据", "按月公布主要统计数据").replace(
        "一、加强", "一、进一步加强"
    )
    upload(desk, changed, amends=Plan.objects.get().pk)
    amendment = PlanUpload.objects.get(amends__isnull=False)
    kept = amendment.rows.get(code="1.1")
    assert kept.carried
    assert kept.now["obligations"][0]["rule"]["words"] == [["预算", "收支"], ["财政收支"]]
    assert not amendment.rows.get(code="2.1").carried
    difference = desk.get(f"/office/plans/{amendment.pk}/adopt/").context["difference"]
    assert (difference.same, [code for code, _ in difference.changed]) == (2, ["2.1"])
    assert "第 2 版" in told(adopt_all(desk, amendment))
    assert Plan.objects.get().versions.count() == 2


def test_the_head_of_the_plan_is_corrected(desk: Client, uploaded: PlanUpload) -> None:
    head = {
        "title": "改正的标题",
        "number": "",
        "issuer": "示例市人民政府办公厅",
        "issued_on": "2018-03-06",
        "year": "2018",
        "slug": "shili-2018",
        "note": "",
    }
    desk.post(f"/office/plans/{uploaded.pk}/", head)
    uploaded.refresh_from_db()
    assert (uploaded.title, uploaded.slug) == ("改正的标题", "shili-2018")
    refused = desk.post(f"/office/plans/{uploaded.pk}/", {**head, "issued_on": ""})
    assert refused.context["form"].errors.keys() == {"issued_on"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("plan.doc", "x", "另存为 .docx"),
        ("plan.zip", "x", "不认识的文件类型"),
        ("plan.docx", "not a zip", "plan.docx"),
        ("letter.txt", "各单位：\n    请按时报送材料。\n", "letter.txt"),
        ("empty.txt", "", "文件是空的"),
    ],
)
def test_a_file_without_a_plan_is_refused_in_a_sentence(
    desk: Client, name: str, content: str, message: str
) -> None:
    response = upload(desk, content, name)
    assert response.status_code == 200
    assert message in " ".join(response.context["form"].errors["file"])
    assert not PlanUpload.objects.exists()


def test_a_file_that_is_too_large_is_refused(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yangguang.office.forms.plan.LARGEST_MB", 0)
    assert "请只保留方案本身" in " ".join(upload(desk).context["form"].errors["file"])


def test_an_upload_is_thrown_away(desk: Client, uploaded: PlanUpload) -> None:
    desk.post(f"/office/plans/{uploaded.pk}/discard/")
    assert not PlanUpload.objects.exists()


def test_only_the_general_office_reaches_any_of_it(uploaded: PlanUpload, insider: Person) -> None:
    row = uploaded.rows.get(code="1.1")
    base = f"/office/plans/{uploaded.pk}/"
    client = desk_of(insider)
    for address in ("/office/plans/", base, f"{base}rows/{row.pk}/", f"{base}source/", f"{base}adopt/"):
        assert client.get(address).status_code == 302, address
        assert client.post(address, {"act": "accept"}).status_code == 302, address
    for address in (f"{base}accept/", f"{base}discard/"):
        assert client.post(address).status_code == 302, address
    row.refresh_from_db()
    assert row.checked_at is None
    assert not Plan.objects.exists()


def test_a_row_of_another_upload_is_not_found(desk: Client, uploaded: PlanUpload) -> None:
    row = uploaded.rows.get(code="1.1")
    assert desk.get(f"/office/plans/{uploaded.pk + 1}/rows/{row.pk}/").status_code == 404
