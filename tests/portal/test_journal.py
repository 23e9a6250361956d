import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests.portal.conftest import City, words_of
from yangguang.journal.models import Head
from yangguang.rules.chain import Link, first_break


def lines(client: Client) -> bytes:
    return b"".join(client.get("/api/v1/journal.jsonl").streaming_content)


def test_the_newest_lines_stand_first_with_what_they_did(city: City, see: Callable) -> None:
    page = see("/journal/")
    rows = page.select("tbody tr")
    assert rows[0].get("id") == f"line-{Head.objects.get().size}"
    assert "撤回" in words_of(rows[0])
    assert "数字有误，核实后另发" in words_of(rows[0])
    assert "通过方案" in words_of(rows[-1])


def test_a_line_can_be_asked_for_and_is_open(city: City, see: Callable) -> None:
    row = see("/journal/?line=2").select("tr.asked")[0]
    assert row.get("id") == "line-2"
    assert row.select("details[open]")


def test_the_chain_is_walked_when_asked(city: City, see: Callable) -> None:
    assert "完好" not in words_of(see("/journal/"))
    assert f"完好：{Head.objects.get().size} 行逐行核对过" in words_of(see("/journal/?check=1"))


def test_a_changed_line_is_named(city: City, see: Callable) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_line SET body = replace(body, '7月', '6月') WHERE seq = 2")
    assert "第 2 行的内容与它的哈希不符" in words_of(see("/journal/?check=1"))


def test_the_download_is_the_whole_chain(city: City, client: Client) -> None:
    links = [Link(**json.loads(text)) for text in lines(client).splitlines()]
    assert len(links) == Head.objects.get().size
    assert first_break(links) is None


def test_the_program_printed_for_the_public_checks_the_download(
    city: City, client: Client, see: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = next(pre for pre in see("/about/").select("pre") if "hashlib" in pre.get_text())
    program = code.get_text().split("<<'END'\n")[1].rsplit("\nEND", 1)[0]
    (tmp_path / "journal.jsonl").write_bytes(lines(client))
    monkeypatch.chdir(tmp_path)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(program, "about", "exec"), {})  # noqa: S102 - the page's own text
    assert printed.getvalue().split() == [str(Head.objects.get().size), Head.objects.get().digest]
    changed = lines(client).replace("7月".encode(), "6月".encode(), 1)
    (tmp_path / "journal.jsonl").write_bytes(changed)
    with pytest.raises(AssertionError):
        exec(compile(program, "about", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("written", ["x", "0", "-1", "9" * 30])
def test_a_line_number_that_is_none_gets_a_sentence(city: City, see: Callable, written: str) -> None:
    assert "认不出来：请写一个正整数" in words_of(see(f"/journal/?line={written}", 400))


@pytest.mark.django_db
def test_an_empty_journal_says_what_fills_it(see: Callable) -> None:
    assert "日志还是空的" in words_of(see("/journal/"))
