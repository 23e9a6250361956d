"""Read the scanned files of one historic issue, page by page; what is done stays done."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yangguang.gazette.actions import scans
from yangguang.gazette.digitise.files import Unreadable
from yangguang.gazette.digitise.process import ReadingProcess
from yangguang.gazette.models import ScannedFile, ScannedIssue


@dataclass
class Report:
    """What a run did: pages read now, pages that were there, and a sentence for each thing not readable."""

    read: int = 0
    there: int = 0
    problems: list[str] = field(default_factory=list)


def digitise(
    *,
    issue: ScannedIssue,
    files: Sequence[Path],
    process: ReadingProcess,
    now: Callable[[], dt.datetime],
    progress: Callable[[int, int, str], None] = lambda done, total, place: None,
) -> Report:
    """Read every page that is not there yet. A file or page that cannot be read is reported; the rest goes on.

    Each page is committed when it is read, so a run that is killed loses one page at most. `progress` is
    told (pages done, pages in all, where).
    """
    report = Report()
    opened = [found for path in files if (found := _open(issue, path, process, report))]
    total = sum(file.page_count for _, file in opened)
    kept = set(issue.pages.values_list("number", flat=True))
    done = 0
    for path, file in opened:
        problems = []
        for index in range(file.page_count):
            progress(done, total, f"{path.name} 第 {index + 1} 页")
            done += 1
            if file.first_page + index in kept:
                report.there += 1
                continue
            try:
                page = process.read(path, index)
            except Unreadable as problem:
                problems.append(str(problem))
                continue
            scans.keep_page(now=now(), file=file, index=index, page=page)
            report.read += 1
        if problems or file.problem:
            scans.note_problem(file=file, problem="；".join(problems))
        report.problems += problems
    progress(total, total, "")
    return report


def _open(
    issue: ScannedIssue, path: Path, process: ReadingProcess, report: Report
) -> tuple[Path, ScannedFile] | None:
    """The file's record; None, with a sentence in the report, where it cannot be opened."""
    try:
        with path.open("rb") as handle:
            sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
        known = issue.files.filter(sha256=sha256).first()
        count = known.page_count if known else process.count(path)
    except (Unreadable, OSError) as problem:
        report.problems.append(
            str(problem) if isinstance(problem, Unreadable) else f"{path.name} 打不开（{problem.strerror}）"
        )
        return None
    return path, scans.open_file(issue=issue, name=path.name, sha256=sha256, page_count=count)
