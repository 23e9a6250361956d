"""What an issue is compiled from: values only, so that the same content gives the same bytes."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from yangguang.rules.official_text import Block, parse


@dataclass(frozen=True)
class Text:
    """One entry: an edition's public facts and its body. `byline` is its 文号; `sha256` is the body's."""

    position: int
    section: str
    title: str
    byline: str
    issuers: tuple[str, ...]
    made_on: dt.date | None
    body: str
    address: str
    sha256: str
    pictures: tuple[tuple[str, str, str], ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return parse(self.body)

    @property
    def footnotes(self) -> dict[str, Block]:
        """Footnotes by their sign."""
        return {block.mark: block for block in self.blocks if block.mark}


@dataclass(frozen=True)
class Content:
    """A whole issue. `pictures` of the texts are (name, media type, sha256); `picture` reads the bytes."""

    title: str
    year: int
    number: int
    publisher: str
    issued_at: dt.datetime
    texts: tuple[Text, ...]
    picture: Callable[[str], bytes] = field(repr=False)
    is_sample: bool = False
    is_proof: bool = False

    @property
    def name(self) -> str:
        return f"{self.title}{self.year}年第{self.number}期"

    @property
    def sections(self) -> list[tuple[str, list[Text]]]:
        """Texts under their section headings, as printed; a section is what stands together."""
        return [(name, list(texts)) for name, texts in groupby(self.texts, key=lambda text: text.section)]
