"""How long the words may be that people give with what they do."""

LONGEST = 300
"""Characters of a note or a reason, as the records hold them."""


def require_short(words: str, name: str, most: int = LONGEST) -> None:
    """Raise ValueError, with a sentence that names the field, for more characters than are kept."""
    if len(words.strip()) > most:
        raise ValueError(f"{name}有 {len(words.strip())} 个字，最多 {most} 个：请写短一些")
