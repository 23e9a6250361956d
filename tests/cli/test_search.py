import datetime as dt

import pytest

from tests.factories import publish
from yangguang.cli.main import main
from yangguang.search.index import place
from yangguang.search.queries import search


@pytest.mark.django_db
def test_search_rebuild_makes_a_new_index_and_says_how_many_entries_it_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    publish("水源水质状况", on="2017-09-05")
    publish("空气质量状况", on="2017-09-06")
    search("状况", as_of=dt.date(2017, 11, 30))
    before = place.current()
    assert main(["search", "rebuild"]) == 0
    assert "全文索引已建立：2 条" in capsys.readouterr().out
    assert place.current() != before
    assert search("状况", as_of=dt.date(2017, 11, 30)).documents.total == 2
