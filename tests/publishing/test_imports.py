"""Taking over what was published elsewhere: each document once, whole, with its edition and journal line."""

import csv
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.factories import at
from tests.publishing.conftest import NOON
from yangguang.cli.main import main
from yangguang.directory.models import Unit
from yangguang.journal import queries
from yangguang.publishing.actions import documents, imports
from yangguang.publishing.actions.imports import Incoming
from yangguang.publishing.models import Document, Edition, Imported

HEAD = ("编号", "标题", "单位", "文号", "成文日期", "主题词", "正文")


def row(number: int, **cells: str) -> dict[str, str]:
    given = {
        "编号": f"a{number}",
        "标题": f"关于示例{number}的通知",
        "单位": "市财政委",
        "文号": f"示财〔2016〕{number}号",
        "成文日期": "2016-05-03",
        "主题词": "公开、示例",
        "正文": f"第{number}件。\n\n一、要求\n\n认真执行。",
    }
    return {**given, **cells}


def sheet(
    folder: Path, rows: Sequence[dict[str, str]], *, encoding: str = "utf-8", name: str = "旧站.csv"
) -> Path:
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for one in rows for key in one)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def report_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "报告.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def run(source: Path, *more: str) -> tuple[int, list[dict[str, str]]]:
    folder = source.parent
    status = main(["documents", "import", str(source), "--report", str(folder / "报告.csv"), *more])
    return status, report_of(folder)


def incoming(unit: Unit, number: int, **facts: object) -> Incoming:
    given = {"title": f"第{number}件", "body": "正文。", **facts}
    return Incoming(f"k{number}", hashlib.sha256(str(number).encode()).hexdigest(), unit, given)


def test_an_imported_document_is_what_publishing_it_would_have_made(finance: Unit) -> None:
    single = documents.publish(
        by=None, now=NOON, unit=finance, title="第1件", body="正文。", keywords=["公开"]
    )
    outcome = imports.publish_many(
        now=NOON, source="旧站", incoming=[incoming(finance, 1, keywords=["公开"])]
    )
    many = Document.objects.get(index_no=outcome.imported["k1"])
    assert queries.problem() is None
    first, second = single.editions.get(), many.editions.get()
    told = [json.loads(edition.line.body) for edition in (first, second)]
    for facts, document in zip(told, (single, many), strict=True):
        assert (facts.pop("document"), facts.pop("url")) == (document.index_no, document.get_absolute_url())
        facts.pop("seq")
    assert told[0] == told[1]
    own = ("id", "document_id", "line_id")
    assert {k: v for k, v in vars(first).items() if k not in own and k[0] != "_"} == {
        k: v for k, v in vars(second).items() if k not in own and k[0] != "_"
    }
    assert (single.index_no, many.index_no) == ("caizhengwei-2017-00001", "caizhengwei-2017-00002")


