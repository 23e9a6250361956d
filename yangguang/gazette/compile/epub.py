"""EPUB 3 by zipfile and our own templates. The same issue gives the same bytes."""

import datetime as dt
import io
import uuid
import zipfile

from yangguang.gazette.compile import markup
from yangguang.gazette.compile.content import Content
from yangguang.gazette.compile.web import STYLE

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
# A zip entry carries a time; what was issued carries its own, so this one is the format's first day.
EPOCH = (1980, 1, 1, 0, 0, 0)


def compile_epub(content: Content) -> bytes:
    """The issue as an EPUB 3.3 publication: `mimetype` first and stored, as the container format asks."""
    files: list[tuple[str, bytes]] = [("META-INF/container.xml", CONTAINER.encode())]
    pictures = _pictures(content)
    pages = {
        f"text-{text.position}.xhtml": _page(
            text.title,
            markup.article(
                text,
                {name: pictures[sha256][0] for name, _, sha256 in text.pictures},
                id=f"text-{text.position}",
                note_type=True,
            ),
        )
        for text in content.texts
    }
    files += [
        ("EPUB/package.opf", _package(content, list(pages), pictures).encode()),
        ("EPUB/gazette.css", STYLE.encode()),
        ("EPUB/cover.xhtml", _page(content.name, _cover(content)).encode()),
        ("EPUB/nav.xhtml", _page("目录", _nav(content)).encode()),
        *((f"EPUB/{name}", page.encode()) for name, page in pages.items()),
        *((f"EPUB/{name}", content.picture(sha256)) for sha256, (name, _) in pictures.items()),
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _write(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        for name, data in files:
            _write(archive, name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    archive.writestr(entry, data)


def _pictures(content: Content) -> dict[str, tuple[str, str]]:
    """Each picture once: sha256 to (file name inside, media type)."""
    return {
        sha256: (f"picture-{sha256[:16]}.{'png' if kind == 'image/png' else 'jpg'}", kind)
        for text in content.texts
        for _, kind, sha256 in text.pictures
    }


def _page(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        'lang="zh-Hans" xml:lang="zh-Hans">\n'
        f"<head><title>{markup.safe(title)}</title>"
        '<link rel="stylesheet" type="text/css" href="gazette.css"/></head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )


def _cover(content: Content) -> str:
    sample = '<p class="sample">示例</p>' if content.is_sample else ""
    return (
        f'<section class="cover"><h1 class="title">{markup.safe(content.title)}</h1>'
        f"<p>{content.year} 年第 {content.number} 期</p>{sample}<p>{markup.safe(content.publisher)}</p>"
        f"<p>{content.issued_at:%Y-%m-%d}</p></section>\n"
    )


def _nav(content: Content) -> str:
    sections = "".join(
        f"<li><span>{markup.safe(section)}</span><ol>"
        + "".join(f'<li><a href="text-{t.position}.xhtml">{markup.safe(t.title)}</a></li>' for t in texts)
        + "</ol></li>"
        for section, texts in content.sections
    )
    return f'<nav epub:type="toc" id="toc"><h1>目录</h1><ol>{sections}</ol></nav>\n'


def _package(content: Content, pages: list[str], pictures: dict[str, tuple[str, str]]) -> str:
    name = f"gazette:{content.title}:{content.year}:{content.number}"
    xhtml = 'media-type="application/xhtml+xml"'
    items = [
        f'<item id="nav" href="nav.xhtml" {xhtml} properties="nav"/>',
        f'<item id="cover" href="cover.xhtml" {xhtml}/>',
        '<item id="style" href="gazette.css" media-type="text/css"/>',
        *(f'<item id="{page[:-6]}" href="{page}" {xhtml}/>' for page in pages),
        *(f'<item id="{file[:-4]}" href="{file}" media-type="{kind}"/>' for file, kind in pictures.values()),
    ]
    spine = "".join(f'<itemref idref="{page[:-6]}"/>' for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        'xml:lang="zh-Hans">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}</dc:identifier>\n'
        f"<dc:title>{markup.safe(content.name)}</dc:title>\n<dc:language>zh-Hans</dc:language>\n"
        f"<dc:publisher>{markup.safe(content.publisher or content.title)}</dc:publisher>\n"
        f"<dc:date>{content.issued_at:%Y-%m-%d}</dc:date>\n"
        f'<meta property="dcterms:modified">{content.issued_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}Z</meta>\n</metadata>\n'
        f"<manifest>\n{chr(10).join(items)}\n</manifest>\n"
        f'<spine><itemref idref="cover"/><itemref idref="nav"/>{spine}</spine>\n</package>\n'
    )
