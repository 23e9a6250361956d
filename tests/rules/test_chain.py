"""The hash chain, checked as the public checks it."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.chain import GENESIS, Link, canonical, digest, first_break

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
BODIES = st.dictionaries(st.text(), VALUES, max_size=4)


def chain(bodies: list[dict[str, object]]) -> list[Link]:
    links: list[Link] = []
    for seq, body in enumerate(bodies, start=1):
        previous = links[-1].digest if links else GENESIS
        text = canonical(body)
        links.append(Link(seq, text, previous, digest(previous, text)))
    return links


@given(BODIES)
def test_the_canonical_text_reads_back_as_the_same_object(body: dict[str, object]) -> None:
    assert json.loads(canonical(body)) == body


@given(BODIES)
def test_the_order_in_which_keys_were_put_does_not_matter(body: dict[str, object]) -> None:
    assert canonical(dict(reversed(body.items()))) == canonical(body)


def test_keys_sort_by_utf16_code_units() -> None:
    # RFC 8785 §3.2.3: U+1F600 is a surrogate pair that begins with D83D, and so sorts before U+FB33.
    assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'


def test_a_float_is_refused_because_its_text_differs_between_implementations() -> None:
    with pytest.raises(TypeError, match="whole"):
        canonical({"value": 0.5})


def test_the_digest_can_be_worked_out_with_any_sha256() -> None:
    expected = hashlib.sha256(("0" * 64 + "\n" + '{"a":"阳光"}').encode()).hexdigest()
    assert digest(GENESIS, canonical({"a": "阳光"})) == expected


@given(st.lists(BODIES, max_size=6))
def test_an_untouched_chain_holds(bodies: list[dict[str, object]]) -> None:
    assert first_break(chain(bodies)) is None


@given(st.lists(BODIES, min_size=2, max_size=6), st.data())
def test_a_line_changed_dropped_or_moved_is_found_at_its_place(
    bodies: list[dict[str, object]], data: st.DataObject
) -> None:
    links = chain(bodies)
    at = data.draw(st.integers(0, len(links) - 2))
    changed = Link(links[at].seq, links[at].body + " ", links[at].previous, links[at].digest)
    dropped = links[:at] + links[at + 1 :]
    swapped = [*links[:at], links[at + 1], links[at], *links[at + 2 :]]
    for tampered in ([*links[:at], changed, *links[at + 1 :]], dropped, swapped):
        found = first_break(tampered)
        assert found is not None
        assert found.seq == links[at].seq
