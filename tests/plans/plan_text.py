"""A small, obvious reading of the Shenzhen plan's text, apart from the product's own reader.

It knows this one file: a heading is a numbered line without a full stop, a task is a line that ends
with one, any other line under the tasks names units.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "plans" / "shenzhen-2017"
_HEADING = re.compile(r"^([一二三四五六七八九十]{1,3})、[^。]+$")
_NUMBER = re.compile(r"^\d+[.．]")
_SLIPS = {"市改革发展委": "市发展改革委", "市发改委": "市发展改革委", "经贸信息委": "市经贸信息委"}


@dataclass
class PrintedTask:
    """A task's text without its number, and the units printed beside it or above it."""

    text: str
    leads: frozenset[str]


def printed_tasks() -> dict[str, PrintedTask]:
    """The tasks by id, in printed order, those outside the table ("0.1", "0.2") first."""
    lines = [line.strip() for line in (FOLDER / "plan.txt").read_text(encoding="utf-8").splitlines()]
    tasks = dict(_outside(lines))
    headings: list[str] = []
    leads: frozenset[str] = frozenset()
    for line in lines[lines.index("一、加强预期引导") :]:
        heading = _HEADING.match(line)
        if line.startswith("公开方式"):
            break
        if heading:
            if heading[1] not in headings:
                headings.append(heading[1])
                count = 0
        elif line.endswith("。"):
            count += 1
            latest = tasks[f"{len(headings)}.{count}"] = PrintedTask(_NUMBER.sub("", line), leads)
        elif line:
            leads = frozenset(_SLIPS.get(unit, unit) for unit in line.split("、"))
            latest.leads = leads
    return tasks


def _outside(lines: list[str]) -> list[tuple[str, PrintedTask]]:
    """The two duties that the covering notice states before the table."""
    letter = next(line for line in lines if "第三方评估" in line)
    _, districts, office, _ = letter.split("。")
    return [
        ("0.1", PrintedTask(f"{districts}。", frozenset({"各区"}))),
        ("0.2", PrintedTask(f"{office}。", frozenset({"市政府办公厅"}))),
    ]


def reviewed_files() -> dict[str, str]:
    """The reviewed TOML files by their name within the plan's folder."""
    paths = [FOLDER / "plan.toml", FOLDER / "tasks.toml", *FOLDER.glob("obligations/*.toml")]
    return {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in paths}
