"""The values of a descriptor: register, field, keys, measure, chart."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the rows of a register are: things that are, figures by period, cases, projects."""

    LIST = "list"
    SERIES = "series"
    CASES = "cases"
    PROJECT = "project"


class Type(StrEnum):
    """Types of Frictionless Table Schema that registers use.

    A value of each in Python: str, int, `decimal.Decimal` of at most 15 digits, bool, `datetime.date`,
    naive `datetime.datetime` in Shanghai time, str "2017-06", int. A yearmonth is kept as text, a year
    as a whole number.
    """

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    YEARMONTH = "yearmonth"
    YEAR = "year"

    @property
    def is_text(self) -> bool:
        """Whether the stored value is text."""
        return self in (Type.STRING, Type.YEARMONTH)

    @property
    def is_numeric(self) -> bool:
        return self in (Type.INTEGER, Type.NUMBER, Type.YEAR)


class Intake(StrEnum):
    """What a new file replaces: the whole table, the rows of its period, the rows with its keys."""

    REPLACE = "replace"
    PERIOD = "period"
    UPSERT = "upsert"


class Check(StrEnum):
    """The checksum a code must pass: 统一社会信用代码 (GB 32100), 公民身份号码 (GB 11643)."""

    NONE = "none"
    USCC = "uscc"
    ID_NUMBER = "id_number"


@dataclass(frozen=True)
class Field:
    """One column.

    `minimum` and `maximum` stand as in the file: a number, or ISO text for dates. `pattern` is matched
    against the whole cell and holds nothing that RE2 lacks. `reporting`: reported, never made public.
    """

    name: str
    title: str
    type: Type = Type.STRING
    description: str = ""
    unit: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: int | float | str | None = None
    maximum: int | float | str | None = None
    min_length: int | None = None
    max_length: int | None = None
    check: Check = Check.NONE
    reporting: bool = False
    example: str = ""

    @property
    def is_code(self) -> bool:
        """Whether the text is a code or one of given words, not free writing."""
        return self.type is Type.STRING and bool(self.pattern or self.enum or self.check is not Check.NONE)


@dataclass(frozen=True)
class ForeignKey:
    """Values of `fields` must be found in `there` of the register; "" is the register itself."""

    fields: tuple[str, ...]
    register: str
    there: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """How many different values of `field` one period must have, e.g. 11 座 sources of water."""

    field: str
    count: int
    unit: str = ""


@dataclass(frozen=True)
class Chart:
    """What the register's chart shows; `aggregate` and `series` may be empty."""

    mark: str
    x: str
    y: str
    title: str
    series: str = ""
    aggregate: str = ""


@dataclass(frozen=True)
class Descriptor:
    """One register as its file describes it."""

    name: str
    title: str
    kind: Kind
    fields: tuple[Field, ...]
    description: str = ""
    unit: str = ""
    obligations: tuple[str, ...] = ()
    publication: str = ""
    cadence: str = "none"
    topic: str = ""
    keywords: tuple[str, ...] = ()
    intake: Intake = Intake.REPLACE
    period: str = ""
    measure: Measure | None = None
    chart: Chart | None = None
    source: str = ""
    unverified: bool = False
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    missing_values: tuple[str, ...] = ("",)

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError where there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def public_fields(self) -> tuple[Field, ...]:
        """The columns that are shown; the others are reported only."""
        return tuple(field for field in self.fields if not field.reporting)
