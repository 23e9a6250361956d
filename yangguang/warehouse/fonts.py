"""Where the fonts lie that our PDFs embed."""

from importlib.util import find_spec
from pathlib import Path


def folder() -> Path:
    """The folder of the two Noto CJK fonts, found without importing their package: that would load
    matplotlib and numpy (30 MB) into every process. Raises FileNotFoundError where it is not installed.
    """
    found = find_spec("mplfonts")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("缺少排版用的 Noto 字体：请重新运行 make setup 安装 mplfonts")
    return Path(found.submodule_search_locations[0]) / "fonts"
