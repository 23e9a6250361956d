"""What the pages read from the records."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from yangguang.directory.models import Unit
from yangguang.journal.models import Line
from yangguang.ledger.queries import Standing
from yangguang.plan.models import Obligation, PlanVersion, Task
from yangguang.publishing.models import Document, Edition
from yangguang.publishing.queries.status import end_of, newest_only
from yangguang.registers.models import Version

SHOWN_ON_ITS_OWN_PAGE = ("cadences", "channels", "measures", "source")


@dataclass(frozen=True)
class Printed:
    """A task as the plan prints it: with its units, and the duties that were cut from it."""

    task: Task
    units: list[Unit]
    obligations: list[Obligation]


def tasks(version: PlanVersion, *, code: str | None = None, units_of_duties: bool = False) -> list[Printed]:
    """The tasks of a plan with what their rows show, or the one of that code: in print order, those outside
    the table last. The units that owe each duty come along where they are asked for.

    Three plain queries put together here: Django's prefetching makes a query set for every single task.
    """
    wanted = version.tasks.select_related("area")
    duties = version.obligations.defer("phrase", "channels", "note")
    if units_of_duties:
        duties = duties.prefetch_related(*units_of(""))
    if code is None:
        wanted = wanted.defer(*SHOWN_ON_ITS_OWN_PAGE)
    else:
        wanted, duties = wanted.filter(code=code), duties.filter(task__code=code)
    found = sorted(wanted, key=lambda task: (task.area is None, task.position))
    units = _units_of_tasks(found)
    cut = defaultdict(list)
    for obligation in duties:
        cut[obligation.task_id].append(obligation)
    return [Printed(task, units[task.pk], cut[task.pk]) for task in found]


def _units_of_tasks(tasks: Iterable[Task]) -> dict[int, list[Unit]]:
    """The units of each task, in the directory's order."""
    named: dict[int, set[int]] = defaultdict(set)
    for task, key in Task.units.through.objects.filter(task__in=tasks).values_list("task", "unit"):
        named[key].add(task)
    found: dict[int, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(pk__in=named).defer("position"):
        for task in named[unit.pk]:
            found[task].append(unit)
    return found


def task_codes(version: PlanVersion) -> list[str]:
    """The codes of a plan's tasks in the order of `tasks`."""
    rows = version.tasks.values_list("area", "position", "code")
    return [code for _, _, code in sorted(rows, key=lambda row: (row[0] is None, row[1]))]


def duties_of_tasks(version: PlanVersion) -> list[tuple[int, int | None, int]]:
    """Each task of a plan, its area (None outside the table), and how many duties were cut from it."""
    counted = version.tasks.annotate(duties=Count("obligations"))
    return list(counted.values_list("pk", "area", "duties"))


def units_of(*paths: str) -> list["Prefetch[str, QuerySet[Unit], str]"]:
    """The units along some paths, in the directory's order; their places in it are not read."""
    return [Prefetch(f"{path}units", Unit.objects.defer("position")) for path in paths]


def unit(slug: str) -> Unit | None:
    """A unit as pages show it."""
    return Unit.objects.defer("position").filter(slug=slug).first()


def editions(as_of: dt.date) -> QuerySet[Edition]:
    """The edition of each document that the public read at the end of the day, the newest first.

    Withdrawn documents are among them: their place stays, and says so.
    """
    end = end_of(as_of)
    return (
        newest_only(Edition.objects.filter(online_at__lt=end), end)
        .select_related("document__unit", "document__withdrawal", "line")
        .defer("document__unit__position")
        .order_by("-online_at", "-pk")
    )


def document(index_no: str) -> Document | None:
    """A document that was ever public, withdrawn or not."""
    found = Document.objects.public().select_related("unit", "withdrawal__line").defer("unit__position")
    return found.filter(index_no=index_no).first()


def editions_of(document: Document) -> list[Edition]:
    found = document.editions.select_related("line", "unit").defer("unit__position")
    return list(found.order_by("number"))


def text(index_no: str, number: int) -> Edition | None:
    """One edition with what its text page shows: nothing else of its document can change that."""
    found = Edition.objects.filter(document__index_no=index_no, number=number)
    return found.select_related("document").only("body", "concerns", "document__index_no").first()


def publishing_units() -> QuerySet[Unit]:
    """The units that have published something."""
    return Unit.objects.defer("position").filter(Exists(Edition.objects.filter(unit=OuterRef("pk"))))


def lines_before(seq: int | None, count: int) -> list[Line]:
    """Journal lines, the newest first; before line `seq` where it is given."""
    lines = Line.objects.order_by("-seq")
    return list((lines.filter(seq__lt=seq) if seq else lines)[:count])


def units_in(standings: Iterable[Standing]) -> list[Unit]:
    """The units that stand in the ledger, in the directory's order."""
    return sorted({s.unit for s in standings}, key=lambda unit: (unit.position, unit.name))


def document_titles(lines: Iterable[Line]) -> dict[int, Edition]:
    """The editions that lines put online, by line number."""
    found = Edition.objects.filter(line__in=list(lines)).select_related("document__unit", "line")
    found = found.defer("document__unit__position")
    return {edition.line_id: edition for edition in found}


def withdrawn_by(document: Document, day: dt.date) -> bool:
    """Whether the document had been taken back by the end of the day."""
    withdrawal = getattr(document, "withdrawal", None)
    return withdrawal is not None and withdrawal.withdrawn_at < end_of(day)


def newest_versions(as_of: dt.date, unit: Unit | None = None) -> QuerySet[Version]:
    """The version of each register that the public read at the end of the day, the newest first.

    With what a line of a list shows; of a unit, with what its quality is worked out of too.
    """
    end = end_of(as_of)
    later = Version.objects.filter(register=OuterRef("register"), number__gt=OuterRef("number"))
    found = Version.objects.filter(~Exists(later.filter(online_at__lt=end)), online_at__lt=end)
    shown = ("title", "number", "online_at", "register__slug", "register__kind", "register__is_sample")
    if unit is None:
        found = found.select_related("register__unit").only(*shown, "register__unit__name")
    else:
        counts = ("served", "rows", "distinct", "columns", "filled", "valid")
        found = found.filter(register__unit=unit).select_related("register", "row_counts")
        found = found.only(
            *shown,
            *("made_on", "descriptor", "served", "period", "register__unit"),
            *(f"row_counts__{name}" for name in counts),
        )
    return found.order_by("-online_at", "-pk")


def periods_of(as_of: dt.date, versions: Iterable[Version]) -> dict[int, list[str]]:
    """By register, the periods of its versions that were online at the end of the day."""
    found: dict[int, list[str]] = defaultdict(list)
    registers = [version.register_id for version in versions]
    rows = Version.objects.filter(register__in=registers, online_at__lt=end_of(as_of)).exclude(period="")
    for register, period in rows.values_list("register", "period").order_by("register").distinct():
        found[register].append(period)
    return found


def newest_editions(as_of: dt.date, count: int, unit: Unit | None = None) -> list[Edition]:
    """The newest publications that still stand, with what a line of a list shows of them."""
    found = editions(as_of)
    if unit is not None:
        found = found.filter(document__unit=unit)
    standing = found.exclude(document__withdrawal__withdrawn_at__lt=end_of(as_of))
    shown = ("title", "form", "number", "online_at", "document__index_no", "document__is_sample")
    lines = (
        standing.select_related(None).select_related("document__unit").only(*shown, "document__unit__name")
    )
    return list(lines[:count])
