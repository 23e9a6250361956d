"""Where a task says that something is to be made public: canonical short names, in printed order."""

import re

from yangguang.rules.cadence.folded import Folded

# A site is no channel where the task is about running the site itself.
_NOT_RUN = r"(?!集约|建设|管理|日常|监督|留言|绩效|普查|抽查|考评|考核|运维|安全|栏目建设|检查|监测)"

# The longer name comes first: 市政府门户网站 before 门户网站 before 网站.
_CHANNELS: tuple[tuple[str, str], ...] = (
    ("市政府门户网站", r"市人?民?政府门户网站"),
    ("省政府门户网站", r"省人?民?政府门户网站"),
    ("政府门户网站", r"政府门户网站"),
    ("政府网站", r"(?:政府|政务)网站"),
    ("门户网站", r"(?:门户|官方)网站|官网"),
    ("部门网站", r"(?:部门|本单位|单位|委|局)网站"),
    ("教育网站", r"教育网站"),
    ("网上办事大厅", r"网上办事大厅"),
    ("政务服务网", r"政务服务网|一体化(?:在线|网上)政务服务平台"),
    ("政务服务大厅", r"(?:政务服务|行政服务|办事|办税服务)(?:大厅|中心|厅)|办事窗口|服务窗口"),
    ("数据开放平台", r"数据(?:统一)?开放(?:平台|网站)"),
    ("企业信用信息公示系统", r"企业信用信息公示(?:系统|平台)"),
    ("信用平台", r"信用(?:信息)?(?:共享)?(?:平台|网站)|信用中国|“信用[^”]{1,4}”"),
    ("PPP综合信息平台", r"PPP综合信息平台"),
    ("公共资源交易平台", r"公共资源交易(?:平台|网站|中心)"),
    ("统一公开平台", r"(?:信息公开|公开)(?:统一)?平台"),
    ("微博", r"微博"),
    ("微信公众号", r"微信公(?:众|共)?(?:号|平台|账号)|公众(?:号|平台|账号)|“[^”]{1,10}”微信公?众?平?台?"),
    ("微信", r"微信"),
    ("移动客户端", r"客户端|APP|app|小程序"),
    ("新媒体", r"新媒体"),
    ("新闻发布会", r"新闻(?:发布|通气|吹风)会|(?:政策)?吹风会|媒体通气会"),
    ("政府公报", r"政府公报(?!同步|数字化|室|管理)"),
    ("在线访谈", r"(?:在线|网上|网络)访谈"),
    ("新闻媒体", r"(?:主流|主要|各类|传统|公共)?(?:新闻)?媒体(?!账号|平台建设|关注|关切|和市民)"),
    ("报刊", r"报刊|报纸|日报"),
    ("广播电视", r"广播电视|电视台|广播电台|电台|电视(?!电话)|广播"),
    ("村务公开栏", r"[村居政校院厂]务公开栏"),
    ("公示栏", r"(?:公示|公告|公开|宣传)栏|电子显示屏|电子屏|电子信息屏"),
    ("宣讲会", r"宣讲会|宣讲"),
    ("村民大会", r"村民(?:代表)?大会|(?:居|村)民会议"),
    ("听证会", r"听证会|论证会"),
    ("热线", r"12345|热线"),
    ("图书馆档案馆", r"图书馆|档案馆|(?:信息)?(?:公开)?查阅(?:点|场所|室)"),
    ("专栏", r"专栏|专题(?!会|研究|培训|部署|调研|学习|讲座)"),
    ("网站", r"网站"),
)
_COMPILED = tuple(
    (name, re.compile(rf"(?:{pattern}){_NOT_RUN if name.endswith('网站') else ''}"))
    for name, pattern in _CHANNELS
)


def read_channels(text: Folded) -> tuple[str, ...]:
    """The channels that the text names, each once."""
    spans: list[tuple[int, int, str]] = []
    for name, pattern in _COMPILED:
        for found in pattern.finditer(text.text):
            if not any(found.start() < end and start < found.end() for start, end, _ in spans):
                spans.append((found.start(), found.end(), name))
    return tuple(dict.fromkeys(name for _, _, name in sorted(spans)))
