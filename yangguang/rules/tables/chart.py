"""A register's chart as a Vega-Lite specification (vega.github.io/vega-lite, version 5).

Points come in, a JSON object goes out; the drawing is done elsewhere. At most three colours: ink, gold and
greys. What greys cannot tell apart, dashes do; more than five lines become small drawings side by side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yangguang.rules.tables.schema import Chart, Descriptor, Field, Type

INK, GOLD, SOFT, RULE, PAPER = "#14213d", "#e0a100", "#4a5368", "#d8d7d1", "#ffffff"
MIDDLE, PALE = "#7c8190", "#c3c5cc"
DARK = {INK: "#e9e7e0", GOLD: "#f0b929", SOFT: "#b3b8c4", RULE: "#333d52", MIDDLE: "#7f889c", PALE: "#46506a"}
"""What each colour becomes on a dark ground."""
SERIES = (INK, GOLD, MIDDLE, SOFT, PALE)
DASHES = ([1, 0], [1, 0], [1, 0], [6, 3], [2, 3])
FONT = "Source Han Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
MOST_BARS = 20
FEW = 5
WIDE, NARROW = 1080, 340

Number = int | float | Decimal


@dataclass(frozen=True)
class Point:
    """One mark: its place on the x axis, its series ("" where there are none), its height."""

    x: str
    series: str
    y: float


def over_time(field: Field) -> bool:
    """Whether a column's values follow each other in time."""
    return field.type in (Type.DATE, Type.DATETIME, Type.YEARMONTH, Type.YEAR)


def newest_only(descriptor: Descriptor) -> bool:
    """Whether the chart shows the newest period alone: figures of several periods are not to be added up."""
    chart = descriptor.chart
    return bool(chart and descriptor.period) and descriptor.period not in (
        (chart.x, chart.series) if chart else ()
    )


def specification(descriptor: Descriptor, points: Sequence[Point], *, width: int = WIDE) -> dict[str, Any]:
    """The drawing of these points, `width` pixels wide. The descriptor must have a chart."""
    chart = descriptor.chart
    if chart is None:
        raise ValueError(f"{descriptor.name} 没有图")
    names = tuple(dict.fromkeys(point.series for point in points if point.series))
    x = descriptor.field(chart.x)
    if over_time(x) or chart.mark != "bar":
        body = _along(chart, x, names, points, width)
    else:
        body = _bars(descriptor, chart, names, points, width)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "title": title_of_y(descriptor),
        "data": {"values": [{"x": _place(each.x, x), "series": each.series, "y": each.y} for each in points]},
        "config": _CONFIG,
        **body,
    }


def _place(value: str, field: Field) -> str:
    """A day with its midnight: a day alone would be taken for UTC's and drawn eight hours late."""
    return f"{value[:10]}T00:00:00" if field.type is Type.DATE else value


def title_of_y(descriptor: Descriptor) -> str:
    """What the numbers are, with their unit: "达标率（%）", "行数"."""
    chart = descriptor.chart
    if chart is None or chart.aggregate == "count" or not chart.y:
        return "行数"
    field = descriptor.field(chart.y)
    return f"{field.title}（{field.unit}）" if field.unit else field.title


def _along(
    chart: Chart, x: Field, names: Sequence[str], points: Sequence[Point], width: int
) -> dict[str, Any]:
    """Marks along time, from left to right."""
    exact = x.type in (Type.DATE, Type.DATETIME)
    axis: dict[str, Any] = {"title": None, "labelAngle": 0, "labelOverlap": True, "grid": False}
    if exact:
        axis |= {"format": "%m-%d", "tickCount": 6 if width > NARROW else 4}
    encoding: dict[str, Any] = {
        "x": {"field": "x", "type": "temporal" if exact else "ordinal", "axis": axis},
        "y": _measure(points, scale_from_zero=chart.mark == "bar"),
    }
    mark = {"line": _LINE, "point": {"type": "point", "filled": True, "size": 45}}.get(
        chart.mark, {"type": "bar"}
    )
    if len(names) <= len(SERIES):
        if names:
            encoding |= _told_apart(names, dashes=chart.mark == "line")
        return {"width": width - 70, "height": 280, "mark": mark, "encoding": encoding}
    columns = 3 if width > NARROW else 1
    return {
        "columns": columns,
        "facet": {"field": "series", "type": "nominal", "header": _HEADER, "sort": list(names)},
        "spec": {
            "width": width // columns - 72,
            "height": 96,
            "mark": {**mark, "color": INK},
            "encoding": encoding,
        },
        "spacing": {"row": 18, "column": 22},
    }


