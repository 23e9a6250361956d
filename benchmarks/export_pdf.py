"""Set editions as PDF/A: seconds a document and pages a second as documents grow.

The peer is ReportLab setting the same paragraphs in the same run: no PDF/A, no letterhead, no footnotes, and a
font that is not embedded.

    .venv/bin/python benchmarks/export_pdf.py [--quick]
"""

import argparse
import io
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city

SENTENCE = "为了示例，制定本办法，各单位要认真贯彻执行。"
PARAGRAPHS = (5, 50, 500)


def body(paragraphs: int) -> str:
    return "\n\n".join(f"{number}.{SENTENCE * 5}" for number in range(1, paragraphs + 1))


def ours(text: str) -> bytes:
    from yangguang.publishing.formats.typesetting import Paper
    from yangguang.publishing.formats.typesetting.pdf import write_pdf

    paper = Paper(
        "关于示例的通知", "示函〔2017〕1号", ("示例单位",), (), None, text, {}, (("索引号", "x-1"),), 0
    )
    return write_pdf(paper)


def peers(text: str) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=28.9, wordWrap="CJK")
    written = io.BytesIO()
    SimpleDocTemplate(written).build([Paragraph(piece, style) for piece in text.split("\n\n")])
    return written.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    sizes = PARAGRAPHS[:2] if parser.parse_args().quick else PARAGRAPHS
    with city.folder() as folder:
        _measure(sizes, folder)


def _measure(sizes: tuple[int, ...], folder: str) -> None:
    import pypdfium2

    city.start(folder)
    ours(body(1))
    peers(body(1))
    print(f"{'pages':>6} {'KB':>6} {'s':>7} {'pages/s':>8} {'ReportLab s':>12} {'ratio':>6}")
    for size in sizes:
        text = body(size)
        started = time.perf_counter()
        made = ours(text)
        seconds = time.perf_counter() - started
        started = time.perf_counter()
        peers(text)
        other = time.perf_counter() - started
        document = pypdfium2.PdfDocument(made)
        pages = len(document)
        document.close()
        print(
            f"{pages:>6} {len(made) // 1024:>6} {seconds:>7.2f} {pages / seconds:>8.0f} "
            f"{other:>12.2f} {seconds / other:>6.1f}"
        )


if __name__ == "__main__":
    main()
