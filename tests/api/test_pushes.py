"""A unit's own system pushes a table: checked whole, told whole, kept whole or not at all."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import at, make_person, make_unit
from tests.registers.conftest import water, water_json
from tests.registers.intake.test_reading import HEADING, book
from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Role
from yangguang.registers.actions import review, tokens
from yangguang.registers.actions.takedowns import take_off
from yangguang.registers.models import Intake, Register, Token, Version, Warrant
from yangguang.rules.four_eyes import Step

__all__ = ["water", "water_json"]

pytestmark = pytest.mark.django_db
GOOD = "月份,水源名称,水质类别,达标率\n" + "".join(f"2017-08,水库{one},Ⅱ类,100\n" for one in range(1, 4))
BAD = "月份,水源名称,水质类别,达标率\n2017-08,水库1,优,100\n2017-08,水库2,Ⅱ类,很高\n"
PLACE = "/api/v1/registers/water-sources/versions"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def editor(water: Register) -> Person:
    return make_person("editor", make_unit("市人居环境委"))


@pytest.fixture
def issued(water: Register, editor: Person) -> tuple[Token, str]:
    return tokens.issue(by=editor, now=at("2017-09-01"), register=water, label="水质系统")


@pytest.fixture
def secret(issued: tuple[Token, str]) -> str:
    return issued[1]


def push(
    secret: str, body: str | bytes, kind: str = "text/csv", query: str = "period=2017-08", place: str = PLACE
) -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    data = body.encode() if isinstance(body, str) else body
    return Client().generic("POST", f"{place}?{query}", data, content_type=kind, headers=headers)


def test_a_good_table_waits_for_four_eyes_like_a_file(secret: str, editor: Person, water: Register) -> None:
    answer = push(secret, GOOD)
    told = answer.json()
    assert (answer.status_code, told["state"], told["version"], told["report"]["rows"]) == (
        201,
        "waiting",
        None,
        3,
    )
    taken = Intake.objects.get()
    assert (taken.sent_at is not None, taken.by) == (True, None)
    assert not Version.objects.exists()
    # Whoever issued the token answers for what comes by it, and so may not approve it.
    editor.role = Role.GENERAL_OFFICE
    editor.save()
    with pytest.raises(Forbidden, match="自己的稿子"):
        review.approve(by=editor, now=at("2017-09-04"), taken=taken, step=Step.UNIT)
    assert Token.objects.get().used_at is not None


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", json.dumps([{"month": "2017-08", "source": "甲", "grade": "Ⅱ类", "rate": 100}])),
        (XLSX, book(HEADING, ["2017-08", "甲", "Ⅱ类", 100])),
        ("text/csv; charset=gbk", GOOD.encode("gbk")),
    ],
    ids=["json", "xlsx", "csv"],  # a workbook holds the second in which it was made
)
def test_every_kind_of_body_is_read(secret: str, kind: str, body: str | bytes) -> None:
    assert push(secret, body, kind).json()["report"]["passed"]


def test_a_faulty_table_is_told_whole_and_leaves_nothing(secret: str) -> None:
    answer = push(secret, BAD)
    told = answer.json()
    assert (answer.status_code, told["error"]["code"], set(told)) == (422, "not_passed", {"error", "report"})
    assert [(one["row"], one["column"]) for one in told["report"]["problems"]] == [(2, "C"), (3, "D")]
    assert "没有保存任何内容" in told["error"]["message"]
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "query", "status", "code"),
    [
        (GOOD, "text/csv", "", 422, "unreadable"),
        (GOOD, "text/csv", "period=八月", 422, "unreadable"),
        (GOOD, "text/csv", "period=2017-08&more=1", 422, "invalid_parameter"),
        (GOOD, "text/csv", f"period=2017-08&note={'x' * 301}", 422, "invalid_parameter"),
        (" \n", "text/csv", "period=2017-08", 422, "unreadable"),
        ("{", "application/json", "period=2017-08", 422, "unreadable"),
        (GOOD, XLSX, "period=2017-08", 422, "unreadable"),
        (GOOD, "text/html", "period=2017-08", 415, "unsupported_media_type"),
        ("时间,名字\n2017-08,甲\n", "text/csv", "period=2017-08", 422, "not_passed"),
    ],
)
def test_what_cannot_be_taken_is_told_in_the_one_shape(
    secret: str, body: str, kind: str, query: str, status: int, code: str
) -> None:
    answer = push(secret, body, kind, query)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert set(answer.json()["error"]) == {"code", "message", "where"}
    assert not Intake.objects.exists()


def test_a_token_opens_one_register_until_it_is_revoked(
    issued: tuple[Token, str], editor: Person, settings: Any
) -> None:
    token, secret = issued
    other = push(secret, GOOD, place="/api/v1/registers/penalties/versions")
    assert (other.status_code, other.json()["error"]["code"]) == (403, "wrong_register")
    for wrong in ("", "yg_nothing", f"{secret}x"):
        answer = push(wrong, GOOD)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.json()["error"]["code"] == "unauthorized"
    settings.LARGEST_ATTACHMENT = 100
    assert push(secret, GOOD).status_code == 413
    tokens.revoke(by=editor, now=at("2017-09-02"), token=token)
    assert push(secret, GOOD).status_code == 401
    assert not Intake.objects.exists()


def test_only_a_digest_of_the_secret_is_kept(issued: tuple[Token, str]) -> None:
    token, secret = issued
    assert secret not in str(vars(Token.objects.get(pk=token.pk)))


def test_what_a_signer_signed_for_goes_online_at_once(
    issued: tuple[Token, str], editor: Person, water: Register
) -> None:
    token, secret = issued
    signer = make_person("signer", make_unit("市人居环境委"), Role.SIGNER)
    stranger = make_person("other", make_unit("市统计局"), Role.SIGNER)
    for person in (editor, stranger):
        with pytest.raises(Forbidden):
            tokens.sign(by=person, now=at("2017-09-01"), token=token)
    tokens.sign(by=signer, now=at("2017-09-01"), token=token)
    assert push(secret, BAD).status_code == 422
    told = push(secret, GOOD).json()
    version = Version.objects.get()
    assert (told["state"], told["version"], told["url"]) == ("published", 1, version.get_absolute_url())
    assert version.warrant == Warrant.TOKEN
    assert json.loads(version.line.body)["review"] == {"token": "接口推送（水质系统），由签发人授权"}
    # What the law took off comes again only with a reason, and then a person looks at it.
    take_off(
        by=None,
        now=at("2017-12-01"),
        register=water,
        key={"month": "2017-08", "source": "水库2"},
        reason="撤销",
        ground="法",
    )
    assert "理由" in push(secret, GOOD).json()["error"]["message"]
    assert push(secret, GOOD, query="period=2017-08&reason=new").json()["state"] == "waiting"


def test_a_later_push_takes_the_place_of_one_that_nobody_looked_at(secret: str) -> None:
    for _ in range(2):
        assert push(secret, GOOD).status_code == 201
    assert [one.ended_at is None for one in Intake.objects.order_by("pk")] == [False, True]


def test_other_sites_may_not_push_and_nothing_is_read_here(client: Client) -> None:
    for method in ("get", "put", "delete"):
        answer = getattr(client, method)(PLACE)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")
    assert "Access-Control-Allow-Origin" not in client.options(PLACE).headers
