"""Reviewed files: what a good one gives, and how each slip is told."""

import datetime as dt

import pytest

from yangguang.rules.obligations_file import Faulty, read_reviewed

TEXTS = {"1.1": "按月公开财政收支情况，开放30个数据集。", "1.2": "加强培训。"}

PLAN = """
slug = "sample-2018"
title = "示例市分工方案"
number = "示府办〔2018〕1号"
issuer = "示例市人民政府办公室"
issued_on = 2018-03-01
year = 2018
source = "plan.txt"

[defaults.monthly]
kind = "monthly"
months = 1
basis = "default"
reason = "次月底。"

[defaults.internal]
kind = "internal"
basis = "stated"
reason = "内部工作。"
"""

TASKS = """
[[task]]
id = "1.1"
cadence = "monthly"
form = "series"
measures = [{ phrase = "30个", value = 30, unit = "个" }]

[[task]]
id = "1.2"
cadence = "none"
form = "internal"
note = "没有公开的内容。"
"""

DUTIES = """
[[obligation]]
id = "1.1a"
task = "1.1"
title = "财政收支情况"
phrase = "按月公开财政收支情况"
cadence = "monthly"
form = "series"
words = [["财政", "收支"]]
sample_title = "{period}财政收支情况"

[[obligation]]
id = "1.1b"
task = "1.1"
title = "数据集"
phrase = "开放30个数据集"
cadence = "none"
form = "dataset"
forms = ["dataset"]
measure = "30个"
deadline = { kind = "once", day = 2018-12-31, basis = "stated", reason = "年底。" }
words = [["数据集"]]
sample_title = "数据集"
also = { "1.1a" = "示例"}

[[obligation]]
id = "1.2a"
task = "1.2"
title = "培训"
phrase = "加强培训"
cadence = "none"
form = "internal"
"""

NAMES = {"plan": "plan.toml", "tasks": "tasks.toml", "duties": "obligations/01.toml"}
GOOD = {"plan.toml": PLAN, "tasks.toml": TASKS, "obligations/01.toml": DUTIES}


def test_a_good_plan_is_read_whole() -> None:
    reviewed = read_reviewed(GOOD, TEXTS)
    assert reviewed.plan.issued_on == dt.date(2018, 3, 1)
    assert [task.id for task in reviewed.tasks] == ["1.1", "1.2"]
    assert reviewed.tasks[0].measures[0].value == 30
    assert [obligation.id for obligation in reviewed.obligations] == ["1.1a", "1.1b", "1.2a"]


def test_a_rule_is_complete_in_itself() -> None:
    monthly, once, internal = (obligation.rule() for obligation in read_reviewed(GOOD, TEXTS).obligations)
    assert monthly == {
        "kind": "monthly",
        "due": {"months": 1},
        "basis": "default",
        "reason": "次月底。",
        "words": [["财政", "收支"]],
        "forms": ["series", "document"],
        "sample_title": "{period}财政收支情况",
        "measure": "",
        "also": {},
    }
    assert (once["due"], once["forms"], once["measure"]) == ({"day": "2018-12-31"}, ["dataset"], "30个")
    assert (internal["kind"], internal["due"], internal["forms"]) == ("internal", {}, [])


