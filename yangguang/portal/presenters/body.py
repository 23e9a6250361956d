"""The text of a document, block by block, with its footnotes numbered and gathered at the end."""

from dataclasses import dataclass, field

from yangguang.rules.official_text import Block, Kind, Table, parse


@dataclass(frozen=True)
class Run:
    """A run of text. `number` is that of a footnote's sign, `breaks` a line end, `leads` a lead set apart."""

    text: str = ""
    number: int = 0
    breaks: bool = False
    leads: bool = False


@dataclass(frozen=True)
class Shown:
    """A block as the page shows it. `tag` is the element of a heading; `number` is a footnote's."""

    block: Block
    runs: tuple[Run, ...] = field(default=())
    number: int = 0

    @property
    def kind(self) -> str:
        return self.block.kind.value

    @property
    def tag(self) -> str:
        return f"h{self.block.level + 1}"

    @property
    def table(self) -> Table:
        return self.block.table

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return self.block.rows


def blocks(text: str) -> list[Shown]:
    """The blocks in order, footnotes last. Footnotes are numbered as their signs come, the others after."""
    read = parse(text)
    texts = {block.mark for block in read if block.kind is Kind.FOOTNOTE}
    numbers: dict[str, int] = {}
    shown = [
        Shown(block, tuple(_runs(block, texts, numbers))) for block in read if block.kind is not Kind.FOOTNOTE
    ]
    notes = []
    for block in read:
        if block.kind is Kind.FOOTNOTE:
            number = numbers.setdefault(block.mark, len(numbers) + 1)
            notes.append(Shown(block, (Run(" ".join(block.lines)),), number))
    return [*shown, *sorted(notes, key=lambda note: note.number)]


def _runs(block: Block, texts: set[str], numbers: dict[str, int]) -> list[Run]:
    if block.kind in (Kind.TABLE, Kind.PICTURE):
        return []
    runs, lead = [], block.lead
    for segment in block.segments:
        if segment.breaks:
            runs.append(Run(breaks=True))
        elif segment.mark in texts:
            runs.append(Run(number=numbers.setdefault(segment.mark, len(numbers) + 1)))
        elif segment.mark:
            runs.append(Run(f"[^{segment.mark}]"))
        elif lead and segment.text.startswith(lead):
            runs += [Run(lead, leads=True), Run(segment.text[len(lead) :])]
            lead = ""
        else:
            runs.append(Run(segment.text))
    return runs
