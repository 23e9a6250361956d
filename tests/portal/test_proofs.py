"""The signed log as the public fetches it: checkpoint, tiles, proofs, and the verifiers over real downloads."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import at, publish, revise
from tests.portal.conftest import City, words_of
from tests.publishing.test_erasure import punish
from yangguang.journal.log import key
from yangguang.journal.log import publish as log
from yangguang.journal.models import Head, Patrol
from yangguang.journal.verify import yangguang_verify as verifier
from yangguang.publishing.models import Document
from yangguang.rules import merkle, signed_note, tlog
from yangguang.warehouse import store

# What a .json tells beside the edition's own line: each has a line of its own.
OTHERS = {
    "status",
    "erased",
    "editions",
    "history",
    "replaces",
    "links",
    "openness",
    "interprets",
    "interpretations",
}


def got(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content


def own_key() -> str:
    return key.own().verifier().text()


def with_attachment() -> Document:
    digest = store.put(b"attachment")
    document = publish("带附件的通知", on="2017-11-20", form="document", keywords=["预算"], covers="2017-10")
    document.attachments = [
        {"name": "附件.pdf", "media_type": "application/pdf", "size": 10, "sha256": digest}
    ]
    revise(document, on="2017-11-21")
    return document


def places(found: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every value in a JSON object that the edition's line answers for."""
    if isinstance(found, dict):
        for name, value in found.items():
            if name not in OTHERS and not (at and at[-1] == "unit" and name == "slug") and name != "url":
                yield from places(value, (*at, name))
    elif isinstance(found, list) and found:
        for number, value in enumerate(found):
            yield from places(value, (*at, number))
    else:
        yield at


def changed(found: dict[str, Any], place: tuple[Any, ...]) -> bytes:
    copy = json.loads(json.dumps(found))
    inner = copy
    for step in place[:-1]:
        inner = inner[step]
    old = inner[place[-1]]
    inner[place[-1]] = old + 1 if isinstance(old, int) and not isinstance(old, bool) else f"{old}·"
    if isinstance(old, bool):
        inner[place[-1]] = not old
    return json.dumps(copy, ensure_ascii=False).encode()


def test_the_log_is_rebuilt_from_what_is_served_alone(city: City, client: Client) -> None:
    """As any client of c2sp.org/tlog-tiles would do it."""
    log.checkpoint(now=at("2017-11-30"))
    response = client.get("/journal/checkpoint")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    note = signed_note.parse(response.content)
    assert signed_note.verifier(own_key()).accepts(note)
    head = tlog.checkpoint(note.text)
    assert head.size == Head.objects.get().size < 256
    hashes = got(client, f"/journal/tile/0/000.p/{head.size}")
    entries = tlog.unbundle(got(client, f"/journal/tile/entries/000.p/{head.size}"))
    assert hashes == b"".join(map(merkle.leaf_hash, entries))
    leaves = [hashes[i : i + 32] for i in range(0, len(hashes), 32)]
    found = merkle.root(head.size, lambda level, i: merkle.fold(leaves[i << level : (i + 1) << level]))
    assert found == head.root
    tile = client.get(f"/journal/tile/0/000.p/{head.size}")
    assert tile["Content-Type"] == "application/octet-stream"
    assert "immutable" in tile["Cache-Control"]
    assert tile.getvalue() == hashes


@pytest.mark.parametrize(
    "path", ["0/000", "0/000.p/999", "0/../../state.json", "64/000", "0/1", "entries/x001", "0/000.p/0", "0/"]
)
def test_what_is_no_tile_is_not_found(city: City, client: Client, path: str) -> None:
    log.checkpoint(now=at("2017-11-30"))
    assert client.get(f"/journal/tile/{path}").status_code == 404


def test_every_public_file_of_an_edition_is_proved_by_the_proof_beside_it(city: City, client: Client) -> None:
    document = with_attachment()
    for number in (1, 2):
        own = f"/documents/{document.index_no}/v/{number}"
        proof = got(client, f"{own}.tlog-proof")
        for address in (f"{own}.json", f"{own}/text"):
            assert verifier.verify(proof, got(client, address), own_key(), [])[0].startswith("证明成立")
    assert got(client, f"/documents/{document.index_no}.tlog-proof") == proof
    file = got(client, f"{own}/files/附件.pdf")
    assert "附件“附件.pdf”" in verifier.verify(proof, file, own_key(), [])[0]
    assert "取证明（.tlog-proof）" in got(client, f"/documents/{document.index_no}/").decode()


