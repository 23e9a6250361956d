import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.commitment import SALT, commit, opens

SALTS = st.binary(min_size=SALT, max_size=SALT)
FACTS = st.dictionaries(st.text(max_size=8), st.text(max_size=20) | st.integers() | st.none(), max_size=5)


@given(SALTS, SALTS, FACTS, FACTS)
def test_only_the_same_salt_and_facts_open_a_commitment(
    salt: bytes, other_salt: bytes, facts: dict, other_facts: dict
) -> None:
    made = commit(salt, facts)
    assert opens(made, salt, dict(reversed(facts.items())))
    assert opens(made, other_salt, facts) == (other_salt == salt)
    assert opens(made, salt, other_facts) == (other_facts == facts)


def test_a_short_salt_hides_nothing_and_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        commit(b"short", {})
