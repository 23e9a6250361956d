"""Hand a post to a channel over HTTP. One try a call: when to try again is the outbox's business."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from yangguang.sites.models import Post

if TYPE_CHECKING:
    import httpx

SECONDS = 15
LONGEST_ANSWER = 64 * 1024
NOT_NOW = frozenset({408, 425, 429})


@dataclass(frozen=True)
class Outcome:
    """What came of a try: sent with the channel's number, or a problem; `again` where waiting may help."""

    sent: bool
    remote_id: str = ""
    problem: str = ""
    again: bool = False


def send(post: Post, *, address: str, token: str) -> Outcome:
    """Post the text to `address` as JSON, with the post's key as Idempotency-Key.

    Only the configured address is connected to: links in the text are never fetched, redirects never followed
    (the token would go along). An answer of 409 means that the channel has had this key before.
    """
    # 23 MB of memory that an installation which posts nothing does without.
    import httpx

    if urlsplit(address).scheme not in {"http", "https"}:
        return Outcome(False, problem=f"推送地址“{address}”不是网址：请检查设置")
    headers = {"Idempotency-Key": str(post.key), "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = {"channel": post.channel, "title": post.title, "text": post.text, "link": post.link}
    try:
        with (
            httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", address, json=body, headers=headers) as answer,
        ):
            return _outcome(answer.status_code, _text(answer))
    except httpx.HTTPError as problem:
        return Outcome(False, problem=f"连接不上（{type(problem).__name__}）", again=True)


def _text(answer: httpx.Response) -> str:
    received = b""
    for piece in answer.iter_bytes():
        received += piece
        if len(received) > LONGEST_ANSWER:
            break
    return received[:LONGEST_ANSWER].decode(errors="replace")


def _outcome(status: int, text: str) -> Outcome:
    if status == 409 or 200 <= status < 300:
        return Outcome(True, remote_id=_number(text))
    told = " ".join(text.split())[:120]
    if status in NOT_NOW or status >= 500:
        return Outcome(False, problem=f"对方暂时不能接收（{status}）{told}", again=True)
    return Outcome(False, problem=f"对方拒绝（{status}）{told}")


def _number(text: str) -> str:
    """The `id` of the answer, where it has one."""
    try:
        found = json.loads(text)
    except ValueError:
        return ""
    return str(found.get("id", ""))[:100] if isinstance(found, dict) else ""
