"""What a person should look at in a file that could be read: nothing is taken or left out in silence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from yangguang.registers.intake.reading import Choices
from yangguang.registers.intake.sheets import Sheet
from yangguang.rules.tables.headings import Heading, RowKind
from yangguang.rules.tables.report import Finding

UNNAMED = "没有列名的格"
MOST_NAMED = 20
Others = Mapping[int, RowKind]


def of_sheet(sheet: Sheet, heading: Heading, choices: Choices, others: Others) -> list[Finding]:
    """Warnings: a hidden sheet, hidden rows and columns, short rows, what may be another table."""
    data = [number for number in _below(sheet, heading) if number not in others]
    used = [place for place, name in enumerate(choices.columns) if name]
    wanted = max(used, default=-1) + 1
    short = [(n + 1, len(sheet.rows[n])) for n in data if len(sheet.rows[n]) < wanted]
    return [
        *_hidden(sheet, data, used),
        *short_rows(sheet.name, short, wanted),
        *_other_tables(sheet, data, others, len(used)),
    ]


def short_rows(sheet: str, rows: Iterable[tuple[int, int]], wanted: int) -> Iterator[Finding]:
    """A warning for each row of a text file (number, cells) with fewer cells than the heading has columns."""
    for number, cells in rows:
        yield _doubt(
            sheet,
            number,
            f"只有 {cells} 格，比表头少 {wanted - cells} 格",
            "请核对这一行是否缺了分隔符；其余各格按没有填写处理",
        )


def left_out(sheet: Sheet, heading: Heading, choices: Choices, others: Others) -> dict[str, list[int]]:
    """Columns and cells that are not taken, with the rows where they stand, from 1."""
    columns = dict(enumerate(choices.columns))
    found = {
        f"没有对应清单的列“{name}”": [heading.last_row + 1]
        for place, name in enumerate(heading.names)
        if name and not columns.get(place)
    }
    nameless = [place for place, name in enumerate(heading.names) if not name]
    rows = [
        number + 1
        for number in (_below(sheet, heading) if nameless else ())
        if number not in others and any(_cell(sheet.rows[number], place) for place in nameless)
    ]
    return {**found, UNNAMED: rows} if rows else found


def _hidden(sheet: Sheet, data: Sequence[int], used: Sequence[int]) -> Iterator[Finding]:
    if sheet.hidden:
        message = f"工作表“{sheet.name}”在文件里是隐藏的，也会公开"
        yield _doubt(sheet.name, 0, message, "请取消隐藏核对；不是这一张的，请改选别的工作表")
    rows = [number + 1 for number in data if number in sheet.hidden_rows]
    if rows:
        named = "、".join(map(str, rows[:MOST_NAMED]))
        yield _doubt(
            sheet.name,
            rows[0],
            f"有 {len(rows)} 行在表格里是隐藏的（第 {named} 行{'等' if len(rows) > MOST_NAMED else ''}），也会公开",
            "请取消隐藏或者筛选核对；不公开的就删去",
        )
    if columns := sheet.hidden_columns & set(used):
        message = f"有 {len(columns)} 列在表格里是隐藏的，也会公开"
        yield _doubt(sheet.name, 0, message, "请取消隐藏核对；不公开的就选“不用这一列”")


def _other_tables(sheet: Sheet, data: Sequence[int], others: Others, columns: int) -> Iterator[Finding]:
    """Rows that begin anew below a blank one, with less than half of their cells filled."""
    for number in data:
        filled = sum(1 for cell in sheet.rows[number] if cell not in (None, ""))
        if others.get(number - 1) is RowKind.BLANK and filled * 2 < columns:
            yield _doubt(
                sheet.name, number + 1, "空行以下可能是另一张表", "请核对；不是这份清单的行，请删去后重新上传"
            )


def _doubt(sheet: str, row: int, message: str, remedy: str) -> Finding:
    return Finding(sheet, row, "", "", "", message, remedy)


def _below(sheet: Sheet, heading: Heading) -> range:
    return range(heading.last_row + 1, len(sheet.rows))


def _cell(row: Sequence[object], place: int) -> object:
    return (row[place] if place < len(row) else None) not in (None, "")
