"""`yangguang workdays`: what it prints, and the one sentence for bad input."""

import argparse
import subprocess
import sys

import pytest

from yangguang.cli import workdays
from yangguang.cli.errors import UsageProblem


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    workdays.add_parser(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["workdays", *words])
    status: int = arguments.handler(arguments)
    return status


def test_add_prints_the_date_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", "2017-06-19", "15") == 0
    assert capsys.readouterr().out == "2017-07-10\n"


def test_count_prints_the_number_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("count", "2017-06-19", "2017-07-10") == 0
    assert capsys.readouterr().out == "15\n"


def test_explain_prints_an_aligned_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "2017-01-20", "3") == 0
    assert capsys.readouterr().out.splitlines() == [
        "日期        星期    计数  原因",
        "2017-01-20  星期五     –  起算当日不计（工作日）",
        "2017-01-21  星期六     –  周末",
        "2017-01-22  星期日     1  补班（春节）",
        "2017-01-23  星期一     2  工作日",
        "2017-01-24  星期二     3  工作日",
    ]


def test_explain_says_when_it_had_to_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "2026-12-31", "1") == 0
    *_, guessed, remark = capsys.readouterr().out.splitlines()
    assert guessed == "2027-01-01  星期五     1  暂按工作日计（2027 年通知未录入）"
    assert remark.startswith("暂定：2027 年的放假通知还没有录入")


REFUSED = {
    "add 2017-13-01 1": "参数 START 没有这一天（2017-13-01）",
    "add 20170619 15": "参数 START 不是日期",
    "add 2017-06-19 many": "参数 N 不是可用的工作日数",
    "add 2017-06-19 -1": "参数 N 不是可用的工作日数",
    "add 2017-06-19 5001": "0 至 5000",
    "add 2026-12-31 1": "2027 年的放假通知还没有录入",
    "count 2017-06-19 tomorrow": "参数 B 不是日期",
    "count 2017-06-19 2017-06-18": "参数 B（2017-06-18）早于参数 A（2017-06-19）",
    "count 2007-06-19 2017-06-18": "2007 年的放假通知还没有录入",
    "explain 2027-01-01 1": "2027 年的放假通知还没有录入",
}


@pytest.mark.parametrize(("words", "says"), REFUSED.items())
def test_bad_input_gets_one_sentence(words: str, says: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        run(*words.split())
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_framework_is_started() -> None:
    probe = "import sys, yangguang.cli.workdays; print('django' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"
