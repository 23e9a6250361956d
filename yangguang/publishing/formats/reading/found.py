"""What a reader found in a file."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from yangguang.rules.official_text import normalised
from yangguang.rules.official_text.head import Head, read_head

_INDEX_NO = re.compile(r"索\s?引\s?号[\s：:|]*([0-9A-Za-z][0-9A-Za-z./（）()-]{4,99})")


@dataclass(frozen=True)
class Notice:
    """Something that was not carried over as it stood. `kind` is a short word, `place` may be empty."""

    kind: str
    text: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{self.text}" if self.place else self.text


@dataclass(frozen=True)
class Picture:
    """A picture that becomes an attachment of this name."""

    name: str
    content: bytes


@dataclass
class Pieces:
    """A file as its reader goes through it: blocks of official text, pictures, notices."""

    blocks: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    title: str = ""
    issuer: str = ""

    def notice(self, kind: str, text: str, place: str = "") -> None:
        self.notices.append(Notice(kind, text, place))

    def footnote(self, text: str) -> str:
        """Keep a footnote's text; returns the sign for its place: `[^1]`, `[^2]`…"""
        number = len(self.footnotes) + 1
        self.footnotes.append(f"[^{number}]: {' '.join(text.split())}")
        return f"[^{number}]"

    def picture(self, content: bytes, ending: str, caption: str) -> str:
        """Keep a picture; returns its line of official text."""
        name = f"图{len(self.pictures) + 1}.{ending}"
        self.pictures.append(Picture(name, content))
        said = " ".join(caption.replace("[", "（").replace("]", "）").split()) or f"图{len(self.pictures)}"
        return f"![{said}]({name})"


@dataclass(frozen=True)
class Found:
    """A document as a file holds it: what is proposed for each field, and what was left behind."""

    title: str
    body: str
    number: str = ""
    issuers: tuple[str, ...] = ()
    made_on: dt.date | None = None
    pictures: tuple[Picture, ...] = ()
    notices: tuple[Notice, ...] = ()


def found(pieces: Pieces, stem: str) -> Found:
    """The pieces as a document. Without a title in the text the file's name is proposed."""
    notices = list(pieces.notices)
    head = _head(pieces)
    title = head.title or pieces.title
    if not title:
        title = " ".join(stem.split())[:300]
        notices.append(Notice("标题", f"正文里没有认出标题，暂用文件名“{title}”：请核对"))
    for line in head.dropped:
        notices.append(Notice("版头", f"版头里的“{line}”只属于纸质文件，没有带入"))
    body = normalised("\n\n".join([head.body, *pieces.footnotes]))
    if written := _INDEX_NO.search(body):
        notices.append(
            Notice(
                "索引号",
                f"正文里写着索引号“{written[1]}”：索引号由系统按规则编，不从正文读取；这一处请核对，与系统的不同就删去",
            )
        )
    return Found(
        title=title[:300],
        body=body,
        number=head.number[:80],
        issuers=head.issuers or ((pieces.issuer,) if pieces.issuer else ()),
        made_on=head.made_on,
        pictures=tuple(pieces.pictures),
        notices=tuple(notices),
    )


def _head(pieces: Pieces) -> Head:
    text = "\n\n".join(block for block in pieces.blocks if block.strip())
    head = read_head(text)
    return head if head.body or pieces.footnotes else Head(body=text)
