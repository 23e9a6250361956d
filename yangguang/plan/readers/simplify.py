"""Traditional → simplified characters, for matching only."""

from collections.abc import Callable
from functools import cache

# Common characters that exist in traditional writing only; a text without them needs no conversion,
# and the converter (30 ms to load) stays out.
_SIGNS = frozenset(
    "開責負務區與縣門關於單牽頭說個來時會國發學實業產財為辦條報應對進點網員長現經無設過動種從數電華"
)


@cache
def _converter() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def simplify(text: str) -> str:
    """Simplified characters, as many as given."""
    if _SIGNS.isdisjoint(text):
        return text
    plain = _converter()(text)
    return plain if len(plain) == len(text) else text


def simplifier(whole: str) -> Callable[[str], str]:
    """The function for one document: it converts every line when any line is traditional."""
    if _SIGNS.isdisjoint(whole):
        return lambda text: text
    return lambda text: plain if len(plain := _converter()(text)) == len(text) else text
