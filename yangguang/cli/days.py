"""Dates as people type them on the command line."""

import datetime as dt

from yangguang.cli.errors import UsageProblem


def day(name: str, text: str) -> dt.date:
    """A day written as YYYY-MM-DD. Raises UsageProblem that names the argument and the remedy."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise UsageProblem(f"参数 {name}（{text}）不是日期：请写成 2017-11-30 这样的日期")
    return found
