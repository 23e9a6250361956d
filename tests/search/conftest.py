"""A small town: two units, one plan with two tasks, three documents."""

import datetime as dt

import pytest
from django.db import transaction

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit, UnitAlias
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.plan.models import Area, Obligation, Plan, PlanVersion, Task
from yangguang.publishing.actions import documents


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T09:30:00").replace(tzinfo=SHANGHAI)


@pytest.fixture
def town(db: None) -> dict[str, object]:
    finance = Unit.objects.create(slug="caizhengwei", name="市财政委", position=1)
    water = Unit.objects.create(slug="shuiwuju", name="市水务局", position=2)
    UnitAlias.objects.create(unit=finance, name="深圳市财政委员会")
    make_plan(finance, water)
    budget = documents.publish(
        by=None,
        now=at("2017-08-01"),
        unit=finance,
        title="2016年度部门决算公开",
        body="全市一般公共预算收入 3136.5 亿元。\n\n“三公”经费下降５０％，用于A_B项目。",
        number="深财〔2017〕45号",
        keywords=["决算", "三公经费"],
    )
    quality = documents.publish(
        by=None,
        now=at("2017-09-05"),
        unit=water,
        title="8月水源水质状况",
        body="11座水库全部达标；决算另行公布。",
    )
    documents.publish(
        by=None, now=at("2017-11-20"), unit=water, title="9月水源水质状况", body="11座水库达标率100%。"
    )
    return {"finance": finance, "water": water, "budget": budget, "quality": quality}


def make_plan(finance: Unit, water: Unit) -> PlanVersion:
    with transaction.atomic():
        line = journal.append(
            act=Line.Act.ADOPT, body={"plan": "shenzhen-2017"}, at=at("2017-06-19"), by="政府办公厅"
        )
    plan = Plan.objects.create(
        slug="shenzhen-2017",
        title="深圳市2017年政务公开工作要点分工方案",
        number="深府办函〔2017〕123号",
        issuer="深圳市人民政府办公厅",
        issued_on=dt.date(2017, 6, 19),
        year=2017,
    )
    version = PlanVersion.objects.create(
        plan=plan,
        number=1,
        adopted_on=dt.date(2017, 6, 19),
        line=line,
        source_name="plan.txt",
        source_sha256="",
    )
    areas = [
        Area.objects.create(version=version, number=2, name="财政信息公开"),
        Area.objects.create(version=version, number=5, name="环境保护信息公开"),
    ]
    texts = ["按月公开财政预算执行情况，定期公开“三公”经费。", "每月公布11座集中式饮用水水源水质状况。"]
    for place, (area, text, unit) in enumerate(zip(areas, texts, (finance, water), strict=True), 1):
        task = Task.objects.create(
            version=version,
            area=area,
            code=f"{area.number}.{place}",
            position=place,
            text=text,
            leads_printed=unit.name,
            cadence="monthly",
            form="series",
        )
        task.units.add(unit)
        duty = Obligation.objects.create(
            version=version,
            task=task,
            code=task.code,
            position=place,
            title=f"{area.name}（月报）",
            phrase=text,
            form="series",
            cadence="monthly",
            rule={},
        )
        duty.units.add(unit)
    return version
