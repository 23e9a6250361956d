"""Cleaning-up lists: matched, confirmed, carried out in one go, and judged by the ten working days."""

import csv
import datetime as dt
import io

import docx
import openpyxl
import pytest

from tests import factories
from tests.factories import at, make_unit
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden
from yangguang.journal.models import Line
from yangguang.publishing.actions import cleanups
from yangguang.publishing.cleanup_files import rows_of
from yangguang.publishing.models import Cleanup, Document, StatusAct
from yangguang.publishing.queries import cleanups as queries
from yangguang.publishing.queries.status import document_status
from yangguang.rules.cleanup_list import ListedDocument, read_rows
from yangguang.rules.marking import State
from yangguang.rules.plan_table import Unreadable

pytestmark = pytest.mark.django_db

DECIDED = dt.date(2017, 9, 19)  # ten working days later: 2017-10-09
ROWS = [
    ["文件名称", "文号", "清理意见"],
    ["《关于绿化的办法》", "深府〔2010〕1号", "废止"],
    ["关于绿化工作的若干意见（试行）", "", "失效"],
    ["从来没有发布过的文件", "", "废止"],
]


def shelf(unit: Unit) -> tuple[Document, Document]:
    return (
        factories.publish("关于绿化的办法", on="2017-03-01", unit=unit, number="深府〔2010〕1号"),
        factories.publish("关于绿化工作的若干意见", on="2017-03-01", unit=unit),
    )


def received(unit: Unit, by: Person | None = None, listed: list[ListedDocument] | None = None) -> Cleanup:
    return cleanups.receive(
        by=by,
        now=at("2017-09-20"),
        unit=unit,
        title="关于公布清理结果的通知",
        decided_on=DECIDED,
        listed=listed or read_rows(ROWS).documents,
        sha256="0" * 64,
    )


def test_exact_matches_are_told_from_those_that_a_person_must_confirm(finance: Unit, editor: Person) -> None:
    exact, similar = shelf(finance)
    cleanup = received(finance, editor)
    told = [[(found["document"], found["exact"]) for found in row.found] for row in cleanup.rows.all()]
    assert told[0][0] == (exact.pk, True)
    assert told[1][0] == (similar.pk, False)
    assert told[2] == []
    assert cleanups.confirm_exact(by=editor, cleanup=cleanup) == 1
    assert [row.document for row in cleanup.rows.all()] == [exact, None, None]


def test_all_confirmed_acts_are_carried_out_in_one_go(finance: Unit, editor: Person) -> None:
    exact, similar = shelf(finance)
    cleanup = received(finance, editor)
    cleanups.confirm_exact(by=editor, cleanup=cleanup)
    cleanups.confirm(by=editor, row=cleanup.rows.get(position=2), document=similar)
    steps: list[tuple[int, int]] = []
    outcome = cleanups.carry_out(
        by=editor, now=at("2017-09-21"), cleanup=cleanup, tell=lambda done, total: steps.append((done, total))
    )
    assert (outcome.marked, outcome.asked, outcome.refused, steps) == (2, 0, [], [(1, 2), (2, 2)])
    day = dt.date(2017, 9, 21)
    assert [document_status(document, day).word for document in (exact, similar)] == ["废止", "失效"]
    assert cleanups.carry_out(by=editor, now=at("2017-09-22"), cleanup=cleanup).marked == 0


def test_what_is_refused_stays_as_it_was_and_the_rest_goes_on(finance: Unit, editor: Person) -> None:
    exact, similar = shelf(finance)
    cleanup = received(finance, editor)
    cleanups.confirm_exact(by=editor, cleanup=cleanup)
    cleanups.confirm(by=editor, row=cleanup.rows.get(position=2), document=similar)
    factories.withdraw(exact, on="2017-09-20 11:00")
    outcome = cleanups.carry_out(by=editor, now=at("2017-09-21"), cleanup=cleanup)
    assert outcome.marked == 1
    assert [(row.position, "已经撤回" in why) for row, why in outcome.refused] == [(1, True)]


def test_a_unit_asks_the_portals_manager_for_what_it_did_not_publish(
    finance: Unit, editor: Person, general_office: Person
) -> None:
    portal = make_unit("市政府办公厅")
    document, _ = shelf(portal)
    cleanup = received(finance, editor)
    cleanups.confirm_exact(by=editor, cleanup=cleanup)
    outcome = cleanups.carry_out(by=editor, now=at("2017-10-09"), cleanup=cleanup)
    assert (outcome.marked, outcome.asked) == (0, 1)
    asked = queries.markings(dt.date(2017, 10, 9), cleanup)[0]
    assert (asked.asks, asked.state, asked.marked_on) == (True, State.ON_TIME, None)
    assert [row.document for row in queries.requests_waiting()] == [document]
    cleanups.carry_out(by=general_office, now=at("2017-10-20"), cleanup=cleanup)
    marked = queries.markings(dt.date(2017, 10, 20), cleanup)[0]
    assert (marked.state, marked.marked_on) == (State.ON_TIME, dt.date(2017, 10, 20))
    assert not queries.requests_waiting().exists()
    assert Line.objects.filter(act=Line.Act.ASK_TO_MARK).count() == 1


