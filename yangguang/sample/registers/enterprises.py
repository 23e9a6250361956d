"""The sample's enterprises: the same ones in every register, with codes that nobody real can have."""

from dataclasses import dataclass

from yangguang.sample.conduct import dice

COUNT = 120
DISTRICTS = (
    "福田区",
    "罗湖区",
    "南山区",
    "盐田区",
    "宝安区",
    "龙岗区",
    "龙华区",
    "坪山区",
    "光明新区",
    "大鹏新区",
)
# No division of GB/T 2260 has this code, so that no real body can have a code with it.
_REGION = "990000"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_TRADES = (
    "电子科技",
    "新能源",
    "生物医药",
    "食品",
    "建设工程",
    "物流",
    "精密制造",
    "环保科技",
    "置业",
    "商贸",
)
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class Enterprise:
    name: str
    uscc: str
    district: str
    address: str
    head: str
    """法定代表人: no name of a person, a number."""


def enterprise(number: int) -> Enterprise:
    """The enterprise of that number, from 0; they repeat after `COUNT`."""
    number %= COUNT
    lot = dice("enterprise", number)
    sign = _STEMS[number % 10] + _BRANCHES[number % 12]
    trade = _TRADES[(number // 60 * 5 + number) % 10]
    district = lot.choice(DISTRICTS)
    return Enterprise(
        name=f"【示例】{sign}{trade}有限公司",
        uscc=unified_code("91", number),
        district=district,
        address=f"深圳市{district}示例路{lot.randint(1, 200)}号",
        head=f"示例负责人{number + 1:03d}",
    )


def districts_of(unit: str) -> tuple[str, ...]:
    """The districts of a unit: its own (福田区政府), or all of them for units of the city."""
    own = unit.removesuffix("政府").removesuffix("管委会")
    return (own,) if own in DISTRICTS else DISTRICTS


def agency_code(unit: str) -> str:
    """A code for a government unit, by lot from its name."""
    return unified_code("11", 50_000 + dice("agency", unit).randrange(50_000))


def unified_code(kind: str, number: int) -> str:
    """A 统一社会信用代码 with both check characters right: GB 11714 inside, GB 32100 at the end.

    `kind` is the code of register and category (91 enterprises, 11 state organs), `number` below 100,000.
    """
    body = f"{kind}{_REGION}{organisation_code(f'MA9{number:05d}')}"
    total = sum(_ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return body + _ALPHABET[-total % 31]


def organisation_code(body: str) -> str:
    """Eight characters and the check character of GB 11714."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(weight * letters.index(letter) for weight, letter in zip(weights, body, strict=True)) % 11
    return body + "0X987654321"[rest]
