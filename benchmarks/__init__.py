"""Every script here runs with `python benchmarks/NAME.py`: where that is not the Python that the product and its
peers are installed in, the one of `scripts/setup test` takes over, or is asked for.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

_INSTALLED = Path(__file__).resolve().parents[1] / ".venv" / "bin" / "python"

if find_spec("pymerkle") is None:
    if not _INSTALLED.exists() or Path(sys.executable) == _INSTALLED:
        sys.exit("还没有安装产品和对照的软件：请先运行 scripts/setup test。")
    os.execv(_INSTALLED, [str(_INSTALLED), *sys.argv])  # noqa: S606 our own words