@pytest.mark.parametrize("make", [with_attachment, punish])
def test_any_value_changed_in_a_downloaded_record_is_caught_n_of_n(
    city: City, client: Client, make: Callable[..., Document]
) -> None:
    document = make() if make is with_attachment else make("2017-11-20")
    address = f"/documents/{document.index_no}"
    proof, record = got(client, f"{address}.tlog-proof"), got(client, f"{address}.json")
    assert verifier.verify(proof, record, own_key(), [])
    found = json.loads(record)
    tried = list(places(found))
    assert {("unit", "name"), ("edition", "online_at"), ("edition", "body"), ("record", "unit")} <= set(tried)
    for place in tried:
        with pytest.raises((verifier.Differs, verifier.Unusable)):
            verifier.verify(proof, changed(found, place), own_key(), [])
    assert len(tried) > 40


def test_what_has_no_proof_says_so(city: City, client: Client) -> None:
    assert client.get("/documents/none.tlog-proof").status_code == 404
    assert client.get(f"/documents/{city.july.index_no}/v/9.tlog-proof").status_code == 404


def test_the_journal_page_tells_key_head_growth_and_patrol(city: City, see: Callable, noon: Any) -> None:
    assert "还没有巡查过" in words_of(see("/journal/"))
    log.checkpoint(now=noon)
    Patrol.objects.create(started_at=noon, finished_at=noon, checked=12, findings=[])
    page = words_of(see("/journal/"))
    assert own_key() in page
    assert f"到第 {Head.objects.get().size} 行" in page
    assert "核对 12 项，全部与日志一致" in page
    assert "本月 2 行，今天 0 行" in page
    finding = {"place": "文件 a 第 1 版", "reason": "正文被改动过"}
    Patrol.objects.create(started_at=noon, finished_at=noon, checked=12, findings=[finding])
    page = words_of(see("/journal/"))
    assert "1 项与日志不符" in page
    assert "文件 a 第 1 版：正文被改动过" in page


def test_a_shortened_journal_is_told_on_its_page(city: City, see: Callable, noon: Any) -> None:
    log.checkpoint(now=noon)
    head = Head.objects.get()
    Head.objects.update(size=head.size - 1)
    assert "发布已停止" in words_of(see("/journal/"))


@pytest.mark.django_db
def test_the_verifier_is_served_as_it_is_kept(client: Client) -> None:
    assert got(client, "/journal/verify.py") == Path(verifier.__file__).read_bytes()


@pytest.mark.django_db
def test_without_scripts_the_page_gives_the_command(see: Callable) -> None:
    page = see("/journal/verify/")
    assert page.select("form#verify[hidden]")
    command = words_of(page.select("pre")[0])
    assert own_key() in command
    assert f"{settings.PUBLIC_ADDRESS}/journal/verify.py" in command


# --- in the browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_browser_verifies_by_itself_and_catches_changes(
    page: Page, live_server: LiveServer, client: Client, tmp_path: Path
) -> None:
    document = with_attachment()
    penalty = punish("2017-11-22")
    sent: list[str] = []

    def download(name: str, address: str) -> Path:
        (tmp_path / name).write_bytes(got(client, address))
        return tmp_path / name

    def outcome(proof: Path, file: Path) -> str:
        page.set_input_files("#proof", proof)
        page.set_input_files("#document", file)
        page.evaluate("document.getElementById('outcome').replaceChildren()")
        page.click("form#verify button")
        page.wait_for_selector("#outcome h2")
        return page.inner_text("#outcome")

    own = f"/documents/{document.index_no}/v/2"
    proof = download("a.tlog-proof", f"{own}.tlog-proof")
    files = [
        download(name, address)
        for name, address in (
            ("a.json", f"{own}.json"),
            ("a.txt", f"{own}/text"),
            ("附件.pdf", f"{own}/files/附件.pdf"),
        )
    ]
    page.goto(f"{live_server.url}/journal/verify/")
    page.on("request", lambda request: sent.append(request.url))
    for file in files:
        assert "证明成立" in outcome(proof, file), file
    penal = download("b.tlog-proof", f"/documents/{penalty.index_no}.tlog-proof")
    record = download("b.json", f"/documents/{penalty.index_no}.json")
    assert "证明成立" in outcome(penal, record)
    found = json.loads(record.read_bytes())
    for place in [*places(found)][::6]:
        (tmp_path / "c.json").write_bytes(changed(found, place))
        assert "证明成立" not in outcome(penal, tmp_path / "c.json"), place
    (tmp_path / "c.txt").write_bytes(files[1].read_bytes() + b" ")
    assert "对不上" in outcome(proof, tmp_path / "c.txt")
    assert "证明成立" not in outcome(penal, files[0])
    page.fill("#key", signed_note.Signer("other.example", 1, bytes(32)).verifier().text())
    assert "不是这个日志签发的" in outcome(proof, files[0])
    assert [address for address in sent if not address.endswith("sun.svg")] == []
