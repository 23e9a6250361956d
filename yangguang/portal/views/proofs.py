"""The signed public log: checkpoint, tiles, a proof beside every edition, and how to check one."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yangguang.directory import clock
from yangguang.journal import verify as verifiers
from yangguang.journal.log import files, key, proofs, publish
from yangguang.journal.log.state import Forked
from yangguang.publishing.models import Edition

TILE = re.compile(r"(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?")
FOR_EVER = "public, max-age=31536000, immutable"
A_MOMENT = "public, max-age=2"


def checkpoint(request: HttpRequest) -> HttpResponse:
    """The signed head of the log (c2sp.org/tlog-checkpoint)."""
    standing = publish.standing()
    if standing is None:
        raise Http404(_("日志还没有签名：发布第一份文件之后，这里就有检查点。"))
    return _file(standing[1], "text/plain; charset=utf-8", A_MOMENT)


def tile(request: HttpRequest, path: str) -> FileResponse:
    """A tile of hashes or a bundle of entries (c2sp.org/tlog-tiles). Never changes."""
    try:
        if not TILE.fullmatch(path):
            raise FileNotFoundError
        handle = (files.folder() / "tile" / path).open("rb")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise Http404(_("日志里没有这一块：请先取 /journal/checkpoint，按其中的行数推算有哪些块。")) from None
    response = FileResponse(handle, content_type="application/octet-stream")
    response.headers["Cache-Control"] = FOR_EVER
    return response


def document(request: HttpRequest, index_no: str) -> HttpResponse:
    """The proof of the newest edition."""
    return _proof(Edition.objects.filter(document__index_no=index_no).order_by("number").last(), index_no)


def edition(request: HttpRequest, index_no: str, number: int) -> HttpResponse:
    return _proof(Edition.objects.filter(document__index_no=index_no, number=number).first(), index_no)


def verify(request: HttpRequest) -> HttpResponse:
    """Check a proof in the reader's own browser; nothing is uploaded."""
    context = {"key": key.own().verifier().text(), "public_address": settings.PUBLIC_ADDRESS}
    return render(request, "portal/verify.html", context)


def verifier(request: HttpRequest) -> HttpResponse:
    """The stand-alone verifier, to be kept and read."""
    source = (Path(verifiers.__file__).parent / "yangguang_verify.py").read_bytes()
    response = _file(source, "text/x-python; charset=utf-8", "public, max-age=3600")
    response.headers["Content-Disposition"] = 'attachment; filename="yangguang_verify.py"'
    return response


def _proof(found: Edition | None, index_no: str) -> HttpResponse:
    if found is None:
        raise Http404(
            _("没有索引号为 %(index_no)s 的文件，或者没有这一版：请在文件列表里找。")
            % {"index_no": index_no[:80]}
        )
    made = proofs.proof(found.line_id)
    if made is None:
        # Published a moment ago: what the worker is about to do is done now.
        try:
            publish.checkpoint(now=clock.now())
        except Forked as problem:
            raise Http404(str(problem)) from problem
        made = proofs.proof(found.line_id)
    if made is None:
        raise Http404(_("这一版刚刚发布，证明正在生成：请过一会儿再取。"))
    response = _file(made, "text/plain; charset=utf-8", A_MOMENT)
    name = f"{index_no}-v{found.number}.tlog-proof"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _file(content: bytes, media_type: str, caching: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Cache-Control"] = caching
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
