"""The three journeys that the product is for, walked in a real browser."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def test_a_citizen_finds_an_overdue_duty_and_the_reason(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("演示数据").first).to_be_visible()
    page.get_by_role("searchbox").first.fill("一般公共预算收支")
    page.get_by_role("searchbox").first.press("Enter")
    page.wait_for_url("**/search/**")
    page.locator("main").get_by_role("link", name=re.compile("全市一般公共预算收支情况")).first.click()
    page.wait_for_url("**/obligations/shenzhen-2017-1.2a/")
    expect(page.locator("mark").first).to_have_text("按月公开全市一般公共预算收支情况")
    overdue = page.locator("main").get_by_text("未公开").first
    expect(overdue).to_be_visible()
    expect(page.locator("main")).to_contain_text("方案写“按月”")
    page.get_by_role("link", name="市财政委").first.click()
    page.wait_for_url("**/units/caizhengwei/")
    expect(page.locator("main")).to_contain_text("到期还没有公开")


def test_a_citizen_looks_at_another_day(page: Page) -> None:
    page.goto("/obligations/shenzhen-2017-1.2a/")
    page.locator("input[name=on]").fill("2017-07-20")
    page.locator("form:has(input[name=on]) button").first.click()
    page.wait_for_load_state()
    expect(page.locator("body")).to_contain_text("2017-07-20")
    assert page.locator("input[name=on]").input_value() == "2017-07-20"


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def sheet_of_october(folder: Path) -> Path:
    """The month's figures as a unit keeps them: a title, a unit above the head, one cell wrong."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["2017年10月全市一般公共预算收支情况表（示例）"],
        ["单位：亿元"],
        ["月份", "收支方向", "科目名称", "本月数", "本年累计", "累计增长", "完成年初预算"],
        ["2017年10月", "收入", "税收收入", 123.4, "1,000.5", 5.6, 60],
        ["2017年10月", "支出", "教育", "约30", 200, 4.1, 45],
    ):
        sheet.append(row)
    book.save(folder / "十月.xlsx")
    sheet["D5"] = 30
    book.save(folder / "十月（改）.xlsx")
    return folder / "十月.xlsx"


def test_three_people_publish_and_the_verdict_changes(page: Page, site: Site, tmp_path: Path) -> None:
    duty = "/obligations/shenzhen-2017-1.2a/"
    page.goto(duty)
    before = page.locator("main").inner_text()
    sign_in(page, site, "editor")
    wrong = sheet_of_october(tmp_path)
    due = re.compile("上传数据.*一般公共预算收支情况 2017年10月", re.S)
    page.get_by_role("link", name=due).click()
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_role("button", name="上传，看怎样读").click()
    expect(page.locator("main")).to_contain_text("亿元换算为万元")
    page.get_by_role("button", name="照此检查").click()
    expect(page.locator("main")).to_contain_text("约30")
    page.get_by_role("link", name="上传改好的文件").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "十月（改）.xlsx")
    page.get_by_role("button", name="上传，看怎样读").click()
    page.get_by_role("button", name="照此检查").click()
    expect(page.locator(".messages")).to_contain_text("检查通过")
    page.get_by_role("button", name="送审").click()
    expect(page.locator(".messages")).to_contain_text("已送审")
    address = page.url
    sign_out(page)
    sign_in(page, site, "reviewer")
    page.get_by_role("link", name="数据审核").first.click()
    page.locator(f"main a[href='{urlsplit(address).path}']").first.click()
    page.get_by_role("button", name="单位审核通过").click()
    expect(page.locator(".messages")).to_contain_text("单位审核通过")
    sign_out(page)
    sign_in(page, site, "signer")
    page.goto(address)
    page.get_by_role("button", name="保密审查通过").click()
    page.get_by_role("button", name="签发").click()
    message = page.locator(".messages")
    expect(message).to_contain_text("已发布")
    expect(message).to_contain_text("按时")
    page.goto(duty)
    after = page.locator("main").inner_text()
    assert after != before
    page.goto("/data/fiscal-budget/?month=2017-10")
    expect(page.locator("main")).to_contain_text("1,234,000")


def sample_plan(folder: Path) -> Path:
    """A small plan of an invented city, as offices send them: a table in a Word file."""
    rows = [
        ("领域", "工作任务", "牵头单位"),
        ("一、财政信息", "按月公开财政收支情况。", "市财政局"),
        ("", "及时公开减税政策文件。", ""),
        ("二、民生信息", "每季度公开饮用水水质监测信息。", "市水务局"),
    ]
    word = docx.Document()
    for line in (
        "示例市人民政府办公室",
        "示例府办〔2016〕9号",
        "示例市2016年政务公开工作分工方案",
        "2016年12月1日",
    ):
        word.add_paragraph(line)
    table = word.add_table(rows=len(rows), cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file = folder / "示例方案.docx"
    word.save(str(file))
    return file


def test_an_officer_adopts_a_plan_row_by_row(page: Page, site: Site, tmp_path: Path) -> None:
    sign_in(page, site, "office")
    page.get_by_role("link", name="分工方案").first.click()
    page.locator("input[type=file]").set_input_files(sample_plan(tmp_path))
    page.get_by_role("button", name="上传并识读").click()
    page.wait_for_url(re.compile(r"/office/plans/\d+/$"))
    main = page.locator("main")
    expect(main).to_contain_text("已核 0 / 3 行")
    page.get_by_role("button", name=re.compile("^接受\\s+1.1$")).click()
    expect(main).to_contain_text("已核 1 / 3 行")
    page.get_by_role("link", name=re.compile("^改正\\s+1.2$")).click()
    page.get_by_role("button", name="保存并接受").click()
    expect(main).to_contain_text("已核 2 / 3 行")
    page.reload()
    expect(main).to_contain_text("已核 2 / 3 行")
    page.get_by_role("button", name=re.compile("^接受\\s+2.1$")).click()
    expect(main).to_contain_text("已核 3 / 3 行")
    page.get_by_role("link", name="去通过…").click()
    page.get_by_role("button", name="通过这份方案").click()
    expect(page.locator(".messages")).to_contain_text("通过")
    page.goto("/journal/")
    expect(page.locator("main")).to_contain_text("示例市2016年政务公开工作分工方案")
