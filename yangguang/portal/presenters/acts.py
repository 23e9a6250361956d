"""A journal line as people read it."""

import json
from dataclasses import dataclass

from yangguang.journal.models import Line


@dataclass(frozen=True)
class Told:
    """A line with what its body says. `url` is empty where the act has no page of its own."""

    line: Line
    unit: str
    title: str
    url: str
    remark: str
    is_sample: bool


def told(line: Line) -> Told:
    """Read a line's body; what an act does not tell stays empty."""
    body = json.loads(line.body)
    return Told(
        line=line,
        unit=str(body.get("unit") or body.get("issuer") or ""),
        title=str(body.get("title") or body.get("plan") or ""),
        url=str(body.get("url") or ("/plan/" if line.act == Line.Act.ADOPT else "")),
        remark=str(body.get("reason") or body.get("note") or ""),
        is_sample=bool(body.get("sample")),
    )