def test_the_clock_is_derived_and_told_by_unit(finance: Unit, editor: Person) -> None:
    shelf(finance)
    cleanup = received(finance, editor)
    cleanups.confirm_exact(by=editor, cleanup=cleanup)

    def state(day: str) -> State:
        return queries.markings(dt.date.fromisoformat(day), cleanup)[0].state

    assert (state("2017-10-09"), state("2017-10-10")) == (State.NOT_YET, State.MISSING)
    cleanups.carry_out(by=editor, now=at("2017-10-11"), cleanup=cleanup)
    found = queries.markings(dt.date(2017, 10, 11), cleanup)
    assert [one.state for one in found] == [State.LATE, State.NONE, State.NONE]
    assert found[0].duty is not None
    assert found[0].duty.workdays_late == 2
    tally = queries.by_unit(found)
    assert [(one.unit, one.late, one.total) for one in tally] == [(finance.name, 1, 1)]


def test_a_document_marked_before_the_list_came_is_in_time(finance: Unit, editor: Person) -> None:
    document, _ = shelf(finance)
    factories.mark(document, "abolish", on="2017-09-19")
    cleanup = received(finance, editor)
    cleanups.confirm_exact(by=editor, cleanup=cleanup)
    assert queries.markings(dt.date(2017, 11, 1), cleanup)[0].state == State.ON_TIME


def test_the_number_of_queries_does_not_grow_with_the_list(
    finance: Unit, editor: Person, django_assert_num_queries: object
) -> None:
    shelf(finance)
    cleanup = received(finance, editor)
    cleanups.confirm_exact(by=editor, cleanup=cleanup)
    with django_assert_num_queries(2):  # type: ignore[operator]
        queries.markings(dt.date(2017, 11, 1), cleanup)


@pytest.mark.parametrize(
    ("listed", "sentence"),
    [
        ([ListedDocument(4, "办法", "", "abolish", unit="不存在的局")], "第 4 行的责任单位“不存在的局”"),
        ([], "清单里没有读到文件"),
    ],
)
def test_a_list_that_cannot_be_taken_in_says_why(
    finance: Unit, editor: Person, listed: list[ListedDocument], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        cleanups.receive(
            by=editor,
            now=at("2017-09-20"),
            unit=finance,
            title="通知",
            decided_on=DECIDED,
            listed=listed,
            sha256="0" * 64,
        )
    assert not Cleanup.objects.exists()
    assert not Line.objects.exists()


def test_the_same_list_is_taken_in_once_and_only_by_its_unit(
    finance: Unit, editor: Person, outsider: Person
) -> None:
    received(finance, editor)
    with pytest.raises(ValueError, match="已经导入过"):
        received(finance, editor)
    with pytest.raises(Forbidden):
        received(finance, outsider)
    with pytest.raises(Forbidden):
        cleanups.confirm_exact(by=outsider, cleanup=Cleanup.objects.get())


def test_every_kind_of_file_gives_the_same_rows() -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    word = docx.Document()
    table = word.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    written = io.StringIO()
    csv.writer(written).writerows(ROWS)
    files = {
        "清单.csv": written.getvalue().encode("gb18030"),
        "清单.txt": "\n".join("\t".join(row) for row in ROWS).encode(),
        "清单.xlsx": saved(book),
        "清单.docx": saved(word),
    }
    for name, data in files.items():
        assert [one.title for one in read_rows(rows_of(data, name)).documents] == [
            "关于绿化的办法",
            "关于绿化工作的若干意见（试行）",
            "从来没有发布过的文件",
        ], name


def saved(file: object) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"), [("清单.pdf", b"%PDF"), ("清单.xlsx", b"not a zip"), ("清单.docx", b"PK\x03\x04")]
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(name: str, data: bytes) -> None:
    with pytest.raises(Unreadable):
        rows_of(data, name)


def test_no_act_without_a_confirmed_document(finance: Unit, editor: Person) -> None:
    shelf(finance)
    cleanup = received(finance, editor)
    cleanups.carry_out(by=editor, now=at("2017-09-21"), cleanup=cleanup)
    assert not StatusAct.objects.exists()
