"""`yangguang register`: exit status, sentences, and the report."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tests.factories import make_unit
from tests.registers.conftest import WATER, water, water_json  # noqa: F401 fixtures
from tests.registers.intake.test_reading import HEADING, ROWS, book
from yangguang.cli.main import main
from yangguang.directory.models import Unit
from yangguang.registers.actions import indexes
from yangguang.registers.models import File, Register, Version
from yangguang.warehouse.tables import derived
from yangguang.warehouse.tables import rows as side_index

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def schema(tmp_path: Path) -> str:
    file = tmp_path / "schema.json"
    file.write_text(json.dumps(WATER, ensure_ascii=False), encoding="utf-8")
    return str(file)


def table(tmp_path: Path, *rows: list[Any]) -> str:
    file = tmp_path / "八月.xlsx"
    file.write_bytes(book(HEADING, *rows))
    return str(file)


def test_a_good_file_passes(schema: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["register", "check", schema, table(tmp_path, *ROWS)]) == 0
    assert "2 行，通过" in capsys.readouterr().out


def test_a_bad_file_exits_2_with_the_whole_report(schema: str, tmp_path: Path, capsys: Capture) -> None:
    file = table(tmp_path, ["2017-08", "", "优", "很高"])
    assert main(["register", "check", schema, file, "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["passed"] is False
    assert told["problem_count"] == 3
    assert {(one["row"], one["column"]) for one in told["problems"]} == {(2, "B"), (2, "C"), (2, "D")}
    assert all(one["remedy"] for one in told["problems"])
    assert main(["register", "check", schema, file]) == 2
    assert "不通过：3 处" in capsys.readouterr().out


def test_rows_of_another_period_and_too_few_are_told(schema: str, tmp_path: Path, capsys: Capture) -> None:
    file = table(tmp_path, *ROWS)
    assert main(["register", "check", schema, file, "--period", "2017-07"]) == 2
    assert "不属于这次发布的所属期 2017-07" in capsys.readouterr().out
    assert main(["register", "check", schema, file, "--period", "2017-08"]) == 0
    assert "“水源名称”有 2 座，方案要求 3 座：照此发布将记为不全" in capsys.readouterr().out
    assert main(["register", "check", schema, file, "--period", "八月"]) == 2
    assert "不是所属期" in capsys.readouterr().err


@pytest.mark.django_db
def test_registers_are_made_from_descriptors_once_for_each_unit(
    schema: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["register", "establish", schema]) == 2
    assert "单位名录里没有“市人居环境委”" in capsys.readouterr().err
    members = [make_unit(name) for name in ("福田区政府", "罗湖区政府")]
    make_unit("市人居环境委", kind=Unit.Kind.GROUP, members=members)
    assert main(["register", "establish", str(tmp_path)]) == 0
    assert "新建 2 份清单" in capsys.readouterr().out
    assert {one.unit for one in Register.objects.all()} == set(members)
    assert main(["register", "establish", schema]) == 0
    assert "新建 0 份清单" in capsys.readouterr().out


@pytest.mark.django_db
def test_what_is_no_descriptor_makes_no_register(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "wrong.json").write_text('{"name": "x"}', encoding="utf-8")
    for given, told in ((tmp_path / "wrong.json", "不是表结构"), (tmp_path / "none.json", "读不了")):
        assert main(["register", "establish", str(given)]) == 2
        assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["{schema}", "gone.xlsx"], "gone.xlsx 读不了"),
        (["gone.json", "{file}"], "gone.json 读不了"),
        (["{file}", "{file}"], "不是正确的 JSON"),
        (["{schema}", "{schema}"], "对象的列表"),
    ],
)
def test_bad_input_is_one_sentence(
    schema: str, tmp_path: Path, capsys: Capture, arguments: list[str], told: str
) -> None:
    file = table(tmp_path, *ROWS)
    given = [each.format(schema=schema, file=file) for each in arguments]
    assert main(["register", "check", *given]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


@pytest.mark.django_db(transaction=True)
def test_publish_and_diff(water: Register, tmp_path: Path, capsys: Capture) -> None:  # noqa: F811
    assert main(["register", "publish", "water-sources", table(tmp_path, *ROWS), "--period", "2017-08"]) == 0
    assert "第 1 版，2 行" in capsys.readouterr().out
    more = [["2017-08", "甲水库", "Ⅰ类", 100], ["2017-08", "丙水库", "Ⅲ类", 99.5]]
    assert main(["register", "publish", "water-sources", table(tmp_path, *more), "--period", "2017-08"]) == 0
    capsys.readouterr()
    assert main(["register", "diff", "water-sources", "1", "2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["gone"], told["changed"]) == (1, 1, 1)
    assert main(["register", "diff", "water-sources", "1", "2"]) == 0
    assert "增加 1，减少 1，改动 1" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_nothing_is_published_of_a_file_with_one_bad_row(
    water: Register,  # noqa: F811
    tmp_path: Path,
    capsys: Capture,
) -> None:
    file = table(tmp_path, *ROWS, ["2017-08", "丙", "优", 1])
    assert main(["register", "publish", "water-sources", file, "--period", "2017-08"]) == 2
    assert "没有发布" in capsys.readouterr().err
    assert not Version.objects.exists()
    assert main(["register", "publish", "gone", file]) == 2
    assert "没有清单 gone" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_missing_files_are_made(water: Register, tmp_path: Path, capsys: Capture) -> None:  # noqa: F811
    assert main(["register", "publish", "water-sources", table(tmp_path, *ROWS), "--period", "2017-08"]) == 0
    assert main(["register", "files"]) == 0
    assert "1 个版次备好文件，1 个版次数过行" in capsys.readouterr().out
    assert File.objects.filter(version__register=water).count() == 5


@pytest.mark.django_db(transaction=True)
def test_the_newest_version_of_a_large_table_gets_its_side_index_and_the_one_before_loses_it(
    water: Register,  # noqa: F811
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    settings.TABLES_ROOT = tmp_path / "tables"
    monkeypatch.setattr("yangguang.registers.queries.public.WORTH_IT", 2)
    for period in ("2017-08", "2017-09"):
        rows = [[period, *row[1:]] for row in ROWS]
        assert main(["register", "publish", "water-sources", table(tmp_path, *rows), "--period", period]) == 0
        capsys.readouterr()
        assert indexes.are_due()
        assert main(["register", "index"]) == 0
        assert "1 个大表" in capsys.readouterr().out
        assert not indexes.are_due()
    newest = Version.objects.get(number=2)
    assert [folder.name for folder in derived.standing(side_index.KIND)] == [newest.served]
