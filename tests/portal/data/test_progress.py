"""How far an application has come."""

from bs4 import BeautifulSoup
from django.test import Client

from tests.portal.data.conftest import page
from yangguang.registers.models import Register


def steps(found: BeautifulSoup) -> list[str]:
    return [" ".join(step.text.split()) for step in found.select(".way li")]


def test_every_step_has_its_day(licensing: Register, client: Client) -> None:
    found = page(client, "/progress/?no=SL-1")
    assert steps(found) == ["● 受理2017-10-09", "● 审查2017-10-12通过", "● 审批2017-10-17准予"]
    assert found.select("meta[name=robots]")


def test_what_is_still_to_come_and_overdue_is_said(licensing: Register, client: Client) -> None:
    found = page(client, "/progress/?no=SL-2")
    assert steps(found)[1:] == ["○ 审查还没有", "○ 审批还没有"]
    assert "已超过 10 天" in found.text


def test_a_number_that_there_is_not(licensing: Register, client: Client) -> None:
    assert "没有受理编号为“SL-9”的申请" in page(client, "/progress/?no=SL-9").text
    assert "许可办理进度" in page(client, "/progress/").text
