"""Making the gazette on the desk, from an empty issue to the printed one; correcting a scanned page."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories import at, publish
from tests.gazette.scanned import make_scan
from tests.office.conftest import desk_of
from yangguang.directory.models import Person
from yangguang.gazette.models import Correction, Issue, ScannedIssue
from yangguang.publishing.models import Edition


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, settings: LazySettings) -> None:
    settings.STORE_ROOT = tmp_path / "store"


@pytest.fixture
def desk(general_office: Person) -> Client:
    return desk_of(general_office)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_an_issue_is_begun_filled_ordered_proofed_and_issued(desk: Client) -> None:
    for title in ("甲通知", "乙通知"):
        publish(title, on="2017-09-15", form="document")
    assert "还没有出版过" in text_of(desk, "/office/gazette/")
    head = {"year": "2017", "number": "3", "title": "政府公报", "publisher": "市政府办公厅"}
    desk.post("/office/gazette/", head)
    issue = Issue.objects.get()
    address = f"/office/gazette/{issue.pk}/"
    assert "甲通知" in text_of(desk, address)
    chosen = list(Edition.objects.order_by("pk").values_list("pk", flat=True))
    desk.post(address, {"act": "place", "edition": chosen, "section": "部门文件"})
    first, second = issue.entries.order_by("position")
    order = {"act": "arrange", "entry": [first.pk, second.pk]}
    order |= {f"position-{first.pk}": "2", f"position-{second.pk}": "1"}
    order |= {f"section-{one.pk}": "部门文件" for one in (first, second)}
    desk.post(address, order)
    assert list(issue.entries.order_by("position").values_list("edition__title", flat=True)) == [
        "乙通知",
        "甲通知",
    ]
    proof = desk.get(f"{address}proof.pdf")
    assert proof.content.startswith(b"%PDF-")
    assert "出版以后不能再改" in text_of(desk, f"{address}issue/")
    told = desk.post(f"{address}issue/", follow=True).content.decode()
    assert "已出版" in told
    issue.refresh_from_db()
    assert issue.line is not None
    assert desk.get(address).status_code == 404


def test_what_is_wrong_is_said_on_the_form(desk: Client) -> None:
    head = {"year": "2017", "number": "3", "title": "政府公报", "publisher": ""}
    desk.post("/office/gazette/", head)
    assert "已经有这一期" in desk.post("/office/gazette/", head).content.decode()
    address = f"/office/gazette/{Issue.objects.get().pk}/"
    assert "没有选文件" in desk.post(address, {"act": "place", "section": "甲"}, follow=True).content.decode()
    assert "还没有篇目" in desk.get(f"{address}proof.pdf", follow=True).content.decode()
    desk.post(address, {"act": "discard"})
    assert not Issue.objects.exists()


def test_a_page_is_corrected_beside_its_image_and_put_online(desk: Client) -> None:
    scan = make_scan("今年预箅", "第二页", doubtful=((3, 4),))
    address = f"/office/gazette/scans/{scan.pk}/"
    assert "存疑处" in text_of(desk, address)
    page = text_of(desk, f"{address}1/")
    assert '<mark class="office-doubt">箅</mark>' in page
    image = desk.get(f"{address}1.jpg")
    assert image["Content-Type"] == "image/jpeg"
    assert image.getvalue().startswith(b"\xff\xd8")
    gone_on = desk.post(f"{address}1/", {"text": "今年预算", "next": ""})
    assert gone_on["Location"] == f"{address}2/"
    assert Correction.objects.get().before == "今年预箅"
    assert "今年预箅" in text_of(desk, f"{address}1/")
    assert "已上网" in desk.post(address, follow=True).content.decode()
    assert ScannedIssue.objects.online().exists()


@pytest.mark.parametrize(
    "address", ["", "{issue}/", "{issue}/issue/", "{issue}/proof.pdf", "scans/{scan}/", "scans/{scan}/1/"]
)
def test_a_units_editor_is_sent_away(insider: Person, address: str) -> None:
    issue = Issue.objects.create(year=2017, number=1)
    scan = make_scan("一")
    place = f"/office/gazette/{address.format(issue=issue.pk, scan=scan.pk)}"
    answer = desk_of(insider).get(place)
    assert answer.status_code == 302
    assert answer["Location"] == "/office/"
    assert at("2017-09-01")
