"""微信公众号: a draft, its publication, and whether that came off. Interface: developers.weixin.qq.com."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.utils.html import escape

from yangguang.sites.models import Post
from yangguang.sites.posting.exchange import NoAnswer, Outcome, ask, words

BUSY = frozenset({-1, 45011})
STALE = frozenset({40001, 40014, 42001})
"""The access token is not valid, or not any more."""
GONE = 40007
REMEDIES = {
    40013: "AppID 不对：请管理员检查 YANGGUANG_WECHAT_APPID",
    40125: "AppSecret 不对：请管理员检查 YANGGUANG_WECHAT_SECRET",
    40164: "本机的地址不在公众平台的 IP 白名单里：请管理员添加",
    45009: "今天的调用次数用完了：请明天再确认",
    48001: "这个公众号没有此接口的权限：请管理员在公众平台查看",
    53503: "草稿没有通过发布检查：请改过再确认",
    53504: "平台要求到公众平台网站上使用这份草稿",
    53505: "平台要求到公众平台网站上手动保存后发表",
}
FAILED = {
    2: "原创声明失败",
    3: "平台没有说明原因",
    4: "平台审核不通过",
    5: "发表后被删除",
    6: "发表后被平台封禁",
}
"""What `freepublish/get` answers, beside 0 (done) and 1 (under way)."""
EARLY = 300
"""Seconds before its end at which a token is fetched anew: the platform changes it then."""
LONGEST = 18_000
"""Characters of content; the platform takes fewer than 20,000."""
AUTHOR = 16
"""Characters of the author's name that the platform takes."""


@dataclass(frozen=True)
class Account:
    """An official account. `cover` is the number (media_id) of a lasting picture, which every article needs."""

    address: str
    appid: str
    secret: str = field(repr=False)
    cover: str = ""

    @property
    def is_ready(self) -> bool:
        return bool(self.address and self.appid and self.secret and self.cover)

    def send(self, post: Post) -> Outcome:
        """Take the next step: make the draft, ask for its publication, or ask how that stands.

        Each step's number is kept before the next is taken, so that nothing is published twice.
        """
        try:
            if post.task_id:
                return self._standing(post)
            if post.draft_id:
                return self._submit(post)
            return self._draft(post)
        except NoAnswer as problem:
            return problem.outcome

    def _draft(self, post: Post) -> Outcome:
        article = {
            "article_type": "news",
            "title": post.title,
            "author": post.site.name[:AUTHOR],
            "digest": post.text,
            "content": content(post),
            "content_source_url": post.link,
            "thumb_media_id": self.cover,
        }
        told = self._ask("draft/add", {"articles": [article]})
        return Outcome(draft_id=f"{told['media_id']}") if told.get("media_id") else self._refusal(told)

    def _submit(self, post: Post) -> Outcome:
        told = self._ask("freepublish/submit", {"media_id": post.draft_id})
        if told.get("publish_id"):
            return Outcome(draft_id=post.draft_id, task_id=f"{told['publish_id']}")
        if told.get("errcode") == GONE:
            return Outcome(
                problem="草稿已不在微信的草稿箱里：可能已经发表，请到公众平台核对，没有发表的再确认一次"
            )
        return self._refusal(told)

    def _standing(self, post: Post) -> Outcome:
        told = self._ask("freepublish/get", {"publish_id": post.task_id})
        state = told.get("publish_status")
        if state == 0:
            return Outcome(sent=True, remote_id=f"{told.get('article_id') or post.task_id}"[:100])
        if state == 1:
            return Outcome(problem="已交给微信，正在发布", again=True)
        if state in FAILED:
            return Outcome(problem=f"微信没有发布：{FAILED[state]}。请到公众平台查看，改过再确认")
        return self._refusal(told)

    def _refusal(self, told: dict[str, Any]) -> Outcome:
        code = told.get("errcode")
        said = words(told.get("errmsg"), self.secret, self._kept_token())
        if code in BUSY:
            return Outcome(problem=f"微信暂时不能接收（{code}）{said}", again=True)
        if code in STALE:
            return Outcome(problem=f"微信不认这次的凭证（{code}），会重新取", again=True)
        return Outcome(problem=f"微信拒绝（{code}）{REMEDIES.get(code or 0, said)}")

    def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask with a token; where it is stale, once more with a new one."""
        told = self._ask_once(path, body)
        if told.get("errcode") in STALE:
            cache.delete(self._place)
            told = self._ask_once(path, body)
        return told

    def _ask_once(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return ask(f"{self.address}/cgi-bin/{path}", query={"access_token": self._token()}, body=body)

    def _token(self) -> str:
        """The access token, kept until shortly before it expires. Raises NoAnswer."""
        if kept := self._kept_token():
            return kept
        asked = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        # Its secret goes in the body, where no log of addresses sees it.
        told = ask(f"{self.address}/cgi-bin/stable_token", body=asked)
        token = told.get("access_token")
        if not isinstance(token, str) or not token:
            raise NoAnswer(self._refusal(told))
        cache.set(self._place, token, timeout=max(int(told.get("expires_in") or 0) - EARLY, 1))
        return token

    def _kept_token(self) -> str:
        return str(cache.get(self._place) or "")

    @property
    def _place(self) -> str:
        """Where the token is kept: another secret is another place."""
        return "wechat-" + hashlib.sha256(f"{self.address} {self.appid} {self.secret}".encode()).hexdigest()


def content(post: Post) -> str:
    """The published text as the platform's HTML, whole paragraphs up to its limit; the link leads to the rest."""
    found, room = [], LONGEST
    for part in (part.strip() for part in post.edition.body.split("\n\n")):
        told = f"<p>{escape(part)}</p>".replace("\n", "<br>") if part else ""
        if len(told) > room:
            found.append("<p>（全文见“阅读原文”）</p>")
            break
        found.append(told)
        room -= len(told)
    return "".join(found) or f"<p>{escape(post.text)}</p>"
