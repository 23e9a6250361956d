"""Witnesses: separate processes that cosign what continues the log, and refuse what does not."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from tests.journal.conftest import NOON
from yangguang.cli.main import main
from yangguang.journal.log import cosigning, key, proofs
from yangguang.journal.log import publish as log
from yangguang.journal.log.tiles import Tree
from yangguang.journal.models import Head, Line
from yangguang.rules import merkle, signed_note, tlog
from yangguang.rules.signed_note import COSIGNATURE, SIGNATURE, Note, Signer
from yangguang.rules.tlog import Checkpoint
from yangguang.rules.witness import NOTHING, Seen, answer

Tell = Callable[[int], None]
LOG = Signer("example.org/log", SIGNATURE, bytes(range(32)))
WITNESS = Signer("witness.example", COSIGNATURE, bytes(range(1, 33)))
HASHES = [merkle.leaf_hash(b"%d" % number) for number in range(20)]


def at(level: int, index: int) -> bytes:
    return merkle.fold(HASHES[index << level : (index + 1) << level])


def head(size: int, root: bytes | None = None, origin: str = LOG.name, signer: Signer = LOG) -> bytes:
    text = Checkpoint(origin, size, merkle.root(size, at) if root is None else root).text()
    return signed_note.render(Note(text, (signer.sign(text),)))


def asked(old: int, new: int, seen: Seen, note: bytes | None = None) -> tuple[int, Seen | None]:
    raw = tlog.request(old, merkle.consistency(min(old, new), new, at), note or head(new))
    found = answer(raw, log=LOG.verifier(), seen=seen, witness=WITNESS, at=1)
    return found.status, found.seen


def seen(size: int) -> Seen:
    return Seen(size, merkle.root(size, at))


def test_every_continuation_is_cosigned_and_remembered() -> None:
    for old in range(20):
        for new in range(max(1, old), 20):
            assert asked(old, new, seen(old)) == (200, seen(new))


def test_what_the_standard_refuses_is_refused_with_its_status() -> None:
    stranger = Signer(LOG.name, SIGNATURE, bytes(32))
    assert asked(0, 5, NOTHING, head(5, origin="example.org/other")) == (404, None)
    assert asked(0, 5, NOTHING, head(5, signer=stranger)) == (403, None)
    assert asked(7, 5, seen(7)) == (400, None)
    assert asked(0, 5, seen(3)) == (409, None)
    assert asked(3, 5, Seen(3, bytes(32))) == (422, None)
    assert asked(3, 5, seen(3), head(5, root=bytes(32))) == (422, None)
    assert asked(5, 5, seen(5), head(5, root=bytes(32))) == (409, None)
    for raw in (b"", b"old x\n\n", b"old 1\n\nnot a note"):
        assert answer(raw, log=LOG.verifier(), seen=NOTHING, witness=WITNESS, at=1).status == 400


class Running:
    """A witness in a process of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        command = [sys.executable, "-m", "yangguang.cli.main", "journal", "witness", "--log"]
        command += [key.own().verifier().text(), "--name", "archive.example/witness"]
        command += ["--folder", str(folder), "--port", str(port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        self.key = self.process.stdout.readline().strip().removeprefix("见证人公钥：")
        self.address = f"http://127.0.0.1:{port}"
        assert self.address in self.process.stdout.readline()

    @property
    def setting(self) -> str:
        return f"{self.key} {self.address}"

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Callable[[], Running]]:
    """Start the witness; each start goes on with the same folder."""
    started: list[Running] = []
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def start() -> Running:
        started.append(Running(tmp_path / "witness", port))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.mark.django_db
def test_a_witness_next_door_cosigns_growth_and_nothing_else(
    tell: Tell, witness: Callable[[], Running], capsys: pytest.CaptureFixture[str]
) -> None:
    running = witness()
    settings.JOURNAL_WITNESSES = [running.setting]
    tell(3)
    log.checkpoint(now=NOON)
    assert cosigning.cosign([running.setting]) == {"archive.example/witness": ""}
    tell(260)
    log.checkpoint(now=NOON)
    # A killed witness remembers; a log that forgot how far it was is told.
    running.stop()
    running = witness()
    Path(settings.JOURNAL_ROOT, "witnesses.json").unlink()
    assert main(["journal", "cosign"]) == 0
    assert "archive.example/witness：已副署" in capsys.readouterr().out
    standing = log.standing()
    assert standing is not None
    assert standing[0].size == 263
    assert signed_note.verifier(running.key).accepts(signed_note.parse(standing[1]))
    # Proofs carry the newest cosigned head that holds their line.
    tell(1)
    log.checkpoint(now=NOON)
    for seq, size in ((1, 263), (263, 263), (264, 264)):
        raw = proofs.proof(seq)
        assert raw is not None
        proof = tlog.proof(raw)
        assert tlog.checkpoint(signed_note.parse(proof.checkpoint).text).size == size
    # Another history under the same name is refused, by the witness.
    Path(settings.JOURNAL_ROOT, "state.json").unlink()
    Path(settings.JOURNAL_ROOT, "witnesses.json").unlink()
    Line.objects.filter(seq__gt=5)._raw_delete("default")  # type: ignore[attr-defined]
    last = Line.objects.get(pk=5)
    Head.objects.update(size=5, digest=last.digest, signed_size=0)
    log.checkpoint(now=NOON)
    refusal = cosigning.cosign([running.setting])["archive.example/witness"]
    assert "它见证过第 263 行，而这里只有 5 行" in refusal
    tell(400)
    log.checkpoint(now=NOON)
    assert cosigning.cosign([running.setting])["archive.example/witness"].startswith("422 ")
    assert httpx.post(f"{running.address}/other", content=b"").status_code == 404
    assert httpx.post(f"{running.address}/add-checkpoint", content=b"x" * 100_001).status_code == 400


@pytest.mark.django_db
def test_a_witness_that_is_away_is_told_and_costs_nothing(tell: Tell) -> None:
    tell(1)
    log.checkpoint(now=NOON)
    outcomes = cosigning.cosign([f"{WITNESS.verifier().text()} http://127.0.0.1:9"])
    assert "refused" in outcomes["witness.example"]
    standing = log.standing()
    assert standing is not None
    assert Tree(Path(settings.JOURNAL_ROOT), 1).root() == standing[0].root


@pytest.mark.django_db
def test_settings_and_arguments_that_cannot_be_used_get_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ValueError, match="须写成“公钥 网址”"):
        cosigning.configured(["nonsense"])
    assert main(["journal", "cosign"]) == 2
    assert "没有设置见证人" in capsys.readouterr().err
    assert main(["journal", "witness", "--log", "x", "--name", "y", "--folder", "z"]) == 2
    assert "--log 的公钥不能用" in capsys.readouterr().err
