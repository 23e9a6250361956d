"""The signed log on disk: what it holds, that it only grows, and when it refuses."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from pymerkle import InmemoryTree

from tests.journal.conftest import NOON
from yangguang.journal import actions, queries
from yangguang.journal.log import key, proofs, publish
from yangguang.journal.log.state import Forked, signed
from yangguang.journal.log.tiles import Tree
from yangguang.journal.models import Head, Line
from yangguang.rules import merkle, signed_note, tlog

Tell = Callable[[int], None]


def sign() -> tlog.Checkpoint:
    return publish.checkpoint(now=NOON)


def oracle_root() -> bytes:
    tree = InmemoryTree(algorithm="sha256")
    for link in queries.links():
        tree.append_entry(link.body.encode())
    return tree.get_root()


def files() -> dict[str, bytes]:
    root = Path(settings.JOURNAL_ROOT)
    found = (path for path in root.rglob("*") if path.is_file() and path.parent != root)
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def test_the_checkpoint_is_a_signed_note_over_the_root_that_pymerkle_finds(tell: Tell) -> None:
    tell(300)
    sign()
    raw = (Path(settings.JOURNAL_ROOT) / "checkpoint").read_bytes()
    note = signed_note.parse(raw)
    assert key.own().verifier().accepts(note)
    found = tlog.checkpoint(note.text)
    assert (found.origin, found.size, found.root) == ("127.0.0.1:8000/journal", 300, oracle_root())


def test_tiles_are_those_of_the_standard(tell: Tell) -> None:
    tell(600)
    sign()
    assert set(files()) == {
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
        "tile/entries/000",
        "tile/entries/001",
        "tile/entries/002.p/88",
    }
    bodies = [link.body.encode() for link in queries.links()]
    assert tlog.unbundle(files()["tile/entries/001"]) == bodies[256:512]
    assert files()["tile/0/001"] == b"".join(map(merkle.leaf_hash, bodies[256:512]))
    assert files()["tile/1/000.p/2"][32:] == merkle.fold([*map(merkle.leaf_hash, bodies[256:512])])


def test_what_was_written_never_changes_and_growth_in_steps_ends_in_the_same_tree(tell: Tell) -> None:
    before: dict[str, bytes] = {}
    for step in (1, 1, 253, 1, 1, 255, 3):
        tell(step)
        assert sign().root == oracle_root()
        now = files()
        gone = {name for name in before if name not in now}
        assert all(name.split(".p/")[0] in now for name in gone)
        assert all(now[name] == before[name] for name in before if name not in gone)
        before = now
    whole = Tree(Path(settings.JOURNAL_ROOT), 515)
    assert [whole.root(size) for size in (1, 2, 255, 256, 257, 512)] == [
        merkle.root(size, whole.at) for size in (1, 2, 255, 256, 257, 512)
    ]


def test_every_line_has_a_proof_that_leads_to_the_signed_root(tell: Tell) -> None:
    tell(259)
    head = sign()
    for seq in (1, 2, 128, 255, 256, 257, 258, 259):
        raw = proofs.proof(seq)
        assert raw is not None
        proof = tlog.proof(raw)
        assert proof.extra == Line.objects.get(pk=seq).body.encode()
        leaf = merkle.leaf_hash(proof.extra)
        assert merkle.includes(leaf, seq - 1, head.size, proof.path, head.root)
    assert proofs.proof(260) is None


@pytest.mark.django_db(transaction=True)
def test_a_line_is_signed_when_its_transaction_is_committed_and_not_before(tell: Tell) -> None:
    with transaction.atomic():
        tell(2)
        assert signed() is None
        tell(1)
    standing = publish.standing()
    assert standing is not None
    assert standing[0].size == 3
    assert Head.objects.get().signed_size == 3


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_signed(tell: Tell) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(2)
        raise ZeroDivisionError
    assert signed() is None


@pytest.mark.django_db(transaction=True)
def test_many_transactions_can_share_one_checkpoint(tell: Tell) -> None:
    with actions.one_checkpoint(now=NOON):
        tell(1)
        tell(1)
        assert signed() is None
    assert signed().size == 2  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_within_a_larger_transaction_the_shared_checkpoint_waits_for_its_commit(tell: Tell) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        with actions.one_checkpoint(now=NOON):
            tell(1)
        raise ZeroDivisionError
    assert signed() is None
    with transaction.atomic(), actions.one_checkpoint(now=NOON):
        tell(1)
    assert signed().size == 1  # type: ignore[union-attr]


def test_the_key_is_random_and_its_owners_alone(tmp_path: Path) -> None:
    first = key.create(tmp_path / "a", "example.org/log", signed_note.SIGNATURE)
    second = key.create(tmp_path / "b", "example.org/log", signed_note.SIGNATURE)
    assert first.seed != second.seed
    assert os.stat(tmp_path / "a").st_mode & 0o777 == 0o600
    assert key.read(tmp_path / "a") == first
    assert key.create(tmp_path / "a", "example.org/log", signed_note.SIGNATURE) == first


def test_a_damaged_key_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("nonsense")
    with pytest.raises(key.KeyProblem, match="请从备份恢复"):
        key.read(tmp_path / "key")


# --- refusals


def drop_last_line() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_line WHERE seq = (SELECT max(seq) FROM journal_line)")
    last = Line.objects.last()
    assert last is not None
    Head.objects.update(size=last.seq, digest=last.digest)


def test_after_an_older_database_nothing_is_signed_nor_published(tell: Tell) -> None:
    tell(5)
    sign()
    raw = (Path(settings.JOURNAL_ROOT) / "checkpoint").read_bytes()
    drop_last_line()
    with pytest.raises(Forked, match=r"只有 4 行，而已经签名公布到第 5 行.*请改用含有第 5 行的备份"):
        sign()
    with pytest.raises(Forked, match="发布和签名已停止"):
        tell(1)
    assert Line.objects.count() == 4
    assert (Path(settings.JOURNAL_ROOT) / "checkpoint").read_bytes() == raw


def test_an_older_database_that_went_on_is_refused(tell: Tell, settings: object) -> None:
    tell(5)
    sign()
    kept, settings.JOURNAL_ROOT = settings.JOURNAL_ROOT, settings.JOURNAL_ROOT / "elsewhere"
    drop_last_line()
    Head.objects.update(signed_size=0)
    tell(3)
    settings.JOURNAL_ROOT = kept
    for act in (sign, lambda: tell(1)):
        with pytest.raises(Forked, match="第 5 行的哈希与已经签名公布的不同"):
            act()


def test_a_line_rewritten_before_it_is_signed_is_refused(tell: Tell) -> None:
    tell(3)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_line SET body = replace(body, '示例 1', '示例 9') WHERE seq = 2")
    with pytest.raises(Forked, match="第 2 行断开"):
        sign()
    assert signed() is None


def test_a_whole_chain_rewritten_does_not_match_the_database_s_own_memory(tell: Tell) -> None:
    """The files are gone (a new disk); the database still knows the root that was signed."""
    tell(3)
    sign()
    Head.objects.update(signed_root="0" * 64)
    Path(settings.JOURNAL_ROOT, "state.json").unlink()
    with pytest.raises(Forked, match="不一致：没有签名"):
        sign()


def test_tampered_tiles_are_not_signed_on(tell: Tell) -> None:
    tell(3)
    sign()
    tile = Path(settings.JOURNAL_ROOT, "tile/0/000.p/3")
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    tell(1)
    with pytest.raises(Forked, match="不一致"):
        sign()
    assert signed().size == 3  # type: ignore[union-attr]


def test_lost_files_are_made_again_from_the_database(tell: Tell) -> None:
    tell(260)
    first = sign()
    before = files()
    for name in before:
        Path(settings.JOURNAL_ROOT, name).unlink()
    Path(settings.JOURNAL_ROOT, "state.json").unlink()
    Path(settings.JOURNAL_ROOT, "checkpoint").unlink()
    assert sign() == first
    assert files() == before


def test_a_kill_between_remembering_and_publishing_is_made_good(tell: Tell) -> None:
    tell(2)
    sign()
    old = Path(settings.JOURNAL_ROOT, "checkpoint").read_bytes()
    tell(2)
    head = sign()
    Path(settings.JOURNAL_ROOT, "checkpoint").write_bytes(old)
    assert sign() == head
    assert publish.standing()[0] == head  # type: ignore[index]


def test_facts_too_long_for_a_log_entry_are_refused_with_a_sentence(db: None) -> None:
    with pytest.raises(ValueError, match="超过一条日志的上限 65535 字节"), transaction.atomic():
        actions.append(act=Line.Act.PUBLISH, body={"title": "长" * 30_000}, at=NOON, by="示例")
    assert queries.size() == 0
