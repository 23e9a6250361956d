"""Lists of abolished documents, as notices print them."""

from yangguang.rules.cleanup_list import read_rows


def test_a_table_is_read_by_its_head() -> None:
    rows = [
        ["附件：清理结果"],
        ["序号", "文件名称", "文 号", "清理意见", "责任单位", "备注"],
        ["1", "《关于加强监管的通知》", "深府办〔2012〕12号", "废止", "市商务委", "已有新规定"],
        ["2", "关于试行补贴的办法", "深府〔2010〕1号", "宣布失效", "市财政委", ""],
        ["3", "关于绿化的意见", "", "继续有效", "", ""],
        ["4", "", "", "", "", "空"],
    ]
    reading = read_rows(rows)
    told = [(one.place, one.title, one.number, one.verb, one.unit, one.reason) for one in reading.documents]
    assert told == [
        (3, "关于加强监管的通知", "深府办〔2012〕12号", "abolish", "市商务委", "已有新规定"),
        (4, "关于试行补贴的办法", "深府〔2010〕1号", "expire", "市财政委", ""),
        (5, "关于绿化的意见", "", "keep", "", ""),
    ]
    assert [place for place, _ in reading.unread] == [1, 6]


def test_lines_are_read_by_their_title_and_number_and_the_heading_above_them() -> None:
    lines = """
    一、决定废止的规范性文件（2件）
    1.《关于加强监管的通知》（深府办〔2012〕12号）
    2. 关于印发《深圳市补贴办法》的通知（深府[2010] 1 号）
    二、宣布失效的规范性文件（1件）
    （一）深圳市人民政府关于招商的若干规定（深府〔1998〕206号）
    此致
    """
    reading = read_rows([line] for line in lines.splitlines())
    assert [(one.title, one.number, one.verb) for one in reading.documents] == [
        ("关于加强监管的通知", "深府办〔2012〕12号", "abolish"),
        ("关于印发《深圳市补贴办法》的通知", "深府[2010]1号", "abolish"),
        ("深圳市人民政府关于招商的若干规定", "深府〔1998〕206号", "expire"),
    ]
    assert [place for place, _ in reading.unread] == [7]


def test_two_columns_of_a_plain_csv_are_enough() -> None:
    reading = read_rows([["title", "number"], ["关于绿化的意见", "深府〔2011〕3号"]], default="expire")
    assert [(one.title, one.number, one.verb) for one in reading.documents] == [
        ("关于绿化的意见", "深府〔2011〕3号", "expire")
    ]
