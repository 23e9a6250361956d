"""Personal numbers in running text and in tables.

Full-width digits, spaces and dashes inside a number make no difference. What is part of a longer number, of
an amount, a document's number (文号), an index number (索引号) or a 统一社会信用代码 is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from yangguang.rules.scan import checks
from yangguang.rules.scan.findings import Finding, Kind, Place, Severity, masked

_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_SPACES = dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f"), " ")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_PLAIN = {**_FULL, **_DASHES, **_SPACES, **_UNSEEN}

_BEFORE = r"(?<![0-9A-Za-z._/¥￥$])(?<![0-9][\- ])"
_AFTER = r"(?![0-9A-Za-z_/]|[.,]\d|[\- ]?\d)"
_UNIT = r"\s*(?:元|万|亿|美元|件|人次|人|个|吨|千瓦|度|平方|立方|次|户|%|‰)"
_AMOUNT = f"(?!{_UNIT})"
_LONG = re.compile(rf"{_BEFORE}\d(?:[\- ]?\d){{13,18}}(?:[\- ]?[Xx])?{_AFTER}")
_MOBILE = re.compile(rf"{_BEFORE}(?:\+?86[\- ]?)?(1[3-9]\d[\- ]?\d{{4}}[\- ]?\d{{4}}){_AFTER}{_AMOUNT}")
_LANDLINE = re.compile(
    rf"{_BEFORE}(?:\(0\d{{2,3}}\)[\- ]?|0\d{{2,3}}[\- ])[2-8]\d{{6,7}}(?:-\d{{1,4}})?(?![0-9A-Za-z./]){_AMOUNT}"
)
_PASSPORT = re.compile(
    r"(?<![0-9A-Za-z])(?:[EeGg]\d{8}|[Ee][A-HJ-NP-Za-hj-np-z]\d{7}|[DdSsPp][Ee]?\d{7})(?![0-9A-Za-z])"
)
_PASSPORT_WORD = re.compile("护照|passport", re.IGNORECASE)
_NAMED = re.compile("姓名|身份证|户主|申请人|当事人|法定代表人|受益人|联系人")
_NOT_A_PERSON = re.compile(
    r"(?:文号|索引号|编号|信用代码|注册号|许可证号|合同号|流水号|批准号|条形码|序列号)[:：为]?\s*$"
)
_NEAR = 30
IN_THE_TEXT = Place()


def scan_text(text: str, place: Place = IN_THE_TEXT) -> list[Finding]:
    """Findings in a text; its paragraphs stand between empty lines and are counted from 1."""
    found: list[Finding] = []
    for number, paragraph in enumerate(re.split(r"\n[ \t]*\n", text.strip("\n")), 1):
        here = replace(place, paragraph=number)
        if "\t" in paragraph:
            rows = [line.split("\t") for line in paragraph.split("\n")]
            found.extend(replace(each, place=here) for each in scan_cells(_placed(rows, here)))
        else:
            found.extend(_scan(paragraph.replace("\n", " "), here, ""))
    return found


def scan_cells(rows: Iterable[Sequence[tuple[str, Place]]]) -> Iterator[Finding]:
    """Findings in the cells of a table, row by row; the words of the first row tell what the others hold."""
    head = ""
    for number, row in enumerate(rows):
        for text, place in row:
            yield from _scan(text, place, head)
        if number == 0:
            head = " ".join(text for text, _ in row)


def _placed(rows: Iterable[Sequence[str]], place: Place) -> Iterator[list[tuple[str, Place]]]:
    for row in rows:
        yield [(cell, place) for cell in row]


def _scan(text: str, place: Place, head: str) -> Iterator[Finding]:
    """Findings in one paragraph or cell; `head` is the first row of its table."""
    if not any(char.isdigit() for char in text):
        return
    plain = text.translate(_PLAIN)
    for match in _LONG.finditer(plain):
        if finding := _long(match, plain + head, place):
            yield finding
    for match in _MOBILE.finditer(plain):
        yield Finding(Kind.MOBILE, Severity.ASK, place, masked(_digits(match[1])))
    for match in _LANDLINE.finditer(plain):
        yield Finding(Kind.LANDLINE, Severity.TELL, place, masked(match[0].strip()))
    for match in _PASSPORT.finditer(plain):
        if _PASSPORT_WORD.search(plain[max(match.start() - _NEAR, 0) : match.start()] + head):
            yield Finding(Kind.PASSPORT, Severity.BLOCK, place, masked(match[0]))


def _long(match: re.Match[str], around: str, place: Place) -> Finding | None:
    """What a number of 14 and more digits is, the most certain first."""
    number = _digits(match[0]).upper()
    if checks.is_id_number(number):
        # A few codes of organisations are possible identity numbers too: then a person decides.
        doubtful = checks.is_credit_code(number) and "身份" not in around
        severity = Severity.ASK if doubtful else Severity.BLOCK
        return Finding(Kind.ID_NUMBER, severity, place, masked(number))
    if checks.is_credit_code(number) or _names_something(match):
        return None
    if checks.is_union_pay(number):
        return Finding(Kind.BANK_CARD, Severity.BLOCK, place, masked(number))
    if checks.is_other_card(number):
        return Finding(Kind.BANK_CARD, Severity.ASK, place, masked(number))
    if checks.is_old_id_number(number):
        severity = Severity.BLOCK if _NAMED.search(around) else Severity.ASK
        return Finding(Kind.OLD_ID_NUMBER, severity, place, masked(number))
    return None


def _names_something(match: re.Match[str]) -> bool:
    """Whether the words before call it something else, or those after make it an amount."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return bool(_NOT_A_PERSON.search(before) or re.match(_UNIT, after))


def _digits(written: str) -> str:
    return re.sub(r"[^0-9Xx]", "", written)