def test_many_documents_cost_few_queries(finance: Unit, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        imports.publish_many(now=NOON, source="旧站", incoming=[incoming(finance, n) for n in range(200)])
    assert Document.objects.count() == Edition.objects.count() == queries.size() == 200


def test_one_bad_document_does_not_hold_up_the_others(finance: Unit) -> None:
    outcome = imports.publish_many(
        now=NOON,
        source="旧站",
        incoming=[
            incoming(finance, 1),
            incoming(finance, 2, made_on=at("2099-01-01").date()),
            incoming(finance, 3, title="长" * 301),
            incoming(finance, 4, index_no="x-1"),
            incoming(finance, 5, index_no="x-1"),
        ],
    )
    assert set(outcome.imported) == {"k1"}
    assert "还没有到" in outcome.refused["k2"]
    assert "标题" in outcome.refused["k3"]
    assert "索引号 x-1 已经用过" in outcome.refused["k4"]


def test_a_number_that_was_brought_along_is_never_given_again(finance: Unit) -> None:
    brought = incoming(finance, 1, index_no="caizhengwei-2017-00003")
    outcome = imports.publish_many(now=NOON, source="旧站", incoming=[brought, incoming(finance, 2)])
    assert outcome.imported == {"k1": "caizhengwei-2017-00003", "k2": "caizhengwei-2017-00004"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_imported_with_its_facts(finance: Unit, tmp_path: Path, encoding: str) -> None:
    status, report = run(sheet(tmp_path, [row(1), row(2)], encoding=encoding))
    document = Document.objects.get(number="示财〔2016〕1号")
    assert status == 0
    assert (document.unit, document.keywords, str(document.made_on)) == (
        finance,
        ["公开", "示例"],
        "2016-05-03",
    )
    assert document.edition is not None
    assert document.edition.body == "第1件。\n\n一、要求\n\n认真执行。"
    assert [line["结果"] for line in report] == ["已导入", "已导入"]
    assert report[0]["网址"] == document.get_absolute_url()


def test_a_second_run_imports_only_what_is_new(finance: Unit, tmp_path: Path) -> None:
    run(sheet(tmp_path, [row(1), row(2)]))
    status, report = run(sheet(tmp_path, [row(1), row(2, 标题="改了的标题"), row(3)]))
    assert [line["结果"] for line in report] == ["以前已导入", "来源有改动", "已导入"]
    assert status == 0
    assert Document.objects.count() == Imported.objects.count() == queries.size() == 3
    assert not Document.objects.filter(title="改了的标题").exists()


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"标题": ""}, "“标题”列：没有填写"),
        ({"正文": ""}, "“正文”列：没有填写"),
        ({"单位": "没有的单位"}, "没有名为“没有的单位”的单位"),
        ({"成文日期": "去年"}, "“成文日期”列：“去年”不是日期"),
        ({"成文日期": "2099-01-01"}, "还没有到"),
        ({"形式": "海报"}, "“形式”列：没有“海报”这一种"),
        ({"附件": "../../秘密.pdf"}, "不在表格所在的文件夹里"),
        ({"附件": "没有.pdf"}, "没有文件 没有.pdf"),
        ({"正文": "", "正文文件": "没有.docx"}, "没有文件 没有.docx"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_column_and_the_others_go_in(
    finance: Unit, tmp_path: Path, cells: dict[str, str], sentence: str
) -> None:
    status, report = run(sheet(tmp_path, [row(1), row(2, **cells), row(3)]))
    assert status == 1
    assert [line["结果"] for line in report] == ["已导入", "未导入", "已导入"]
    assert sentence in report[1]["说明"]
    assert report[1]["位置"] == "第 7 行"
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("标题,内文\n甲,乙\n", "不认识的列“内文”"),
        ("标题,标题,正文\n", "出现了两次"),
        ("正文\n", "缺少“标题”列"),
        ("", "缺少“标题”列"),
    ],
)
def test_a_table_with_a_wrong_head_is_refused_in_one_sentence(
    finance: Unit, tmp_path: Path, content: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "旧站.csv"
    path.write_text(content, encoding="utf-8")
    assert main(["documents", "import", str(path), "--report", str(tmp_path / "报告.csv")]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert "Traceback" not in error


def test_a_folder_of_files_is_imported_and_its_first_folder_names_the_unit(
    finance: Unit, tmp_path: Path
) -> None:
    folder = tmp_path / "旧站"
    (folder / "市财政委").mkdir(parents=True)
    (folder / "市财政委" / "一.txt").write_text("关于一的通知\n\n第一段。", encoding="utf-8")
    (folder / "二.html").write_text("<p>关于二的通知</p><p>第二段。</p>", encoding="utf-8")
    (folder / "三.docx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    (folder / "~$三.docx").write_bytes(b"lock")
    status, report = run(folder, "--unit", "市财政委")
    assert status == 1
    assert {(line["位置"], line["结果"]) for line in report} == {
        ("三.docx", "未导入"),
        ("二.html", "已导入"),
        ("市财政委/一.txt", "已导入"),
    }
    assert set(Document.objects.values_list("title", flat=True)) == {"关于一的通知", "关于二的通知"}


def test_an_attachment_and_a_body_file_come_along(finance: Unit, tmp_path: Path) -> None:
    (tmp_path / "文").mkdir()
    (tmp_path / "文" / "正文.txt").write_text("别的标题的通知\n\n正文文件里的话。", encoding="utf-8")
    (tmp_path / "表.csv").write_text("a,b\n", encoding="utf-8")
    status, _ = run(sheet(tmp_path, [row(1, 正文="", 正文文件="文/正文.txt", 附件="表.csv")]))
    document = Document.objects.get()
    assert status == 0
    assert (document.title, document.body) == ("关于示例1的通知", "正文文件里的话。")
    assert [file.name for file in document.files] == ["表.csv"]


@pytest.mark.django_db
def test_an_unknown_unit_on_the_command_line_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = sheet(tmp_path, [row(1)]), str(tmp_path / "报告.csv")
    assert main(["documents", "import", str(path), "--unit", "没有", "--report", report]) == 2
    assert "没有名为“没有”的单位" in capsys.readouterr().err
