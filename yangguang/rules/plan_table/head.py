"""What stands around the plan's body: title, document number, issuer, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yangguang.rules.plan_table.dates import find_date, is_date_line
from yangguang.rules.plan_table.source import Paragraph
from yangguang.rules.unit_names import is_unit

_NUMBER = re.compile(r"[一-鿿]{2,14}\s*[〔\[(【﹝]\s*(?:19|20)\d\d\s*[〕\])】﹞]\s*第?\s*\d+\s*号")
_LABELLED = re.compile(
    r"^\s*(?P<label>文\s*号|发文字号|发文文号|印发日期|发布日期|成文日期|发文日期|生成日期|日\s*期|发文机关|发布机构|印发机关"
    r"|印发单位|制定单位|编制单位|发文单位|发布单位|标\s*题|名\s*称)\s*:\s*(?P<value>.+)$"
)
_PLAN_WORDS = re.compile(
    r"方案|要点|计划|分工|清单|安排|任务|台账|一览表|分解|规划|措施|意见|责任表|细则|公开|表$|明细|汇总"
)
_ATTACHED = re.compile(r"^附\s*件\s*[\d一二三四五六七八九十]*\s*[:.、]?\s*")
_END_OF_NOTICE = re.compile(r"(?:通知|函|通报|批复|公告)$")
_ISSUER_OF_TITLE = re.compile(r"^(?P<issuer>[^《》]{3,40}?)(?:印发|转发)?关于")
_LETTERHEAD = re.compile(r"^(?P<issuer>[一-鿿]{4,30}?)(?:文件|公文)$")
_ASIDE = re.compile(
    r"^\(.*\)$|^此页无正文|^[-—–]*\s*\d+\s*[-—–]*$|^抄送|^主送|^附$|^附件\d*:?$|>|索引号|字体|分享|打印"
)


@dataclass(frozen=True)
class Head:
    """What the head says; None where it says nothing."""

    title: str | None
    number: str | None
    issuer: str | None
    issued_on: date | None


def read_head(before: Sequence[Paragraph], after: Sequence[Paragraph], fallback: str | None = None) -> Head:
    """Read the head from the paragraphs before the body, and the signature from those after it.

    The title is the plan's own (…分工方案) where it is printed apart from the covering notice; else
    the notice's. The issuer's full name is the one in the notice's title (深圳市人民政府办公厅关于…).
    `fallback` is a title for sources without one (a sheet's name, the file's own title).
    """
    groups = _title_groups(before)
    title = _choose_title(groups) or fallback
    return Head(
        title=title,
        number=_number(before) or _number(after),
        issuer=_issuer(groups, before, after),
        issued_on=_date(before) or _date(after),
    )


def is_signature(key: str) -> bool:
    """A line with a unit's name or a date alone, as at a document's end."""
    plain = re.sub(r"\s+", "", key)
    return is_date_line(key) or (len(plain) <= 24 and is_unit(plain) and not re.search(r"[、,:]", plain))


def is_title_like(key: str) -> bool:
    """A short line without sentence marks that is no number, date, address or aside."""
    plain = key.strip()
    if not plain or len(plain) > 60 or _ASIDE.search(plain) or is_date_line(plain) or _NUMBER.search(plain):
        return False
    return not re.search(r"[。;:!?]", _ATTACHED.sub("", plain)) and not is_signature(plain)


def _title_groups(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Runs of title-like lines; a run ends at any other line, after 通知, and where the heading level changes."""
    groups: list[list[Paragraph]] = []
    joining = False
    for paragraph in paragraphs:
        if not is_title_like(paragraph.key) or _LETTERHEAD.match(paragraph.key.strip()):
            joining = False
            continue
        last = groups[-1][-1] if groups else None
        ended = last is not None and (
            _END_OF_NOTICE.search(last.key.strip())
            or last.heading != paragraph.heading
            or _ATTACHED.match(paragraph.key)
        )
        if joining and not ended:
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
        joining = True
    return groups


def _choose_title(groups: Sequence[Sequence[Paragraph]]) -> str | None:
    titles = [_title_text(group) for group in groups]
    own = [title for title, key in titles if _PLAN_WORDS.search(key) and not _END_OF_NOTICE.search(key)]
    if own:
        return own[-1]
    notices = [title for title, key in titles if _END_OF_NOTICE.search(key)]
    if notices:
        return notices[-1]
    return titles[-1][0] if titles else None


def _title_text(group: Sequence[Paragraph]) -> tuple[str, str]:
    text, key = "", ""
    for paragraph in group:
        attached = _ATTACHED.match(paragraph.key)
        start = attached.end() if attached else 0
        text += paragraph.text[start:].strip()
        key += paragraph.key[start:].strip()
    return text, key


def _number(paragraphs: Sequence[Paragraph]) -> str | None:
    for paragraph in paragraphs:
        label = _LABELLED.match(paragraph.key)
        found = _NUMBER.search(paragraph.key)
        if not found or "《" in paragraph.key:
            continue
        alone = len(paragraph.key.strip()) <= len(found.group()) + 24 and not re.search(
            r"[。;]", paragraph.key
        )
        if label or alone:
            return re.sub(r"\s+", "", paragraph.text[found.start() : found.end()])
    return None


def _date(paragraphs: Sequence[Paragraph]) -> date | None:
    for paragraph in paragraphs:
        if is_date_line(paragraph.key):
            return find_date(paragraph.key)
    for paragraph in paragraphs:
        label = _LABELLED.match(paragraph.key)
        short = len(paragraph.key.strip()) <= 40 and re.search(r"印发|发布|成文", paragraph.key)
        signed = len(paragraph.key.strip()) <= 40 and re.search(r"日\s*\)?$", paragraph.key.strip())
        if (label or short or signed) and (found := find_date(paragraph.key)):
            return found
    return None


def _issuer(
    groups: Sequence[Sequence[Paragraph]], before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> str | None:
    for group in groups:
        text, key = _title_text(group)
        found = _ISSUER_OF_TITLE.match(key)
        if found and is_unit(found.group("issuer")):
            return text[: found.end("issuer")]
    for paragraph in (*before, *after):
        label = _LABELLED.match(paragraph.key)
        if label and re.search(r"机关|机构|单位", label.group("label")):
            return paragraph.text[label.start("value") :].strip()
        head = _LETTERHEAD.match(paragraph.key.strip())
        if head and is_unit(head.group("issuer")):
            return paragraph.text.strip()[: head.end("issuer")]
    for paragraph in (*before, *after):
        if is_signature(paragraph.key) and not is_date_line(paragraph.key):
            return re.sub(r"\s+", "", paragraph.text)
    return None
