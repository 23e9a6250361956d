"""A portal and two sites, one of them a district's, each with columns."""

from dataclasses import dataclass

import pytest

from tests.factories import at, make_unit
from yangguang.directory.models import Unit
from yangguang.sites.actions import sites
from yangguang.sites.models import Column, Site


@dataclass(frozen=True)
class Sites:
    """What is set up."""

    portal: Site
    finance: Site
    district: Site
    news: Column
    budgets: Column
    everything: Column


def make_site(slug: str, name: str, unit: Unit | None = None, **facts: object) -> Site:
    return sites.set_up(by=None, site=Site(slug=slug), name=name, unit=unit, is_portal=unit is None, **facts)


def make_column(site: Site, slug: str, name: str, **facts: object) -> Column:
    given = {"description": f"{name}的内容。", **facts}
    return sites.lay_out(
        by=None, now=at("2017-07-01"), column=Column(site=site, slug=slug), name=name, **given
    )


@pytest.fixture
def stand(db: None) -> Sites:
    finance_unit = make_unit("市财政委", "caizhengwei")
    district_unit = make_unit("福田区", "futian", kind="district")
    portal = make_site("portal", "示例市政府门户", site_code="4403000000", sponsor="示例市人民政府办公厅")
    finance = make_site("czw", "示例市财政委", finance_unit, site_code="4403000001", ink="#7a1f1f")
    district = make_site("futian", "福田区政府", district_unit)
    return Sites(
        portal=portal,
        finance=finance,
        district=district,
        news=make_column(finance, "news", "工作动态", required_days=14),
        budgets=make_column(
            finance, "budgets", "预算公开", forms=["series"], keywords=["预算"], kind="数据发布"
        ),
        everything=make_column(portal, "all", "全市公开"),
    )
