"""How often or by when: one drawn table for what counts, one for what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.cadence import CADENCES, read_duty
from yangguang.rules.cadence.folded import fold

# cadence | what is printed | the phrase found
STATED = """
daily        | 市房地产主管部门每日发布交易信息数据。                     | 每日
daily        | 每天公布主要农产品批发价格。                               | 每天
daily        | 每个工作日更新专家出诊信息。                               | 每个工作日
daily        | 逐日公开空气质量指数。                                     | 逐日
daily        | 按日公布客流情况。                                         | 按日
monthly      | 按月公开全市一般公共预算收支情况。                         | 按月
monthly      | 每月10日前公布上月环境空气质量排名。                       | 每月
monthly      | 每个月公布一次抽检结果。                                   | 每个月
monthly      | 逐月通报各县区水质状况。                                   | 逐月
monthly      | 于次月15日前公布用电量。                                   | 次月
monthly      | 月度通报重点项目进展。                                     | 月度通报
quarterly    | 每季度召开新闻发布会，定期公开环境质量状况。               | 每季度
quarterly    | 按季度在门户网站公布新主体名单。                           | 按季度
quarterly    | 每个季度末更新权责清单。                                   | 每个季度
quarterly    | 做好全市政府网站日常监督、季度抽查和绩效考评。             | 季度抽查
quarterly    | 分季度公布食品抽检合格率。                                 | 分季度
quarterly    | 每三个月发布一次就业形势分析。                             | 每三个月
half_yearly  | 每半年公布一次地方政府债务情况。                           | 每半年
half_yearly  | 公开上半年和全年交易综合结果。                             | 上半年和全年
half_yearly  | 每年两次公布补贴发放结果。                                 | 每年两次
half_yearly  | 按半年公开彩票公益金使用情况。                             | 按半年
yearly       | 每年公布政府信息公开工作报告。                             | 每年
yearly       | 按年度公开企业社会责任报告。                               | 按年度
yearly       | 每年3月31日前公布上一年度报告。                            | 每年
yearly       | 逐年公布教育经费执行情况。                                 | 逐年
by_deadline  | 2018年6月底前完成目录编制并公开。                          | 2018年6月底前
by_deadline  | 12月31日前公布结果。                                       | 12月31日前
by_deadline  | 年底前完成政府网站整合。                                   | 年底前
by_deadline  | 2017年底前对外公布清单。                                   | 2017年底前
by_deadline  | 十月底之前公开整改情况。                                   | 十月底之前
by_deadline  | 自文件废止之日起10个工作日内更改标注。                     | 10个工作日内
by_deadline  | 在发生突发事件后24小时内举行新闻发布会。                   | 24小时内
by_deadline  | 应于文件公开之日起三个工作日内发布解读。                   | 三个工作日内
by_deadline  | 自决定作出之日起7日内公示行政处罚信息。                    | 7日内
by_deadline  | 第三季度前公布试点方案。                                   | 第三季度前
by_deadline  | 上半年完成并公开标准目录。                                 | 上半年
by_deadline  | 年内公布全部镇街权责清单。                                 | 年内
by_deadline  | 公开审计整改情况。2018年12月                               | 2018年12月
periodic     | 定期公布我市法定传染病总体信息。                           | 定期
periodic     | 每周公布主要副食品平均价格。                               | 每周
periodic     | 每两个月公布一次抽查结果。                                 | 每两个月
timely       | 及时发布统计数据。                                         | 及时
timely       | 重要舆情第一时间发布权威信息。                             | 第一时间
timely       | 适时调整收费目录清单，及时对外公布。                       | 及时
timely       | 实时公布道路通行状况。                                     | 实时
when_due     | 适时在政府网站公开审计工作报告。                           | 适时
when_due     | 按要求做好黑臭水体治理工作进展情况公开。                   | 按要求
when_due     | 视情召开媒体通气会。                                       | 视情
"""

# Words that look like a time and promise none.
FALSE_FRIENDS = """
做好日常监督和考评。
按照财政部和省财政厅部署要求，录入项目信息。
按照省建设扶贫大数据库相关要求，完成相关工作任务。
公布2016年度行政审批效能自评情况和2017年度重大决策听证目录。
主动公开列入年度重大项目计划项目名单。
公开市属企业负责人年度薪酬信息。
公开保障性安居工程年度计划及实施情况。
不定期开展明察暗访。
公布逾期未改的企业，在规定期限届满后移出。
对信息更新不及时的网站予以通报。
提高信息公开的及时性。
做好依申请公开工作培训。
解读《市年度信息公开管理办法（定期报告）》。
解读深府〔2016〕80号文件。
公布“十三五”规划。
政策出台前有吹风引导，执行中有评估纠偏。
公布近3年内的统计资料。
公开当前重点工作。
逐年提高公开比例。
公布2018年第一季度财政收支情况。
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("cadence", "text", "phrase"), rows(STATED))
def test_a_stated_time_is_read_with_its_phrase(cadence: str, text: str, phrase: str) -> None:
    duty = read_duty(text)
    assert duty.cadence == cadence
    assert phrase in [mention.phrase for mention in duty.cadences if mention.cadence == cadence]


