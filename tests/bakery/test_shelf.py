"""What is sent for a baked page: the right bytes, marks and parts, whatever the client asks for."""

import gzip
import hashlib
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from yangguang.bakery import tree
from yangguang.bakery.shelf import Answer, Page, Shelf, answer

BODY = "<!doctype html><p>政务公开</p>".encode() * 200


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings) -> Shelf:
    settings.BAKED_ROOT = tmp_path
    tree.write("/units/", BODY)
    return Shelf([("x-policy", "strict")])


def ask(page: Page | None, *, head: bool = False, **headers: str) -> Answer:
    assert page is not None
    known = {"encodings": None, "none_match": None, "wanted_range": None, "if_range": None}
    return answer(page, head=head, **(known | headers))


def test_a_page_goes_out_whole_with_its_mark_and_the_policy(shelf: Shelf) -> None:
    got = ask(shelf.find("/units/"))
    assert (got.status, got.body) == (200, BODY)
    headers = dict(got.headers)
    assert headers["etag"] == f'"{hashlib.sha256(BODY).hexdigest()}"'
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["x-policy"] == "strict"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("br;q=oops", None),
        ("", None),
    ],
)
def test_the_best_encoding_that_the_client_takes_is_sent(
    shelf: Shelf, accepted: str, encoding: str | None
) -> None:
    got = ask(shelf.find("/units/"), encodings=accepted)
    assert got.body is not None
    assert dict(got.headers).get("content-encoding") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(got.body) == BODY


def test_each_encoding_has_a_mark_of_its_own_and_answers_304_to_it(shelf: Shelf) -> None:
    page = shelf.find("/units/")
    marks = [dict(ask(page, encodings=one).headers)["etag"] for one in ("br", "gzip", "")]
    assert len(set(marks)) == 3
    for accepted, mark in zip(("br", "gzip", ""), marks, strict=True):
        got = ask(page, encodings=accepted, none_match=f'"other", W/{mark}')
        assert (got.status, got.body) == (304, None)
        assert dict(got.headers)["etag"] == mark
    assert ask(page, encodings="br", none_match=marks[2]).status == 200
    assert ask(page, none_match="*").status == 304


def test_a_head_request_tells_the_length_and_sends_nothing(shelf: Shelf) -> None:
    got = ask(shelf.find("/units/"), head=True)
    assert got.body is None
    assert dict(got.headers)["content-length"] == str(len(BODY))


@given(first=st.integers(0, 2 * len(BODY)), last=st.integers(0, 2 * len(BODY)))
def test_any_range_is_the_slice_it_names(first: int, last: int) -> None:
    page = Page("", (0, 0, 0), Shelf([])._forms_of(BODY, "text/plain"), len(BODY))
    got = ask(page, wanted_range=f"bytes={first}-{last}", encodings="br")
    if last < first:
        assert (got.status, got.body) == (200, BODY)
    elif first >= len(BODY):
        assert got.status == 416
        assert dict(got.headers)["content-range"] == f"bytes */{len(BODY)}"
    else:
        assert (got.status, got.body) == (206, BODY[first : last + 1])
        end = min(last, len(BODY) - 1)
        assert dict(got.headers)["content-range"] == f"bytes {first}-{end}/{len(BODY)}"
        assert "content-encoding" not in dict(got.headers)


@pytest.mark.parametrize(
    ("written", "status", "part"),
    [
        ("bytes=-10", 206, BODY[-10:]),
        ("bytes=10-", 206, BODY[10:]),
        ("bytes=-0", 416, b""),
        ("bytes=-99999999", 206, BODY),
        ("bytes=0-1,5-6", 200, BODY),
        ("lines=1-2", 200, BODY),
        ("bytes=-", 200, BODY),
    ],
)
def test_open_ended_several_and_senseless_ranges(
    shelf: Shelf, written: str, status: int, part: bytes
) -> None:
    got = ask(shelf.find("/units/"), wanted_range=written)
    assert (got.status, got.body) == (status, part)


def test_a_part_of_a_page_that_changed_since_is_the_whole_new_page(shelf: Shelf) -> None:
    page = shelf.find("/units/")
    mark = dict(ask(page).headers)["etag"]
    assert ask(page, wanted_range="bytes=0-9", if_range=mark).status == 206
    assert ask(page, wanted_range="bytes=0-9", if_range='"old"').status == 200


def test_a_page_that_is_baked_anew_is_found_at_once(shelf: Shelf) -> None:
    assert ask(shelf.find("/units/")).body == BODY
    tree.write("/units/", b"new")
    assert ask(shelf.find("/units/")).body == b"new"
    tree.remove("/units/")
    assert shelf.find("/units/") is None


def test_a_compressed_form_that_belongs_to_another_page_is_not_sent(shelf: Shelf) -> None:
    file = tree.place("/units/")
    file.with_name("index.html.br").write_bytes(brotli.compress(b"old"))
    got = ask(shelf.find("/units/"), encodings="br, gzip")
    assert dict(got.headers)["content-encoding"] == "gzip"
    file.with_name("index.html.gz").write_bytes(b"broken")
    fresh = Shelf([])
    assert "content-encoding" not in dict(ask(fresh.find("/units/"), encodings="br, gzip").headers)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret",
        "//etc/passwd",
        "/units//",
        "/./units/",
        "/units/index.html",
        "/units/.index.html.new",
        "/units/index.html.br",
        "/x\0y",
        "/units",
        "",
    ],
)
def test_no_path_leads_out_of_the_tree_or_to_a_page_by_another_name(
    shelf: Shelf, path: str, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret")
    assert shelf.find(path) is None


def test_memory_is_bounded_and_what_was_put_away_is_read_again(tmp_path: Path, settings: Settings) -> None:
    settings.BAKED_ROOT = tmp_path
    small = Shelf([], memory=3 * len(BODY))
    for number in range(20):
        tree.write(f"/units/{number}/", BODY + b"%d" % number)
    for number in range(20):
        assert ask(small.find(f"/units/{number}/")).body == BODY + b"%d" % number
        assert small.held <= 3 * len(BODY)
    assert ask(small.find("/units/0/")).body == BODY + b"0"
