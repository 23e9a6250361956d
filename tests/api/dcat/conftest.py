"""The small open-data city of the CKAN tests, with files made of one version."""

import pytest

from tests.api.ckan.conftest import fill
from tests.factories import at
from yangguang.directory.models import Unit
from yangguang.registers.actions import counts, files
from yangguang.registers.models import Batch, Planned, Version


@pytest.fixture
def city(db: None) -> None:
    """Three datasets; the newest files of one are made, and one stands in a batch of the plan."""
    fill()
    newest = Version.objects.filter(register__slug="water-sources").order_by("-number")[0]
    files.make(version=newest)
    counts.count_missing()
    batch = Batch.objects.create(title="第一批", due_on="2017-09-30", planned_at=at("2017-07-01"))
    Planned.objects.create(
        batch=batch,
        unit=Unit.objects.get(slug="huanjing"),
        title="集中式生活饮用水水源水质监测信息",
        slug="water-sources",
        due_on="2017-09-30",
        planned_at=at("2017-07-01"),
    )
