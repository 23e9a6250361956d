"""How the cells of one sample row hang together. Data: read by `cells` and `figures`."""

from collections.abc import Mapping
from typing import Any

# A figure as a share of another one of its row: (the other, least, most).
SHARES: Mapping[str, tuple[str, float, float]] = {
    "paying": ("insured", 0.82, 0.97),
    "premium_income": ("income", 0.7, 0.9),
    "hospitals_done": ("hospitals_required", 0.4, 1.0),
    "admitted": ("places", 0.8, 1.0),
    "enrolled": ("places", 0.85, 1.0),
    "applicants": ("places", 0.9, 1.8),
    "households_signed": ("households", 0.3, 1.0),
    "units_done": ("task_units", 0.3, 1.0),
    "units_started": ("units_planned", 0.4, 1.0),
    "units_finished": ("units_started", 0.1, 0.7),
    "units_allocated": ("units_finished", 0.2, 1.0),
    "planned_investment": ("total_investment", 0.1, 0.35),
    "investment_month": ("planned_investment", 0.05, 0.11),
    "persons": ("households", 1.6, 2.6),
    "deaths": ("cases", 0.0, 0.002),
    "items_failed": ("items_checked", 0.0, 0.1),
    "floor_price": ("appraised_value", 1.0, 1.15),
    "deal_price": ("appraised_value", 1.0, 1.3),
    "approved_investment": ("amount", 4.0, 10.0),
    "amount": ("budget", 0.7, 1.0),
    "profit": ("revenue", 0.05, 0.16),
    "net_profit": ("profit", 0.74, 0.8),
    "concentration": ("limit", 0.1, 1.03),
    "area_sold": ("units_sold", 70.0, 110.0),
    "area_available": ("units_available", 80.0, 105.0),
    "previous": ("value", 0.9, 1.15),
}
# The sum of the months of the year so far.
CUMULATIVE: Mapping[str, str] = {
    "amount_cumulative": "amount_month",
    "investment_cumulative": "investment_month",
    "retail_cumulative": "retail_month",
    "value_cumulative": "value_month",
}
# One figure as per cent of another.
PERCENT: Mapping[tuple[str, str], tuple[str, str]] = {
    ("major-project-progress", "completion"): ("investment_cumulative", "planned_investment"),
    ("medical-service-progress", "completion"): ("hospitals_done", "hospitals_required"),
}
# Words that are more likely than their neighbours.
WEIGHTS: Mapping[tuple[str, str], Mapping[str, float]] = {
    ("drinking-water-sources", "water_class"): {"Ⅱ": 60, "Ⅲ": 40, "Ⅳ": 1},
    ("drinking-water-sources", "source_type"): {"湖库": 1},
    ("drinking-water-sources", "target_class"): {"Ⅲ": 1},
    ("hearing-catalogue", "status"): {"未开始": 3, "已公告": 1},
    ("random-inspection-results", "result"): {"未发现问题": 20, "发现问题已责令改正": 4, "未按规定公示": 2},
    ("product-spot-checks", "result"): {"合格": 9, "不合格": 1},
    ("safety-blacklist", "state"): {"在册": 3, "已移出": 1},
    ("safety-enforcement", "handling"): {"无问题": 5, "责令限期整改": 4, "现场处理措施": 1, "立案处罚": 1},
    ("food-drug-inspections", "conclusion"): {"符合": 6, "基本符合": 3, "不符合": 1},
    ("administrative-penalties", "CF_CFLB"): {"警告": 2, "罚款": 7, "没收违法所得、没收非法财物": 1},
    ("accident-reports", "level"): {"较大": 1},
    ("administrative-permits", "XK_XKLB"): {"普通": 4, "核准": 1},
    ("administrative-permits", "XK_ZT"): {"有效": 1},
    ("administrative-permits", "XK_XDR_TYPE"): {"法人及非法人组织": 1},
    ("administrative-penalties", "CF_XDR_TYPE"): {"法人及非法人组织": 1},
    ("production-licences", "status"): {"有效": 9, "注销": 1},
    ("powers-and-duties", "adjustment"): {"保留": 12, "新增": 2, "取消": 2, "变更": 3},
    ("medical-service-progress", "state"): {"推进中": 3, "已完成": 1},
    ("major-project-progress", "stage"): {"在建": 6, "前期": 1, "投产": 1},
}
# What follows from a word: other cells of the row. None empties the cell.
FOLLOWS: Mapping[str, tuple[str, Mapping[str, Mapping[str, Any]]]] = {
    "drinking-water-sources": (
        "water_class",
        {
            "Ⅱ": {"compliance": "达标", "exceedance_count": 0, "exceeded_items": None},
            "Ⅲ": {"compliance": "达标", "exceedance_count": 0, "exceeded_items": None},
            "Ⅳ": {"compliance": "不达标", "exceedance_count": 1, "exceeded_items": "总磷（0.2）"},
        },
    ),
    "random-inspection-results": (
        "result",
        {
            "未发现问题": {"handling": "无须处理"},
            "发现问题已责令改正": {"handling": "责令改正"},
            "未按规定公示": {"handling": "列入经营异常名录"},
        },
    ),
    "product-spot-checks": (
        "result",
        {"合格": {"failed_items": None, "handling": None}, "不合格": {"handling": "责令停止销售（示例）"}},
    ),
    "safety-blacklist": (
        "state",
        {"在册": {"exited_on": None, "exit_reason": None}, "已移出": {"exit_reason": "整改合格"}},
    ),
    "safety-enforcement": (
        "handling",
        {
            "无问题": {"problems_found": 0, "problems": None, "rectified_on": None},
            "立案处罚": {"rectified_on": None},
        },
    ),
    "food-drug-inspections": (
        "conclusion",
        {
            "符合": {"items_failed": 0, "handling": "无须处理"},
            "基本符合": {"items_failed": 1, "handling": "限期整改"},
            "不符合": {"items_failed": 3, "handling": "立案查处"},
        },
    ),
    "administrative-penalties": (
        "CF_CFLB",
        {
            "警告": {"CF_NR": "警告（示例）", "CF_NR_FK": None, "CF_NR_WFFF": None, "CF_NR_ZKDX": None},
            "罚款": {"CF_NR": "罚款（示例）", "CF_NR_WFFF": None, "CF_NR_ZKDX": None},
            "没收违法所得、没收非法财物": {"CF_NR": "没收（示例）", "CF_NR_FK": None, "CF_NR_ZKDX": None},
        },
    ),
    "major-hazards": ("state", {"整改中": {"closed_on": None}, "已整改待验收": {"closed_on": None}}),
    "pollution-events": ("progress", {"处置中": {"ended_on": None}, "已控制": {"ended_on": None}}),
    "state-property-results": ("result", {"终结": {"deal_price": None, "transaction_method": None}}),
    "major-project-progress": (
        "stage",
        {"前期": {"started_on": None, "operating_on": None}, "在建": {"operating_on": None}},
    ),
    "housing-sales": ("market", {"二手房": {"units_available": None, "area_available": None}}),
}
# Days after the date before it, (least, most): a term that runs, which later dates do not wait for.
TERMS: Mapping[str, tuple[int, int]] = {
    "announced_until": (7, 7),
    "disclosed_until": (20, 40),
    "promised_on": (20, 20),
    "due_on": (60, 180),
    "planned_exit_on": (365, 365),
    "planned_finish_on": (200, 900),
    "barred_until": (365, 1095),
    "valid_until": (1095, 1825),
    "expires_on": (365, 1825),
    "XK_YXQZI": (1095, 1095),
    "CF_YXQ": (365, 365),
    "CF_GSJZQ": (365, 365),
}
# Dates before the period: so many days before it opens, (least, most). Of one register where it is named.
AGO: Mapping[str, tuple[int, int]] = {
    "issued_on": (700, 3_000),
    "effective_on": (30, 700),
    "started_on": (100, 700),
    "operating_on": (10, 50),
    "listed_on": (30, 300),
    "safety-blacklist.entered_on": (120, 300),
}
