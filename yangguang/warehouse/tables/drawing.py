"""Vega-Lite → SVG. The drawing is done by a process of its own: its engine costs 90 MB that nobody keeps.

python -m yangguang.warehouse.tables.drawing < chart.json > chart.svg
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from yangguang.rules.tables.chart import DARK
from yangguang.warehouse.tables import derived

SECONDS = 60


class NotDrawn(RuntimeError):
    """The chart could not be drawn; its numbers are still there as a table."""


def digest(specification: Mapping[str, Any]) -> str:
    """By what a drawing is kept: the same specification is drawn once."""
    text = json.dumps(specification, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def drawn(specification: Mapping[str, Any]) -> Path:
    """The SVG file of a specification, drawn where it is not there yet. Raises NotDrawn."""
    target = derived.place("charts", f"{digest(specification)}.svg")
    return derived.made(target, partial(_draw, specification))


def _draw(specification: Mapping[str, Any], target: Path) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "yangguang.warehouse.tables.drawing"],
            input=json.dumps(specification).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as problem:
        raise NotDrawn("图没有画出来，请看表里的数字") from problem
    target.write_bytes(done.stdout)


def following_the_ground(svg: str) -> str:
    """The drawing with a style sheet that turns its colours where the reader's screen is dark."""
    rules = "".join(
        f'[{side}="{light}"]{{{side}:{dark}}}' for light, dark in DARK.items() for side in ("fill", "stroke")
    )
    style = f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
    return re.sub(r"(<svg[^>]*>)", lambda found: found[1] + style, svg, count=1)


def main() -> None:
    """Read a specification, write its drawing."""
    import vl_convert

    specification = json.load(sys.stdin)
    sys.stdout.write(following_the_ground(vl_convert.vegalite_to_svg(specification)))


if __name__ == "__main__":
    main()