# file | what is written | what is put in its place | what the message must name
SLIPS = """
plan | year = 2018 | yaer = 2018 | plan.toml，键 year：缺少
plan | year = 2018 | year = "2018" | plan.toml，键 year：'2018' 不是一个整数
plan | source = "plan.txt" | source = "plan.txt"; x = 1 | plan.toml 不是正确的 TOML
plan | source = "plan.txt" | sauce = "plan.txt" | 键 source：缺少
plan | months = 1 | mouths = 1 | defaults monthly，键 mouths：不认识这个键
plan | months = 1 | months = -1 | 键 months：-1 不是非负整数
plan | months = 1 | months = true | 键 months：True 不是非负整数
plan | months = 1 | months = 1 \\n workdays = 2 | 键 months：只能写 months、workdays、day 中的一个
plan | kind = "monthly" | kind = "weekly" | 键 kind：不认识 weekly；请改为 daily、monthly
plan | basis = "stated" | basis = "stated" \\n months = 1 | defaults internal，键 kind：内部工作没有期限
plan | issued_on = 2018-03-01 | issued_on = "2018-03-01" | 键 issued_on：'2018-03-01' 不是一个日期
plan | issued_on = 2018-03-01 | issued_on = 2018-03-01T08:00:00 | 键 issued_on：带有时刻
tasks | cadence = "monthly" | cadence = "weekly" | task 1.1，键 cadence：不认识 weekly
tasks | form = "series" | form = "table" | task 1.1，键 form：不认识 table
tasks | id = "1.2" | id = "1.3" | 方案里没有任务 1.3
tasks | id = "1.2" | id = "1.1" | 键 id：编号 1.1 已经用过
tasks | phrase = "30个" | phrase = "31个" | 键 phrase：“31个”不在任务原文中
tasks | note = "没有公开的内容。" | nota = "" | 键 nota：不认识这个键
duties | phrase = "开放30个数据集" | phrase = "开放三十个" | 1.1b，键 phrase：“开放三十个”不在任务 1.1
duties | id = "1.1b" | id = "1.1a" | 键 id：编号 1.1a 已经用过
duties | task = "1.2" | task = "9.9" | 键 task：方案里没有任务 9.9
duties | form = "dataset" | form = "data" | obligation 1.1b，键 form：不认识 data
duties | forms = ["dataset"] | forms = ["data"] | 键 forms：不认识 data
duties | words = [["财政", "收支"]] | word = [["财政", "收支"]] | 键 word：不认识这个键
duties | words = [["财政", "收支"]] | words = ["财政"] | 键 words：不是词组的列表
duties | words = [["财政", "收支"]] | words = [["财政", ""]] | 键 words：有空的
duties | words = [["财政", "收支"]] | words = [] | 键 words：缺少
duties | sample_title = "数据集" | note = "数据集" | 键 sample_title：缺少
duties | also = { "1.1a" = "示例"} | also = { "7.1a" = "示例"} | also 提到的 7.1a 不存在
duties | cadence = "monthly" | cadence = "yearly" | 键 deadline：没有名为 yearly 的默认期限
duties | title = "数据集" | title = "" | 键 title：是空的
duties | form = "internal" | form = "internal" \\n words = [["培训"]] | 键 words：内部工作不按发布判定
"""


def slips() -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in SLIPS.strip().splitlines()]


@pytest.mark.parametrize(("file", "written", "instead", "told"), slips())
def test_a_slip_is_told_with_file_entry_key_and_remedy(
    file: str, written: str, instead: str, told: str
) -> None:
    name = NAMES[file]
    assert written in GOOD[name]
    wrong = {**GOOD, name: GOOD[name].replace(written, instead.replace("\\n", "\n"), 1)}
    with pytest.raises(Faulty) as slip:
        read_reviewed(wrong, TEXTS)
    assert told in str(slip.value)
    assert name in str(slip.value) or "公开事项 1.1b" in str(slip.value)
    assert "请" in str(slip.value)


def test_a_title_longer_than_its_place_on_the_screen_is_refused() -> None:
    wrong = {**GOOD, "obligations/01.toml": DUTIES.replace('"培训"', f'"{"长" * 25}"')}
    with pytest.raises(Faulty, match="键 title：长 25 字；请缩短到 24 字以内"):
        read_reviewed(wrong, TEXTS)


def test_a_task_that_nobody_reviewed_is_named() -> None:
    with pytest.raises(Faulty, match=r"tasks\.toml 里没有任务 1\.3"):
        read_reviewed(GOOD, {**TEXTS, "1.3": "公开名单。"})


@pytest.mark.parametrize("file", ["plan.toml", "tasks.toml"])
def test_a_missing_file_is_named(file: str) -> None:
    with pytest.raises(Faulty, match=f"缺少 {file}"):
        read_reviewed({name: text for name, text in GOOD.items() if name != file}, TEXTS)
