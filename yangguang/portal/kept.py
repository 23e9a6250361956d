"""Files of the store as HTTP gives them out: by hash, in part where asked, never as a page."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase

FOR_EVER = "public, max-age=31536000, immutable"
CHUNK = 1 << 16
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def kept(
    request: HttpRequest, file: Path, digest: str, *, media_type: str, name: str = "", cache: str = FOR_EVER
) -> HttpResponseBase:
    """The file with its hash as ETag; only the bytes that `Range` asks for; 304 where they are known.

    With a `name` the browser saves it. A range that lies outside the file is answered with 416 (RFC 9110).
    """
    etag = f'"{digest}"'
    if etag in re.split(r"\s*,\s*", request.headers.get("If-None-Match", "")):
        return _told(HttpResponseNotModified(), etag, cache, "")
    size = file.stat().st_size
    asked = _asked(request, etag, size)
    response: HttpResponseBase
    if asked is None:
        response = FileResponse(file.open("rb"), content_type=media_type)
        response.headers["Content-Length"] = str(size)
    elif not asked:
        response = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        response.headers["Content-Range"] = f"bytes */{size}"
    else:
        response = StreamingHttpResponse(_part(file, asked), status=206, content_type=media_type)
        response.headers["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{size}"
        response.headers["Content-Length"] = str(len(asked))
    return _told(response, etag, cache, name)


def _told(response: HttpResponseBase, etag: str, cache: str, name: str) -> HttpResponseBase:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cache
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Content-Length, Content-Range, Accept-Ranges"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: HttpRequest, etag: str, size: int) -> range | None:
    """The bytes asked for; None for the whole file, also where several ranges or other units are asked for.

    An empty range: there are no such bytes.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or request.headers.get("If-Range", etag) != etag or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        return range(max(size - int(last), 0), size)
    return range(int(first), min(int(last) + 1 if last else size, size))


def _part(file: Path, wanted: range) -> Iterator[bytes]:
    with file.open("rb") as source:
        source.seek(wanted.start)
        left = len(wanted)
        while left and (chunk := source.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
