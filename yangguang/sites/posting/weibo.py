"""微博: share a text with a link. Interface: open.weibo.com, `2/statuses/share`."""

from dataclasses import dataclass, field

from yangguang.sites.models import Post
from yangguang.sites.posting.exchange import NoAnswer, Outcome, ask, words

AGAIN = frozenset({10001, 10002, 10003, 10009, 10010, 10011, 10022, 10023, 10024, 20016})
"""Error codes (open.weibo.com/wiki/Error_code) after which waiting helps: busy, or too many requests."""
NOT_AUTHORISED = frozenset({21314, 21315, 21316, 21317, 21327, 21332})
REPEATED = 20019


@dataclass(frozen=True)
class Account:
    """An account's authorisation. `ip` is this server's own public address, which the interface asks for."""

    address: str
    token: str = field(repr=False)
    ip: str = ""

    @property
    def is_ready(self) -> bool:
        return bool(self.address and self.token and self.ip)

    def send(self, post: Post) -> Outcome:
        """Share the post's text; one step does it."""
        form = {"access_token": self.token, "status": post.text, "rip": self.ip}
        try:
            told = ask(f"{self.address}/2/statuses/share.json", form=form)
        except NoAnswer as problem:
            return problem.outcome
        if "error_code" not in told:
            return Outcome(sent=True, remote_id=f"{told.get('idstr') or told.get('id') or ''}"[:100])
        return self._refusal(_number(told["error_code"]), told.get("error"), had_tried=post.tries > 0)

    def _refusal(self, code: int, said: object, *, had_tried: bool) -> Outcome:
        told = f"（{code}）{words(said, self.token)}"
        if code == REPEATED and had_tried:
            # An earlier try had got through, and only its answer was lost.
            return Outcome(sent=True)
        if code in AGAIN:
            return Outcome(problem=f"微博暂时不能接收{told}", again=True)
        if code in NOT_AUTHORISED:
            return Outcome(
                problem=f"微博授权失效{told}：请管理员重新授权，更换 YANGGUANG_WEIBO_TOKEN，再确认一次"
            )
        return Outcome(problem=f"微博拒绝{told}")


def _number(code: object) -> int:
    return int(f"{code}") if f"{code}".lstrip("-").isdecimal() else 0
