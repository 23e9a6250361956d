"""Text with a part of it marked."""

from typing import NamedTuple


class Segment(NamedTuple):
    """A piece of text, marked or not."""

    text: str
    is_marked: bool


def mark(text: str, phrase: str) -> list[Segment]:
    """Cut a text so that the phrase stands alone, marked. Joined, the pieces give the text again.

    A phrase that does not stand in the text marks nothing.
    """
    start = text.find(phrase) if phrase else -1
    if start < 0:
        return [Segment(text, False)] if text else []
    end = start + len(phrase)
    pieces = [Segment(text[:start], False), Segment(phrase, True), Segment(text[end:], False)]
    return [piece for piece in pieces if piece.text]


def holds(text: str, phrase: str) -> bool:
    return bool(phrase) and phrase in text
