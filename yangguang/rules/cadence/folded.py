"""A copy of a task's text for matching, which knows where each of its characters was printed.

Printed plans mix full-width and half-width digits, traditional characters and stray spaces. All
patterns are written once, in simplified characters and half-width signs, and run on the copy; what
is reported is always the original.
"""

import re
import unicodedata
from dataclasses import dataclass

# Only the characters that our own patterns use: this is for finding words, not for converting text.
_TRADITIONAL = (
    "個業東兩來佈備傳債僅價優儀內創劃劑務動勞區協單卻參員問啟報場塊塗變壓壞審實專將對導層屆屬庫廠廣應"
    "廢張強彙後從復徵態慮憑憲懲戶執捐損換據數於時晝書會條構標樣機檔檢歸殘殺決況涉準滿災無牆獎產畫異當"
    "發稅積穩競筆節範簡簽糧紀約納級細組結給統經網緊編緩總績繳職聞聯聲聽脫臺與舉舊艦萬號處補製複規視覽"
    "觀訂計訊討訓託記訪設許訴評話該詳認語說談請論證識譜議護讀貝負財責貧貨費資賣質購贊踐車軟載輪輯輿辦"
    "農運過達違適選遷還郵鄉醫釋鎖鏡鐘門開間關隊階隨險際隱電靜預項順須頒領題額類顯風飛餘館體黨點齊龍"
)
_SIMPLIFIED = (
    "个业东两来布备传债仅价优仪内创划剂务动劳区协单却参员问启报场块涂变压坏审实专将对导层届属库厂广应"
    "废张强汇后从复征态虑凭宪惩户执捐损换据数于时昼书会条构标样机档检归残杀决况涉准满灾无墙奖产画异当"
    "发税积稳竞笔节范简签粮纪约纳级细组结给统经网紧编缓总绩缴职闻联声听脱台与举旧舰万号处补制复规视览"
    "观订计讯讨训托记访设许诉评话该详认语说谈请论证识谱议护读贝负财责贫货费资卖质购赞践车软载轮辑舆办"
    "农运过达违适选迁还邮乡医释锁镜钟门开间关队阶随险际隐电静预项顺须颁领题额类显风飞余馆体党点齐龙"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)

_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_DOCUMENT_NUMBER = re.compile(r"[〔\[(【]?(?:19|20)\d\d[〕\])】]\s*第?\d+号")
MASKED = "□"


@dataclass(frozen=True)
class Folded:
    """`text` for matching and, for each of its characters, its place in `printed`."""

    text: str
    places: tuple[int, ...]
    printed: str

    def phrase(self, start: int, end: int) -> str:
        """The words between two places of `text`, as printed."""
        return self.printed[self.places[start] : self.places[end - 1] + 1]


def fold(printed: str) -> Folded:
    """Fold width, traditional characters and spaces; blank out titles 《…》 and document numbers.

    A title may hold any word (年度, 定期, 征求意见稿) without the plan promising anything by it, and
    the digits of a document number are no quantity. Both become □, one for each character.
    """
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(printed):
        if character.isspace():
            continue
        narrow = unicodedata.normalize("NFKC", character)
        kept.append(narrow if len(narrow) == 1 else character)
        places.append(place)
    text = "".join(kept).translate(_TO_SIMPLIFIED)
    for pattern in (_TITLE, _DOCUMENT_NUMBER):
        text = pattern.sub(lambda found: MASKED * len(found.group()), text)
    return Folded(text, tuple(places), printed)
