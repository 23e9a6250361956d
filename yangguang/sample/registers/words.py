"""Words for the text cells of sample rows, by column (of one register where it is named); where none are given a cell says 示例 and its title."""

from collections.abc import Mapping

_DEPARTMENTS = tuple(f"示例部门{letter}" for letter in "甲乙丙丁戊己")
_LAWS = tuple(f"《示例条例》第{number}条" for number in "三五八十")
_SCHOOLS = tuple(f"示例第{number}学校" for number in "一二三四五六七八九十")
_PROJECTS = (
    "示例轨道交通工程",
    "示例污水处理厂扩建工程",
    "示例学校新建工程",
    "示例医院改扩建工程",
    "示例产业园二期",
    "示例道路改造工程",
    "示例研发总部大厦",
    "示例公园建设工程",
    "示例数据中心",
    "示例保障性住房项目",
    "示例集成电路生产线",
    "示例河道综合整治工程",
)
_ITEMS = (
    "示例经营许可",
    "示例资质核准",
    "示例登记备案",
    "示例产品认证",
    "示例场所检查",
    "示例安全评价",
    "示例环境影响评价",
    "示例检验检测",
    "示例人员资格确认",
    "示例用地审核",
)
BY_NAME: Mapping[str, tuple[str, ...]] = {
    "project_name": _PROJECTS,
    "item_name": _ITEMS,
    "service_name": tuple(f"{item}报告编制" for item in _ITEMS),
    "approval_item": _ITEMS,
    "power_item": _ITEMS,
    "department": _DEPARTMENTS,
    "approval_department": _DEPARTMENTS,
    "city_department": _DEPARTMENTS,
    "authority": _DEPARTMENTS,
    "responsible_unit": tuple(f"示例责任单位{letter}" for letter in "甲乙丙丁"),
    "basis": _LAWS,
    "CF_YJ": _LAWS,
    "charge_standard": ("每件 50 元（示例）", "每平方米 2 元（示例）", "每次 120 元（示例）"),
    "school_name": _SCHOOLS,
    "first_choice": _SCHOOLS,
    "batch": ("2017年第一批", "2017年第二批", "2017年第三批"),
    "product_name": tuple(f"示例产品{letter}" for letter in "甲乙丙丁戊己庚辛"),
    "failed_items": ("示例指标：防护", "示例指标：甲醛含量", "示例指标：标识"),
    "brand": ("示例牌", "样本牌", "无"),
    "laboratory": ("示例检验机构甲", "示例检验机构乙"),
    "produced_on": ("2017-03-12", "20170406批", "2017年5月"),
    "post": ("董事长", "总经理", "副总经理", "财务总监"),
    "leader_name": tuple(f"示例负责人{number:03d}" for number in range(1, 21)),
    "term": ("2016年1月至12月", "2016年6月至12月"),
    "hotline": ("0755-00000000（示例）",),
    "contact_phone": ("0755-00000000（示例）",),
    "dishonest_conduct": ("未按要求整改事故隐患（示例）", "未如实记录安全培训（示例）"),
    "violation": ("示例：虚假宣传", "示例：违规收费", "示例：申报材料不实"),
    "major-project-progress.problems": ("无", "无", "用地移交较慢（示例）"),
    "hearing-catalogue.undertaker": _DEPARTMENTS,
    "problems": ("安全出口标识不清（示例）", "培训记录不全（示例）", "电气线路不规范（示例）"),
    "CF_WFXW": ("违反广告管理规定（示例）", "违反计量管理规定（示例）", "违反产品质量规定（示例）"),
    "CF_SY": ("经检查发现的示例事实一", "经检查发现的示例事实二"),
    "XK_XKWS": ("准予行政许可决定书",),
    "XK_XKZS": ("危险化学品经营许可证（示例）", "安全生产许可证（示例）"),
    "XK_NR": ("准予从事示例范围内的经营活动",),
    "outlet": ("废水总排口", "雨水排口"),
    "standard": ("示例标准一级", "示例标准二级"),
    "monitoring_station": ("示例监测站",),
    "supervisor": ("示例督办单位",),
    "industry": ("电子设备制造", "金属表面处理", "污水处理", "医药制造"),
    "items": ("预包装食品销售", "热食类食品制售", "冷食类食品制售", "散装食品销售"),
    "recipient_county": ("示例县一", "示例县二", "示例县三"),
    "town": ("示例镇一", "示例镇二"),
    "village": tuple(f"示例村{number:02d}" for number in range(1, 31)),
    "city": ("示例市甲", "示例市乙"),
    "county": ("示例县一", "示例县二"),
    "data_period": ("2017年累计",),
    "survey": ("示例统计报表制度",),
    "main_pollutants": ("化学需氧量、氨氮", "总铬、总镍", "二氧化硫、氮氧化物"),
    "river_chief": ("示例区级河长", "示例街道河长"),
    "area": tuple(f"示例路以东、示例大道以南（片区{number:02d}）" for number in range(1, 21)),
}
# Columns that hold the publishing unit itself.
UNIT_ITSELF = frozenset(
    ("XK_XKJG", "CF_CFJG", "XK_LYDW", "CF_SJLY", "agency", "subject", "issuer", "decided_by")
)
AGENCY_CODES = frozenset(("XK_XKJGDM", "CF_CFJGDM", "XK_LYDWDM", "CF_SJLYDM"))
# Columns that hold the name of the row's enterprise, and of its head.
ENTERPRISE_NAMES = frozenset(
    (
        "enterprise_name",
        "XK_XDR_MC",
        "CF_XDR_MC",
        "target_enterprise",
        "undertaker",
        "producer",
        "applicant",
        "private_partner",
        "responsible_enterprise",
        "builder",
    )
)
HEADS = frozenset(("XK_FDDB", "CF_FDDB", "legal_representative"))
