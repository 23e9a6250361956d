"""A page of an old site, as its file or its row holds it. Nothing is ever fetched: only files are read."""

import base64
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from yangguang.publishing import attachments
from yangguang.publishing.formats.reading.found import Found, found
from yangguang.publishing.formats.reading.html import read_html
from yangguang.rules.encodings import decode
from yangguang.rules.plan_table import Unreadable

LARGEST = 20_000_000
MOSTLY_LINKS = 0.6
SHORTEST = 20
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_DAY_IN_PATH = re.compile(r"t((?:19|20)\d\d)(\d\d)(\d\d)_")
_TOLD = re.compile(r"(?:发布|发文|更新|时间|日期)[^\d]{0,6}" + _DAY.pattern)
_PICTURE = {"jpg": "jpeg", "jpeg": "jpeg", "png": "png"}


class NotAnArticle(Exception):
    """A page that is not moved in, and why, in a few words."""


@dataclass
class OldPage:
    """What a page gives. `path` is its address in the old site, with a slash before it."""

    path: str
    found: Found
    sha256: str
    released_on: dt.date | None = None
    files: list[Path] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    pictures: int = 0


def day_in(text: str) -> dt.date | None:
    """The first date in a text, as old pages write them."""
    for match in _DAY.finditer(text):
        try:
            return dt.date(*map(int, match.groups()))
        except ValueError:
            continue
    return None


def parsed(data: bytes) -> Any:
    """The tree of a page's bytes. Raises NotAnArticle for one that holds nothing."""
    try:
        return html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", _text(data)))
    except (etree.ParserError, ValueError) as problem:
        raise NotAnArticle("网页是空的") from problem


def _text(data: bytes) -> str:
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.IGNORECASE)
    name = declared.group(1).decode("ascii").lower() if declared else ""
    try:
        return data.decode("gb18030" if name in {"gb2312", "gbk"} else name or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def article(data: bytes, stem: str) -> Found:
    """The text of a page. Raises NotAnArticle with the reason where there is none to move."""
    try:
        result = found(read_html(data), stem)
    except (Unreadable, RecursionError) as problem:
        raise NotAnArticle(str(problem) or "网页嵌套过深") from problem
    if len(result.body.strip()) < SHORTEST:
        raise NotAnArticle("没有正文")
    return result


def is_a_list(root: Any) -> bool:
    """Whether a page is mostly links: a list or a first page, whose place columns take."""
    links = sum(len("".join(link.itertext()).strip()) for link in root.iter("a"))
    everything = len("".join(piece for piece in _texts(root)).strip())
    return everything > 0 and links / everything > MOSTLY_LINKS


def _texts(root: Any) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in {"script", "style"}:
            yield (element.text or "").strip()
            yield (element.tail or "").strip()


def title_of(root: Any) -> str:
    """The title as the page's tag or its only first heading tells it; "" where neither does."""
    tags = root.xpath("//meta[@name='ArticleTitle']/@content")
    heads = root.xpath("//h1")
    told = str(tags[0]) if tags else "".join(heads[0].itertext()) if len(heads) == 1 else ""
    return " ".join(told.split())[:300]


def released(root: Any, path: str) -> dt.date | None:
    """发布日期: the page's tag, else what the page says beside such a word, else its address."""
    tags = root.xpath("//meta[@name='PubDate' or @name='pubdate' or @name='firstpublishedtime']/@content")
    if tags and (day := day_in(str(tags[0]))):
        return day
    told = _TOLD.search("".join(_texts(root)))
    if told and (day := day_in(told.group(0))):
        return day
    in_path = _DAY_IN_PATH.search(path)
    if in_path:
        try:
            return dt.date(*map(int, in_path.groups()))
        except ValueError:
            return None
    return None


def with_pictures_inside(root: Any, here: Path, top: Path) -> int:
    """Put the pictures that lie beside the page into it, as the reader of pages takes them; returns how many."""
    count = 0
    for image in root.iter("img"):
        file = local(str(image.get("src", "")), here, top)
        kind = _PICTURE.get(file.suffix.lstrip(".").lower()) if file else None
        if file is not None and kind and file.is_file() and file.stat().st_size <= LARGEST:
            image.set("src", f"data:image/{kind};base64,{base64.b64encode(file.read_bytes()).decode()}")
            count += 1
    return count


def linked(root: Any, here: Path, top: Path) -> tuple[list[Path], list[str]]:
    """The files to attach that the page links to, and the links within the site that lead nowhere."""
    files: list[Path] = []
    broken: list[str] = []
    for link in root.iter("a"):
        address = str(link.get("href", "")).strip()
        file = local(address, here, top)
        if file is None:
            continue
        if not file.exists():
            broken.append(address[:200])
        elif file.is_file() and attachments.media_type_of(file.name) and file not in files:
            files.append(file)
    return files, broken


def local(address: str, here: Path, top: Path) -> Path | None:
    """The file within the folder that an address names; None for one elsewhere, an anchor, a script."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    name = unquote(parts.path)
    try:
        file = (top / name.lstrip("/") if name.startswith("/") else here / name).resolve()
        inside = file.is_relative_to(top.resolve())
    except (OSError, ValueError):
        return None
    return file if inside else None
