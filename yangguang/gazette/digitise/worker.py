"""The reading process: `python -m yangguang.gazette.digitise.worker`.

It holds the models (about 900 MB) and opens the files, so that neither the server nor the run that keeps the
pages is harmed by what a file does to it. One JSON object a line goes in and one comes out; it ends when
its input ends, also when its parent was killed.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

from yangguang.gazette.digitise.files import Unreadable, count_pages, page_pixels
from yangguang.gazette.digitise.page import as_json


def main() -> None:
    """Answer {"count": path} with {"pages": n}, {"read": path, "page": n} with the page."""
    answers = sys.stdout
    # A library that prints must not speak into the answers.
    sys.stdout = sys.stderr
    reader = None
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            if "count" in asked:
                answer: dict[str, Any] = {"pages": count_pages(Path(asked["count"]))}
            else:
                pixels = page_pixels(Path(asked["read"]), asked["page"])
                if reader is None:
                    from yangguang.gazette.digitise.reader import Reader

                    reader = Reader()
                page = reader.read(pixels)
                answer = {
                    "image": base64.b64encode(page.image).decode(),
                    "width": page.width,
                    "height": page.height,
                    "lines": [as_json(line) for line in page.lines],
                    "text": page.text,
                }
        except Unreadable as problem:
            answer = {"problem": str(problem)}
        answers.write(json.dumps(answer, ensure_ascii=True) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
