"""Bodies of the sample's documents: short, plausible, and plainly marked as samples."""

from collections.abc import Sequence
from random import Random

WARNING = "【示例】本文是演示用的示例，文中的数字都是虚构的示例数据，不是真实的政府信息。"
CLOSING = "以上为示例内容。真实信息请以相关单位政府网站公布的为准。"


def body_of(*, form: str, unit: str, subject: str, period: str, lot: Random) -> str:
    """The text of one document, two to five blocks apart by empty lines; tables are lines with tabs.

    `form` is one of `publishing.models.Form`; `subject` is what the obligation calls it; `period` is
    "2017年8月", or empty where it is about no period.
    """
    about = f"{period}{subject}"
    blocks = [WARNING, *_WRITERS[form](unit, about, lot), CLOSING]
    return "\n\n".join(blocks)


def _document(unit: str, about: str, lot: Random) -> list[str]:
    days = lot.choice((5, 10, 20))
    return [
        f"现将“{about}”有关内容公布如下。本示例说明政策的背景、主要内容和办理方法，由{unit}负责解释。",
        "一、主要内容",
        f"明确了适用范围、办理条件和所需材料三个方面共 {lot.randint(4, 12)} 条措施，自公布之日起施行。",
        f"对内容有疑问的，可以在网站留言，示例中约定 {days} 个工作日内答复。",
    ]


def _list(unit: str, about: str, lot: Random) -> list[str]:
    states = ("新增", "保留", "调整", "取消")
    rows = [
        (str(number), f"示例事项{number:02d}", lot.choice(states), f"示例依据第 {lot.randint(1, 60)} 条")
        for number in range(1, lot.randint(4, 8))
    ]
    return [
        f"根据工作安排，{unit}整理了“{about}”，现予公布。清单随调整更新，每次更新保留原来的版次。",
        _table(("序号", "名称（示例）", "状态", "依据（示例）"), rows),
    ]


def _series(unit: str, about: str, lot: Random) -> list[str]:
    rows = [
        (f"{name}（示例数据）", f"{lot.uniform(80, 900):.1f}", f"{lot.uniform(-6, 14):+.1f}%")
        for name in ("总量", "其中：甲类", "其中：乙类", "累计")
    ]
    return [
        f"{unit}公布{about}。主要数据见下表，均为示例数据。",
        _table(("指标", "数值", "比上年同期"), rows),
        f"与上期相比，主要指标{lot.choice(('总体平稳', '稳中有升', '略有回落'))}（示例表述）。",
    ]


def _cases(unit: str, about: str, lot: Random) -> list[str]:
    results = ("符合规定", "责令改正", "已整改", "准予许可")
    rows = [
        (f"示例〔2017〕{lot.randint(1, 400)}号", f"示例单位{letter}", lot.choice(results))
        for letter in "甲乙丙丁戊"[: lot.randint(3, 5)]
    ]
    return [
        f"{unit}公布{about}，本次共 {len(rows)} 件（示例）。",
        _table(("文书编号（示例）", "对象（示例）", "结果"), rows),
    ]


def _project(unit: str, about: str, lot: Random) -> list[str]:
    states = ("在建", "完工", "前期")
    rows = [
        (f"示例项目{letter}", f"{lot.uniform(2, 60):.1f}", f"{lot.randint(15, 100)}%", lot.choice(states))
        for letter in "甲乙丙丁"
    ]
    return [
        f"{unit}公布{about}。项目的投资和进度见下表，均为示例数据。",
        _table(("项目（示例）", "总投资（亿元）", "完成比例", "状态"), rows),
        f"下一步将按计划推进，预计年内完成 {lot.randint(2, 4)} 个示例项目的阶段目标。",
    ]


def _dataset(unit: str, about: str, lot: Random) -> list[str]:
    often = ("每日", "每月", "每季度")
    rows = [
        (f"示例数据集{number:02d}", str(lot.randint(3, 40)), str(lot.randint(1, 90) * 100), lot.choice(often))
        for number in range(1, 6)
    ]
    return [
        f"{unit}开放{about}，可以免费下载使用。",
        _table(("数据集（示例）", "字段数", "记录数", "更新频率"), rows),
    ]


def _consultation(unit: str, about: str, lot: Random) -> list[str]:
    return [
        f"{unit}就“{about}”听取社会各界意见，时间为公布之日起 {lot.choice((15, 20, 30))} 日。",
        "一、怎样提出意见",
        "可以在网站留言，也可以寄信，请写明“征求意见”字样。示例不提供真实的联系方式。",
        f"截至目前收到意见 {lot.randint(6, 90)} 条（示例数据），采纳情况将在期满后公布。",
    ]


def _meeting(unit: str, about: str, lot: Random) -> list[str]:
    return [
        f"{unit}举行“{about}”，介绍近期工作并回答提问。",
        "一、介绍的主要情况",
        f"介绍了 {lot.randint(3, 6)} 个方面的工作进展；会上回答提问 {lot.randint(4, 12)} 个（示例数据）。",
        "会议实录（示例）随后在本页补充。",
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(row) for row in (head, *rows))


_WRITERS = {
    "document": _document,
    "list": _list,
    "series": _series,
    "cases": _cases,
    "project": _project,
    "dataset": _dataset,
    "consultation": _consultation,
    "meeting": _meeting,
}
