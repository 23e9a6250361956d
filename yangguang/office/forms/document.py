"""The form of a document."""

from typing import Any

from django import forms
from wagtail.admin.forms.models import WagtailAdminModelForm

from yangguang.directory import clock
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Verb, allows
from yangguang.office.forms.attachments import KeptField, UploadField
from yangguang.office.forms.fields import CoversField, WordsField
from yangguang.publishing import attachments
from yangguang.publishing.models import Openness
from yangguang.publishing.topics import topics
from yangguang.rules import document_dates, validity


class DocumentForm(WagtailAdminModelForm):
    """Checks what an editor wrote. An editor's unit is fixed; the general office chooses one.

    The note on what changed is asked for once the public has seen an edition, and then required. A term
    that the text sets itself is proposed, and the editor confirms it.
    """

    keywords = WordsField(
        label="主题词", required=False, help_text="用逗号分开。判定时看标题和主题词里有没有方案要求的词"
    )
    covers = CoversField(
        label="所属期",
        required=False,
        max_length=12,
        help_text="定期公开的内容写所属期：2017-08、2017Q3、2017H1 或 2017；其他留空",
    )
    issuers = WordsField(
        label="发文机关", required=False, help_text="联合发文按顺序写全部机关，用逗号分开；只有本单位的留空"
    )
    topic = forms.ChoiceField(label="主题分类", required=False)
    no_term = forms.BooleanField(
        label="正文里的期限不是本文件的有效期",
        required=False,
        help_text="正文写了“有效期三年”之类、但说的是别的事时勾选",
    )
    kept = KeptField(label="已有附件", required=False, help_text="去掉勾选的，下一版里不再有")
    upload = UploadField(label="添加附件", required=False)

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_units()
        self._offer_topics()
        self._offer_kept()
        self._ask_for_note()

    def _offer_topics(self) -> None:
        names = dict.fromkeys([*topics(), *filter(None, [self.instance.topic])])
        self.fields["topic"].choices = [("", "（未分类）"), *((name, name) for name in names)]

    def _offer_kept(self) -> None:
        files = self.instance.files
        if not files:
            del self.fields["kept"]
            return
        self.fields["kept"].choices = [(one.name, f"{one.name}（{one.size:,} 字节）") for one in files]
        self.initial["kept"] = [one.name for one in files]

    def _offer_units(self) -> None:
        person: Person = self.for_user
        field = self.fields["unit"]
        field.queryset = Unit.objects.exclude(kind=Unit.Kind.GROUP)
        if self.instance.unit_id:
            self.initial["unit"] = self.instance.unit_id
        if self.instance.pk:
            field.disabled = True
            field.help_text = "索引号属于这个单位，不再更改"
        elif not allows(person.role, Verb.PUBLISH_FOR_ANY_UNIT):
            self.initial["unit"] = person.unit_id
            field.disabled = True
            field.help_text = "您只能以本单位的名义发布"

    def _ask_for_note(self) -> None:
        edition = self.instance.edition if self.instance.pk else None
        if edition is None:
            del self.fields["note"]
            return
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = "修改说明必填：请用一句话告诉公众改了什么。"
        if self.instance.note == edition.note:
            self.initial["note"] = ""

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean()
        for name, sentence in document_dates.ahead(facts, clock.today()):
            self.add_error(name, sentence)
        if facts.get("openness") != Openness.ACTIVE and "action-publish" in self.data:
            self.add_error("openness", "只有主动公开的文件可以发布：请改公开属性，或者只存草稿。")
        self._propose_term(facts)
        self._check_attachments(facts)
        return facts

    def _propose_term(self, facts: dict[str, Any]) -> None:
        """Fill in the last day that the text itself sets, once, for the editor to confirm."""
        if facts.get("expires_on") or facts.get("no_term") or "expires_on" not in self.fields:
            return
        read = validity.read(facts.get("body") or "", facts)
        if read.expires_on is None:
            return
        self.data = self.data.copy()
        self.data["expires_on"] = read.expires_on.isoformat()
        said = "”“".join(read.phrases)
        self.add_error(
            "expires_on",
            f"正文写着“{said}”，推算有效期至 {read.expires_on}，已经填好：核对后再提交一次；"
            "如果不是本文件的有效期，请清空并勾选下面一项。",
        )

    def _check_attachments(self, facts: dict[str, Any]) -> None:
        kept = facts.get("kept", []) if "kept" in self.fields else []
        new = [file.name for file in facts.get("upload") or []]
        twice = [name for name in new if name in kept or new.count(name) > 1]
        if twice:
            self.add_error("upload", f"已经有名为“{twice[0]}”的附件：请改名，或者先去掉原来的。")
        if len(kept) + len(new) > attachments.MOST:
            self.add_error("upload", f"附件超过 {attachments.MOST} 个：请打包，或者分成几份文件发布。")

    def save(self, commit: bool = True) -> Any:
        """Put new files into the store first: what fails later leaves only an orphan there."""
        kept = self.cleaned_data.get("kept", []) if "kept" in self.fields else []
        files = [one for one in self.instance.files if one.name in kept]
        files += [attachments.store_file(file, file.name) for file in self.cleaned_data.get("upload") or []]
        self.instance.attachments = [one.as_json() for one in files]
        return super().save(commit)
