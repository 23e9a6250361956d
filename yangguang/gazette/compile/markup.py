"""Official text as XHTML: the one rendering of the web edition and of EPUB."""

from collections.abc import Mapping
from html import escape

from yangguang.gazette.compile.content import Text
from yangguang.rules.official_text import Block, Cell, Kind

# Characters that XML cannot hold, even escaped.
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


def safe(text: str) -> str:
    """Escaped for XHTML text and attributes."""
    return escape(text.translate(_NOT_XML))


def article(text: Text, pictures: Mapping[str, str], *, id: str, note_type: bool = False) -> str:
    """An entry as an `<article>`. `pictures` gives the address of each attached picture by name.

    `note_type` adds EPUB's `epub:type` to footnotes.
    """
    body = _Body(text, pictures, id, note_type)
    byline = f'<p class="byline">{safe(text.byline)}</p>' if text.byline else ""
    return f'<article id="{id}">\n<header><h1>{safe(text.title)}</h1>{byline}</header>\n{body.render()}</article>\n'


def body(text: Text, *, id: str) -> str:
    """The text without its article and title, for a page that has its own."""
    return _Body(text, {}, id, note_type=False).render()


class _Body:
    def __init__(self, text: Text, pictures: Mapping[str, str], id: str, note_type: bool) -> None:
        self.text, self.pictures, self.id, self.note_type = text, pictures, id, note_type
        self.referred: list[str] = []

    def render(self) -> str:
        notes = self.text.footnotes
        parts = [self._block(block) for block in self.text.blocks if block.kind != Kind.FOOTNOTE]
        kept = [*self.referred, *(mark for mark in notes if mark not in self.referred)]
        kind = ' epub:type="footnote"' if self.note_type else ""
        parts += [
            f'<aside class="footnote"{kind} id="{self.id}-note-{safe(mark)}">'
            f"<p><sup>{safe(mark)}</sup> {safe(notes[mark].shown)}</p></aside>"
            for mark in kept
            if mark in notes
        ]
        return "\n".join(parts) + "\n"

    def _block(self, block: Block) -> str:
        match block.kind:
            case Kind.TABLE:
                return self._table(block)
            case Kind.PICTURE:
                return self._picture(block)
            case Kind.HEADING:
                level = min(block.level + 1, 6)
                centred = ' class="centred"' if block.is_centred else ""
                return f"<h{level}{centred}>{self._inline(block)}</h{level}>"
            case _:
                kind = "" if block.kind == Kind.PARAGRAPH else f' class="{block.kind.value}"'
                return f"<p{kind}>{self._inline(block)}</p>"

    def _inline(self, block: Block) -> str:
        return "".join(
            self._segment(segment.text, segment.mark, segment.breaks) for segment in block.segments
        )

    def _segment(self, text: str, mark: str, breaks: bool) -> str:
        if breaks:
            return "<br/>"
        if not mark:
            return safe(text)
        if mark not in self.text.footnotes:
            return f"<sup>{safe(mark)}</sup>"
        if mark not in self.referred:
            self.referred.append(mark)
        kind = ' epub:type="noteref"' if self.note_type else ""
        return f'<sup><a{kind} href="#{self.id}-note-{safe(mark)}">{safe(mark)}</a></sup>'

    def _table(self, block: Block) -> str:
        head = "".join(self._row(row, "th") for row in block.table.head)
        body = "".join(self._row(row, "td") for row in block.table.body)
        head = f"<thead>{head}</thead>" if head else ""
        return f'<div class="table"><table class="data">{head}<tbody>{body}</tbody></table></div>'

    def _row(self, cells: tuple[Cell, ...], tag: str) -> str:
        return f"<tr>{''.join(self._cell(cell, tag) for cell in cells)}</tr>"

    def _cell(self, cell: Cell, tag: str) -> str:
        spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
            f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        )
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{spans}>{'<br/>'.join(safe(line) for line in cell.lines)}</{tag}>"

    def _picture(self, block: Block) -> str:
        address = self.pictures.get(block.file)
        if address is None:
            return f'<p class="note">（图：{safe(block.caption)}）</p>'
        caption = safe(block.caption)
        return (
            f'<figure><img src="{safe(address)}" alt="{caption}"/><figcaption>{caption}</figcaption></figure>'
        )
