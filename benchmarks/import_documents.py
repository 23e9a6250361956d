"""Import documents from a table, at growing sizes: documents a second, and how the rate holds.

Processor time, so that a busy machine does not change the result (the database is embedded); beside it the clock on
the wall, which holds the waiting for the disk too.
The peer is publishing the same texts one by one as an editor's act does (`documents.publish` and Wagtail's
`save_revision`), in the same run, on a sample.

    python benchmarks/import_documents.py                    # 2,000 and 20,000
    python benchmarks/import_documents.py --sizes 200000     # any
    python benchmarks/import_documents.py --quick            # 2,000
"""

import argparse
import csv
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city, measure

SIZES = (2_000, 20_000)
PEER = 200
SENTENCE = "为了示例，制定本办法，各单位要认真贯彻执行。"


def one(size: int) -> None:
    """Make the table, import it, then publish a sample one by one into the same database."""
    with city.folder() as folder:
        city.start(folder)
        from yangguang.directory import clock
        from yangguang.directory.models import Unit
        from yangguang.publishing.actions import documents, taking_in
        from yangguang.publishing.formats.reading import sources

        unit = Unit.objects.create(slug="example", name="示例单位")
        path = Path(folder) / "table.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["编号", "标题", "单位", "文号", "成文日期", "主题词", "正文"])
            writer.writerows(_row(number) for number in range(size))
        started, wall = time.process_time(), time.perf_counter()
        results = taking_in.take_in(
            source="benchmark",
            items=sources.items_of_sheet(sources.open_sheet(path)),
            unit_of=lambda name: unit,
            now=clock.now,
        )
        imported = sum(result.state == taking_in.State.IMPORTED for chunk in results for result in chunk)
        seconds, wall = time.process_time() - started, time.perf_counter() - wall
        assert imported == size
        peer = time.process_time()
        for number in range(PEER):
            made = documents.publish(
                by=None, now=clock.now(), unit=unit, title=f"示例{number}", body=_body(number)
            )
            made.save_revision()
        peer = time.process_time() - peer
        print(
            json.dumps(
                {
                    "rate": size / seconds,
                    "wall": size / wall,
                    "peer": PEER / peer,
                    "peak": measure.peak_mb(),
                }
            )
        )


def _body(number: int) -> str:
    return f"各区人民政府：\n\n一、总体要求\n\n{SENTENCE * 36}\n\n第{number}件。\n\n示例单位\n2016年5月3日"


def _row(number: int) -> tuple[str, ...]:
    title, given = f"关于示例事项{number}的通知", f"示函〔2016〕{number}号"
    return f"a{number}", title, "示例单位", given, "2016-05-03", "示例、公开", _body(number)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one", type=int)
    arguments = parser.parse_args()
    if arguments.one:
        one(arguments.one)
        return
    print(
        f"{'documents':>10} {'documents/s':>12} {'by the wall':>12} {'peer/s':>8} {'ratio':>7} {'peak MB':>8}"
    )
    for size in SIZES[:1] if arguments.quick else arguments.sizes:
        found = measure.in_own_process(__file__, "--one", size)
        print(
            f"{size:>10,} {found['rate']:>12,.0f} {found['wall']:>12,.0f} {found['peer']:>8,.0f} "
            f"{found['rate'] / found['peer']:>7.1f} {found['peak']:>8,.0f}"
        )


if __name__ == "__main__":
    main()
