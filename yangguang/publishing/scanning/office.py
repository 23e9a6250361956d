"""The properties that Office files carry along: who wrote them, for which company."""

import zipfile

from yangguang.rules.scan import Finding, Kind, Place, Severity
from yangguang.warehouse.archive import parsed

_NOBODY = frozenset(
    [
        "openpyxl",
        "python-docx",
        "administrator",
        "admin",
        "user",
        "用户",
        "微软用户",
        "windows用户",
        "microsoftofficeuser",
        "office",
    ]
)
_DC = "{http://purl.org/dc/elements/1.1/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_PROPERTIES = (
    ("docProps/core.xml", f"{_DC}creator", "作者"),
    ("docProps/core.xml", f"{_CORE}lastModifiedBy", "最后修改者"),
    ("docProps/app.xml", f"{_APP}Manager", "经理"),
    ("docProps/app.xml", f"{_APP}Company", "单位"),
)


def properties(archive: zipfile.ZipFile, name: str, ending: str) -> list[Finding]:
    """One finding for each property that names somebody. A company is only told: it is the office itself."""
    found = []
    for part, tag, word in _PROPERTIES:
        root = parsed(archive, part, ending)
        value = (root.findtext(tag) or "").strip() if root is not None else ""
        if not names_somebody(value):
            continue
        severity = Severity.TELL if word == "单位" else Severity.ASK
        found.append(Finding(Kind.METADATA, severity, Place(file=name), f"{word} {value[:40]}"))
    return found


def names_somebody(value: str) -> bool:
    """Whether a property's value is more than what programs write by themselves."""
    return bool(value) and "".join(value.lower().split()) not in _NOBODY
