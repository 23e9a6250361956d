"""The descriptors of registers that come with a plan: one JSON file each."""

import json
from pathlib import Path
from typing import Any


def descriptors(folder: Path) -> dict[str, dict[str, Any]]:
    """The JSON of every descriptor in a folder, by the register's name, in the order of their names."""
    found = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    return {one["name"]: one for one in found}
