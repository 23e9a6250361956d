"""A register's JSON → Descriptor. Every slip of the file is told at once."""

from collections.abc import Iterator, Mapping

from yangguang.rules.cadence import CADENCES
from yangguang.rules.tables.schema.entry import Entry, pattern_slip
from yangguang.rules.tables.schema.values import (
    Chart,
    Check,
    Descriptor,
    Field,
    ForeignKey,
    Intake,
    Kind,
    Measure,
    Type,
)

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_COLUMN = r"[A-Za-z][A-Za-z0-9_]*"
_PROPERTIES = frozenset(
    (
        *("name", "title", "description", "kind", "unit", "obligations", "publication", "cadence", "topic"),
        *("keywords", "intake", "period", "measure", "chart", "source", "unverified", "schema"),
    )
)
_FIELD_PROPERTIES = frozenset(
    [
        "name",
        "title",
        "type",
        "description",
        "unit",
        "aliases",
        "constraints",
        "check",
        "reporting",
        "example",
        "format",
    ]
)
_CONSTRAINTS = frozenset(
    ["required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength"]
)
_MARKS = ("line", "bar", "point")
_AGGREGATES = ("", "sum", "mean", "count")


class DescriptorProblem(ValueError):
    """A descriptor that cannot be used; `problems` are Chinese sentences, each with its place in the file."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("；".join(problems))


def read(mapping: object) -> Descriptor:
    """The descriptor that a JSON object describes. Raises DescriptorProblem with all that is wrong."""
    problems: list[str] = []
    if not isinstance(mapping, Mapping):
        raise DescriptorProblem(("登记册描述应是一个 JSON 对象",))
    descriptor = _descriptor(Entry(mapping, "", problems))
    if not problems:
        problems.extend(_contradictions(descriptor))
    if problems:
        raise DescriptorProblem(tuple(problems))
    return descriptor


def _descriptor(entry: Entry) -> Descriptor:
    entry.allow(_PROPERTIES)
    schema = entry.entry("schema", required=True)
    schema.allow(frozenset(("fields", "primaryKey", "foreignKeys", "missingValues")))
    return Descriptor(
        name=entry.text("name", required=True, pattern=_SLUG),
        title=entry.text("title", required=True),
        kind=entry.one_of("kind", Kind, Kind.LIST, required=True),
        fields=tuple(_field(each) for each in schema.entries("fields", required=True)),
        description=entry.text("description"),
        unit=entry.text("unit"),
        obligations=entry.texts("obligations"),
        publication=entry.text("publication"),
        cadence=entry.choice("cadence", CADENCES, "none"),
        topic=entry.text("topic"),
        keywords=entry.texts("keywords"),
        intake=entry.one_of("intake", Intake, Intake.REPLACE),
        period=entry.text("period"),
        measure=_measure(entry.entry("measure")),
        chart=_chart(entry.entry("chart")),
        source=entry.text("source"),
        unverified=entry.truth("unverified"),
        primary_key=schema.texts("primaryKey"),
        foreign_keys=tuple(_foreign_key(each) for each in schema.entries("foreignKeys")),
        missing_values=schema.texts("missingValues", ("",)),
    )


def _field(entry: Entry) -> Field:
    entry.allow(_FIELD_PROPERTIES)
    rules = entry.entry("constraints")
    rules.allow(_CONSTRAINTS)
    return Field(
        name=entry.text("name", required=True, pattern=_COLUMN),
        title=entry.text("title", required=True),
        type=entry.one_of("type", Type, Type.STRING, required=True),
        description=entry.text("description"),
        unit=entry.text("unit"),
        aliases=entry.texts("aliases"),
        required=rules.truth("required"),
        unique=rules.truth("unique"),
        enum=rules.texts("enum"),
        pattern=rules.text("pattern"),
        minimum=rules.bound("minimum"),
        maximum=rules.bound("maximum"),
        min_length=rules.count("minLength"),
        max_length=rules.count("maxLength"),
        check=entry.one_of("check", Check, Check.NONE),
        reporting=entry.truth("reporting"),
        example=entry.written("example"),
    )


def _measure(entry: Entry) -> Measure | None:
    if not entry.given:
        return None
    entry.allow(frozenset(("field", "count", "unit")))
    return Measure(entry.text("field", required=True), entry.count("count") or 0, entry.text("unit"))


def _chart(entry: Entry) -> Chart | None:
    if not entry.given:
        return None
    entry.allow(frozenset(("mark", "x", "y", "series", "aggregate", "title")))
    return Chart(
        mark=entry.choice("mark", _MARKS, "bar"),
        x=entry.text("x", required=True),
        y=entry.text("y"),
        title=entry.text("title"),
        series=entry.text("series"),
        aggregate=entry.choice("aggregate", _AGGREGATES, ""),
    )


def _foreign_key(entry: Entry) -> ForeignKey:
    there = entry.entry("reference", required=True)
    return ForeignKey(entry.texts("fields"), there.text("resource"), there.texts("fields"))


def _contradictions(register: Descriptor) -> Iterator[str]:
    """What is wrong between the parts of a descriptor whose parts are well formed."""
    yield from _twice("schema.fields 的列名", [field.name.lower() for field in register.fields])
    headings = [word for field in register.fields for word in {field.title, *field.aliases}]
    yield from _twice("schema.fields 的列标题或别名", headings)
    yield from _references(register)
    yield from _intake(register)
    for field in register.fields:
        yield from (f"列 {field.name}：{slip}" for slip in _field_slips(field))
    if len(register.public_fields) == 0:
        yield "schema.fields：至少要有一列是公开的（没有 reporting）"


def _references(register: Descriptor) -> Iterator[str]:
    """Columns that are named but do not exist, or exist but are never shown."""
    chart, measure = register.chart, register.measure
    named = {
        "primaryKey": register.primary_key,
        "period": (register.period,),
        "measure.field": (measure.field,) if measure else (),
        "chart": (chart.x, chart.y, chart.series) if chart else (),
    }
    public = {field.name for field in register.public_fields}
    for place, names in named.items():
        for name in filter(None, names):
            if name not in register.names:
                yield f"{place}：没有列“{name}”，请改成 schema.fields 中的列名"
            elif name not in public:
                yield f"{place}：列“{name}”只上报不公开，不能用在这里"
    for key in register.foreign_keys:
        if not key.fields or len(key.fields) != len(key.there):
            yield "foreignKeys：fields 与 reference.fields 的列数应相同，至少一列"
        yield from (
            f"foreignKeys：没有列“{name}”，请改成 schema.fields 中的列名"
            for name in key.fields
            if name not in register.names
        )
    if chart and not chart.y and chart.aggregate != "count":
        yield "chart.y：请写明纵轴的列；只数行数时 aggregate 写 count"


def _intake(register: Descriptor) -> Iterator[str]:
    if register.intake is Intake.UPSERT and not register.primary_key:
        yield "intake：upsert 要按主键合并，请写明 schema.primaryKey"
    if register.intake is Intake.PERIOD and not register.period:
        yield "intake：period 要替换一个期次的行，请用 period 写明期次列"
    if register.kind is Kind.SERIES and not register.period:
        yield "period：数列（series）要有期次列，请写明它的列名"
    if register.measure and not register.period:
        yield "measure：按期次核对数量，请用 period 写明期次列"
    if register.measure and register.measure.count < 1:
        yield "measure.count：应是正整数"


def _field_slips(field: Field) -> Iterator[str]:
    if field.check is not Check.NONE and field.type is not Type.STRING:
        yield "check 只用于 string 列"
    if (
        field.pattern or field.enum or field.min_length or field.max_length
    ) and field.type is not Type.STRING:
        yield "pattern、enum、minLength、maxLength 只用于 string 列"
    if field.pattern and (slip := pattern_slip(field.pattern)):
        yield f"pattern：{slip}"
    yield from _twice("enum", list(field.enum))
    bounds = (field.minimum, field.maximum)
    wants = (int, float) if field.type.is_numeric else str
    for bound in bounds:
        if bound is not None and (not isinstance(bound, wants) or field.type in (Type.STRING, Type.BOOLEAN)):
            yield "minimum、maximum 只用于数值列（写数字）和日期列（写 2017-01-31 这样的文字）"
    if type(bounds[0]) is type(bounds[1]) and bounds[0] is not None and bounds[0] > bounds[1]:  # type: ignore[operator]
        yield "minimum 大于 maximum"
    if field.min_length and field.max_length and field.min_length > field.max_length:
        yield "minLength 大于 maxLength"


def _twice(what: str, words: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            yield f"{what}“{word}”重复"
        seen.add(word)
