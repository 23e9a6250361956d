"""Facts of sample documents beside their text: topic, dates, term, summary, attachments."""

import datetime as dt
from typing import Any

from yangguang.publishing.attachments import Attachment
from yangguang.sample.acts import Publish
from yangguang.sample.conduct import dice
from yangguang.warehouse import store

TERM = dt.timedelta(days=75)
"""The term of the few sample documents that have one: short, so that some end within the year."""
_TOPICS = {
    "市财政委": "财政、金融、审计",
    "市审计局": "财政、金融、审计",
    "市金融办": "财政、金融、审计",
    "市发展改革委": "国民经济管理、国有资产监管",
    "市国资委": "国民经济管理、国有资产监管",
    "市统计局": "国民经济管理、国有资产监管",
    "市规划国土委": "国土资源、能源",
    "市人居环境委": "城乡建设、环境保护",
    "市住房建设局": "城乡建设、环境保护",
    "市教育局": "科技、教育",
    "市科创委": "科技、教育",
    "市卫生计生委": "卫生、体育",
    "市民政局": "民政、扶贫、救灾",
    "市人力资源保障局": "劳动、人事、监察",
    "市市场和质量监管委": "市场监管、安全生产监管",
    "市安监局": "市场监管、安全生产监管",
    "市水务局": "农业、林业、水利",
    "市经贸信息委": "工业、交通",
}


def of(act: Publish) -> dict[str, Any]:
    """Arguments for `documents.publish`, the same on every machine."""
    day, lot = act.at.date(), dice("facts", act.handle)
    facts: dict[str, Any] = {
        "topic": _TOPICS.get(act.unit.name, "综合政务"),
        "basis": "《政府信息公开条例》第二十条（示例）",
        "summary": f"示例：{act.title}。",
        "released_on": day,
        "attachments": _table(act),
    }
    if act.form != "document":
        return facts
    facts |= {"proclaimed_on": day, "effective_on": day + dt.timedelta(days=lot.choice((0, 1, 30)))}
    if lot.random() < 0.12:
        facts["expires_on"] = max(day + TERM, facts["effective_on"])
    if lot.random() < 0.1:
        facts["issuers"] = list(dict.fromkeys([act.unit.name, "市政府办公厅"]))
    return facts


def _table(act: Publish) -> list[Attachment]:
    """The table of the text as a file to download, where there is one and it is a dataset or a list."""
    if act.form not in ("dataset", "list"):
        return []
    rows = [line.replace("\t", ",") for line in act.body.splitlines() if "\t" in line]
    content = "\ufeff" + "\r\n".join(["# 示例数据", *rows]) + "\r\n"
    data = content.encode()
    return [Attachment("附表（示例）.csv", "text/csv", len(data), store.put(data))] if rows else []
