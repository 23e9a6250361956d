"""Personal numbers are found however they are written, and other numbers are left alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.scan import Kind, Place, Severity, scan_text, worst
from yangguang.rules.scan.checks import PROVINCES, id_check, is_credit_code, is_id_number, luhn

# The example of GB 11643-1999, and numbers of the same make.
PRINTED = "11010519491231002X"
ORDINARY = "440524188001010014"
CARD = "6222020200112233447"


def found(text: str) -> list[tuple[Kind, Severity]]:
    return [(finding.kind, finding.severity) for finding in scan_text(text)]


def kinds(text: str) -> list[Kind]:
    return [kind for kind, _ in found(text)]


def card(prefix: str, length: int = 16) -> str:
    """A number with this prefix that passes the check."""
    body = prefix.ljust(length - 1, "3")
    return next(body + digit for digit in "0123456789" if luhn(body + digit))


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(dt.date(1900, 1, 1), dt.date(2025, 12, 31)))
    county = draw(st.integers(1, 9999))
    order = draw(st.integers(0, 999))
    first = f"{draw(st.sampled_from(sorted(PROVINCES)))}{county:04}{born:%Y%m%d}{order:03}"
    return first + id_check(first)


def slow_check(number: str) -> bool:
    """ISO 7064 mod 11-2 as the standard words it: the weighted sum leaves 1 when divided by 11."""
    values = [10 if char == "X" else int(char) for char in number]
    return sum(value * 2 ** (17 - place) for place, value in enumerate(values)) % 11 == 1


@given(id_numbers(), st.sampled_from(["", " ", "-", "－", "\u3000"]), st.booleans())
def test_every_identity_number_is_found_however_it_is_written(number: str, gap: str, wide: bool) -> None:
    assert slow_check(number)
    written = gap.join((number[:6], number[6:14], number[14:]))
    if wide:
        written = written.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"})
    text = f"申请人张某，身份证号{written}，已受理。"
    assert found(text) == [(Kind.ID_NUMBER, Severity.BLOCK)]
    assert number not in repr(scan_text(text))


@given(id_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_a_number_with_one_wrong_digit_is_no_identity_number(number: str, place: int, change: int) -> None:
    wrong = str((int(number[place]) + change) % 10)
    assert not is_id_number(number[:place] + wrong + number[place + 1 :])


@given(st.text(alphabet="0123456789", min_size=18, max_size=18))
def test_the_check_agrees_with_the_standards_words(number: str) -> None:
    if is_id_number(number):
        assert slow_check(number)
    else:
        assert (
            not (slow_check(number) and number[:2] in PROVINCES and "19000101" <= number[6:14] <= "19000128")
            or number[2:6] == "0000"
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"身份证{PRINTED}", [(Kind.ID_NUMBER, Severity.BLOCK)]),
        (PRINTED.lower(), [(Kind.ID_NUMBER, Severity.BLOCK)]),
        (f"张某{ORDINARY}李某", [(Kind.ID_NUMBER, Severity.BLOCK)]),
        (f"甲{PRINTED}、乙{ORDINARY}", [(Kind.ID_NUMBER, Severity.BLOCK)] * 2),
        ("旧证 110105491231002 待核", [(Kind.OLD_ID_NUMBER, Severity.ASK)]),
        ("姓名：王某 110105491231002", [(Kind.OLD_ID_NUMBER, Severity.BLOCK)]),
        (f"账号{card('622202', 19)}", [(Kind.BANK_CARD, Severity.BLOCK)]),
        (" ".join([card("6225")[i : i + 4] for i in (0, 4, 8, 12)]), [(Kind.BANK_CARD, Severity.BLOCK)]),
        (card("4563"), [(Kind.BANK_CARD, Severity.ASK)]),
        ("手机13800138000", [(Kind.MOBILE, Severity.ASK)]),
        ("+86 138 0013 8000", [(Kind.MOBILE, Severity.ASK)]),
        ("１３８００１３８０００", [(Kind.MOBILE, Severity.ASK)]),
        ("电话：0755-88120000", [(Kind.LANDLINE, Severity.TELL)]),
        ("电话：（0755）88120000", [(Kind.LANDLINE, Severity.TELL)]),
        ("护照号码E12345678", [(Kind.PASSPORT, Severity.BLOCK)]),
        ("护照号EA1234567", [(Kind.PASSPORT, Severity.BLOCK)]),
    ],
)
def test_what_is_found_and_how_grave(text: str, expected: list[tuple[Kind, Severity]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "深府办函〔2017〕123号",
        "国办发〔2016〕80号、国办发〔2017〕47号",
        "索引号：000014349/2017-00110",
        "caizhengwei-2017-00012",
        "统一社会信用代码 91440300192203821Y",
        "统一社会信用代码 114403000075427459",
        "收入13800138000元，支出 13900139000.55 元",
        "一般公共预算收入 3,321.05 亿元",
        "2017-08-14 2017-09-15 2017-10-16",
        "2015 2016 2017 2018 2019 2020",
        "20170814120000",
        "编号：6222020200112233440123456",
        "流水号：" + card("622202", 19),
        "型号E12345678",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "邮编 518035，服务热线 12345",
        "http://www.sz.gov.cn/2017/201711/13800138000.html",
        "110105**********2X",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert kinds(text) == []


@given(
    st.integers(1949, 2030),
    st.integers(1, 9999),
    st.sampled_from(
        ["深府办〔{}〕{}号", "索引号 000014349/{}-{:05}", "{}年{}项", "fagaiwei-{}-{:05}", "{}-{:02}"]
    ),
)
def test_numbers_of_documents_and_indexes_raise_no_alarm(year: int, number: int, pattern: str) -> None:
    assert kinds(f"根据{pattern.format(year, number)}，现予公布。") == []


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@given(DAYS, DAYS, st.integers(0, 10**13))
def test_dates_and_amounts_raise_no_alarm(first: dt.date, last: dt.date, amount: int) -> None:
    assert kinds(f"{first} 至 {last}，{first:%Y%m%d}-{last:%Y%m%d}，共 {amount} 元、{amount:,} 元") == []


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=16, max_size=16))
def test_credit_codes_raise_no_blocking_alarm(middle: str) -> None:
    body = "9" + middle
    code = next(
        (body + char for char in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(body + char)), ""
    )
    assert worst(scan_text(f"统一社会信用代码：{code}")) is not Severity.BLOCK


def test_the_place_is_told_as_a_person_counts() -> None:
    (finding,) = scan_text(f"第一段。\n\n第二段 {PRINTED}。", Place(file="名单.docx"))
    assert finding.words == "附件“名单.docx”，第 2 段：公民身份号码 110*************2X"
    assert "*" in finding.remedy


def test_in_a_table_its_head_counts() -> None:
    table = f"姓名\t证件号\t护照\n张某\t110105491231002\tE12345678\n李某\t{ORDINARY}\t"
    assert found(table) == [
        (Kind.OLD_ID_NUMBER, Severity.BLOCK),
        (Kind.PASSPORT, Severity.BLOCK),
        (Kind.ID_NUMBER, Severity.BLOCK),
    ]


def test_a_number_is_not_put_together_across_cells_or_paragraphs() -> None:
    assert kinds(f"{PRINTED[:9]}\t{PRINTED[9:]}") == []
    assert kinds(f"{PRINTED[:9]}\n\n{PRINTED[9:]}") == []


def test_a_very_long_text_is_scanned() -> None:
    assert kinds("1 " * 200_000 + f"，{PRINTED}") == [Kind.ID_NUMBER]
