import gettext
import re
from pathlib import Path

from django.test import Client

from tests.portal.conftest import City
from yangguang import portal

ROOM = Path(portal.__file__).parent
FOLDER = ROOM / "locale" / "en" / "LC_MESSAGES"
_ENTRY = re.compile(
    r'^msgid "(?P<id>.*)"\n(?:msgid_plural "(?P<plural>.*)"\n)?'
    r'(?:msgstr "(?P<text>.*)"|msgstr\[0\] "(?P<one>.*)"\nmsgstr\[1\] "(?P<many>.*)")$',
    re.MULTILINE,
)


def source() -> dict[str | tuple[str, int], str]:
    """The catalogue's source as the compiled form keys it. Its entries stand on one line each."""
    found: dict[str | tuple[str, int], str] = {}
    for entry in _ENTRY.finditer((FOLDER / "django.po").read_text()):
        if entry["text"] is None:
            found[plain(entry["id"]), 0] = plain(entry["one"])
            found[plain(entry["id"]), 1] = plain(entry["many"])
        elif entry["id"]:
            found[plain(entry["id"])] = plain(entry["text"])
    return found


def plain(written: str) -> str:
    return written.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def translated() -> list[str]:
    return sorted(source().values(), key=len, reverse=True)


def test_the_compiled_catalogue_is_made_from_the_source() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")
    assert compiled == source()
    assert len(compiled) > 250


def test_every_chinese_word_of_the_chrome_has_its_english() -> None:
    known = {key if isinstance(key, str) else key[0] for key in source()}
    used: set[str] = set()
    for template in ROOM.glob("templates/**/*.html"):
        text = template.read_text()
        used |= {one or two for one, two in re.findall(r"""{% translate (?:"([^"]*)"|'([^']*)')""", text)}
    for module in ROOM.rglob("*.py"):
        used |= set(re.findall(r"""\b(?:_|gettext_lazy)\(\s*"([^"]*)"\s*\)""", module.read_text()))
    assert used - known == set()
    assert all(text.strip() for text in source().values())


def test_placeholders_are_the_same_in_both_languages() -> None:
    for key, text in source().items():
        chinese = key if isinstance(key, str) else key[0]
        assert sorted(re.findall(r"%\(\w+\)s", chinese)) == sorted(re.findall(r"%\(\w+\)s", text)), chinese


def test_chinese_comes_first_and_english_is_kept_when_chosen(city: City, client: Client) -> None:
    assert "分工方案" in client.get("/").content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    assert "The plan" in client.get("/").content.decode()
    client.post("/language/", {"language": "zh-hans", "next": "/"})
    assert "分工方案" in client.get("/", headers={"accept-language": "en"}).content.decode()


def test_a_public_page_reads_the_same_whatever_the_browser_wishes(city: City, client: Client) -> None:
    assert client.get("/", headers={"accept-language": "en"}).content == client.get("/").content
