"""The words of a post on 微博 or 微信, cut to each one's limit. Limits are data (`directory/figures.toml`)."""

import math
import re
from dataclasses import dataclass

LINK = 10
"""What a link counts on 微博, in Han characters, however long it is."""
_ADDRESS = re.compile(r"https?://[^\s\u3000-\u9fff\uff00-\uffef]+")
_TOPIC = re.compile(r"#[^#\n]+#")
MORE = "…"


@dataclass(frozen=True)
class Draft:
    """A post: `title` is empty where the channel has none."""

    title: str
    text: str


def weibo_length(text: str) -> int:
    """How many characters 微博 counts: one for each Han or wide one, one for two narrow ones, ten for a link."""
    without = _ADDRESS.sub("", text)
    links = len(_ADDRESS.findall(text))
    halves = sum(1 if ord(char) < 0x100 else 2 for char in without)
    return links * LINK + math.ceil(halves / 2)


def for_weibo(*, title: str, summary: str, link: str, limit: int) -> Draft:
    """【title】summary link, the summary cut first, then the title, so that all fits in `limit`."""
    for head in (title, *(title[:end] + MORE for end in range(len(title) - 1, 0, -1))):
        frame = f"【{head}】 {link}"
        if weibo_length(frame) <= limit:
            break
    else:
        raise ValueError(f"微博限 {limit} 字，放不下链接：请检查 figures.toml")
    body = fitted(summary, room=limit, around=f"【{head}】", after=f" {link}")
    return Draft("", f"【{head}】{body} {link}")


def fitted(summary: str, *, room: int, around: str, after: str) -> str:
    """As much of the summary as fits between two texts, with an ellipsis where it was cut."""
    flat = " ".join(summary.split())
    if weibo_length(around + flat + after) <= room:
        return flat
    low, high = 0, len(flat)
    while low < high:
        middle = (low + high + 1) // 2
        if weibo_length(around + flat[:middle] + MORE + after) <= room:
            low = middle
        else:
            high = middle - 1
    return flat[:low] + MORE if low else ""


def for_wechat(*, title: str, summary: str, title_limit: int, text_limit: int) -> Draft:
    """Title and digest of an article, each cut to its limit in characters."""
    return Draft(cut(title, title_limit), cut(" ".join(summary.split()), text_limit))


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + MORE


def problem(channel: str, draft: Draft, limits: dict[str, int]) -> str:
    """Why a text cannot be posted, as a sentence; "" where it can. `limits` holds title and text."""
    if not draft.text.strip():
        return "文字是空的：请写上要发的话"
    if channel == "weibo":
        if _TOPIC.search(draft.text):
            return "文字里有“#话题#”，微博的分享接口不收：请去掉井号"
        length = weibo_length(draft.text)
        return f"共 {length} 字，微博限 {limits['text']} 字：请删短" if length > limits["text"] else ""
    if not draft.title.strip():
        return "标题是空的：公众号图文须有标题"
    if len(draft.title) > limits["title"]:
        return f"标题 {len(draft.title)} 字，限 {limits['title']} 字：请删短"
    if len(draft.text) > limits["text"]:
        return f"摘要 {len(draft.text)} 字，限 {limits['text']} 字：请删短"
    return ""
