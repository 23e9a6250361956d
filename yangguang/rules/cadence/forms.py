"""What kind of thing a task makes public.

The text is cut into clauses. In each clause the words of a form score by how surely they name it
(清单 is a list whatever stands around it; 情况 says little). A clause counts fully when it has a verb
of publishing, half when it only goes on with the clause before it, and little otherwise; the first
publishing clause and the clause that states how often weigh more, since they say what the task is
mainly about. A form scores by its best clause and a quarter of its others; the highest score wins. A
task in which nothing is published is internal.
"""

import re

from yangguang.rules.cadence.cadences import read_mentions
from yangguang.rules.cadence.folded import MASKED, Folded, fold

FORMS = (
    "document",
    "list",
    "series",
    "cases",
    "project",
    "dataset",
    "consultation",
    "meeting",
    "internal",
)

# Words of a form with their weight: 6 names the form alone, 4 nearly so, 2 leans to it, 1 hints.
_WORDS: tuple[tuple[str, float, str], ...] = (
    ("dataset", 7, r"数据集|开放[^,。]{0,10}数据资源|(?:政府|公共)数据(?:资源)?(?:开放|共享开放)"),
    ("dataset", 5, r"数据开放|开放[^,。]{0,12}数据"),
    (
        "consultation",
        6,
        r"民意征集|民意调查|网上调查|问卷调查|意见征集|网络问政|征集[^,。]{0,8}(?:意见|建议)",
    ),
    ("consultation", 6, r"(?:听取|征求|征询)[^,。]{0,12}(?:意见|建议)|公开征求|听证会|座谈听取"),
    ("consultation", 4, r"(?:在线|网上|网络)访谈|政[企民]通|政民互动|公众参与"),
    # A press conference is as often the channel as the thing: what it tells about outweighs it.
    ("meeting", 2.8, r"(?:新闻|媒体)?发布会"),
    ("meeting", 7, r"(?:吹风|通气)会"),
    (
        "meeting",
        7,
        r"会议[^,。]{0,6}(?:公开|直播)|(?:邀请|列席)[^,。]{0,16}(?:会议|列席)|旁听|开放日|(?:常务|全体|办公)会议",
    ),
    ("list", 12, r"集中(?:展示|公布|公开)[^,。]{0,24}清单"),
    ("list", 7, r"清单|名单|名录|一览表"),
    ("list", 5, r"(?<!主动公开)(?<!项目)(?<!数据)(?<!信息公开)目录(?!管理|清单|调整政策|制度)|目录清单|台账"),
    (
        "list",
        4,
        r"新主体|(?:取消|下放|调整|保留)[^,。]{0,8}事项|隐患(?!排查治理制度)|证明事项|资质(?:企业|单位)",
    ),
    ("list", 4, r"收费项目"),
    (
        "series",
        6,
        r"统计(?:数据|信息|公报|月报)|指标(?!体系)|收支情况|监测(?:信息|数据|结果|情况)|运行情况|(?:交易|价格|销售|价格变动)[^,。]{0,4}数据",
    ),
    (
        "series",
        5,
        r"缴费情况|基金运行|环境质量|空气质量|水质|传染病|疫情|发病|盈利|经济运行|债务(?:限额|余额)|价格(?!政策|机制|改革)",
    ),
    ("series", 3, r"数据|统计(?!舆情)"),
    ("cases", 8, r"(?:违法|违规|失信)[^,。]{0,8}(?:名录|名单)|黑名单"),
    ("cases", 7, r"结果公示|产权交易(?!机构)|资金分配|(?:负责人|领导人员)[^,。]{0,6}(?:变动|任免)|薪酬"),
    ("cases", 6, r"结果查询|(?:评审|评选|认定)结果|获证|持证|排污单位|社会救助|救助(?:对象|资金)"),
    (
        "cases",
        6,
        r"行政处罚|处罚(?:信息|决定|结果)|(?:抽查|检查|抽检|检验|处理|查处|执法|督查|整治)[^,。、]{0,4}结果|处理(?:情况|决定)|违[规法]违[纪规]",
    ),
    (
        "cases",
        6,
        r"执法信息|抽检信息|处置情况|(?:事故|事件)[^,。]{0,4}调查|案例|案件|典型问题|曝光|裁判|仲裁|行政许可(?:信息|决定|相关信息|结果|等信息)",
    ),
    (
        "cases",
        5,
        r"许可(?!证)[^,。]{0,10}(?:公开|信息)|审批结果|(?:失信|违法)(?:信息|行为|违规)|投诉举报|复议|监督检查",
    ),
    (
        "project",
        6,
        r"建设进度|工程进度|进展情况|项目[^,。]{0,10}(?:进度|进展|信息|公示|实施|披露)|(?<!公)开工|竣工|立项|验收|重大项目",
    ),
    (
        "project",
        5,
        r"(?<!政策措施)(?<!政策)(?:计划|任务|工程|目标)[^,。]{0,8}(?:落实|实施|完成|执行)情况|完成情况|专项工程|建设项目|工程",
    ),
    ("project", 7, r"推介项目|(?:PPP|社会资本合作)[^,。]{0,12}项目"),
    ("project", 4, r"项目(?!目录|清单)|进展(?!及成效)|落实情况|招投标|征地|拆迁|土地征收|保障性安居"),
    ("document", 5, r"解读|政策(?:文件|措施|信息)|规范性文件|规划|全文"),
    ("document", 4, r"政策|措施|宣传|宣讲|办法|指南|报告|方案|细则|规定|标准|公报|文件|" + MASKED + "{3,}"),
    ("document", 3, r"回应|报道|发声|引导|程序|制度|意见|流程|规范|责任|招生|财务|改革|预案|预算|决算|知识"),
    ("document", 2.4, r"情况|信息(?!化|共享|中介)|工作|经验"),
    (
        "internal",
        4,
        r"机制|体系|培训|考核|考评|绩效|试点|集约化|系统|对接|共享|整合|督促|责任人|机构|人员|队伍|经费",
    ),
    (
        "internal",
        3,
        r"配合|办理|完善|升级|强化|加强[^,。]{0,6}(?:建设|管理|审查|监督)|审查|监督|平台(?!公开|公布|发布|集中)|栏目|提升|推进|落实",
    ),
)
_COMPILED = tuple((form, weight, re.compile(pattern)) for form, weight, pattern in _WORDS)

