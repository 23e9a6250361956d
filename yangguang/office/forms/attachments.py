"""Fields for the files of a document: which to keep, and new ones."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from yangguang.publishing import attachments


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class KeptField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class UploadField(forms.FileField):
    """Several files of accepted kinds, each within the limit (`YANGGUANG_LARGEST_ATTACHMENT_MB`)."""

    widget = SeveralFiles

    def __init__(self, **options: Any) -> None:
        kinds = "、".join(sorted(attachments.MEDIA_TYPES))
        limit = settings.LARGEST_ATTACHMENT // 1_000_000
        options.setdefault("help_text", f"可以一次选几个，每个不超过 {limit} MB。接受：{kinds}")
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [self._one(file) for file in given]

    def _one(self, file: UploadedFile) -> UploadedFile:
        if not file.size:
            raise forms.ValidationError(
                f"附件“{file.name}”是空的（0 字节）：请在原来的程序里重新保存，再选一次。"
            )
        cleaned: UploadedFile = super().clean(file)
        name, size = cleaned.name or "", cleaned.size or 0
        if size > settings.LARGEST_ATTACHMENT:
            raise forms.ValidationError(
                f"附件“{name}”有 {size // 1_000_000} MB，超过 {settings.LARGEST_ATTACHMENT // 1_000_000} MB："
                "请压缩、拆分，或者放到数据开放平台再写明网址。"
            )
        problem = attachments.problem(name, cleaned.read(16))
        cleaned.seek(0)
        if problem:
            raise forms.ValidationError(problem)
        return cleaned
