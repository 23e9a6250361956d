"""文号 as people type them: `深府办函2017 123` is 深府办函〔2017〕123号."""

import re

from yangguang.search.folding import fold

_TYPED = re.compile(r"([㐀-䶿一-鿿]{1,20})\s*\(?\s*((?:19|20)\d\d)\s*[)年]?\s*第?\s*(\d{1,5})\s*号?")
_KEPT = re.compile(r"[^\w]|[第号_]")


def reduced(number: str) -> str:
    """A 文号 without brackets, spaces, 第 and 号, leading zeros as printed: 深府办函2017123."""
    return _KEPT.sub("", fold(number))


def printed(query: str) -> str | None:
    """The 文号 that a whole query means, as GB/T 9704 prints it, folded: `深府办函(2017)123号`. Else None."""
    found = _TYPED.fullmatch(fold(query.strip()))
    return f"{found[1]}({found[2]}){found[3]}号" if found else None
