"""What was written is fetched again and compared: a page that the disk spoils is never left lying there."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bakery.city import Bakehouse
from tests.factories import publish
from yangguang.bakery import actions, tree
from yangguang.cli.main import main

Put = Callable[[Path, Path], None]


@pytest.fixture
def bad_disk(bakehouse: Bakehouse, monkeypatch: pytest.MonkeyPatch) -> Bakehouse:
    """Pages baked on a disk that from now on loses the last byte of the units' page and says nothing."""
    put: Put = os.replace

    def lose(draft: Path, file: Path) -> None:
        if file == tree.place("/units/"):
            draft.write_bytes(draft.read_bytes()[:-1])
        put(draft, file)

    monkeypatch.setattr(os, "replace", lose)
    return bakehouse


def test_writing_compares_what_the_disk_gives_back(bad_disk: Bakehouse) -> None:
    with pytest.raises(tree.Spoilt, match=r"units/index\.html 写入后读回的内容不一致"):
        tree.write("/units/", b"<p>one</p>")
    assert tree.write("/due/", b"<p>two</p>") == hashlib.sha256(b"<p>two</p>").hexdigest()


def test_a_spoilt_page_is_taken_away_and_told_and_all_others_are_baked(bad_disk: Bakehouse) -> None:
    publish("2017年10月全市一般公共预算收支情况", on="2017-11-10")
    with pytest.raises(actions.NotBaked, match=r"/units/.*请检查磁盘"):
        bad_disk.follow()
    lying = bad_disk.pages()
    assert not [name for name in lying if name.startswith("units/index.html")]
    assert any(name.startswith("documents/caizhengwei-2017-00003") for name in lying)


def test_a_file_that_changed_since_is_named(bakehouse: Bakehouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pages", "check"]) == 0
    assert "个页面都与烘焙时相同" in capsys.readouterr().out
    file = tree.place("/units/")
    file.write_bytes(file.read_bytes().replace(b"<", b">", 1))
    assert main(["pages", "check"]) != 0
    assert "页面 /units/ 的文件" in capsys.readouterr().err
