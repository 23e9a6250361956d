"""No string of the Wagtail apps that the desk uses is left without Chinese."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import wagtail
from django.conf import settings
from django.test import Client

from tests.office.conftest import desk_of
from yangguang.directory.models import Person

OURS = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"
WAGTAIL = Path(wagtail.__file__).parent
APPS = ("admin", "users", "snippets", ".")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")


def catalogue(file: Path) -> dict[str, str]:
    """msgid → msgstr of a compiled catalogue; plural forms under (msgid, n) are folded into msgid."""
    with file.open("rb") as handle:
        raw = gettext.GNUTranslations(handle)._catalog  # type: ignore[attr-defined]
    return {key[0] if isinstance(key, tuple) else key: text for key, text in raw.items()}


def entries(file: Path) -> Iterator[dict[str, str]]:
    """The entries of a .po file with their msgid, msgid_plural and msgstr."""
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        entry: dict[str, str] = {}
        field = ""
        for line in block.splitlines():
            if found := re.match(r'(msgid_plural|msgid|msgctxt|msgstr)(?:\[0\])? "(.*)"$', line):
                field, text = found.groups()
                entry[field] = unescape(text)
            elif line.startswith('"') and field:
                entry[field] += unescape(line[1:-1])
        if entry.get("msgid"):
            yield entry


def unescape(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def sources(domain: str) -> Iterator[tuple[str, dict[str, str]]]:
    for app in APPS:
        file = WAGTAIL / app / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        if file.exists():
            for entry in entries(file):
                yield app, entry


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_string_of_the_used_wagtail_apps_is_in_chinese(domain: str) -> None:
    chinese = catalogue(OURS / f"{domain}.mo")
    for app in APPS:
        theirs = WAGTAIL / app / "locale" / "zh_Hans" / "LC_MESSAGES" / f"{domain}.mo"
        if theirs.exists():
            chinese |= {key: text for key, text in catalogue(theirs).items() if text}
    found = list(sources(domain))
    assert len(found) > 30
    assert [
        entry["msgid"] for _, entry in found if entry["msgid"] not in chinese and "msgctxt" not in entry
    ] == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_placeholders_agree_with_the_english(domain: str) -> None:
    for entry in entries(OURS / f"{domain}.po"):
        allowed = set(PLACEHOLDER.findall(entry.get("msgid_plural", "") or entry["msgid"]))
        told = set(PLACEHOLDER.findall(entry["msgstr"]))
        assert told == allowed, entry["msgid"]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_compiled_catalogue_is_that_of_the_source(domain: str) -> None:
    source = {entry["msgid"]: entry["msgstr"] for entry in entries(OURS / f"{domain}.po")}
    compiled = {key: text for key, text in catalogue(OURS / f"{domain}.mo").items() if key}
    assert compiled == source


@pytest.mark.parametrize("address", ["/office/login/", "/office/pages/"])
def test_the_desk_speaks_chinese_to_a_reader_of_the_english_portal(address: str, insider: Person) -> None:
    client = Client() if "login" in address else desk_of(insider)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    assert 'lang="zh-hans"' in page
    assert not any(english in page for english in ("Sign in", "Password", "could not be found"))


def test_the_first_screen_speaks_chinese_to_them_too(insider: Person) -> None:
    client = desk_of(insider)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/office/files/add/", headers={"Accept-Language": "en"}).content.decode()
    assert all(word in page for word in ("保存草稿", "发布", "标题"))
    assert "Save draft" not in page
