"""The part of the Lucene query grammar that clients of CKAN send: text → a tree.

    title:水质 AND (organization:huanjing OR -tags:示例) metadata_modified:[2017-01-01T00:00:00Z TO *]

Terms that only follow each other must all hold (`q.op=AND`, as CKAN sets it); AND binds tighter than OR;
`+`, `-`, NOT, `&&`, `||` and `!` mean what they mean in Lucene. Local parameters (`{!…}`) are refused, as
CKAN refuses them. Source: Apache Lucene, Query Parser Syntax (classic); ckan/lib/search/query.py.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


class QueryProblem(ValueError):
    """The text is not a query; the message says where it stops making sense."""


@dataclass(frozen=True)
class Term:
    """A word, a quoted phrase or, with `prefix`, the beginning of a word. No field: the usual fields."""

    text: str
    field: str = ""
    phrase: bool = False
    prefix: bool = False


@dataclass(frozen=True)
class Range:
    """From `low` to `high`; an empty end is open. Square brackets include the end, curly ones do not."""

    field: str
    low: str
    high: str
    includes_low: bool = True
    includes_high: bool = True


@dataclass(frozen=True)
class Every:
    """`*:*`, or `field:*`: whatever has a value in the field."""

    field: str = ""


@dataclass(frozen=True)
class All:
    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Not:
    part: "Query"


Query = Term | Range | Every | All | Any | Not

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\))
    | (?P<and>AND\b|&&) | (?P<or>OR\b|\|\|) | (?P<not>NOT\b|!) | (?P<must>\+) | (?P<mustnot>-)
    | (?P<field>[\w.*-]+):
    | (?P<range>[\[{]\s*(?:"[^"]*"|[^\s\]}]+)\s+TO\s+(?:"[^"]*"|[^\s\]}]+)\s*[\]}])
    | "(?P<phrase>(?:\\.|[^"\\])*)"
    | (?P<word>(?:\\.|[^\s()"\\:\[\]{}~^])+)
    )(?:[~^][\d.]*)?""",
    re.VERBOSE,
)
_RANGE = re.compile(r'([\[{])\s*(?:"([^"]*)"|(\S+))\s+TO\s+(?:"([^"]*)"|([^\s\]}]+))\s*([\]}])')
_ESCAPED = re.compile(r"\\(.)")
DEEPEST = 30


def parse(text: str) -> Query:
    """The tree of a query; an empty text asks for everything. Raises QueryProblem."""
    if "{!" in text:
        raise QueryProblem("local parameters are not supported")
    if not text.strip():
        return Every()
    return _Reader(tuple(_tokens(text))).whole()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    text = text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or found.end() == place:
            raise QueryProblem(f"unexpected {text[place:].strip()[:20]!r} at position {place}")
        place = found.end()
        yield found.lastgroup or "", found.group(found.lastgroup or 0)


class _Reader:
    """Recursive descent over the tokens: any of, all of, one clause."""

    def __init__(self, tokens: tuple[tuple[str, str], ...]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    def whole(self) -> Query:
        query = self._any("")
        if self._at < len(self._tokens):
            raise QueryProblem(f"unexpected {self._tokens[self._at][1]!r}")
        return query

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _take(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise QueryProblem("the query ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _any(self, field: str) -> Query:
        parts = [self._all(field)]
        while self._peek() == "or":
            self._take()
            parts.append(self._all(field))
        return _joined(Any, parts)

    def _all(self, field: str) -> Query:
        parts = [self._clause(field)]
        while self._peek() not in {"", "or", "close"}:
            if self._peek() == "and":
                self._take()
            parts.append(self._clause(field))
        return _joined(All, parts)

    def _clause(self, field: str) -> Query:
        kind, text = self._take()
        if kind in {"not", "mustnot"}:
            return Not(self._clause(field))
        if kind == "must":
            return self._clause(field)
        if kind == "open":
            return self._group(field)
        if kind == "field":
            return self._clause(text) if text != "*" else self._everything()
        if kind == "range":
            return _range(field, text)
        if kind == "phrase":
            return Term(_ESCAPED.sub(r"\1", text), field, phrase=True)
        if kind == "word":
            return _word(field, text)
        raise QueryProblem(f"unexpected {text!r}")

    def _group(self, field: str) -> Query:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryProblem("too many brackets")
        inside = self._any(field)
        if self._take()[0] != "close":
            raise QueryProblem("a bracket is not closed")
        self._depth -= 1
        return inside

    def _everything(self) -> Query:
        kind, text = self._take()
        if (kind, text) != ("word", "*"):
            raise QueryProblem("only *:* may ask in every field")
        return Every()


def _joined(kind: Callable[[tuple[Query, ...]], Query], parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _word(field: str, text: str) -> Query:
    if text == "*":
        return Every(field)
    plain = _ESCAPED.sub(r"\1", text)
    if text.endswith("*") and not text.endswith(r"\*"):
        return Term(plain[:-1], field, prefix=True)
    return Term(plain, field)


def _range(field: str, text: str) -> Query:
    found = _RANGE.fullmatch(text)
    if found is None or not field:
        raise QueryProblem(f"{text!r} is no range of a field")
    opening, quoted_low, low, quoted_high, high, closing = found.groups()
    ends = [quoted_low or low or "", quoted_high or high or ""]
    low, high = ("" if end == "*" else end for end in ends)
    return Range(field, low, high, opening == "[", closing == "]")
