"""Header words of a plan's table → what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

SERIAL, LEAD, BEARER, OTHER = "serial", "lead", "bearer", "other"
DEADLINE, CHANNEL, NOTE = "deadline", "channel", "note"
AREAL, GENERIC, DEEP = "areal", "generic", "deep"

TEXTS = (AREAL, GENERIC, DEEP)
UNITS = (LEAD, BEARER)

# The first that matches decides; so 责任领导 is a note before 责任… could make it a unit column.
_WORDS: tuple[tuple[str, str], ...] = (
    (SERIAL, r"序号|编号|序|项次|项目号|号|任务号|任务编号|no\.?|№"),
    (NOTE, r".*(?:责任人|负责人|领导|联系|联络|电话|审核人|填报人|经办).*"),
    (BEARER, r".*牵头.*配合.*|.*主办.*协办.*"),
    (OTHER, r".*(?:配合|协办|协助|会办|协同|参与|参加).*"),
    (LEAD, r".*(?:牵头|主办|主要责任|第一责任|主责).*"),
    (
        BEARER,
        r".*(?:责任|负责|落实|承办|实施|执行|公开|完成|承担|分工|报送|发布)(?:单位|部门|主体|机构|处室|科室|机关).*"
        r"|(?:责任|部门|任务|职责)?分工|责任|(?:市直|有关|相关)?(?:单位|部门)(?:名称)?|责任落实|责任划分|主体",
    ),
    (DEADLINE, r".*(?:时限|时间|期限|频次|频率|周期|时效|日期|节点).*|(?:完成|工作|推进)?进度(?:安排|要求)?"),
    (CHANNEL, r".*(?:渠道|平台|载体|途径).*|.*(?:公开|发布)(?:方式|形式).*|方式|形式"),
    (
        NOTE,
        r".*(?:备注|依据|来源|分值|得分|评分|完成情况|落实情况|进展|状态|属性|预期|成效|成果|目标|标志).*|说明|类型|附注|注",
    ),
    (AREAL, r".*(?:领域|类别|板块|分类|大类|一级|方面|栏目|大项|方向).*|类"),
    (DEEP, r".*(?:具体|措施|要求|内容|事项|举措|细化|分解|要点|二级|三级|小项|细项).*"),
    (GENERIC, r".*(?:任务|工作|项目|指标).*|名称"),
)
_WORDS_READ = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _WORDS)
LONGEST_LABEL = 18


def header_kind(label: str) -> str | None:
    """What a header cell announces; `label` is a key. None when it is no header word.

    >>> header_kind("牵头落实单位"), header_kind("完成时限")
    ('lead', 'deadline')
    """
    plain = re.sub(r"\s+", "", label)
    plain = re.sub(r"\([^()]*\)", "", plain) or plain.strip("()")
    if not 0 < len(plain) <= LONGEST_LABEL or re.search(r"[。;]", plain):
        return None
    return next((kind for kind, words in _WORDS_READ if words.fullmatch(plain)), None)


def column_kind(labels: Sequence[str]) -> str | None:
    """The kind of a column from its labels, outermost level first (责任分工 / 牵头).

    The innermost label decides; where it is only 单位 the outer one (牵头, 配合) does.
    """
    kinds = [header_kind(label) for label in labels]
    if not kinds:
        return None
    if kinds[-1] == BEARER and any(kind in (LEAD, OTHER) for kind in kinds):
        return next(kind for kind in reversed(kinds) if kind in (LEAD, OTHER))
    return next((kind for kind in reversed(kinds) if kind), None)
