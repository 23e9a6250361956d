"""Historic issues: kept page by page, corrected by hand with the earlier text kept, put online."""

import json

import pytest

from tests.factories import at
from tests.gazette.scanned import make_page, make_scan
from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden
from yangguang.gazette import queries
from yangguang.gazette.actions import issues, scans
from yangguang.gazette.models import Correction, ScannedIssue, ScannedPage
from yangguang.journal.models import Line


def test_a_page_is_kept_once(db: None) -> None:
    scan = make_scan("第一页", "第二页")
    file = scan.files.get()
    again = scans.keep_page(now=at("2017-09-01"), file=file, index=0, page=make_page("别的字"))
    assert (again.text, ScannedPage.objects.count()) == ("第一页", 2)
    assert (again.number, again.lines[0]["text"]) == (1, "第一页")


def test_files_take_page_numbers_one_after_the_other_and_keep_them(db: None) -> None:
    scan = make_scan("一", "二")
    other = scans.open_file(issue=scan, name="乙.pdf", sha256="b" * 64, page_count=5)
    third = scans.open_file(issue=scan, name="丙.pdf", sha256="c" * 64, page_count=1)
    assert (other.first_page, third.first_page) == (3, 8)
    assert scans.open_file(issue=scan, name="改名.pdf", sha256="b" * 64, page_count=5) == other


def test_a_correction_keeps_the_earlier_text_who_and_when(general_office: Person) -> None:
    page = make_scan("今年预箅收入").pages.get()
    kept = scans.correct(by=general_office, now=at("2017-09-02"), page=page, text="今年预算收入\r\n")
    assert kept is not None
    page.refresh_from_db()
    assert page.text == "今年预算收入"
    assert page.lines[0]["text"] == "今年预箅收入"
    assert (kept.before, kept.by, kept.at, kept.line) == (
        "今年预箅收入",
        general_office,
        at("2017-09-02"),
        None,
    )
    assert scans.correct(by=general_office, now=at("2017-09-03"), page=page, text="今年预算收入") is None
    assert Correction.objects.count() == 1
    with pytest.raises(issues.NotIssuable, match="文字是空的"):
        scans.correct(by=general_office, now=at("2017-09-03"), page=page, text=" \n")


def test_going_online_and_later_corrections_are_in_the_journal(general_office: Person) -> None:
    scan = make_scan("今年预箅收入", "第二页")
    assert list(queries.searchable_pages()) == []
    shown = scans.put_online(by=general_office, now=at("2017-09-02"), issue=scan)
    told = json.loads(Line.objects.get(act=Line.Act.SCAN).body)
    assert told["url"] == shown.get_absolute_url() == "/gazette/2003/5/"
    images = list(scan.pages.order_by("number").values_list("image_sha256", flat=True))
    assert [page["image_sha256"] for page in told["pages"]] == images
    scans.correct(by=general_office, now=at("2017-09-03"), page=scan.pages.get(number=1), text="今年预算收入")
    line = Line.objects.get(act=Line.Act.PROOFREAD)
    assert json.loads(line.body)["url"] == "/gazette/2003/5/p1/"
    assert Correction.objects.get().line == line
    assert [(page.url, page.text) for page in queries.searchable_pages(issue=scan)] == [
        ("/gazette/2003/5/p1/", "今年预算收入"),
        ("/gazette/2003/5/p2/", "第二页"),
    ]
    with pytest.raises(issues.NotIssuable, match="已经上网"):
        scans.put_online(by=general_office, now=at("2017-09-04"), issue=scan)
    with pytest.raises(issues.NotIssuable, match="不能再加页"):
        scans.open_file(issue=scan, name="丁.pdf", sha256="d" * 64, page_count=1)


def test_only_the_general_office_corrects_and_shows(editor: Person) -> None:
    scan = make_scan("一")
    with pytest.raises(Forbidden):
        scans.correct(by=editor, now=at("2017-09-02"), page=scan.pages.get(), text="二")
    with pytest.raises(Forbidden):
        scans.put_online(by=editor, now=at("2017-09-02"), issue=scan)


def test_an_issue_without_pages_does_not_go_online(general_office: Person) -> None:
    scan = scans.open_issue(by=None, year=2003, number=7, title="公报")
    with pytest.raises(issues.NotIssuable, match="还没有识读的页"):
        scans.put_online(by=general_office, now=at("2017-09-02"), issue=scan)


def test_a_year_has_each_number_once_made_or_scanned(issued: object) -> None:
    with pytest.raises(issues.NotIssuable, match="2017 年已经有第 1 期"):
        scans.open_issue(by=None, year=2017, number=1, title="公报")
    scans.open_issue(by=None, year=2003, number=5, title="公报")
    with pytest.raises(issues.NotIssuable, match="2003 年已经有第 5 期"):
        issues.start(by=None, year=2003, number=5, title="公报", publisher="")
    assert ScannedIssue.objects.count() == 1
