"""A page as it comes out of reading."""

from dataclasses import dataclass
from typing import Any

from yangguang.rules.page_layout import Box, ReadLine


@dataclass(frozen=True)
class ReadPage:
    """`image` is the page as JPEG, upright, with its size in pixels; `lines` in reading order."""

    image: bytes
    width: int
    height: int
    lines: tuple[ReadLine, ...]
    text: str

    @property
    def confidence(self) -> float:
        """The mean over characters; 1 for an empty page."""
        count = sum(len(line.text) for line in self.lines)
        if not count:
            return 1.0
        return round(sum(line.confidence * len(line.text) for line in self.lines) / count, 4)


def as_json(line: ReadLine) -> dict[str, Any]:
    """A line as it is stored: whole pixels, four digits of confidence."""
    box = line.box
    return {
        "text": line.text,
        "box": [round(box.left), round(box.top), round(box.right), round(box.bottom)],
        "confidence": round(line.confidence, 4),
        "doubtful": [list(span) for span in line.doubtful],
    }


def from_json(stored: dict[str, Any]) -> ReadLine:
    return ReadLine(
        stored["text"],
        Box(*stored["box"]),
        stored["confidence"],
        tuple((start, end) for start, end in stored["doubtful"]),
    )
