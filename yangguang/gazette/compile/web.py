"""The web edition: one HTML file that holds the whole issue and needs nothing else."""

import base64
from pathlib import Path

from yangguang.gazette.compile import markup
from yangguang.gazette.compile.content import Content, Text

STYLE = Path(__file__).with_name("gazette.css").read_text(encoding="utf-8")


def compile_web(content: Content) -> bytes:
    """The issue as HTML that is also well-formed XML, UTF-8. Pictures are inside it."""
    name = markup.safe(content.name)
    contents = "".join(
        f"<li><h2>{markup.safe(section)}</h2><ol>"
        + "".join(f'<li><a href="#text-{t.position}">{markup.safe(t.title)}</a></li>' for t in texts)
        + "</ol></li>"
        for section, texts in content.sections
    )
    articles = "".join(
        markup.article(text, _inside(content, text), id=f"text-{text.position}") for text in content.texts
    )
    sample = '<p class="sample">示例</p>' if content.is_sample else ""
    return (
        '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="zh-Hans">\n'
        f'<head><meta charset="utf-8"/><title>{name}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
        f"<style>{STYLE}</style></head>\n<body>\n"
        f'<header class="cover"><p class="title">{markup.safe(content.title)}</p>'
        f"<p>{content.year} 年第 {content.number} 期</p>{sample}<p>{markup.safe(content.publisher)}</p>"
        f"<p>{content.issued_at:%Y-%m-%d}</p></header>\n"
        f'<nav aria-label="目录"><ol>{contents}</ol></nav>\n{articles}</body>\n</html>\n'
    ).encode()


def article_of(page: bytes, position: int) -> str:
    """One entry cut out of a compiled issue, with its bytes unchanged. Raises ValueError where it is not there."""
    whole = page.decode()
    start = whole.index(f'<article id="text-{position}">')
    return whole[start : whole.index("</article>", start) + len("</article>")]


def _inside(content: Content, text: Text) -> dict[str, str]:
    return {
        name: f"data:{kind};base64,{base64.b64encode(content.picture(sha256)).decode()}"
        for name, kind, sha256 in text.pictures
    }
