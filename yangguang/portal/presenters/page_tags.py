"""The <meta> tags that every page of a government site carries (政府网站发展指引, 国办发〔2017〕47号, annex).

Site tags stand on every page, column tags on pages of a column, article tags on pages of one item. Names
were seen on live sites, or are as remembered where `docs/features/sites-and-columns.md` says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.templatetags.static import static
from django.utils import timezone

from yangguang.portal import addresses
from yangguang.publishing.models import Edition
from yangguang.sites.models import Column, Site

Tag = tuple[str, str]
DESCRIPTION = 120


@dataclass(frozen=True)
class Place:
    """What the column tags say of a page that is no configured column."""

    name: str
    description: str
    keywords: str
    kind: str


PLAN = Place(
    "分工方案", "政务公开分工方案：每一项任务由谁公开、何时公开、是否按时。", "分工方案,政务公开", "专题专栏"
)
UNITS = Place("单位", "各单位应公开、已公开的情况和得分。", "单位,考核", "机构职能")
DOCUMENTS = Place(
    "文件", "各单位公开的文件、数据和解读，可按单位、形式查找。", "文件,政策,数据", "政府信息公开"
)
JOURNAL = Place(
    "公开日志", "每一次发布、修改、撤回都有一行，任何人都能核对。", "公开日志,核验", "政府信息公开"
)
SITES = Place("站点与栏目", "各单位、各区的网站和栏目。", "网站,栏目", "概况信息")
DATA = Place(
    "数据",
    "各单位的清单、统计数据、案件和项目，可查、可下载、可用程序读取。",
    "开放数据,清单,数据集",
    "政府信息公开",
)
FEEDS = Place("订阅", "用 Atom 或邮件订阅栏目、单位、主题和搜索。", "订阅,Atom,邮件", "办事服务")

PLACES: dict[str, Place] = {
    "home": Place("首页", "今天公开了什么，应公开的是否按时。", "政务公开,首页", "概况信息"),
    "about": Place("怎样判定", "结论怎样算出，怎样自己核对。", "判定,核验", "概况信息"),
    "plan": PLAN,
    "task": PLAN,
    "plan-version": PLAN,
    "obligation": PLAN,
    "due": Place("本月到期", "这个月应公开的事项和期限。", "期限,到期", "工作动态"),
    "units": UNITS,
    "unit": UNITS,
    "search": Place("搜索", "在全部公开内容中查找。", "搜索", "办事服务"),
    "journal": JOURNAL,
    "sites": SITES,
    "site": SITES,
    "correct": Place("我为政府网站找错", "报告页面上的差错，凭编号查办理结果。", "找错,纠错", "办事服务"),
    "correction": Place("我为政府网站找错", "报告页面上的差错，凭编号查办理结果。", "找错,纠错", "办事服务"),
    **dict.fromkeys(
        ("data", "data-terms", "dataset", "version", "version-diff", "enterprises", "enterprise"), DATA
    ),
    "progress": Place("办理进度", "凭受理编号查行政许可办到哪一步。", "办理进度,阳光许可", "办事服务"),
    "feeds": FEEDS,
    "subscribe": FEEDS,
    "subscription": FEEDS,
    "leave": FEEDS,
}


def tags(context: Mapping[str, Any], path: str, view: str) -> Iterator[Tag]:
    """Every tag of a page, from what its view put into the context (`site`, `column`, `edition`, `title_tag`)."""
    site: Site = context["site"]
    yield "SiteName", site.name
    yield "SiteDomain", addresses.domain(site)
    yield "SiteIDCode", site.site_code
    column: Column | None = context.get("column_shown")
    edition: Edition | None = context.get("edition")
    yield from _column(column) if column else _place(PLACES.get(view, DOCUMENTS), bool(edition))
    if edition is not None:
        yield from _article(edition)
    else:
        yield "Url", addresses.whole(path)


def _column(column: Column) -> Iterator[Tag]:
    yield "ColumnName", column.name
    yield "ColumnDescription", column.description
    yield "ColumnKeywords", ",".join(column.words) or column.name
    yield "ColumnType", column.kind
    yield "Keywords", ",".join(column.words) or column.name


def _place(place: Place, is_article: bool) -> Iterator[Tag]:
    yield "ColumnName", place.name
    yield "ColumnDescription", place.description
    yield "ColumnKeywords", place.keywords
    yield "ColumnType", place.kind
    if not is_article:
        yield "Keywords", place.keywords


def _article(edition: Edition) -> Iterator[Tag]:
    yield "ArticleTitle", edition.title
    yield "PubDate", timezone.localtime(edition.online_at).strftime("%Y-%m-%d %H:%M")
    yield "ContentSource", "、".join(edition.issuers) or edition.unit.name
    yield "Keywords", ",".join([*edition.keywords, *filter(None, [edition.topic])]) or edition.title
    yield "Author", edition.unit.name
    yield "Image", addresses.whole(static("portal/sun.svg"))
    yield "Url", addresses.whole(edition.document.get_absolute_url())
