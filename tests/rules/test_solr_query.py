"""What clients of CKAN send as q and fq, drawn as a table."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.solr_query import All, Any, Every, Not, Query, QueryProblem, Range, Term, parse

A, B = Term("a", "organization"), Term("b", "organization")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Every()),
        ("*:*", Every()),
        ("水质", Term("水质")),
        ("水质 监测", All((Term("水质"), Term("监测")))),
        ('"水质 监测"', Term("水质 监测", phrase=True)),
        ("title:水*", Term("水", "title", prefix=True)),
        ("name:*", Every("name")),
        ("organization:a OR organization:b", Any((A, B))),
        ("organization:(a OR b)", Any((A, B))),
        ("organization:a AND organization:b", All((A, B))),
        ("organization:a organization:b", All((A, B))),
        ("-organization:a", Not(A)),
        ("NOT organization:a", Not(A)),
        ("!organization:a", Not(A)),
        ("+organization:a -organization:b", All((A, Not(B)))),
        ("organization:a || organization:b && 水", Any((A, All((B, Term("水")))))),
        ("organization:x AND -tags:y", All((Term("x", "organization"), Not(Term("y", "tags"))))),
        ('name:"a-b"', Term("a-b", "name", phrase=True)),
        ("name:drinking-water", Term("drinking-water", "name")),
        (r"title:a\:b", Term("a:b", "title")),
        ("水质^4", Term("水质")),
        (
            "metadata_modified:[2015-10-23T14:51:13.282361Z TO *]",
            Range("metadata_modified", "2015-10-23T14:51:13.282361Z", ""),
        ),
        ("metadata_modified:{* TO NOW-7DAYS}", Range("metadata_modified", "", "NOW-7DAYS", False, False)),
        ('num:["1" TO "9"}', Range("num", "1", "9", True, False)),
    ],
)
def test_a_query_is_read_as_lucene_reads_it(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text", ["(a", "a)", "a AND", "OR a", "{!join from=a}b", "[1 TO 2]", "*:a", "title:", '"a', "NOT", "a:["]
)
def test_what_is_no_query_is_refused(text: str) -> None:
    with pytest.raises(QueryProblem):
        parse(text)


@given(st.text(alphabet='ab水:()[]{}"\\*+-! ANDORTO^~', max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    with contextlib.suppress(QueryProblem):
        parse(text)


def test_brackets_may_not_go_down_without_end() -> None:
    with pytest.raises(QueryProblem, match="brackets"):
        parse("(" * 10_000 + "a" + ")" * 10_000)


words = st.text(alphabet="ab水质", min_size=1, max_size=4)
trees = st.recursive(
    st.builds(Term, words, st.sampled_from(["", "title", "tags"]), st.booleans()),
    lambda inner: st.one_of(
        st.builds(All, st.tuples(inner, inner)),
        st.builds(Any, st.tuples(inner, inner)),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)


def written(query: Query) -> str:
    match query:
        case Term():
            word = f'"{query.text}"' if query.phrase else query.text
            return f"{query.field}:{word}" if query.field else word
        case All():
            return "(" + " AND ".join(map(written, query.parts)) + ")"
        case Any():
            return "(" + " OR ".join(map(written, query.parts)) + ")"
        case Not():
            return f"NOT {written(query.part)}"
    raise AssertionError(query)


@given(trees)
def test_a_written_query_is_read_back(query: Query) -> None:
    assert parse(written(query)) == query
