"""An invented table of permits, about 170 bytes a row: number, department, category, day, amount, holder, subject, hash."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.rules.tables.schema import Descriptor, Field, Kind, Type
from yangguang.rules.tables.schema import table_schema as schema_of

if TYPE_CHECKING:
    from yangguang.registers.models import Register, Version

FIELDS = (
    Field("permit_no", "许可编号", required=True),
    Field("department", "许可机关", required=True),
    Field("category", "许可类别"),
    Field("decided_on", "许可决定日期", Type.DATE, minimum="2000-01-01"),
    Field("amount", "金额", Type.NUMBER, unit="万元", minimum=0),
    Field("holder", "行政相对人名称"),
    Field("content", "许可内容"),
    Field("hash", "校验值"),
)
NAMES = tuple(field.name for field in FIELDS)
REGISTER = Descriptor("permits", "示例许可", Kind.LIST, FIELDS, primary_key=("permit_no",))
NOW = dt.datetime(2017, 9, 4, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
_LISTS = {
    "department": [
        f"市示例{name}局"
        for name in [
            "环境",
            "市场",
            "规划",
            "住建",
            "交通",
            "卫生",
            "公安",
            "人社",
            "教育",
            "水务",
            "城管",
            "安监",
            "文体",
            "司法",
            "民政",
            "经信",
            "科创",
            "财政",
            "审计",
            "气象",
        ]
    ],
    "category": ["普通", "特许", "认可", "核准", "登记", "其他"],
    "area": ["宝安", "龙岗", "南山", "福田", "罗湖", "盐田", "坪山", "光明", "龙华", "大鹏"],
    "word": ["鹏程", "华强", "前海", "海湾", "梧桐", "莲花", "蛇口", "大亚", "红树", "笔架", "银湖", "香蜜"],
    "trade": ["电子", "贸易", "建设", "餐饮", "物流", "科技", "医疗", "环保", "纺织", "印刷", "食品", "化工"],
    "subject": [
        "排放污染物",
        "占用挖掘道路",
        "建设工程施工",
        "食品经营",
        "危险化学品经营",
        "取水",
        "户外广告设置",
        "烟花爆竹运输",
        "医疗机构执业",
        "道路运输经营",
    ],
}


def write(file: Path, rows: int, salt: str = "") -> None:
    """The first `rows` rows as csv; `salt` moves one percent of them to another department."""
    import duckdb

    def one_of(name: str, seed: str = "") -> str:
        words = ", ".join(f"'{word}'" for word in _LISTS[name])
        return f"list_extract([{words}], 1 + (hash(i, '{name}{seed}') % {len(_LISTS[name])})::INT)"

    moved = f"CASE WHEN hash(i, '{salt}') % 100 = 0 THEN {one_of('department', salt)} ELSE {one_of('department')} END"
    duckdb.execute(
        f"COPY (SELECT printf('XK2017%08d', i) AS permit_no, {moved if salt else one_of('department')} AS department,"
        f" {one_of('category')} AS category, DATE '2010-01-01' + (hash(i, 'day') % 2900)::INT AS decided_on,"
        f" (hash(i, 'sum') % 100000000)::BIGINT / 100.0 AS amount,"
        f" '深圳市' || {one_of('area')} || {one_of('word')} || {one_of('trade')} || hash(i, 'n') % 9000 || '有限公司' AS holder,"
        f" '关于' || {one_of('subject')} || '的许可' AS content, md5(i::VARCHAR) AS hash"
        f" FROM range({rows}) t(i)) TO '{file}' (HEADER)"
    )


def register() -> "Register":
    """The register of permits, in the database that Django is set up on."""
    from yangguang.directory.models import Unit
    from yangguang.registers.actions import registers

    unit = Unit.objects.create(slug="permits-office", name="市示例审批局", position=1)
    told = {
        "name": REGISTER.name,
        "title": REGISTER.title,
        "description": "示例",
        "kind": REGISTER.kind.value,
        "unit": unit.name,
        "obligations": [],
        "publication": REGISTER.title,
        "cadence": "timely",
        "topic": "市场监管",
        "keywords": ["示例"],
        "intake": "replace",
        "source": "本项目拟定",
        "schema": schema_of(REGISTER, public=False),
    }
    return registers.establish(by=None, now=NOW, descriptor=told, is_sample=True)


def publish(register: "Register", file: Path) -> "Version":
    """A file from where it stands to the next public version, as `yangguang register publish` does it."""
    from yangguang.registers.actions import intakes, review

    taken = intakes.receive(by=None, now=NOW, register=register, name=file.name, data=file)
    report = intakes.check(by=None, now=NOW, taken=taken)
    assert report.passed, report.problems[:3]
    return review.publish_unreviewed(now=NOW, taken=taken)