def _bars(
    descriptor: Descriptor, chart: Chart, names: Sequence[str], points: Sequence[Point], width: int
) -> dict[str, Any]:
    """Lying bars, the longest first: names of things are long, and Chinese does not stand on its head."""
    label = 210 if width > NARROW else 110
    encoding: dict[str, Any] = {
        "y": {
            "field": "x",
            "type": "nominal",
            "sort": {"field": "y", "op": "sum", "order": "descending"},
            "axis": {"title": None, "labelLimit": label, "ticks": False, "domain": False},
        },
        "x": _measure(points, scale_from_zero=True),
    }
    series = descriptor.field(chart.series) if chart.series else None
    if series is not None and (over_time(series) or len(names) > len(SERIES)):
        encoding["color"] = _ramp(sorted(names))
    elif names:
        encoding |= _told_apart(names, dashes=False)
    layers: list[dict[str, Any]] = [{"mark": {"type": "bar", "height": {"band": 0.72}}}]
    if not names:
        text = {"type": "text", "align": "left", "dx": 5, "color": SOFT}
        layers.append({"mark": text, "encoding": {"text": {"field": "y", "type": "quantitative"}}})
    return {
        "width": width - label - (60 if width > NARROW else 45),
        "height": {"step": 30},
        "encoding": encoding,
        "layer": layers,
    }


def _measure(points: Sequence[Point], *, scale_from_zero: bool) -> dict[str, Any]:
    """The axis of the numbers. Few whole things are counted one by one: half a case is no case."""
    axis: dict[str, Any] = {"title": None, "tickCount": 5, "domain": False, "ticks": False, "format": ",~r"}
    sums: dict[str, float] = {}
    for point in points:
        sums[point.x] = sums.get(point.x, 0) + point.y
    highest = max(sums.values(), default=0)
    if all(point.y == int(point.y) >= 0 for point in points) and highest <= FEW:
        axis["values"] = list(range(int(highest) + 1))
    return {"field": "y", "type": "quantitative", "axis": axis, "scale": {"zero": scale_from_zero}}


def _told_apart(names: Sequence[str], *, dashes: bool) -> dict[str, Any]:
    legend = {"title": None, "orient": "top", "labelLimit": 200, "symbolSize": 140, "columns": 3}
    domain = list(names)
    colour = {"field": "series", "type": "nominal", "legend": legend}
    found: dict[str, Any] = {
        "color": {**colour, "scale": {"domain": domain, "range": list(SERIES[: len(domain)])}}
    }
    if dashes:
        found["strokeDash"] = {**colour, "scale": {"domain": domain, "range": list(DASHES[: len(domain)])}}
    return found


def _ramp(names: Sequence[str]) -> dict[str, Any]:
    """From pale to ink, for what follows in time or is too much to tell apart by colour."""
    legend = {"title": None, "orient": "top", "columns": 6, "labelLimit": 120}
    last = max(len(names) - 1, 1)
    scale = {"domain": list(names), "range": [_between(PALE, INK, at / last) for at in range(len(names))]}
    return {"field": "series", "type": "ordinal", "scale": scale, "legend": legend}


def _between(low: str, high: str, share: float) -> str:
    """The colour that lies `share` of the way from one to the other."""
    ends = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (low, high)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*ends, strict=True))


_LINE: Mapping[str, Any] = {
    "type": "line",
    "strokeWidth": 2.5,
    "point": {"size": 30, "filled": True},
    "interpolate": "linear",
}
_HEADER = {"title": None, "labelFontSize": 13, "labelColor": INK, "labelAnchor": "start", "labelFont": FONT}
_CONFIG: Mapping[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "color": SOFT,
        "font": FONT,
        "fontSize": 13,
        "fontWeight": "normal",
        "frame": "bounds",
        "offset": 10,
    },
    "bar": {"color": INK},
    "line": {"color": INK},
    "point": {"color": INK},
    "axis": {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": RULE,
        "domainColor": MIDDLE,
        "tickColor": MIDDLE,
        "labelFont": FONT,
        "titleFont": FONT,
    },
    "legend": {"labelColor": SOFT, "labelFontSize": 13, "labelFont": FONT, "symbolStrokeWidth": 3},
}
