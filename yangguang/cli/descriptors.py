"""The descriptor of a register in a file, for the commands that take one."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yangguang.cli.errors import UsageProblem

if TYPE_CHECKING:
    from yangguang.rules.tables.schema import Descriptor


def read_descriptor(file: Path) -> "tuple[dict[str, Any], Descriptor]":
    """The JSON as it stands, and what it means. Raises UsageProblem, naming the file."""
    from yangguang.rules.tables.schema import DescriptorProblem, read

    try:
        written: dict[str, Any] = json.loads(file.read_bytes())
        return written, read(written)
    except OSError as problem:
        raise UsageProblem(f"{file} 读不了：{problem.strerror}；请核对文件名") from problem
    except DescriptorProblem as problem:
        raise UsageProblem(f"{file} 不是表结构：{problem}") from problem
    except ValueError as problem:
        raise UsageProblem(f"{file} 不是正确的 JSON：{problem}") from problem
