"""No link on any page of the desk leads to a page that is closed or not there."""

from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from tests.factories import publish
from tests.office.conftest import desk_of
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Role
from yangguang.plan.models import PlanVersion

MOST = 120
"""Pages looked at for one person; far more than there are with one document."""


def dead_links(person: Person) -> list[str]:
    """`PAGE → ADDRESS: STATUS` of every link within the desk that answers with an error."""
    browser, seen, waiting, dead = desk_of(person), {"/office/"}, deque([("", "/office/")]), []
    while waiting:
        assert len(seen) < MOST
        page, address = waiting.popleft()
        response = browser.get(address, follow=True)
        if response.status_code >= 400:
            dead.append(f"{page} → {address}: {response.status_code}")
            continue
        if "html" not in response.headers["Content-Type"] or response.streaming:
            continue
        for link in html.fromstring(response.content).xpath("//a/@href"):
            path = urlsplit(urljoin(address, link)).path
            if path.startswith("/office/") and path not in seen:
                seen.add(path)
                waiting.append((address, path))
    return dead


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("role", [Role.EDITOR, Role.GENERAL_OFFICE])
def test_every_link_leads_somewhere(
    role: Role, insider: Person, general_office: Person, finance: Unit, plan: PlanVersion
) -> None:
    publish("2016年度部门决算公开", unit=finance, on="2017-08-01")
    assert dead_links(insider if role is Role.EDITOR else general_office) == []
