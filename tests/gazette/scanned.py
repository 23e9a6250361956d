"""Scanned issues for tests, kept through the product's own verbs; nothing is read by OCR here."""

import io

from tests.factories import at
from tests.gazette.drawing import draw_page
from yangguang.gazette.actions import scans
from yangguang.gazette.digitise.page import ReadPage
from yangguang.gazette.models import ScannedIssue
from yangguang.rules.page_layout import Box, ReadLine


def make_page(text: str, *doubtful: tuple[int, int]) -> ReadPage:
    """A page of one line."""
    out = io.BytesIO()
    draw_page(text).save(out, "JPEG")
    line = ReadLine(text, Box(60, 40, 60 + 40 * len(text), 80), 0.95, doubtful)
    return ReadPage(out.getvalue(), 1000, 320, (line,), text)


def make_scan(*texts: str, doubtful: tuple[tuple[int, int], ...] = ()) -> ScannedIssue:
    """No. 5 of 2003, a page for each text."""
    issue = scans.open_issue(by=None, year=2003, number=5, title="示例市人民政府公报", is_sample=True)
    file = scans.open_file(issue=issue, name="甲.pdf", sha256="a" * 64, page_count=len(texts))
    for index, text in enumerate(texts):
        scans.keep_page(now=at("2017-09-01"), file=file, index=index, page=make_page(text, *doubtful))
    return issue
