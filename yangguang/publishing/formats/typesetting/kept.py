"""Files on paper are made when first asked for, and kept: an edition does not change, so its file does not."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from yangguang.publishing.formats.typesetting.paper import Paper

LOOK = 1
"""Counted up whenever the look of the files changes, so that old ones are not served."""


def pdf_of(paper: Paper) -> bytes:
    """The paper as PDF/A-2b."""
    from yangguang.publishing.formats.typesetting.pdf import write_pdf

    return _kept(paper, "pdf", write_pdf)


def docx_of(paper: Paper) -> bytes:
    """The paper as a Word document."""
    from yangguang.publishing.formats.typesetting.docx import write_docx

    return _kept(paper, "docx", write_docx)


def _kept(paper: Paper, ending: str, write: Callable[[Paper], bytes]) -> bytes:
    facts = json.dumps([LOOK, paper.facts()], ensure_ascii=False, sort_keys=True)
    key = hashlib.sha256(facts.encode()).hexdigest()
    path = Path(settings.VAR) / "papers" / key[:2] / f"{key}.{ending}"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        content = write(paper)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, path)
    return content
