"""What is owed leads to the upload of its data, with the period filled in."""

from tests.factories import make_draft, make_obligation, make_plan, make_task, make_unit
from tests.office.conftest import desk_of
from yangguang.directory.models import Person
from yangguang.registers.models import Register


def test_a_duty_that_a_register_serves_leads_to_its_upload(water: Register, editor: Person) -> None:
    task = make_task("13.2", "1.每月公开水质。", "市人居环境委", cadence="monthly", form="series")
    drafted = make_draft()
    make_plan(
        areas=(*drafted.areas, type(drafted.areas[0])(13, "环境", (task,))),
        obligations=(
            *drafted.obligations,
            make_obligation("13.2a", "水源水质", cadence="monthly", form="series", words=[["水源", "水质"]]),
        ),
    )
    home = desk_of(editor).get("/office/")
    items = [item for bucket in home.context["buckets"] for day in bucket.days for item in day.items]
    assert items
    assert {item.publish_url.split("=")[0] for item in items} == {
        f"/office/registers/{water.slug}/upload/?period"
    }
    assert all(item.standing.key in item.publish_url for item in items)
    (line,) = desk_of(editor).get("/office/registers/").context["lines"]
    assert line.next.url == items[0].publish_url
    page = desk_of(editor).get(line.next.url)
    assert page.context["form"].initial["period"] == items[0].standing.key
    other = make_unit("市财政委")
    assert other.registers.count() == 0
