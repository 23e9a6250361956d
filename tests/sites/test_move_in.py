"""An old site moves in, from a mirrored folder and from a CSV export."""

import base64
from pathlib import Path

import pytest

from tests.factories import at
from tests.sites.conftest import Sites
from yangguang.cli.main import main
from yangguang.publishing.models import Document, Edition
from yangguang.sites.actions.move_in import Report, move_in
from yangguang.sites.models import OldAddress
from yangguang.sites.moving import sources

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
LONG = "这是一篇旧网站上的文章，正文足够长，可以认出是一篇文章而不是一个列表页面，也没有别的内容。"
NOON = at("2017-11-30 12:00")


def page(title: str, body: str, day: str = "2016-05-03 10:20") -> str:
    return (
        f'<html><head><meta charset="gb2312"><title>{title}_旧站</title><meta name="ArticleTitle" content="{title}">'
        f'<meta name="PubDate" content="{day}"></head><body><div class="nav"><a href="/">首页</a></div>'
        f'<div class="TRS_Editor"><p>{body}</p></div><script>alert(1)</script></body></html>'
    )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A site of five pages, a picture and an attachment."""
    top = tmp_path / "old"
    (top / "art" / "2016").mkdir(parents=True)
    (top / "pic.png").write_bytes(DOT)
    (top / "表.xlsx").write_bytes(b"PK not really")
    body = f'{LONG}</p><p><img src="/pic.png" alt="图"></p><p><a href="../../表.xlsx">附件</a><a href="gone.html">没了</a>'
    (top / "art/2016/1.html").write_bytes(page("降费通知", body).encode("gb18030"))
    (top / "art/2016/copy.html").write_bytes(page("降费通知", body).encode("gb18030"))
    (top / "art/2016/2.html").write_bytes(page("没有日期", LONG + "二", day="").encode("gb18030"))
    links = "".join(
        f'<li><a href="/art/2016/{number}.html">第{number}篇文章的标题</a></li>' for number in range(30)
    )
    (top / "index.html").write_text(f"<html><body><ul>{links}</ul></body></html>", encoding="utf-8")
    (top / "empty.html").write_bytes(b"")
    (top / "outside.html").symlink_to("/etc/passwd")
    return top


def move(stand: Sites, source: Path) -> Report:
    return move_in(now=NOON, site=stand.finance, pages=sources.read(source))


def test_every_page_is_carried_or_told_why_not(stand: Sites, old: Path) -> None:
    report = move(stand, old)
    assert set(report.carried) == {"/art/2016/1.html", "/art/2016/2.html"}
    assert report.duplicates == {"/art/2016/copy.html": "/art/2016/1.html"}
    assert set(report.skipped) == {"/index.html", "/empty.html"}
    assert "列表页" in report.skipped["/index.html"]
    assert report.broken == {"/art/2016/1.html": ["gone.html"]}
    assert report.without_day == ["/art/2016/2.html"]
    assert (report.pictures, report.files) == (1, 1)
    assert "脚本" in "".join(report.left_behind["/art/2016/1.html"])


def test_a_page_becomes_a_document_with_its_date_files_and_old_address(stand: Sites, old: Path) -> None:
    move(stand, old)
    edition = Edition.objects.get(title="降费通知")
    assert edition.unit == stand.finance.unit
    assert str(edition.released_on) == "2016-05-03"
    assert edition.online_at.year == 2017, "nobody backdates going online"
    assert LONG in edition.body
    assert "alert" not in edition.body
    assert [file.name for file in edition.files] == ["图1.png", "表.xlsx"]
    target = edition.document.get_absolute_url()
    kept = dict(OldAddress.objects.filter(site=stand.finance).values_list("path", "target"))
    assert kept["/art/2016/1.html"] == kept["/art/2016/copy.html"] == target


def test_moving_in_twice_changes_nothing(stand: Sites, old: Path) -> None:
    move(stand, old)
    before = (Document.objects.count(), OldAddress.objects.count())
    again = move(stand, old)
    assert again.carried == {} or set(again.carried) == {"/art/2016/1.html"}
    assert set(again.known) == {"/art/2016/1.html", "/art/2016/2.html"}
    assert (Document.objects.count(), OldAddress.objects.count()) == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_export_moves_in_too(stand: Sites, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "export.csv"
    rows = [
        "地址,标题,发布日期,正文,来源",
        f'http://old.example.gov.cn/show.asp?id=7,网页正文,2015年6月7日,"<p>{LONG}</p><p>第二段</p>",市财政委',
        f'/show.asp?id=8,纯文本,2015-06-08,"{LONG}\n\n第三段",',
        f"/show.asp?id=9,,2015-06-08,{LONG},",
        "/show.asp?id=10,空的,2015-06-08,,",
    ]
    file.write_text("\n".join(rows), encoding=encoding)
    report = move(stand, file)
    assert set(report.carried) == {"/show.asp?id=7", "/show.asp?id=8"}
    assert report.skipped == {
        "/show.asp?id=9": "没有标题",
        "/show.asp?id=10": report.skipped["/show.asp?id=10"],
    }
    edition = Edition.objects.get(title="网页正文")
    assert (str(edition.released_on), edition.issuers) == ("2015-06-07", ["市财政委"])
    assert "<p>" not in edition.body


def test_a_link_out_of_the_folder_attaches_nothing(stand: Sites, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"%PDF secret")
    top = tmp_path / "site"
    top.mkdir()
    body = f'{LONG}<a href="../secret.pdf">x</a><img src="file:///etc/passwd"><a href="http://10.0.0.1/a.pdf">y</a>'
    (top / "a.html").write_text(page("文章", body).replace("gb2312", "utf-8"), encoding="utf-8")
    report = move(stand, top)
    assert report.files == 0
    assert Edition.objects.get().files == ()


def test_the_command_reports_and_refuses_in_sentences(
    stand: Sites, old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "report.csv"
    assert main(["sites", "move-in", "czw", str(old), "--report", str(told)]) == 0
    assert "迁入 2 页，图片 1 张，附件 1 个" in capsys.readouterr().out
    assert "/art/2016/copy.html,重复,/art/2016/1.html" in told.read_text(encoding="utf-8-sig")
    bad = tmp_path / "bad.csv"
    bad.write_text("标题\n一", encoding="utf-8")
    for arguments, sentence in (
        (["nowhere", str(old)], "没有网址名为 nowhere 的站点（现有：portal、czw、futian）"),
        (["czw", str(tmp_path / "none")], "不存在"),
        (["czw", str(bad)], "缺少“地址”“正文”列"),
        (["portal", str(old)], "不属于哪个单位"),
    ):
        assert main(["sites", "move-in", *arguments]) == 2
        assert sentence in capsys.readouterr().err
