"""Every drawn table plan, in every format, reads as a careful reader would."""

import textwrap

import pytest

from tests.plan.readers.drawing import FORMATS, outlined, to_bytes
from tests.plan.readers.tables import TABLES
from yangguang.plan.readers import read_bytes


def _outline_without_marks(drawing: str, *, marks: bool) -> str:
    """Flattened text and PDF cannot tell a merged unit cell from a blank one, so the mark is not compared."""
    plain = textwrap.dedent(drawing).strip()
    return plain if marks else plain.replace(" ↑", "")


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", TABLES)
def test_a_drawn_table_reads_as_expected(name: str, ending: str) -> None:
    document, expected = TABLES[name]
    reading = read_bytes(to_bytes(document, ending), f"样例.{ending}")
    marks = ending not in ("txt", "pdf")
    assert _outline_without_marks(outlined(reading), marks=marks) == _outline_without_marks(
        expected, marks=marks
    )
    assert [line.text for line in reading.unplaced] == []
