"""A document as its page and its JSON tell it."""

from typing import Any

from django.utils import timezone

from yangguang.directory.clock import SHANGHAI
from yangguang.publishing.evidence import record
from yangguang.publishing.models import Document, Edition, Erasure, StatusAct
from yangguang.publishing.queries.interpretation import Linked
from yangguang.publishing.queries.status import LegalStatus
from yangguang.rules.document_dates import NAMES


def as_json(
    found: Document,
    shown: Edition,
    editions: list[Edition],
    legal: LegalStatus,
    replaces: list[StatusAct],
    erased: Erasure | None = None,
) -> dict[str, Any]:
    """All public facts of a document: the edition shown with its text, every edition, every act."""
    address = found.get_absolute_url()
    withdrawal = found.withdrawal if legal.status == "withdrawn" else None
    return {
        "index_no": found.index_no,
        "url": address,
        "unit": {"name": shown.unit.name, "slug": shown.unit.slug},
        "openness": found.openness,
        "sample": found.is_sample,
        "status": {
            "code": legal.status.value,
            "word": legal.word,
            "since": _day(legal.standing.since),
            "reason": withdrawal.reason if withdrawal else legal.act.reason if legal.act else "",
            "journal_seq": withdrawal.line_id if withdrawal else legal.standing.seq,
        },
        "erased": erasure_as_json(erased) if erased else None,
        "edition": {**edition_as_json(shown, address), "body": shown.body},
        "editions": [edition_as_json(one, address) for one in editions],
        "history": [act_as_json(act) for act in legal.acts],
        "replaces": [
            {"document": act.document.index_no, "title": act.document.title, "act": act.act}
            for act in replaces
        ],
        # The journal line of this edition, fact by fact: what its proof is held against.
        "record": {name: fact for name, fact in record(shown).items() if name != "body"},
    }


def erasure_as_json(erasure: Erasure) -> dict[str, Any]:
    """When and on what ground the text was taken out for good; the line tells who asked and who agreed."""
    return {
        "at": timezone.localtime(erasure.decided_at, SHANGHAI).isoformat(timespec="seconds"),
        "ground": erasure.get_ground_display(),
        "reason": erasure.reason,
        "journal_seq": erasure.line_id,
    }


def edition_as_json(edition: Edition, address: str) -> dict[str, Any]:
    own = f"{address}v/{edition.number}"
    return {
        "number": edition.number,
        "title": edition.title,
        "document_number": edition.document_number,
        "issuers": edition.issuers or [edition.unit.name],
        "form": edition.form,
        "topic": edition.topic,
        "keywords": edition.keywords,
        "covers": edition.covers,
        "summary": edition.summary,
        "basis": edition.basis,
        **{name: _day(getattr(edition, name)) for name in NAMES},
        "online_at": edition.online_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "note": edition.note,
        "sha256": edition.sha256,
        "journal_seq": edition.line_id,
        "attachments": [{**one.as_json(), "url": f"{own}/files/{one.name}"} for one in edition.files],
        "links": {
            "html": f"{own}/",
            "json": f"{own}.json",
            "text": f"{own}/text",
            "pdf": f"{own}.pdf",
            "docx": f"{own}.docx",
            "proof": f"{own}.tlog-proof",
        },
    }


def interpretation_as_json(policy: Linked | None, material: list[Linked]) -> dict[str, Any]:
    """Links both ways between a document and what explains it (解读)."""
    return {
        "interprets": _linked(policy) if policy else None,
        "interpretations": [_linked(one) for one in material],
    }


def _linked(other: Linked) -> dict[str, str]:
    return {"document": other.index_no, "title": other.title, "url": other.get_absolute_url()}


def act_as_json(act: StatusAct) -> dict[str, Any]:
    return {
        "act": act.act,
        "word": act.get_act_display(),
        "effective_on": _day(act.effective_on),
        "told_at": timezone.localtime(act.line.at).isoformat(timespec="seconds"),
        "reason": act.reason,
        "successor": act.successor.index_no if act.successor else None,
        "successor_title": act.successor_title,
        "source": act.source.index_no if act.source else None,
        "source_title": act.source_title,
        "journal_seq": act.line_id,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
