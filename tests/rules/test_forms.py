"""What kind of thing is made public: invented sentences of other cities' plans, and channels."""

import pytest

from yangguang.rules.cadence import FORMS, read_duty

READ = """
document     | 加强对宏观政策的解读。
document     | 及时公开扶贫政策文件并做好解读。
document     | 公布市级部门预算和决算报告。
document     | 围绕减税降费政策，通过新媒体做好宣传。
document     | 全文公开《市环境保护督察整改方案》。
document     | 做好义务教育招生政策、招生计划和招生程序公开。
document     | 编制并发布养老服务规划。
document     | 积极回应社会关切，解疑释惑。
list         | 公布市级行政许可事项目录。
list         | 动态调整并公开权责清单。
cases        | 公布违法企业黑名单。
list         | 公开随机抽查事项清单。
list         | 公布重点排污单位名录。
list         | 公示享受低保的家庭名单。
list         | 按季度公布行政事业性收费目录清单。
series       | 按月公开财政收支情况。
series       | 每日发布空气质量监测数据。
series       | 公布主要经济指标。
series       | 定期公布法定传染病疫情信息。
series       | 每季度公布集中式饮用水水源水质。
series       | 发布居民消费价格统计信息。
series       | 公开社会保险基金运行情况。
cases        | 自作出决定之日起7个工作日内公示行政处罚信息。
cases        | 公布食品安全监督抽检结果和不合格产品处理情况。
cases        | 公开生产安全事故调查报告。
cases        | 曝光环境违法典型案例。
cases        | 公开安全生产执法信息。
cases        | 公布行政许可决定。
cases        | 公开产品质量监督抽查结果。
cases        | 每月公布食品安全抽检信息和不合格食品处置情况。
document     | 公开医保目录调整政策和药品采购政策。
project      | 按月公开重大项目建设进度。
project      | 公开棚户区改造项目进展情况。
project      | 做好征地拆迁项目信息公开。
project      | 公布民生实事完成情况。
project      | 按要求公开黑臭水体整治进展情况。
project      | 推进重大建设项目批准和实施领域信息公开，公开项目立项、招投标、竣工等信息。
dataset      | 推动部门开放政府数据资源，全年开放500个以上数据集。
dataset      | 在数据开放平台集中开放交通领域数据。
consultation | 就市区停车收费调整公开征求社会公众意见。
consultation | 通过网上调查、意见征集等方式听取群众意见。
consultation | 重大行政决策应召开听证会听取意见。
consultation | 开展在线访谈，提升政民互动水平。
meeting      | 每季度召开新闻发布会。
meeting      | 邀请市民代表列席政府常务会议。
meeting      | 举办政府开放日活动。
meeting      | 主要负责人每年至少出席一次政策吹风会。
internal     | 加强政务公开工作人员培训。
internal     | 将政务公开工作纳入绩效考核。
internal     | 配合省厅做好有关工作。
internal     | 推进政府网站集约化建设。
internal     | 建立重大案件复核机制。
internal     | 完善依申请公开工作制度。
internal     | 升级统一申办受理平台，推动与部门业务系统对接。
internal     | 做好基层政务公开标准化规范化试点工作。
internal     | 完善信息发布协调机制。
internal     | 明确分管负责人和专职人员。
internal     | 组织开展第三方评估和专项督查。
"""

CHANNELS = """
在市政府门户网站公开征求意见，并在门户网站发布。       | 市政府门户网站 门户网站
及时通过市编办门户网站、网上办事大厅公布。             | 门户网站 网上办事大厅
在政府网站、微博、微信上公开。                         | 政府网站 微博 微信
依托“深圳科技创新”微信公众号推送。                     | 微信公众号
在企业信用信息公示系统公开行政处罚信息。               | 企业信用信息公示系统
通过政府公报、新闻发布会、报刊和广播电视发布。         | 政府公报 新闻发布会 报刊 广播电视
建设数据开放平台。                                     | 数据开放平台
在村务公开栏公示。                                     | 村务公开栏
加强政府网站集约化建设。                               |
做好全市政府网站日常监督。                             |
及时回应市民和媒体关注的热点。                         | 
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("form", "text"), rows(READ))
def test_the_form_is_the_main_thing_to_be_made_public(form: str, text: str) -> None:
    assert read_duty(text).form == form


def test_every_form_is_drawn_above() -> None:
    assert {form for form, _ in rows(READ)} == set(FORMS)


@pytest.mark.parametrize(("text", "expected"), rows(CHANNELS))
def test_channels_are_named_in_printed_order(text: str, expected: str) -> None:
    assert " ".join(read_duty(text).channels) == expected
