"""Reading scanned gazette pages: character error rate and seconds a page, beside tesseract's.

    python benchmarks/ocr.py [--pages N] [--quick] [--no-tesseract] [--keep FOLDER]

The pages are set by typst from the text of the plan in `plans/`, rendered, and made worse: noise, blur, a turn
of 1.2°, JPEG; tables with merged cells; red stamps over the text; two columns. The character error rate is
the edit distance to the set text over its length, both NFKC-folded and without whitespace. tesseract
(Debian: tesseract-ocr, tesseract-ocr-chi-sim) runs with `--psm 6` on the same images, two threads each.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import benchmarks  # noqa: E402, F401 the Python that has what follows

# isort: split
import cv2  # noqa: E402
import mplfonts  # noqa: E402
import numpy as np  # noqa: E402
import pypdfium2  # noqa: E402
import typst  # noqa: E402

from yangguang.gazette.digitise.reader import Reader  # noqa: E402

SOURCE = ROOT / "plans" / "shenzhen-2017" / "plan.txt"
TYP = """
#let d = json("page.json")
#set page(paper: "a4", margin: (x: 26mm, y: 30mm), columns: d.columns)
#set text(font: "Noto Serif CJK SC", size: d.size * 1pt, lang: "zh", fallback: false)
#set par(justify: true, leading: 0.8em, spacing: 0.8em, first-line-indent: (amount: 2em, all: true))
#if d.stamp { place(top + right, dx: -22mm, dy: 34mm, {
  circle(radius: 20mm, stroke: 1.6mm + rgb(210, 30, 35))
  place(center + horizon, text(size: 40pt, fill: rgb(210, 30, 35), "★"))
  place(center + horizon, dy: 11mm, text(size: 11pt, fill: rgb(210, 30, 35), font: "Noto Sans CJK SC", "示例市人民政府"))
}) }
#if d.title != "" { place(top + center, scope: "parent", float: true, text(size: 18pt, d.title)) }
#for p in d.before { par(p) }
#if d.rows.len() > 0 {
  set par(first-line-indent: 0pt, justify: false)
  set text(size: 11pt)
  table(columns: (12mm, 3fr, 1fr, 1fr), stroke: 0.6pt, inset: 6pt, align: horizon,
    ..for row in d.rows { for cell in row { (table.cell(rowspan: cell.rows, cell.text),) } })
}
#for p in d.after { par(p) }
"""


@dataclass(frozen=True)
class Kind:
    """A kind of page: its resolution, how it is spoilt, and what it is made of."""

    name: str
    target: float
    dpi: int = 200
    noisy: bool = False
    table: bool = False
    stamp: bool = False
    columns: int = 1


KINDS = (
    Kind("clean, 200 dpi", 0.005),
    Kind("noisy, turned 1.2°, 150 dpi", 0.02, dpi=150, noisy=True),
    Kind("table, 200 dpi", 0.05, table=True),
    Kind("red stamp, 200 dpi", 0.05, stamp=True),
    Kind("two columns, 200 dpi", 0.05, columns=2),
    Kind("table and stamp, noisy, 150 dpi", 0.05, dpi=150, noisy=True, table=True, stamp=True),
)


def paragraphs() -> list[str]:
    lines = [line.strip() for line in SOURCE.read_text(encoding="utf-8").splitlines()]
    return [line.replace("\t", "，") for line in lines if len(line) > 30]


def made(kind: Kind, number: int) -> tuple[np.ndarray, str]:
    """A page of that kind as BGR pixels, and the text that stands on it in reading order."""
    text = paragraphs()
    start = number * 7 % (len(text) - 8)
    chosen = [one[:180] for one in text[start : start + 8]]
    rows, flat = _table(text[start + 1 :]) if kind.table else ([], "")
    size = 10.5 if kind.columns == 2 else 14
    few = 2 if kind.table else 5 if kind.columns == 1 else 8
    page = {
        "columns": kind.columns,
        "size": size,
        "title": "",
        "before": chosen[: few // 2],
        "rows": rows,
        "after": chosen[few // 2 : few],
        "stamp": kind.stamp,
    }
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "page.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
        (root / "page.typ").write_text(TYP, encoding="utf-8")
        fonts = Path(mplfonts.__file__).parent / "fonts"
        pdf = typst.compile(root / "page.typ", root=root, font_paths=[fonts], ignore_system_fonts=True)
    document = pypdfium2.PdfDocument(pdf)
    pixels = np.asarray(document[0].render(scale=kind.dpi / 72).to_pil().convert("RGB"))[:, :, ::-1].copy()
    pages = len(document)
    document.close()
    assert pages == 1, f"{kind.name}: the page is too long"
    truth = "".join([*page["before"], flat, *page["after"]])
    return (_spoilt(pixels, number) if kind.noisy else pixels), truth


def _table(text: list[str]) -> tuple[list[list[dict[str, object]]], str]:
    rows = [[{"rows": 1, "text": word} for word in ("序号", "具体要求", "牵头单位", "完成时限")]]
    for number in range(1, 7):
        row = [
            {"rows": 1, "text": str(number)},
            {"rows": 1, "text": text[number][:38]},
            {"rows": 1, "text": f"市{text[number][4:9]}"},
        ]
        if number % 2:
            row.append({"rows": 2, "text": f"2017年{number + 3}月底前"})
        rows.append(row)
    return rows, "".join(str(cell["text"]) for row in rows for cell in row)


def _spoilt(pixels: np.ndarray, seed: int) -> np.ndarray:
    """Turned by 1.2°, blurred, with grain and specks, and saved as JPEG at quality 70."""
    random = np.random.default_rng(seed)
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 1.2, 1)
    out = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    out = cv2.GaussianBlur(out, (3, 3), 0.6)
    grain = random.normal(0, 12, (height, width, 1))
    out = np.clip(out + grain, 0, 255).astype(np.uint8)
    specks = random.random((height, width))
    out[specks < 0.0005] = 0
    out[specks > 0.9995] = 255
    return cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, 70])[1], cv2.IMREAD_COLOR)


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def distance(one: str, other: str) -> int:
    """Levenshtein distance, a row at a time."""
    before = np.arange(len(other) + 1)
    letters = np.array([ord(letter) for letter in other])
    steps = np.arange(len(other) + 1)
    for number, letter in enumerate(one, 1):
        now = np.minimum(before[1:] + 1, before[:-1] + (letters != ord(letter)))
        now = np.concatenate(([number], now))
        before = np.minimum.accumulate(now - steps) + steps
    return int(before[-1])


def by_tesseract(image: np.ndarray) -> str:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        cv2.imwrite(file.name, image)
        command = ["tesseract", file.name, "-", "-l", "chi_sim", "--psm", "6"]
        limits = {**os.environ, "OMP_THREAD_LIMIT": "2"}
        return subprocess.run(command, capture_output=True, check=True, env=limits).stdout.decode()


def engines(*, tesseract: bool) -> Iterator[tuple[str, Callable[[np.ndarray], str]]]:
    reader = Reader(threads=2)
    yield "yangguang", lambda image: reader.read(image).text
    if tesseract and not shutil.which("tesseract"):
        print("没有对照：请先 apt install tesseract-ocr tesseract-ocr-chi-sim")
    elif tesseract:
        yield "tesseract --psm 6", by_tesseract


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one page of each kind")
    parser.add_argument("--no-tesseract", action="store_true")
    parser.add_argument("--keep", type=Path, help="write images and texts there")
    given = parser.parse_args()
    count = 1 if given.quick else given.pages
    seconds: dict[tuple[str, str], float] = {}
    print(f"{'page':<34}{'engine':<20}{'CER':>8}{'target':>8}{'s/page':>8}{'ratio':>7}")
    pages = {kind: [made(kind, number) for number in range(count)] for kind in KINDS}
    readers = list(engines(tesseract=not given.no_tesseract))
    readers[0][1](pages[KINDS[0]][0][0])
    for kind in KINDS:
        for name, read in readers:
            errors = letters = 0
            took = []
            for number, (image, truth) in enumerate(pages[kind]):
                started = time.perf_counter()
                text = read(image)
                took.append(time.perf_counter() - started)
                # A table's text holds marks for merged cells; they are no letters of the page.
                text = text.replace("^^", "").replace("<<", "")
                errors += distance(folded(text), folded(truth))
                letters += len(folded(truth))
                if given.keep:
                    given.keep.mkdir(parents=True, exist_ok=True)
                    stem = f"{KINDS.index(kind)}-{number}"
                    cv2.imwrite(str(given.keep / f"{stem}.png"), image)
                    (given.keep / f"{stem}-{name.split()[0]}.txt").write_text(text, encoding="utf-8")
                    (given.keep / f"{stem}-truth.txt").write_text(truth, encoding="utf-8")
            seconds[kind.name, name] = float(np.median(took))
            ratio = seconds[kind.name, name] / seconds[kind.name, readers[0][0]]
            print(
                f"{kind.name:<34}{name:<20}{errors / letters:>8.2%}{kind.target:>8.1%}"
                f"{seconds[kind.name, name]:>8.2f}{ratio:>7.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
