"""Opening the zip archives that .docx and .xlsx are, with a limit on what they may unpack to."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from yangguang.rules.plan_table import Unreadable

LARGEST_UNPACKED = 200_000_000
LARGEST_RATIO = 200
MOST_ENTRIES = 10_000


def open_archive(data: bytes, ending: str) -> zipfile.ZipFile:
    """The archive; a broken, encrypted or absurdly inflating one is `Unreadable`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(f"压缩结构已损坏；请在 Office 中打开后重新另存为 .{ending}") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(f"文件已加密；请去掉密码后另存为 .{ending}")
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(
            f"压缩包里有 {len(entries)} 个部分，超过 {MOST_ENTRIES} 个；请在 Office 中打开后另存为 .{ending}"
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * max(len(data), 100_000):
        raise Unreadable(f"解压后过大（{unpacked // 1_000_000} MB）；请删去不需要的内容后另存为 .{ending}")
    return archive


def parsed(archive: zipfile.ZipFile, name: str, ending: str) -> Any:
    """The root element of one XML part; None when the archive has no such part."""
    from lxml import etree

    try:
        content = archive.read(name)
    except KeyError:
        return None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"其中的 {name} 已损坏；请在 Office 中打开后重新另存为 .{ending}") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"其中的 {name} 不完整；请在 Office 中打开后重新另存为 .{ending}") from error
