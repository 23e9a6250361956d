"""Characters that a cell holds by accident: white space at its edges, unseen signs, full-width forms."""

import re

# Both classes are written so that Python's `re` and RE2 read them alike.
EDGE = "\\t\\n\\x0b\\x0c\\r\\x1c-\\x1f \\x85\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
UNSEEN = "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff"

_EDGES = re.compile(f"\\A[{EDGE}]+|[{EDGE}]+\\Z")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_LINE_END = re.compile(r"\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")

# Letters, digits and signs of the full-width block, as the keyboard's half-width ones.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FULL_ALNUM = {
    code: code - 0xFEE0
    for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(first), ord(last) + 1)
}
FULL_ALNUM = "０-９Ａ-Ｚａ-ｚ"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")


def trimmed(text: str) -> str:
    """Without white space of any script at both edges."""
    return _EDGES.sub("", text)


def seen(text: str) -> str:
    """Without what prints nothing; line ends as one \\n."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", text))


def half_width(text: str) -> str:
    """All full-width forms as half-width ones, dashes of every length as "-": for figures and dates."""
    return text.translate(FULL_WIDTH).translate(_DASHES)


def half_width_alnum(text: str) -> str:
    """Only letters and digits made half-width: brackets and commas of a code (（2017）) stay."""
    return text.translate(_FULL_ALNUM)


def keepable(text: str) -> str:
    """The text with signs in the place of what a database cannot keep: NUL, and halves of characters."""
    return _SURROGATE.sub("�", text).replace("\x00", "␀")


def can_be_stored(text: str) -> bool:
    """Whether the text is whole: half of a surrogate pair cannot be written as UTF-8."""
    return not _SURROGATE.search(text)
