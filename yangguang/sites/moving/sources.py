"""Old pages from a mirrored folder of HTML files, or from a CSV export."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from yangguang.rules.encodings import decode
from yangguang.sites.moving import pages
from yangguang.sites.moving.pages import NotAnArticle, OldPage

COLUMNS = {
    "path": ("地址", "网址", "url"),
    "title": ("标题", "title"),
    "body": ("正文", "内容", "body", "content"),
    "day": ("发布日期", "发布时间", "date"),
    "source": ("来源", "发布机构", "source"),
}
NEEDED = ("path", "title", "body")
LONGEST_CELL = 10_000_000


class NotReadable(ValueError):
    """The source as a whole cannot be read. One sentence: what, where, the remedy."""


Read = tuple[str, OldPage | NotAnArticle]
"""A page's path in the old site, and the page or why there is none."""


def count(source: Path) -> int:
    """How many pages there are to read. Raises NotReadable."""
    if source.is_dir():
        return sum(1 for _ in _files(source))
    return len(_rows(source))


def read(source: Path) -> Iterator[Read]:
    """Every page of a folder or a table, in order of their paths or rows. Raises NotReadable."""
    if source.is_dir():
        for file in _files(source):
            path = "/" + file.relative_to(source).as_posix()
            try:
                yield path, _page(file, source, path)
            except NotAnArticle as problem:
                yield path, problem
    else:
        for row in _rows(source):
            path = _path(row["path"])
            try:
                yield path, _row(row, path, source.parent)
            except NotAnArticle as problem:
                yield path, problem


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in {".html", ".htm", ".shtml"} and file.is_file() and not file.is_symlink():
            yield file


def _page(file: Path, top: Path, path: str) -> OldPage:
    if file.stat().st_size > pages.LARGEST:
        raise NotAnArticle(f"网页大于 {pages.LARGEST // 1_000_000} MB")
    data = file.read_bytes()
    return _made(data, hashlib.sha256(data).hexdigest(), path, file.parent, top)


def _made(data: bytes, sha256: str, path: str, here: Path, top: Path) -> OldPage:
    root = pages.parsed(data)
    if pages.is_a_list(root):
        raise NotAnArticle("多半是链接的列表页或首页，由栏目代替")
    files, broken = pages.linked(root, here, top)
    day = pages.released(root, path)
    pictures = pages.with_pictures_inside(root, here, top)
    for told in root.xpath("//meta[@charset or @http-equiv]"):
        told.getparent().remove(told)  # the page is handed on in UTF-8, whatever it says of itself
    found = pages.article(
        html.tostring(root, encoding="utf-8", include_meta_content_type=False), Path(path).stem
    )
    title = pages.title_of(root)
    return OldPage(
        path, replace(found, title=title) if title else found, sha256, day, files, broken, pictures
    )


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        text = decode(file.read_bytes())
    except OSError as problem:
        raise NotReadable(f"{file} 打不开（{problem.strerror}）：请检查路径") from problem
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        head = [name.strip() for name in next(reader, [])]
        places = {
            key: next((at for at, name in enumerate(head) if name.lower() in names), -1)
            for key, names in COLUMNS.items()
        }
        missing = [COLUMNS[key][0] for key in NEEDED if places[key] < 0]
        if missing:
            raise NotReadable(f"{file.name} 第 1 行缺少“{'”“'.join(missing)}”列：请在表头补上")
        return [
            {key: row[at].strip() if 0 <= at < len(row) else "" for key, at in places.items()}
            for row in reader
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as problem:
        raise NotReadable(
            f"{file.name} 第 {reader.line_num} 行读不下去（{problem}）：请检查引号"
        ) from problem


def _path(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address[:500]
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


def _row(row: dict[str, str], path: str, folder: Path) -> OldPage:
    """A row as the page it was: its body may be HTML or plain text with empty lines between paragraphs."""
    body = row["body"]
    if "<" not in body or ">" not in body:
        body = "".join(f"<p>{escape(piece)}</p>" for piece in body.split("\n") if piece.strip())
    title = escape(row["title"], quote=True)
    text = (
        f'<html><head><meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{escape(row["day"])}">'
        f'<meta name="ContentSource" content="{escape(row["source"])}"></head><body><article>{body}</article></body></html>'
    )
    if not row["title"]:
        raise NotAnArticle("没有标题")
    digest = hashlib.sha256("\x1f".join(row.values()).encode()).hexdigest()
    return _made(text.encode(), digest, path, folder, folder)
