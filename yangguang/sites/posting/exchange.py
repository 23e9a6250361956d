"""One question to a platform over HTTP, and what its answer means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

SECONDS = 15
LONGEST_ANSWER = 64 * 1024
NOT_NOW = frozenset({408, 425, 429})
TOLD = 120
"""Characters of a platform's own words that are kept."""


@dataclass(frozen=True)
class Outcome:
    """What came of a step: sent under the platform's number, or a problem; `again` where waiting may help.

    `draft_id` and `task_id` are what the next step must know; a step that gives one has got ahead.
    """

    sent: bool = False
    remote_id: str = ""
    problem: str = ""
    again: bool = False
    draft_id: str = ""
    task_id: str = ""

    @property
    def is_ahead(self) -> bool:
        return bool(self.draft_id or self.task_id) and not self.sent and not self.problem


class NoAnswer(Exception):
    """The platform gave no answer that can be read. Holds the outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.problem)
        self.outcome = outcome


def ask(
    address: str,
    *,
    query: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    form: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Post `body` as JSON or `form` as form fields; returns the JSON object of the answer, whatever its status.

    Only the configured address is connected to: links in the text are never fetched, redirects never
    followed (the secrets would go along). Raises NoAnswer.
    """
    # 23 MB of memory that an installation which posts nothing does without.
    import httpx

    if urlsplit(address).scheme not in {"http", "https"}:
        raise NoAnswer(Outcome(problem=f"平台地址“{address}”不是网址：请检查设置"))
    # As UTF-8 itself: 微信 shows \u escapes to its readers as they stand.
    content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if content else {})
    try:
        with (
            httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST", address, params=query, content=content, data=form, headers=headers
            ) as answer,
        ):
            return _object(answer.status_code, _text(answer))
    except httpx.HTTPError as problem:
        # The exception's own words may hold the address with its token.
        raise NoAnswer(Outcome(problem=f"连接不上（{type(problem).__name__}）", again=True)) from None


def _text(answer: Any) -> str:
    received = b""
    for piece in answer.iter_bytes():
        received += piece
        if len(received) > LONGEST_ANSWER:
            break
    return received[:LONGEST_ANSWER].decode(errors="replace")


def _object(status: int, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, dict) and (200 <= status < 300 or found.keys() & {"errcode", "error_code"}):
        return found
    if status in NOT_NOW or status >= 500:
        raise NoAnswer(Outcome(problem=f"对方暂时不能接收（{status}）", again=True))
    raise NoAnswer(Outcome(problem=f"对方拒绝（{status}）{words(text)}"))


def words(text: object, *secrets: str) -> str:
    """A platform's own words on one short line, without any of our secrets."""
    told = " ".join(f"{text or ''}".split())
    for secret in secrets:
        told = told.replace(secret, "***") if secret else told
    return told[:TOLD]
