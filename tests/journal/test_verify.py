"""The stand-alone verifier: it believes what was published, and nothing that was changed since."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.factories import at, publish, revise
from tests.publishing.test_erasure import punish
from yangguang.cli.main import main
from yangguang.journal.log import key, proofs
from yangguang.journal.log import publish as log
from yangguang.journal.verify import yangguang_verify as verifier
from yangguang.publishing.evidence import record
from yangguang.publishing.models import Edition
from yangguang.rules import signed_note, tlog
from yangguang.warehouse import store

ATTACHMENT = "附件的内容".encode()


@pytest.fixture
def edition(db: None) -> Edition:
    """The second edition of a document with an attachment, among other lines; all signed."""
    publish("别的文件", on="2017-09-01")
    digest = store.put(ATTACHMENT)
    document = publish(on="2017-09-02", covers="2017-08", keywords=["预算", "公开"])
    document.attachments = [
        {"name": "附件.pdf", "media_type": "application/pdf", "size": len(ATTACHMENT), "sha256": digest}
    ]
    revise(document, on="2017-09-03")
    publish("后来的文件", on="2017-09-04")
    log.checkpoint(now=at("2017-09-04"))
    found = document.edition
    assert found is not None
    return found


def proof_of(edition: Edition) -> bytes:
    made = proofs.proof(edition.line_id)
    assert made is not None
    return made


def as_json(edition: Edition, /, **changed: Any) -> bytes:
    return json.dumps({**record(edition), **changed}, ensure_ascii=False).encode()


def own_key() -> str:
    return key.own().verifier().text()


def check(
    edition: Edition, document: bytes, proof: bytes | None = None, witnesses: tuple[str, ...] = ()
) -> str:
    return "\n".join(verifier.verify(proof or proof_of(edition), document, own_key(), list(witnesses)))


def test_body_attachment_and_record_are_each_proved(edition: Edition) -> None:
    assert "这份正文与公开日志所记一字不差" in check(edition, edition.body.encode())
    assert "这份附件“附件.pdf”与公开日志" in check(edition, ATTACHMENT)
    told = check(edition, as_json(edition))
    assert "这份记录（.json）与公开日志" in told
    assert "市财政委" in told
    assert "2017-09-03T10:00:00+08:00" in told
    assert "第 3 行，签名时共 4 行" in told


def test_every_fact_of_the_record_is_held_against_the_log_n_of_n(edition: Edition) -> None:
    names = json.loads(edition.line.body).keys()
    assert {"unit", "title", "at", "sha256", "attachments", "edition", "made_on"} <= names
    for name in names:
        with pytest.raises(verifier.Differs, match=verifier.WORDS.get(name, name)):
            check(edition, as_json(edition, **{name: "改过的"}))
        without = {one: value for one, value in record(edition).items() if one != name}
        with pytest.raises(verifier.Differs, match="缺少"):
            check(edition, json.dumps(without).encode())
    with pytest.raises(verifier.Differs, match="正文被改动过"):
        check(edition, as_json(edition, body=edition.body + " "))


def test_a_changed_byte_anywhere_in_body_or_attachment_is_caught(edition: Edition) -> None:
    for content in (edition.body.encode(), ATTACHMENT):
        for place in range(len(content)):
            changed = bytearray(content)
            changed[place] ^= 1
            with pytest.raises(verifier.Differs):
                check(edition, bytes(changed))


def test_a_changed_byte_anywhere_in_the_proof_is_caught(edition: Edition) -> None:
    """But for the last newline, which says nothing, every byte of a proof counts."""
    proof = proof_of(edition)
    for place in range(len(proof) - 1):
        changed = bytearray(proof)
        changed[place] ^= 1
        with pytest.raises((verifier.Differs, verifier.Unusable)):
            check(edition, edition.body.encode(), bytes(changed))


def test_another_edition_of_the_same_document_is_not_this_one(edition: Edition) -> None:
    first = edition.document.editions.get(number=1)
    with pytest.raises(verifier.Differs, match="拿错了版次"):
        check(edition, first.body.encode())
    with pytest.raises(verifier.Differs):
        check(edition, as_json(first))


def test_a_proof_signed_by_another_key_is_refused(edition: Edition) -> None:
    other = signed_note.Signer(key.own().name, signed_note.SIGNATURE, bytes(32)).verifier().text()
    with pytest.raises(verifier.Differs, match="没有公钥"):
        verifier.verify(proof_of(edition), edition.body.encode(), other, [])


def test_a_wanted_witness_must_have_cosigned(edition: Edition) -> None:
    witness = signed_note.Signer("witness.example", signed_note.COSIGNATURE, bytes(range(32)))
    wanted = (witness.verifier().text(),)
    with pytest.raises(verifier.Differs, match=r"没有见证人 witness\.example 的副署"):
        check(edition, edition.body.encode(), witnesses=wanted)
    proof = tlog.proof(proof_of(edition))
    note = signed_note.parse(proof.checkpoint)
    both = signed_note.Note(note.text, (*note.signatures, witness.cosign(note.text, 1_700_000_000)))
    cosigned = tlog.proof_text(tlog.Proof(proof.extra, proof.index, proof.path, signed_note.render(both)))
    told = check(edition, edition.body.encode(), cosigned, wanted)
    assert "witness.example 于 2023-11-14 22:13:20 UTC 副署" in told


def test_a_committed_record_is_proved_with_its_salt_and_only_so(db: None) -> None:
    edition = punish().edition
    assert edition is not None
    log.checkpoint(now=at("2017-09-15"))
    assert "这份记录（.json）" in check(edition, as_json(edition))
    committed = record(edition)["committed"]
    assert isinstance(committed, dict)
    for changed in ({"salt": "00" * 32}, {"facts": {**committed["facts"], "title": "别人的处罚"}}):
        with pytest.raises(verifier.Differs, match="打不开日志里的承诺"):
            check(edition, as_json(edition, committed={**committed, **changed}))
    with pytest.raises(verifier.Differs, match="标题"):
        check(edition, as_json(edition, title="别人的处罚"))
    with pytest.raises(verifier.Unusable, match="可能已依法删除"):
        check(edition, as_json(edition, committed=None))
    with pytest.raises(verifier.Unusable, match="请用它的"):
        check(edition, edition.body.encode())


@pytest.fixture
def files(edition: Edition, tmp_path: Path) -> Callable[[bytes], list[str]]:
    (tmp_path / "a.tlog-proof").write_bytes(proof_of(edition))

    def paths(document: bytes) -> list[str]:
        (tmp_path / "document").write_bytes(document)
        return [str(tmp_path / "a.tlog-proof"), str(tmp_path / "document")]

    return paths


def test_the_file_runs_alone_with_nothing_of_ours_beside_it(
    edition: Edition, files: Callable[[bytes], list[str]], tmp_path: Path
) -> None:
    alone = tmp_path / "elsewhere" / "yangguang_verify.py"
    alone.parent.mkdir()
    alone.write_bytes(Path(verifier.__file__).read_bytes())
    for document, status, word in (
        (edition.body.encode(), 0, "证明成立"),
        (b"other", 1, "对不上"),
    ):
        command = [sys.executable, "-I", str(alone), *files(document), "--key", own_key()]
        done = subprocess.run(command, capture_output=True, text=True, cwd=alone.parent, check=False)
        assert (done.returncode, word in done.stdout) == (status, True), done
    imported = {
        line.split()[1].split(".")[0] for line in alone.read_text().splitlines() if line.startswith("import ")
    }
    assert "yangguang" not in alone.read_text().replace("yangguang_verify", "")
    assert imported <= sys.stdlib_module_names


def test_the_command_gives_the_three_statuses(
    edition: Edition, files: Callable[[bytes], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "verify", *files(ATTACHMENT)]) == 0
    assert main(["journal", "verify", *files(ATTACHMENT), "--key", own_key()]) == 0
    assert main(["journal", "verify", *files(b"other")]) == 1
    assert "SHA-256 是" in capsys.readouterr().out
    assert main(["journal", "verify", *files(b""), "--key", "nonsense"]) == 2
    proof, document = files(b"")
    Path(proof).write_bytes(b"no proof")
    assert main(["journal", "verify", proof, document]) == 2
    assert main(["journal", "verify", proof + "-gone", document]) == 2
    assert "无法核对" in capsys.readouterr().err
