"""Charts as SVG, made while the page is rendered.

Numbers go in, escaped markup comes out; colours come from the style sheet by class, so that the charts
follow dark mode and print. Every chart stands beside its numbers in words or in a table: the drawing
itself is hidden from screen readers.
"""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yangguang.rules.score import Score
from yangguang.rules.verdict import State

Part = tuple[str, float, float]
"""CSS class, start and length, both in percent of the bar."""


def parts(score: Score) -> list[tuple[str, int]]:
    """What a bar shows, in the order drawn: done on time, late, in part, missing, still to come."""
    pending = score.not_yet + score.provisional
    return [
        ("on_time", score.on_time),
        ("late", score.late),
        ("partial", score.partial),
        ("missing", score.missing),
        ("not_yet", pending),
    ]


def spans(counts: Sequence[tuple[str, int]], whole: int) -> list[Part]:
    """Lay counts end to end on a bar that stands for `whole`; empty counts take no place."""
    laid: list[Part] = []
    start = 0.0
    for name, count in counts:
        if count and whole:
            length = 100 * count / whole
            laid.append((name, round(start, 3), round(length, 3)))
            start += length
    return laid


def bar(score: Score, whole: int | None = None) -> SafeString:
    """A lying bar. `whole` is the count that fills it, by default all of this score."""
    counts = parts(score)
    total = whole or sum(count for _, count in counts)
    return _svg("bar", [_lying(*span) for span in spans(counts, total)])


def lying(counts: Sequence[tuple[str, int]], whole: int) -> SafeString:
    """A lying bar of any counts, each with the CSS class of its shade; `whole` is the count that fills it."""
    return _svg("bar", [_lying(*span) for span in spans(counts, whole)])


def column(score: Score, whole: int) -> SafeString:
    """A standing bar, from the ground up; `whole` is the count of the tallest one beside it."""
    return _svg("column", [_standing(*span) for span in spans(parts(score), whole)])


def _lying(name: str, start: float, length: float) -> SafeString:
    return format_html('<rect class="part {}" x="{}%" y="0" width="{}%" height="100%"/>', name, start, length)


def _standing(name: str, start: float, length: float) -> SafeString:
    top = round(100 - start - length, 3)
    return format_html('<rect class="part {}" x="0" y="{}%" width="100%" height="{}%"/>', name, top, length)


def _svg(kind: str, shapes: Iterable[SafeString]) -> SafeString:
    inside = format_html_join("", "{}", ((shape,) for shape in shapes))
    return format_html('<svg class="{}" aria-hidden="true" focusable="false">{}</svg>', kind, inside)


_DISC = SafeString('<circle cx="8" cy="8" r="6.5" class="solid"/>')
_HALF = SafeString(
    '<circle cx="8" cy="8" r="6" class="line"/><path d="M8 2a6 6 0 0 0 0 12z" class="solid accent"/>'
)
_QUARTER = SafeString(
    '<circle cx="8" cy="8" r="6" class="line"/><path d="M8 8V2a6 6 0 0 1 6 6z" class="solid accent"/>'
)
_RING = SafeString('<circle cx="8" cy="8" r="5.6" class="line bold"/>')
_DOTS = SafeString('<circle cx="8" cy="8" r="6" class="line dotted"/>')
_DIAMOND = SafeString('<path d="M8 1.5 14.5 8 8 14.5 1.5 8z" class="line"/>')
_DASH = SafeString('<path d="M3 8h10" class="line"/>')

SHAPES = {
    State.ON_TIME: _DISC,
    State.LATE: _HALF,
    State.PARTIAL: _QUARTER,
    State.MISSING: _RING,
    State.NOT_YET: _DOTS,
    State.PROVISIONAL: _DIAMOND,
    State.UNJUDGED: _DASH,
    State.INTERNAL: _DASH,
}
"""● ◐ ◔ ○ ◌ ◇ – as drawings: the same on every system, and printed where backgrounds are not."""

_MARKS = {
    state: format_html(
        '<svg class="mark {}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        state.value,
        shape,
    )
    for state, shape in SHAPES.items()
}


def mark(state: State) -> SafeString:
    """The sign of a state. It says nothing to a screen reader: the word always stands beside it."""
    return _MARKS[state]
