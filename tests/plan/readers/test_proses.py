"""Every drawn plan in running text, in every format that holds text, reads as a careful reader would."""

import textwrap

import pytest

from tests.plan.readers.drawing import outlined, to_bytes
from tests.plan.readers.proses import PROSES
from yangguang.plan.readers import read_bytes


@pytest.mark.parametrize("ending", ["txt", "docx", "html", "pdf", "xlsx"])
@pytest.mark.parametrize("name", PROSES)
def test_a_drawn_text_reads_as_expected(name: str, ending: str) -> None:
    document, expected = PROSES[name]
    reading = read_bytes(to_bytes(document, ending), f"样例.{ending}")
    assert outlined(reading) == textwrap.dedent(expected).strip()
    assert [line.text for line in reading.unplaced] == []
