"""A finding of the scanner before release: what, how grave, where, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`BLOCK` keeps the document back; `ASK` lets it go with a signed reason; `TELL` only says so."""

    BLOCK = "block"
    ASK = "ask"
    TELL = "tell"


class Kind(StrEnum):
    ID_NUMBER = "id_number"
    OLD_ID_NUMBER = "old_id_number"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    PASSPORT = "passport"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_CELLS = "hidden_cells"
    COMMENT = "comment"
    TRACKED_CHANGE = "tracked_change"
    HIDDEN_TEXT = "hidden_text"
    EXTERNAL_LINK = "external_link"
    METADATA = "metadata"
    UNREADABLE = "unreadable"


WORDS = {
    Kind.ID_NUMBER: "公民身份号码",
    Kind.OLD_ID_NUMBER: "15 位旧身份证号",
    Kind.BANK_CARD: "银行卡号",
    Kind.MOBILE: "手机号码",
    Kind.LANDLINE: "固定电话",
    Kind.PASSPORT: "护照号码",
    Kind.HIDDEN_SHEET: "隐藏的工作表",
    Kind.HIDDEN_CELLS: "隐藏的行或者列",
    Kind.COMMENT: "批注",
    Kind.TRACKED_CHANGE: "修订痕迹",
    Kind.HIDDEN_TEXT: "看不见的文字",
    Kind.EXTERNAL_LINK: "外部链接",
    Kind.METADATA: "文件属性",
    Kind.UNREADABLE: "不能检查",
}

REMEDIES = {
    Kind.ID_NUMBER: "请删去，或者只留前 3 位和末 2 位，中间用 * 代替",
    Kind.OLD_ID_NUMBER: "像旧式身份证号：是的话请用 * 遮盖中间各位，不是请写明是什么号码",
    Kind.BANK_CARD: "请删去，或者只留末 4 位",
    Kind.MOBILE: "个人手机请删去或换成办公电话；确需公开的（如值班电话）请写明理由",
    Kind.LANDLINE: "请核对是办公电话，不是住宅电话",
    Kind.PASSPORT: "请删去，或者用 * 遮盖中间各位",
    Kind.HIDDEN_SHEET: "请取消隐藏并检查，不公开的工作表请删去",
    Kind.HIDDEN_CELLS: "请取消隐藏并检查，不公开的内容请删去，不要只是隐藏",
    Kind.COMMENT: "请删去全部批注后重新上传",
    Kind.TRACKED_CHANGE: "请在 Word 中“接受所有修订”并停止修订后重新上传",
    Kind.HIDDEN_TEXT: "请让它显示出来并检查，不公开的请删去",
    Kind.EXTERNAL_LINK: "请把引用其他文件的公式改成数值（选择性粘贴）",
    Kind.METADATA: "请在“文件→信息→检查文档”里删去属性和个人信息后重新上传",
    Kind.UNREADABLE: "请换成能检查的 .docx、.xlsx 或带文字的 .pdf，或者由人逐页检查后写明理由",
}


@dataclass(frozen=True)
class Place:
    """Where: in the text or in a file; counted from 1, as a person counts. Zero and empty: not told."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    page: int = 0
    paragraph: int = 0
    part: str = ""

    @property
    def words(self) -> str:
        told = [
            f"附件“{self.file}”" if self.file else "",
            f"工作表“{self.sheet}”" if self.sheet else "",
            f"{self.cell} 格" if self.cell else "",
            self.part,
            f"第 {self.page} 页" if self.page else "",
            f"第 {self.paragraph} 段" if self.paragraph else "",
        ]
        return "，".join(word for word in told if word)


@dataclass(frozen=True)
class Finding:
    """One thing found. `value` is masked already: a finding may be stored and shown to anybody inside."""

    kind: Kind
    severity: Severity
    place: Place
    value: str = ""

    @property
    def words(self) -> str:
        shown = f" {self.value}" if self.value else ""
        return f"{self.place.words}：{WORDS[self.kind]}{shown}"

    @property
    def remedy(self) -> str:
        return REMEDIES[self.kind]

    def as_json(self) -> dict[str, str]:
        """For the record of a review."""
        return {
            "kind": self.kind.value,
            "severity": self.severity.value,
            "words": self.words,
            "remedy": self.remedy,
        }


_RANK = {Severity.TELL: 0, Severity.ASK: 1, Severity.BLOCK: 2}


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among them; None where there are none."""
    return max((finding.severity for finding in findings), key=_RANK.__getitem__, default=None)


def masked(number: str) -> str:
    """The first three and the last two characters, stars between: enough to find it again in the file."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"
