"""The side menu: only what is used."""

from wagtail.admin.menu import MenuItem

from yangguang.directory.permissions import Verb, allows
from yangguang.office.access import DeskRequest
from yangguang.sites.queries.sites import kept_by


class ForVerb(MenuItem):
    """An entry for those whose role allows a verb."""

    def __init__(self, label: str, url: str, *, verb: Verb, icon: str, order: int) -> None:
        super().__init__(label, url, icon_name=icon, order=order)
        self.verb = verb

    def is_shown(self, request: DeskRequest) -> bool:
        return allows(request.user.role, self.verb)


class ForSiteEditors(MenuItem):
    """An entry for those who edit a site."""

    def is_shown(self, request: DeskRequest) -> bool:
        return kept_by(request.user).exists()


ITEMS: list[MenuItem] = [
    ForVerb("首页", "/office/", verb=Verb.ENTER_DESK, icon="home", order=100),
    ForVerb("文件", "/office/files/", verb=Verb.ENTER_DESK, icon="doc-full", order=200),
    ForVerb("清单数据", "/office/registers/", verb=Verb.ENTER_DESK, icon="table", order=210),
    ForVerb("数据审核", "/office/intakes/", verb=Verb.ENTER_DESK, icon="clipboard-list", order=220),
    ForVerb("清理结果", "/office/cleanups/", verb=Verb.PUBLISH, icon="tag", order=250),
    ForVerb("开放计划", "/office/release/", verb=Verb.PUBLISH, icon="calendar", order=260),
    ForVerb("数据反馈", "/office/feedback/", verb=Verb.PUBLISH, icon="comment", order=270),
    ForVerb("公开事由", "/office/occasions/", verb=Verb.RECORD_OCCASION, icon="date", order=300),
    ForVerb("分工方案", "/office/plans/", verb=Verb.ADOPT_PLAN, icon="table", order=400),
    ForVerb("公报", "/office/gazette/", verb=Verb.EDIT_GAZETTE, icon="doc-full-inverse", order=450),
    ForVerb("单位", "/office/units/", verb=Verb.KEEP_DIRECTORY, icon="group", order=500),
    ForVerb("人员", "/office/people/", verb=Verb.KEEP_DIRECTORY, icon="user", order=600),
    ForSiteEditors("栏目", "/office/columns/", icon_name="list-ul", order=700),
    ForSiteEditors("推送", "/office/posts/", icon_name="mail", order=710),
    ForSiteEditors("找错留言", "/office/corrections/", icon_name="comment", order=720),
    ForVerb("站点", "/office/sites/", verb=Verb.KEEP_SITES, icon="site", order=730),
    ForVerb("查看门户", "/", verb=Verb.ENTER_DESK, icon="site", order=900),
]
