"""Signed notes, against the published examples of Go's `note` package."""

import pytest

from yangguang.rules import signed_note
from yangguang.rules.signed_note import COSIGNATURE, Note, NoteProblem, Signer

PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
SIGNED = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()


def test_the_published_note_verifies_and_is_written_again_byte_for_byte() -> None:
    note = signed_note.parse(SIGNED)
    assert signed_note.verifier(PUBLIC).accepts(note)
    assert signed_note.render(note) == SIGNED
    assert signed_note.verifier(PUBLIC).text() == PUBLIC


def test_the_published_private_key_makes_the_published_signature() -> None:
    note, signer = signed_note.parse(SIGNED), signed_note.signer(PRIVATE)
    assert signer.sign(note.text) == note.signatures[0]
    assert signer.text() == PRIVATE
    assert signer.verifier().text() == PUBLIC


def test_a_changed_byte_of_the_text_or_the_signature_is_caught() -> None:
    verifier = signed_note.verifier(PUBLIC)
    for place in range(0, len(SIGNED), 7):
        changed = bytearray(SIGNED)
        changed[place] ^= 0x01
        try:
            accepted = verifier.accepts(signed_note.parse(bytes(changed)))
        except NoteProblem:
            continue
        assert not accepted, place


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    note = signed_note.parse(SIGNED)
    other = Signer("example.org/other", signed_note.SIGNATURE, bytes(32))
    both = Note(note.text, (other.sign("something else\n"), *note.signatures))
    assert signed_note.verifier(PUBLIC).accepts(both)
    assert not other.verifier().accepts(note)


def test_a_cosignature_covers_its_time() -> None:
    witness = Signer("witness.example", COSIGNATURE, bytes(range(32)))
    text = "example.org/log\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    made = witness.cosign(text, 1_679_315_147)
    assert made.value[:8] == (1_679_315_147).to_bytes(8, "big")
    assert witness.verifier().accepts(Note(text, (made,)))
    later = signed_note.Signature(made.name, made.key_id, (1).to_bytes(8, "big") + made.value[8:])
    with pytest.raises(NoteProblem):
        witness.verifier().accepts(Note(text, (later,)))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\nno dash\n",
        SIGNED[:-1],
        SIGNED.replace(b"you", b"\t", 1),
        b"\xff\n\n",
    ],
)
def test_what_is_no_note_is_refused(raw: bytes) -> None:
    with pytest.raises(NoteProblem):
        signed_note.parse(raw)


@pytest.mark.parametrize("text", ["", "name", "a+b+c", PUBLIC.replace("c74f20a3", "c74f20a4"), PUBLIC[:-4]])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteProblem):
        signed_note.verifier(text)
