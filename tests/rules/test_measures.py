"""Checkable quantities, and the numbers that are none."""

import pytest

from yangguang.rules.cadence import read_duty

# printed | phrase value unit; …
COMMITTED = """
每月公开11座集中式生活饮用水水源水质监测信息。         | 11座 11 座
应当在宣布失效之日起10个工作日内提请标注。             | 10个工作日 10 个工作日
重点领域开放600项以上政府数据集。                       | 600项 600 项
新增开放数据集不少于30个。                              | 30个 30 个
公开率达到100%。                                        | 100% 100 %
按时办结率９５％以上。                                  | ９５％ 95 %
答复率达到百分之九十八。                                | 百分之九十八 98 %
每季度至少召开1次新闻发布会。                           | 1次 1 次
每年至少两次向社会通报。                                | 两次 2 次
三个工作日内发布解读材料。                              | 三个工作日 3 个工作日
自制作之日起十五个工作日内公开。                        | 十五个工作日 15 个工作日
突发事件发生后24小时内举行发布会。                      | 24小时 24 小时
全年解读政策文件20件以上。                              | 20件 20 件
公布二十项便民服务事项。                                | 二十项 20 项
发布典型案例不少于十二个，合格率99.5%以上。             | 十二个 12 个; 99.5% 99.5 %
公示期不少于7天。                                       | 7天 7 天
开放1,200个数据集。                                     | 1,200个 1200 个
"""

NO_COMMITMENT = """
在产业发展导向系数（0.5）基础上再给予0.7的系数。
解读《用地供应管理办法（试行）》（深府〔2016〕80号）。
落实（粤府办[2017]16号）文件精神。
做到积分标准、积分结果、学位安排“三公开”。
解读现代农业发展“十三五”规划。
做好（摩托车乘员头盔、橡胶制品和助力车4类产品）获证企业信息公开。
调整两个目录清单并公布。
公开2017年度重大决策听证目录。
12月31日前完成。
按照条例第10条和第三项公开。
公开行政处罚信息（一般程序）。
围绕“四品一械”公开检查结果。
公布近三年情况。
梳理公布群众办事百项堵点问题清单。
每半年公开一次进展情况。
推动一批项目公开。
5.公开扶贫资金。
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), rows(COMMITTED))
def test_a_commitment_is_read_with_number_and_unit(text: str, expected: str) -> None:
    found = "; ".join(f"{m.phrase} {m.value:g} {m.unit}" for m in read_duty(text).measures)
    assert found == expected


@pytest.mark.parametrize("text", NO_COMMITMENT.strip().splitlines())
def test_a_number_that_names_or_weighs_is_no_commitment(text: str) -> None:
    assert read_duty(text).measures == ()
