"""`yangguang gazette digitise`, with the real reader: few tiny pages, since it takes seconds to start."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.factories import at
from tests.gazette.drawing import draw_page
from yangguang.gazette.actions import scans
from yangguang.gazette.actions.digitise import digitise
from yangguang.gazette.digitise.files import Unreadable
from yangguang.gazette.digitise.process import ReadingProcess
from yangguang.gazette.models import ScannedPage

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def run(tmp_path: Path, transactional_db: None) -> Run:
    """Starts `yangguang gazette digitise` on a database that this test can look into."""
    var = tmp_path / "var"
    var.mkdir()
    given = connection.settings_dict
    address = (
        f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    )
    if connection.vendor == "sqlite":
        address = f"sqlite://{var}/copy.sqlite3"
        with sqlite3.connect(var / "copy.sqlite3") as copy:
            connection.connection.backup(copy)
        copy.close()

    def start(*words: str) -> "subprocess.Popen[str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith("YANGGUANG_")}
        ours = {"YANGGUANG_VAR": str(var), "YANGGUANG_DATABASE": address, "YANGGUANG_SECRET_KEY": "x"}
        return subprocess.Popen(
            [sys.executable, "-m", "yangguang.cli.main", "gazette", "digitise", *words],
            cwd=ROOT,
            env={**kept, **ours, "DJANGO_SETTINGS_MODULE": "yangguang.config.settings"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def pages_in(var: Path) -> list[tuple[int, str, str]]:
    """(number, text, read_at) of the pages that the command has kept."""
    if connection.vendor != "sqlite":
        kept = ScannedPage.objects.order_by("number").values_list("number", "text", "read_at")
        return [(number, text, str(when)) for number, text, when in kept]
    with sqlite3.connect(var / "copy.sqlite3") as copy:
        rows = copy.execute(
            "SELECT number, text, read_at FROM gazette_scannedpage ORDER BY number"
        ).fetchall()
    copy.close()
    return rows


def test_a_run_that_is_killed_goes_on_where_it_was(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "2003-05"
    folder.mkdir()
    words = ["政务公开第一页", "政务公开第二页", "政务公开第三页"]
    for number, text in enumerate(words, 1):
        draw_page(text).save(folder / f"{number}.png")
    (folder / "4.pdf").write_bytes(b"%PDF-1.4 broken")
    killed = run(str(folder))
    deadline = time.monotonic() + 120
    while not pages_in(tmp_path / "var"):
        assert killed.poll() is None, killed.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    before = pages_in(tmp_path / "var")
    assert 1 <= len(before) <= 3

    again = run(str(folder))
    told, problems = again.communicate(timeout=120)
    assert again.returncode == 0, problems
    kept = pages_in(tmp_path / "var")
    assert [(number, text) for number, text, _ in kept] == [*enumerate(words, 1)]
    assert kept[: len(before)] == before
    assert f"识读 {3 - len(before)} 页，原有 {len(before)} 页" in told
    assert "4.pdf 不是完好的 PDF" in problems
    assert "Traceback" not in problems


def test_a_file_that_brings_the_reader_down_costs_only_itself(db: None, tmp_path: Path) -> None:
    for name, text in (("1.png", "第一页"), ("2.png", "政务公开")):
        draw_page(text).save(tmp_path / name)
    issue = scans.open_issue(by=None, year=2003, number=6, title="公报")
    files = [tmp_path / "1.png", tmp_path / "2.png"]

    class Unlucky(ReadingProcess):
        def read(self, path: Path, index: int) -> object:
            if path.name == "1.png" and self._running is not None:
                self._running.send_signal(signal.SIGKILL)
                self._running.wait()
                self._running.poll = lambda: None  # type: ignore[method-assign]
            return super().read(path, index)

    with Unlucky() as process:
        report = digitise(issue=issue, files=files, process=process, now=lambda: at("2017-09-01"))
    assert (report.read, report.there) == (1, 0)
    assert ["1.png" in problem and "识读中断" in problem for problem in report.problems] == [True]
    page = issue.pages.get()
    assert (page.number, page.text) == (2, "政务公开")
    assert page.confidence > 0.9
    assert issue.files.get(name="1.png").problem


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["no-such-folder"], "不是文件夹"),
        (["empty"], "没有扫描件"),
        (["scans"], "看不出是哪一年第几期"),
        (["scans", "--year", "2003"], "须一起给出"),
    ],
)
def test_a_folder_that_is_none_is_refused_in_one_sentence(
    tmp_path: Path, words: list[str], sentence: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "scans").mkdir()
    draw_page("一").save(tmp_path / "scans" / "a.png")
    command = [sys.executable, "-m", "yangguang.cli.main", "gazette", "digitise", str(tmp_path / words[0])]
    done = subprocess.run([*command, *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_only_the_reading_process_loads_the_reader() -> None:
    heavy = re.compile(
        r"^ *(?:import|from) (?:cv2|rapidocr|onnxruntime|yangguang\.gazette\.digitise\.reader)\b", re.M
    )
    users = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "yangguang").rglob("*.py")
        if heavy.search(file.read_text(encoding="utf-8"))
    }
    folder = "yangguang/gazette/digitise"
    assert users == {f"{folder}/{name}.py" for name in ("clean", "files", "reader", "tables", "worker")}
    faces = [
        file for room in ("portal", "office", "api") for file in (ROOT / "yangguang" / room).rglob("*.py")
    ]
    loading = re.compile(r"gazette\.(?:actions\.)?digitise(?!\.page\b)")
    assert [file for file in faces if loading.search(file.read_text(encoding="utf-8"))] == []


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with ReadingProcess() as process, pytest.raises(Unreadable, match=r"a\.pdf 打不开"):
        process.count(tmp_path / "a.pdf")
