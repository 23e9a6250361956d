"""What the figures of the sample are about: the fixed cells of each row of a table of figures.

A row for each entry, times every word of the other enumerated columns of the key.
"""

from collections.abc import Mapping, Sequence

_Rows = Sequence[Mapping[str, object]]


def _each(column: str, words: str) -> _Rows:
    return [{column: word} for word in words.split()]


def _pairs(columns: str, words: str) -> _Rows:
    """Entries apart by blanks, their cells by slashes."""
    names = columns.split("/")
    return [dict(zip(names, entry.split("/"), strict=True)) for entry in words.split()]


TOTAL = "合计"
DIMENSIONS: Mapping[str, _Rows] = {
    "fiscal-budget": _pairs(
        "direction/subject",
        "收入/合计 收入/增值税 收入/企业所得税 收入/个人所得税 收入/契税 收入/非税收入 支出/合计 支出/一般公共服务"
        " 支出/公共安全 支出/教育 支出/科学技术 支出/社会保障和就业 支出/医疗卫生与计划生育 支出/节能环保"
        " 支出/城乡社区 支出/交通运输",
    ),
    "statistics-releases": _each(
        "indicator_group", "规模以上工业 固定资产投资 社会消费品零售 居民消费价格 进出口"
    ),
    "economic-indicators": _pairs(
        "indicator/measure_unit",
        "规模以上工业增加值/亿元 固定资产投资额/亿元 社会消费品零售总额/亿元 进出口总额/亿元 一般公共预算收入/亿元"
        " 金融机构本外币存款余额/亿元 全社会用电量/亿千瓦时 港口集装箱吞吐量/万标箱",
    ),
    "state-enterprise-indicators": _each("industry", "合计 公用事业 交通运输 房地产 金融 商贸物流 高新技术"),
    "consumer-market": _each("category", "合计 粮油食品 服装鞋帽 家用电器 通讯器材 汽车 石油及制品 餐饮"),
    "environment-quality": _pairs(
        "element/indicator/measure_unit/standard",
        "环境空气/细颗粒物（PM2.5）/微克每立方米/年均35 环境空气/可吸入颗粒物（PM10）/微克每立方米/年均70"
        " 环境空气/二氧化氮/微克每立方米/年均40 环境空气/臭氧/微克每立方米/八小时160 环境空气/优良天数比例/%/无"
        " 地表水/主要河流氨氮/毫克每升/2.0 地表水/主要河流总磷/毫克每升/0.4 近岸海域/优良水质比例/%/无"
        " 声环境/区域环境噪声/分贝/60",
    ),
    "drinking-water-sources": _each(
        "source_name", " ".join(f"示例水源{number}号" for number in "一二三四五六七八九十甲")
    ),
    "polluter-emissions": [
        {"outlet": "废水总排口", "pollutant": pollutant, "limit": limit, "standard": "示例标准一级"}
        for pollutant, limit in (("化学需氧量", 50), ("氨氮", 5), ("总磷", 1))
    ],
    "school-points-standards": [
        {"category": category, "item": item, "points": points, "cap": cap, "rule": rule}
        for category, item, points, cap, rule in (
            ("第一类", "学区内自有住房、深户", 100, 100, "基础分"),
            ("第二类", "学区内自有住房、非深户", 80, 80, "基础分"),
            ("第三类", "学区内租房、深户", 70, 70, "基础分"),
            ("第一类", "入户时间", 0.1, 12, "每满一个月加分"),
            ("第二类", "居住时间", 0.1, 12, "每满一个月加分"),
            ("第三类", "社会保险年限", 0.1, 12, "每满一个月加分"),
        )
    ],
    "medical-prices": _pairs(
        "item_code/item_name/item_kind/pricing_unit",
        "SL110200001/普通门诊诊查费/医疗服务/次 SL110900001/普通病房床位费/医疗服务/日 SL120100002/静脉输液/医疗服务/组"
        " SL310300001/超声检查/医疗服务/部位 SLH0001/一次性注射器/医药耗材/支 SLW0001/陪护床/常用物品/日",
    ),
    "infectious-diseases": [
        {"disease_class": "甲类", "disease": "霍乱", "cases": 0, "incidence": 0, "growth": 0},
        *_pairs(
            "disease_class/disease",
            "乙类/病毒性肝炎 乙类/肺结核 乙类/登革热 乙类/梅毒 乙类/猩红热 丙类/手足口病 丙类/流行性感冒"
            " 丙类/其他感染性腹泻病 丙类/流行性腮腺炎",
        ),
        {"disease_class": "突发公共卫生事件", "disease": "学校聚集性疫情", "cases": 2, "incidence": 0},
    ],
    "medical-service-progress": _pairs(
        "measure_no/measure_name",
        "SL-YL-0001/预约诊疗 SL-YL-0002/优化诊区布局 SL-YL-0003/自助服务 SL-YL-0004/急诊绿色通道 SL-YL-0005/优质护理"
        " SL-YL-0006/患者满意度调查",
    ),
}
