"""Messages that are kept are those that the catalogues tell."""

import gettext as library

import pytest
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, pgettext, trans_real

from yangguang.config import messages

ASKED = ["行", "第 %(number)s 版", "Save", "Delete", "No such message", "没有这样的话", "两行\r\n的话", ""]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_message_is_kept_as_the_catalogues_tell_it(language: str) -> None:
    messages.keep(language)
    catalogues = trans_real.translation(language)
    known = [one for one in catalogues._catalog.keys() if isinstance(one, str)]  # noqa: SIM118
    assert len(known) > 100
    with translation.override(language):
        for message in [*ASKED, *known] * 2:
            plain = message.replace("\r\n", "\n")
            told = library.GNUTranslations.gettext(catalogues, plain) if message else ""
            assert gettext(message) == told
            assert str(gettext_lazy(message)) == told
        assert pgettext("month name", "没有这样的话") == "没有这样的话"


def test_keeping_twice_keeps_once() -> None:
    messages.keep("en")
    kept = trans_real.translation("en").gettext
    messages.keep("en")
    assert trans_real.translation("en").gettext is kept
