"""Check digits and shapes of personal numbers."""

import datetime as dt
import re

# Province codes of GB/T 2260; 83 is the residence permit of Taiwan people (2018).
PROVINCES = frozenset(
    (
        *map(str, range(11, 16)),
        *map(str, range(21, 24)),
        *map(str, range(31, 38)),
        *map(str, range(41, 47)),
        *map(str, range(50, 55)),
        *map(str, range(61, 66)),
        "71",
        "81",
        "82",
        "83",
    )
)
_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# 管理部门 and 机构类别: the first two characters of a code of GB 32100.
_USCC_HEAD = re.compile("1[1239]|2[19]|3[1-59]|4[19]|5[1-59]|6[129]|7[129]|8[19]|9[1-3]|A[19]|N[1239]|Y1")
EARLIEST_BIRTH = 1870


def id_check(first_17: str) -> str:
    """The last character of an identity number: ISO 7064 mod 11-2 (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def is_id_number(text: str) -> bool:
    """Whether 18 characters are a possible identity number: province, date of birth and check character."""
    if len(text) != 18 or not text[:17].isdecimal() or text[:2] not in PROVINCES:
        return False
    return text[2:6] != "0000" and is_birth(text[6:14]) and text[17] == id_check(text[:17])


def is_old_id_number(text: str) -> bool:
    """Whether 15 digits may be an identity number from before 1999. There is no check digit."""
    return (
        len(text) == 15
        and text.isdecimal()
        and text[:2] in PROVINCES
        and text[4:6] != "00"
        and is_birth(f"19{text[6:12]}")
    )


def is_birth(digits: str) -> bool:
    """Whether YYYYMMDD is a day on which somebody in the registers can have been born."""
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return EARLIEST_BIRTH <= day.year <= 2099


def luhn(digits: str) -> bool:
    """ISO/IEC 7812 check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_union_pay(digits: str) -> bool:
    """A card of a Chinese bank: 62, 16 to 19 digits."""
    return 16 <= len(digits) <= 19 and digits.startswith("62") and luhn(digits)


def is_other_card(digits: str) -> bool:
    """A card with another issuer prefix in use in China: 4, 51–55 (16 digits), 95 and 60 of older debit cards."""
    if not luhn(digits):
        return False
    if len(digits) == 16:
        return digits[0] == "4" or "51" <= digits[:2] <= "55" or digits[:3] == "603"
    return len(digits) == 19 and digits[:4] in {"9558", "9559", "6013"}


def is_credit_code(text: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码 (GB 32100-2015): head and check character."""
    if len(text) != 18 or not _USCC_HEAD.match(text) or any(c not in _USCC for c in text):
        return False
    total = sum(_USCC.index(char) * 3**place % 31 for place, char in enumerate(text[:17]))
    return _USCC[(31 - total % 31) % 31] == text[17]
