"""Cutting a task into duties: invented tasks, and the cuts that a person would expect first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.obligations_file import KINDS
from yangguang.rules.propose import LONGEST_TITLE, propose_obligations

# task | phrases, cut by /
CUTS = """
按月公开财政收支情况。                                | 按月公开财政收支情况
每季度召开新闻发布会，及时公布整改方案。              | 每季度召开新闻发布会/及时公布整改方案
公开随机抽查事项清单；公布抽查结果。                  | 公开随机抽查事项清单/公布抽查结果
编制权责清单，及时向社会公开。                        | 编制权责清单，及时向社会公开
汇总上半年和全年结果，及时向社会公布。                | 汇总上半年和全年结果，及时向社会公布
加强调度，按月通报项目进展，包括投资和开工情况。      | 加强调度，按月通报项目进展，包括投资和开工情况
公布规划（含附图，分期公布）和解读。                  | 公布规划（含附图，分期公布）和解读
文件废止的，应当在10个工作日内，提请公布新清单。      | 文件废止的，应当在10个工作日内，提请公布新清单
加强业务培训，完善工作机制。                          | 加强业务培训，完善工作机制。
"""


def rows() -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in CUTS.strip().splitlines()]


@pytest.mark.parametrize(("task", "phrases"), rows())
def test_a_task_is_cut_where_a_new_act_of_publishing_begins(task: str, phrases: str) -> None:
    assert "/".join(proposal.phrase for proposal in propose_obligations(task)) == phrases


def test_a_proposal_holds_all_that_the_desk_fills_in() -> None:
    (proposal,) = propose_obligations("1.在市政府门户网站每月公开11座饮用水水源水质监测信息。")
    assert (proposal.cadence, proposal.kind, proposal.form) == ("monthly", "monthly", "series")
    assert (proposal.channels, proposal.measure) == (("市政府门户网站",), "11座")
    assert "水源水质" in proposal.title
    assert proposal.sample_title == "{period}" + proposal.title
    assert all(word in proposal.title for words in proposal.words for word in words)


def test_work_with_nothing_to_publish_is_proposed_as_internal() -> None:
    (proposal,) = propose_obligations("将政务公开工作纳入绩效考核。")
    assert (proposal.form, proposal.kind, proposal.words) == ("internal", "internal", ())


def test_a_long_list_is_shortened_at_a_whole_item() -> None:
    (proposal,) = propose_obligations(
        "公布建设项目审批信息、中标单位名称和合同履约情况、竣工验收信息和决算情况。"
    )
    assert proposal.title == "建设项目审批信息、中标单位名称和合同履约情况等"
    assert len(proposal.title) <= LONGEST_TITLE


def test_blank_text_holds_no_duty() -> None:
    assert propose_obligations(" \t\n") == ()


@given(st.text(alphabet="按月季度及时公开公布政策清单培训，。；、（）《》“”每10个工作日内 \n", max_size=50))
def test_any_text_is_cut_into_parts_of_itself(text: str) -> None:
    for proposal in propose_obligations(text):
        assert proposal.phrase in text
        assert proposal.kind in KINDS
        assert 0 < len(proposal.title) <= LONGEST_TITLE
        assert all(word in proposal.title for words in proposal.words for word in words)
