"""`yangguang journal`: patrol, sign, recover, as an operator meets them."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from tests.factories import at, publish
from tests.publishing.test_erasure import punish
from yangguang.cli.main import main
from yangguang.journal.log import publish as log
from yangguang.journal.models import Head, Line, Patrol
from yangguang.publishing.models import Edition


def restore_older(lines: int) -> None:
    """What a backup without the last lines (and what hangs on them) would hold."""
    with connection.constraint_checks_disabled():
        Edition.objects.filter(line__seq__gt=lines)._raw_delete("default")  # type: ignore[attr-defined]
        Line.objects.filter(seq__gt=lines)._raw_delete("default")  # type: ignore[attr-defined]
    last = Line.objects.get(pk=lines)
    Head.objects.update(size=lines, digest=last.digest, signed_size=0, signed_root="")


@pytest.mark.django_db
def test_after_a_restore_it_says_what_to_do_and_recover_does_it(capsys: pytest.CaptureFixture[str]) -> None:
    for day in range(1, 6):
        publish(f"通知{day}", on=f"2017-09-0{day}")
    signed = log.checkpoint(now=at("2017-09-05"))
    restore_older(3)
    assert main(["journal", "sign"]) == 2
    assert "只有 3 行，而已经签名公布到第 5 行" in capsys.readouterr().err
    with pytest.raises(ValueError, match="发布和签名已停止"):
        publish("新的", on="2017-09-06")
    assert main(["journal", "recover"]) == 0
    assert "补回 2 行" in capsys.readouterr().out
    assert main(["journal", "check"]) == 0
    assert main(["journal", "sign"]) == 0
    assert log.checkpoint(now=at("2017-09-06")) == signed
    # The lines are back; the editions that they speak of are for people to enter again, and are named.
    assert main(["journal", "patrol", "--json"]) == 1
    found = json.loads(capsys.readouterr().out.splitlines()[-1])["findings"]
    assert [finding["place"] for finding in found] == ["日志第 4 行《通知4》", "日志第 5 行《通知5》"]
    publish("新的", on="2017-09-06")
    assert main(["journal", "recover"]) == 0


@pytest.mark.django_db
def test_another_history_is_not_recovered(capsys: pytest.CaptureFixture[str]) -> None:
    for day in range(1, 4):
        publish(f"通知{day}", on=f"2017-09-0{day}")
    log.checkpoint(now=at("2017-09-05"))
    restore_older(2)
    Line.objects.filter(pk=2).update(digest="0" * 64)
    Head.objects.update(digest="0" * 64)
    assert main(["journal", "recover"]) == 2
    assert "不是同一份，不能补回" in capsys.readouterr().err
    assert Line.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_patrol_asks_the_live_site_too(
    live_server: LiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    document = publish(on="2017-09-01")
    punish("2017-09-02")
    assert main(["journal", "patrol", "--address", live_server.url]) == 0
    assert "全部一致" in capsys.readouterr().out
    Edition.objects.filter(document=document).update(title="改过的标题")
    assert main(["journal", "patrol", "--address", live_server.url]) == 1
    told = capsys.readouterr().out
    assert "“title”现在是 “改过的标题”" in told
    assert f"不符：{live_server.url}/documents/" in told
    assert Patrol.objects.first().findings  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_site_that_is_not_there_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "patrol", "--address", "ftp://x"]) == 2
    assert "须以 http" in capsys.readouterr().err
    assert main(["journal", "patrol", "--address", "http://127.0.0.1:9"]) == 2
    assert "连不上" in capsys.readouterr().err


@pytest.mark.django_db
def test_signing_tells_size_and_root(capsys: pytest.CaptureFixture[str]) -> None:
    publish(on="2017-09-01")
    assert main(["journal", "sign"]) == 0
    assert "127.0.0.1:8000/journal，1 行，根哈希" in capsys.readouterr().out
    assert Path(settings.JOURNAL_ROOT, "checkpoint").exists()
