from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from yangguang.portal import charts
from yangguang.rules.score import Score
from yangguang.rules.verdict import State

counts = st.integers(0, 500)
scores = st.builds(Score, on_time=counts, late=counts, missing=counts, not_yet=counts, provisional=counts)


def rects(drawing: str) -> list[dict[str, str]]:
    return [dict(rect.attrib) for rect in etree.fromstring(drawing).iter("rect")]


def percent(value: str) -> float:
    return float(value.removesuffix("%"))


def test_a_bar_lays_its_parts_end_to_end() -> None:
    drawn = rects(charts.bar(Score(on_time=2, late=1, missing=1)))
    assert [(r["class"], r["x"], r["width"]) for r in drawn] == [
        ("part on_time", "0.0%", "50.0%"),
        ("part late", "50.0%", "25.0%"),
        ("part missing", "75.0%", "25.0%"),
    ]


def test_a_column_stands_on_the_ground_and_is_as_high_as_its_share_of_the_tallest() -> None:
    drawn = rects(charts.column(Score(on_time=1, not_yet=1), 4))
    assert [(r["class"], r["y"], r["height"]) for r in drawn] == [
        ("part on_time", "75.0%", "25.0%"),
        ("part not_yet", "50.0%", "25.0%"),
    ]


@given(scores)
def test_the_parts_of_a_bar_fill_it_and_never_overlap(score: Score) -> None:
    drawn = rects(charts.bar(score))
    edge = 0.0
    for rect in drawn:
        assert abs(percent(rect["x"]) - edge) < 0.01
        edge = percent(rect["x"]) + percent(rect["width"])
    assert not drawn or abs(edge - 100) < 0.01


def test_what_is_not_judged_takes_no_place() -> None:
    assert rects(charts.bar(Score(unjudged=3, internal=2))) == []


def test_every_state_has_a_drawn_sign_of_its_own_shape() -> None:
    shapes = {state: charts.SHAPES[state] for state in State}
    assert shapes[State.UNJUDGED] == shapes[State.INTERNAL]
    assert len(set(shapes.values())) == len(State) - 1
    for state in State:
        assert etree.fromstring(charts.mark(state)).attrib["aria-hidden"] == "true"


def test_a_class_name_is_escaped() -> None:
    assert "&quot;&gt;" in charts._lying('">', 0, 1)
