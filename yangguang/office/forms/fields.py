"""Form fields that several forms of the desk share."""

import datetime as dt
import re
from typing import Any

from django import forms

_COVERS = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?|Q[1-4]|H[12])?")
_BETWEEN_WORDS = re.compile(r"[,，、;；\n]+")


class WordsField(forms.CharField):
    """A list of words, written as one line with commas between them (or 、 ； or line breaks)."""

    def prepare_value(self, value: Any) -> Any:
        return "，".join(value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        if isinstance(value, (list, tuple)):
            return list(value)
        words = (word.strip() for word in _BETWEEN_WORDS.split(super().to_python(value) or ""))
        return list(dict.fromkeys(word for word in words if word))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or "") != self.to_python(data or "")


class CoversField(forms.CharField):
    """The period that a publication is about: 2017-08, 2017-08-14, 2017Q3, 2017H1 or 2017; may be empty."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not _is_period(text):
            raise forms.ValidationError(
                f"所属期“{text}”不能识别：请写年月 2017-08、年月日 2017-08-14、季度 2017Q3、"
                "半年 2017H1 或年 2017，不定期的内容留空。"
            )
        return text


def _is_period(text: str) -> bool:
    found = _COVERS.fullmatch(text)
    if not found:
        return False
    try:
        dt.date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return False
    return True
