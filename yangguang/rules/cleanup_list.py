"""A cleaning-up's list (规范性文件清理结果): which documents, and what becomes of each.

Rows come from a table (with or without a head) or from lines such as
“1.《关于…的通知》（深府办〔2012〕12号）”. A line that names a part of the list (二、宣布失效的文件) changes
what becomes of those below it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

KEEP = "keep"
# What becomes of a document, by the words of the list; the first that stands there counts.
_VERBS = (
    ("replace", ("被替代", "替代", "代替", "取代")),
    (KEEP, ("继续有效", "保留", "继续执行")),
    ("expire", ("失效",)),
    ("abolish", ("废止", "撤销")),
    ("amend", ("修改", "修订")),
)
_HEADS = {
    "title": ("文件名称", "文件标题", "规范性文件名称", "名称", "标题", "文件"),
    "number": ("文号", "发文字号", "文件编号", "文件文号", "发文号"),
    "verb": ("清理意见", "清理结果", "处理意见", "处理结果", "处理方式", "结果", "意见", "act"),
    "reason": ("理由", "原因", "清理理由", "废止理由", "失效理由", "说明", "备注", "reason"),
    "successor": ("替代文件", "替代文件名称", "新文件", "修改后文件", "successor"),
    "unit": ("责任单位", "起草单位", "实施单位", "牵头单位", "主管部门", "制定机关", "单位", "unit"),
}
_SERIAL = re.compile(
    r"^\s*(?:[（(]?\d{1,4}[)）.．、]|\d{1,4}\s+(?=《)|[（(][一二三四五六七八九十百]{1,4}[)）])\s*"
)
_NUMBER = re.compile(
    r"[（(【\[，,\s]*(?P<number>[\u4e00-\u9fff]{1,14}[〔\[（(【［﹝]\s*(?:19|20)\d\d\s*[〕\])）】］﹞]\s*(?:第)?\s*\d{1,5}\s*号)"
    r"[)）】\]]*"
)
_TITLED = re.compile(r"《(?P<title>[^《》]+|[^》]*《.*》[^《]*)》")


@dataclass(frozen=True)
class ListedDocument:
    """One document of the list. `place` is the row or line it stands in, counted from 1."""

    place: int
    title: str
    number: str
    verb: str
    reason: str = ""
    successor: str = ""
    unit: str = ""


@dataclass
class ListReading:
    """The documents of a list, and the rows that could not be read, each with a sentence."""

    documents: list[ListedDocument] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)


def read_rows(rows: Iterable[Sequence[str]], default: str = "abolish") -> ListReading:
    """Read a list given as rows of cells; `default` is what becomes of documents where nothing is said."""
    reading = ListReading()
    columns: dict[str, int] = {}
    verb = default
    for place, row in enumerate(rows, 1):
        cells = [" ".join(str(cell).split()) for cell in row]
        told = [cell for cell in cells if cell]
        if not told:
            continue
        if head := _columns(cells):
            columns = head
        elif len(told) == 1 and (part := _part(told[0])):
            verb = part
        elif columns:
            _from_table(reading, place, cells, columns, verb)
        else:
            _from_line(reading, place, " ".join(told), verb)
    return reading


def verb_of(words: str) -> str | None:
    """What becomes of a document, by the list's words; None where they say nothing of it."""
    return next((verb for verb, signs in _VERBS if any(sign in words for sign in signs)), None)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """The columns of a head row; empty for any other row."""
    found: dict[str, int] = {}
    for name, heads in _HEADS.items():
        for place, cell in enumerate(cells):
            plain = unicodedata.normalize("NFKC", cell).replace(" ", "").casefold()
            if (
                plain in heads
                or (name == "title" and plain == "title")
                or (name == "number" and plain == "number")
            ):
                found.setdefault(name, place)
    return found if "title" in found and (len(found) > 1 or len([c for c in cells if c]) == 1) else {}


def _part(text: str) -> str | None:
    """The verb of a heading within the list: 一、决定废止的规范性文件（12件）."""
    if "《" in text or _NUMBER.search(text) or len(text) > 60:
        return None
    return verb_of(text) if re.match(r"^[一二三四五六七八九十（(附]|^(决定|予以|宣布|继续)", text) else None


def _from_table(
    reading: ListReading, place: int, cells: Sequence[str], columns: dict[str, int], verb: str
) -> None:
    told = {name: cells[column] if column < len(cells) else "" for name, column in columns.items()}
    title, number = _title_and_number(told["title"])
    if not title:
        reading.unread.append((place, "没有文件名称：请补上名称，或者删去这一行"))
        return
    reading.documents.append(
        ListedDocument(
            place=place,
            title=title,
            number=told.get("number") or number,
            verb=verb_of(told.get("verb", "")) or verb,
            reason=told.get("reason", ""),
            successor=_title_and_number(told.get("successor", ""))[0],
            unit=told.get("unit", ""),
        )
    )


def _from_line(reading: ListReading, place: int, text: str, verb: str) -> None:
    title, number = _title_and_number(text)
    if not title or not ("《" in text or number):
        reading.unread.append((place, f"“{text[:40]}”看不出是哪份文件：请写《文件名称》（文号）"))
        return
    reading.documents.append(ListedDocument(place=place, title=title, number=number, verb=verb))


def _title_and_number(text: str) -> tuple[str, str]:
    plain = _SERIAL.sub("", text)
    found = list(_NUMBER.finditer(plain))
    number = re.sub(r"\s+", "", found[-1]["number"]) if found else ""
    title = (plain[: found[-1].start()] + plain[found[-1].end() :]) if found else plain
    title = title.strip(" ，,。；;、")
    titled = _TITLED.fullmatch(title)
    return (titled["title"] if titled else title), number
