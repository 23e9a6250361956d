"""Hand in a file: proposed, confirmed, remembered, checked; a faulty one saves nothing and says everything."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import at, make_person, make_unit
from tests.office.conftest import desk_of
from tests.office.registers.conftest import GOOD, checked, confirm, hand_in, told, words
from tests.registers.conftest import staged
from tests.registers.intake.test_reading import book
from yangguang.directory.models import Person
from yangguang.directory.permissions import Role
from yangguang.office.views.registers import waiting
from yangguang.registers.actions import intakes, versions
from yangguang.registers.models import Intake, Register, Version
from yangguang.warehouse.tables import derived

FAULTY = [
    ["2017-08", "水库1", "优", 100],
    ["2017-08", "", "Ⅱ类", "很高"],
    ["2017-08", "水库3", "Ⅱ类", "１００"],
]


def test_the_way_of_a_good_file_to_the_second_person(water: Register, editor: Person) -> None:
    answer = hand_in(editor, water)
    taken = Intake.objects.get()
    assert answer.url == f"/office/intakes/{taken.pk}/choose/"
    page = desk_of(editor).get(answer.url)
    assert [column.field for column in page.context["reading"].columns] == [
        "month",
        "source",
        "grade",
        "rate",
    ]
    assert "水库1" in words(page)
    answer = confirm(editor, taken)
    assert "检查通过" in told(answer)
    assert list(answer.context["forms"]) == ["send", "give_up"]
    sent = desk_of(editor).post(f"/office/intakes/{taken.pk}/", {"act": "send"}, follow=True)
    assert "现在轮到单位审核" in told(sent)
    assert not Version.objects.exists()


def test_all_faults_at_once_with_place_value_and_remedy(water: Register, editor: Person) -> None:
    taken = checked(editor, water, *FAULTY)
    page = desk_of(editor).get(f"/office/intakes/{taken.pk}/")
    found = {(one["row"], one["column"]): one for one in page.context["report"]["problems"]}
    assert set(found) == {(2, "C"), (3, "B"), (3, "D")}
    assert found[2, "C"]["value"] == "优"
    assert all(one["message"] and one["remedy"] for one in found.values())
    # What was written another way is told too, and the count beside what is promised.
    assert "１００" in words(page)
    assert "照此发布将记为不全" in words(page)
    assert list(page.context["forms"]) == ["give_up"]
    assert not taken.staged


def test_the_same_sheet_comes_back_with_the_faults_marked(water: Register, editor: Person) -> None:
    taken = checked(editor, water, *FAULTY)
    answer = desk_of(editor).get(f"/office/intakes/{taken.pk}/marked.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book_ = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book_.sheetnames == ["八月", "检查结果"]
    sheet = book_["八月"]
    assert [[cell.value for cell in row] for row in sheet][1] == ["2017-08", "水库1", "优", 100]
    assert "Ⅱ类" in (sheet["C2"].comment.text if sheet["C2"].comment else "")
    assert sheet["B2"].comment is None
    assert sheet["C2"].fill.fgColor.rgb == sheet["D3"].fill.fgColor.rgb != sheet["A2"].fill.fgColor.rgb
    # Mended in place and handed in again it passes: the list beside it is not taken for the table.
    sheet["C2"], sheet["B3"], sheet["D3"] = "Ⅱ类", "水库2", 99
    held = io.BytesIO()
    book_.save(held)
    again = hand_in(
        editor, water, file=SimpleUploadedFile("改.xlsx", held.getvalue()), query=f"?instead={taken.pk}"
    )
    assert again.status_code == 302
    assert "检查通过" in told(confirm(editor, Intake.objects.latest("pk")))
    taken.refresh_from_db()
    assert taken.ended_at is not None


def test_the_marked_sheet_lists_what_the_page_does_not(
    water: Register, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intakes, "MOST_KEPT", 1)
    taken = checked(editor, water, *FAULTY)
    assert (len(taken.report["problems"]), taken.report["problem_count"]) == (1, 3)
    place = f"/office/intakes/{taken.pk}/"
    assert "还有 2 处没有列在这一页" in words(desk_of(editor).get(place))

    def listed() -> list[tuple[Any, ...]]:
        data = desk_of(editor).get(f"{place}marked.xlsx").content
        return list(openpyxl.load_workbook(io.BytesIO(data))["检查结果"].values)

    assert [row[1] for row in listed() if row[0] == "错误"] == [2, 3, 3]
    # Of a large file it is made while a page tells so, which leads to the same address.
    derived.drop("marked")
    with monkeypatch.context() as large:
        large.setattr(waiting, "WATCHED", 0)
        page = b"".join(desk_of(editor).get(f"{place}marked.xlsx").streaming_content).decode()
        assert f'content="0; url={place}marked.xlsx"' in page
        assert len(listed()) == 5
    # Where even the check stopped listing, the sheet says how many more there are and what to do.
    monkeypatch.setattr(intakes, "MOST_LISTED", 2)
    checked(editor, water, *FAULTY)
    place = f"/office/intakes/{Intake.objects.latest('pk').pk}/"
    assert "还有 1 处没有列出：改好上面的，重新上传" in str(listed()[-1][0])


def test_a_formula_in_a_marked_sheet_is_text(water: Register, editor: Person) -> None:
    data = '月份,水源名称,水质类别,达标率\n2017-08,"=HYPERLINK(""http://example.invalid"")",优,1\n'.encode()
    checked(editor, water, file=SimpleUploadedFile("a.csv", data))
    answer = desk_of(editor).get(f"/office/intakes/{Intake.objects.get().pk}/marked.xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]["B2"]
    assert (cell.data_type, str(cell.value)[:10]) == ("s", "=HYPERLINK")


def test_what_a_person_confirms_is_known_the_next_time(water: Register, editor: Person) -> None:
    heading = ["时间", "名字", "水质类别", "比例"]
    hand_in(editor, water, heading=heading)
    first = Intake.objects.get()
    page = desk_of(editor).get(f"/office/intakes/{first.pk}/choose/")
    assert "缺少必填的列" in words(page)
    answer = confirm(editor, first, **{"column-0": "month", "column-1": "source", "column-3": "rate"})
    assert "检查通过" in told(answer)
    hand_in(editor, water, heading=heading)
    page = desk_of(editor).get(f"/office/intakes/{Intake.objects.latest('pk').pk}/choose/")
    assert [one.field for one in page.context["reading"].columns] == ["month", "source", "grade", "rate"]
    assert "上次确认过" in words(page)


def test_a_choice_that_makes_no_sense_is_refused_in_a_sentence(water: Register, editor: Person) -> None:
    hand_in(editor, water)
    taken = Intake.objects.get()
    for changed, sentence in (
        ({"column-1": "month"}, "两列都对应"),
        ({"column-1": "没有的列"}, "清单没有列"),
        ({"first_row": "999"}, "没有第 999 行"),
        ({"last_row": "9"}, "没有第 9 行"),
    ):
        answer = confirm(editor, taken, **changed)
        assert sentence in answer.context["refused"]
        assert not Intake.objects.get().report


def test_any_heading_can_be_asked_for(water: Register, editor: Person) -> None:
    hand_in(editor, water)
    place, client = f"/office/intakes/{Intake.objects.get().pk}/choose/", desk_of(editor)
    for query in (
        "first_row=0",
        "first_row=77",
        "first_row=x&last_row=-1",
        "sheet=没有",
        "first_row=1&last_row=4",
    ):
        assert client.get(f"{place}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.xlsx", b"", "文件是空的"),
        ("a.xlsx", b"PK\x03\x04 none", "压缩结构已损坏"),
        ("a.pdf", b"%PDF-1.7", "不接受"),
        ("a.json", b"{", "不是正确的 JSON"),
        ("a.csv", b"\n\n\n", "文件是空的"),
        ("a.csv", b"1,2\n3,4\n", "没有找到表头"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_and_leaves_nothing(
    water: Register, editor: Person, name: str, data: bytes, sentence: str
) -> None:
    answer = hand_in(editor, water, file=SimpleUploadedFile(name, data))
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert not Intake.objects.exists()


def test_a_file_without_a_row_is_no_table(water: Register, editor: Person) -> None:
    data = "月份,水源名称,水质类别,达标率\n".encode()
    taken = checked(editor, water, file=SimpleUploadedFile("a.csv", data))
    assert [one["message"] for one in taken.report["problems"]] == ["表头下面没有一行数据"]


def test_limits_are_told_in_the_form(water: Register, editor: Person, settings: Any) -> None:
    assert "最多 300 个" in words(hand_in(editor, water, note="长" * 301))
    assert "所属期必填" in words(hand_in(editor, water, period=""))
    assert "不能识别" in words(hand_in(editor, water, period="八月"))
    settings.LARGEST_ATTACHMENT = 4_000
    assert "上限 0 MB，没有接收" in words(hand_in(editor, water))
    assert not Intake.objects.exists()


def test_the_period_of_the_duty_is_filled_in(water: Register, editor: Person) -> None:
    page = desk_of(editor).get(f"/office/registers/{water.slug}/upload/?period=2017-08")
    assert page.context["form"].initial["period"] == "2017-08"


def test_registers_and_files_of_others_are_not_there(water: Register, editor: Person) -> None:
    taken = checked(editor, water)
    stranger = desk_of(make_person(unit=make_unit("市统计局")))
    office = desk_of(make_person(role=Role.GENERAL_OFFICE))
    for address in ("", "upload/", "take-off/", "tokens/"):
        place = f"/office/registers/{water.slug}/{address}"
        assert (office.get(place).status_code, stranger.get(place).status_code) == (200, 404)
    for address in ("", "choose/", "marked.xlsx", "original", "check/"):
        place = f"/office/intakes/{taken.pk}/{address}"
        assert stranger.get(place).status_code == 404
        assert stranger.post(place, {"act": "send"}).status_code == 404


def test_a_reviewer_hands_nothing_in(water: Register, people: dict[str, Person]) -> None:
    answer = hand_in(people[Role.REVIEWER], water)
    assert "不能办理" in words(answer)
    assert not Intake.objects.exists()


def test_the_original_is_never_shown_as_a_page(water: Register, editor: Person) -> None:
    data = "月份,水源名称,水质类别,达标率\n2017-08,<script>alert(1)</script>,Ⅱ类,1\n".encode()
    taken = checked(editor, water, file=SimpleUploadedFile("a.csv", data))
    answer = desk_of(editor).get(f"/office/intakes/{taken.pk}/original")
    assert (answer.content, answer.headers["Content-Type"]) == (data, "application/octet-stream")
    assert "<script>alert(1)" not in words(desk_of(editor).get(f"/office/intakes/{taken.pk}/"))


def test_several_sheets_are_offered(water: Register, editor: Person) -> None:
    data = book(["月份", "水源名称", "水质类别", "达标率"], *GOOD, others=2)
    hand_in(editor, water, file=SimpleUploadedFile("a.xlsx", data))
    page = desk_of(editor).get(f"/office/intakes/{Intake.objects.get().pk}/choose/")
    assert [sheet.name for sheet in page.context["reading"].sheets] == ["八月", "说明0", "说明1"]


@pytest.mark.parametrize(("rows", "passes"), [(GOOD, True), (FAULTY, False)])
def test_a_large_file_is_told_how_far_it_is_and_leads_on_by_itself(
    water: Register, editor: Person, monkeypatch: pytest.MonkeyPatch, rows: list[list[Any]], passes: bool
) -> None:
    hand_in(editor, water, *rows)
    taken = Intake.objects.get()
    answer = confirm(editor, taken, large=lambda: monkeypatch.setattr(waiting, "WATCHED", 0))
    page = b"".join(answer.streaming_content).decode()
    assert page.index("读取文件…") < page.index("检查完了，看结果") < page.index("</html>")
    assert f'content="0; url=/office/intakes/{taken.pk}/"' in page
    taken.refresh_from_db()
    assert taken.report["passed"] is passes


def test_a_large_file_that_is_refused_says_so_on_its_page(
    water: Register, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(editor, water)
    taken = Intake.objects.get()
    answer = confirm(editor, taken, large=lambda: monkeypatch.setattr(waiting, "WATCHED", 0))
    pieces = iter(answer.streaming_content)
    assert "正在检查" in next(pieces).decode()
    while "读取文件" not in next(pieces).decode():
        pass
    Intake.objects.update(choices={**taken.choices, "columns": []})
    page = b"".join(pieces).decode()
    assert "改了这份文件的读法" in page
    assert not Intake.objects.get().report


def test_a_large_file_is_read_while_its_pages_tell_so(
    water: Register, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "WATCHED", 0)
    page = b"".join(hand_in(editor, water).streaming_content).decode()
    place = f"/office/intakes/{Intake.objects.get().pk}/choose/"
    assert page.index("读取工作表") < page.index(f'content="0; url={place}"') < page.index("</html>")
    read = b"".join(desk_of(editor).get(place).streaming_content).decode()
    assert read.index("<progress") < read.index("照此检查") < read.index("</html>")
    bad = SimpleUploadedFile("a.csv", b"1,2\n3,4\n")
    assert "没有找到表头" in b"".join(hand_in(editor, water, file=bad).streaming_content).decode()
    assert Intake.objects.count() == 1


def test_the_script_is_told_where_to_go_on_or_what_is_wrong(water: Register, editor: Person) -> None:
    asked = {"HTTP_ACCEPT": "application/json"}
    refused = hand_in(editor, water, period="", headers=asked).json()
    assert refused == {"problems": ["所属期必填：这份清单按期更新，例如 2017-08。"]}
    bad = hand_in(editor, water, file=SimpleUploadedFile("a.xlsx", b"PK"), headers=asked).json()
    assert bad["problems"]
    told_ = hand_in(editor, water, headers=asked).json()
    assert told_ == {"next": f"/office/intakes/{Intake.objects.get().pk}/choose/"}


@pytest.mark.parametrize(("rows", "status"), [(50, 507), (40_000, 200)], ids=["small", "watched"])
def test_a_full_disk_is_one_sentence_and_the_last_version_stands(
    water: Register, editor: Person, settings: Any, small_disk: Path, rows: int, status: int
) -> None:
    last = staged(1)
    versions.publish(by=None, now=at("2017-08-05"), register=water, staged=last, period="2017-07")
    (small_disk / "full").write_bytes(bytes(2 << 20))
    settings.STORE_ROOT = small_disk / "store"
    client = desk_of(editor)
    client.raise_request_exception = False
    lines = (f"2017-08,水库{number},Ⅱ类,100\n" for number in range(rows))
    file = SimpleUploadedFile("水.csv", ("月份,水源名称,水质类别,达标率\n" + "".join(lines)).encode())
    answer = client.post(f"/office/registers/{water.slug}/upload/", {"file": file, "period": "2017-08"})
    assert answer.status_code == status
    assert "磁盘空间不足，这次没有保存任何内容" in answer.getvalue().decode()
    assert not Intake.objects.exists()
    assert [file.name for file in small_disk.rglob("*") if file.is_file()] == ["full"]
    assert water.versions.get().sha256 == last.sha256