_PUBLISH = re.compile(
    r"公开|公布|公示|公告|发布|披露|解读|宣传|宣讲|推送|通报|展示|回应|报道|发声|征求|征集|听取|访谈|调查制度|上网|录入"
    r"|开放|标注|解释说明|曝光|直播|吹风|邀请|列席|数字化|晒出|亮出"
)
# Names of work that contain a verb of publishing without publishing anything.
_NO_ACT = re.compile(
    r"政务公开|依申请公开|政府信息公开(?=工作|制度|条例|业务)|主动公开目录|(?:公开|解读|回应|发布)(?:栏目|专栏)"
    r"|(?:公开|发布|公示)[^,。;]{0,14}机制|将[^,。;]{1,40}纳入|公开(?:工作)?(?:培训|考核|考评|责任|范围|方式|队伍)"
    r"|回应(?:内容|效果|能力)|[“\"][^”\"]{0,2}公开[”\"]|双随机[、,]?一公开|公开透明|数据开放平台|开放平台|扩大开放"
    r"|(?:公开|公布|发布|公示)的|指导[^,。]{0,6}做好信息公开|推动[^,。]{0,8}(?:平台|企业|机构)[^,。]{0,14}信息公开|接受[^,。]{0,4}监督"
)
_BREAK = re.compile(r"[。;,:!?]")
_BRACKET = re.compile(r"\([^()]*\)")
_REGULAR = ("daily", "monthly", "quarterly", "half_yearly", "yearly", "periodic")


def read_form(text: Folded) -> str:
    """The form, one of `FORMS`, of the main thing that the text makes public."""
    scores: dict[str, list[float]] = {form: [0.0] for form in FORMS}
    publishing_before = False
    published = False
    for clause in _clauses(text.text):
        acts = bool(_PUBLISH.search(_NO_ACT.sub(MASKED, clause)))
        weight = _clause_weight(clause, acts, publishing_before, first=not published)
        for form, score in _clause_scores(clause).items():
            if form != "internal" or not acts:
                scores[form].append(score * (1.0 if form == "internal" else weight))
        publishing_before = acts
        published = published or acts
    totals = {form: _strongest_first(found, 0.25) for form, found in scores.items()}
    if not published and max(totals["consultation"], totals["meeting"]) < 1:
        return "internal"
    totals["internal"] *= 0.35 if published else 1.0
    return max(FORMS, key=lambda form: totals[form])


def publishes(text: str) -> bool:
    """Whether the text has a verb of publishing that is not only part of a name (政务公开, 公开机制)."""
    return bool(_PUBLISH.search(_NO_ACT.sub(MASKED, fold(text).text)))


def _clauses(text: str) -> list[str]:
    return [clause for clause in _BREAK.split(_BRACKET.sub("", text)) if clause]


def _clause_weight(clause: str, acts: bool, publishing_before: bool, *, first: bool) -> float:
    if not acts:
        return 0.4 if publishing_before else 0.15
    weight = 1.4 if first else 0.8
    regular = any(mention.cadence in _REGULAR for mention in read_mentions(_plain(clause)))
    return weight * (1.8 if regular else 1.0)


def _plain(clause: str) -> Folded:
    return Folded(clause, tuple(range(len(clause))), clause)


def _clause_scores(clause: str) -> dict[str, float]:
    """For each form its strongest word in the clause, and a fifth of every further one."""
    scores: dict[str, list[float]] = {}
    for form, weight, pattern in _COMPILED:
        scores.setdefault(form, []).extend(weight for _ in pattern.findall(clause))
    return {form: _strongest_first(found, 0.2) for form, found in scores.items() if found}


def _strongest_first(found: list[float], others: float) -> float:
    """The strongest counts in full and the others in part: saying it again is not saying more."""
    return max(found) + others * (sum(found) - max(found))
