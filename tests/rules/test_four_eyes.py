"""Whatever people do in whatever order, a complete review has four eyes and more."""

from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.four_eyes import ORDER, Step, is_complete, next_step, objection

PEOPLE = st.integers(1, 4)


@given(st.sets(PEOPLE, min_size=1), st.lists(st.tuples(st.sampled_from(list(Step)), PEOPLE), max_size=12))
def test_every_review_that_completes_has_three_people_behind_it(
    authors: set[int], tries: list[tuple[Step, int]]
) -> None:
    taken: dict[Step, int] = {}
    for step, person in tries:
        if objection(step, person, authors=authors, taken=taken) is None:
            taken[step] = person
    assert list(taken) == list(ORDER[: len(taken)])
    assert not authors & set(taken.values())
    assert is_complete(authors=authors, taken=taken) == (next_step(taken) is None)
    if next_step(taken) is None:
        assert taken[Step.UNIT] != taken[Step.SIGN]
        assert len(authors | set(taken.values())) >= 3


@given(st.sets(PEOPLE), st.dictionaries(st.sampled_from(list(Step)), PEOPLE))
def test_stored_steps_are_judged_anew(authors: set[int], taken: dict[Step, int]) -> None:
    expected = (
        set(taken) == set(Step) and not authors & set(taken.values()) and taken[Step.UNIT] != taken[Step.SIGN]
    )
    assert is_complete(authors=authors, taken=taken) == expected
