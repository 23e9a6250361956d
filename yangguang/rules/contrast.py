"""Whether two colours can be told apart as text on paper (WCAG 2.2, success criterion 1.4.3)."""

READABLE = 4.5
"""The least ratio for text of normal size."""


def ratio(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1.0 to 21.0. Raises ValueError for other texts."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance from 0.0 (black) to 1.0 (white), as WCAG defines it for sRGB."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"颜色“{colour}”须写成 #rrggbb")
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