@pytest.mark.parametrize("text", FALSE_FRIENDS.strip().splitlines())
def test_a_word_that_only_looks_like_a_time_is_no_promise(text: str) -> None:
    duty = read_duty(text)
    assert (duty.cadence, duty.cadences) == ("none", ())


def test_every_mention_is_listed_in_printed_order_and_the_most_specific_one_wins() -> None:
    duty = read_duty("建立房地产信息定期发布机制，每日发布交易数据，及时回应，适时解读。")
    assert [(mention.cadence, mention.phrase) for mention in duty.cadences] == [
        ("periodic", "定期"),
        ("daily", "每日"),
        ("timely", "及时"),
        ("when_due", "适时"),
    ]
    assert duty.cadence == "daily"


@pytest.mark.parametrize(
    ("printed", "cadence", "phrase"),
    [
        ("應於２０１８年６月底前完成並公開。", "by_deadline", "２０１８年６月底前"),
        ("每 季 度公開一次。", "quarterly", "每 季 度"),
        ("按季度發佈統計數據。", "quarterly", "按季度"),
        ("及時公開。", "timely", "及時"),
        ("適時公開審計報告。", "when_due", "適時"),
        ("每個工作日更新。", "daily", "每個工作日"),
    ],
)
def test_width_spaces_and_traditional_characters_are_read_and_kept_as_printed(
    printed: str, cadence: str, phrase: str
) -> None:
    duty = read_duty(printed)
    assert (duty.cadence, duty.cadences[0].phrase) == (cadence, phrase)


@pytest.mark.parametrize(
    ("cell", "cadence"),
    [
        ("2018年12月", "by_deadline"),
        ("12月底", "by_deadline"),
        ("2018年", "by_deadline"),
        ("2018-12-31", "by_deadline"),
        ("季度", "quarterly"),
        ("年度", "yearly"),
        ("长期坚持", "none"),
        ("持续推进", "none"),
        ("全年", "none"),
        ("", "none"),
    ],
)
def test_a_cell_of_the_time_column_is_read_alone(cell: str, cadence: str) -> None:
    assert read_duty(cell).cadence == cadence
    assert read_duty(f"公开整改情况。{cell}").cadence == cadence


@given(
    st.text(
        alphabet="每按季度月日年底前及时定期公开政策12一十、，。；《》（）〔〕号 \t發個项%不少于", max_size=60
    )
)
def test_any_text_is_read_and_every_phrase_stands_in_it(text: str) -> None:
    duty = read_duty(text)
    assert duty.cadence in CADENCES
    for phrase in [m.phrase for m in duty.cadences] + [m.phrase for m in duty.measures]:
        assert phrase in text


@given(st.text(max_size=40))
def test_folding_keeps_every_character_that_is_not_blank_in_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.places) == sum(not character.isspace() for character in text)
