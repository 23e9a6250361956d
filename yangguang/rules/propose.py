"""A first cut of a task into checkable duties, for a person to accept or correct at the desk.

The text is cut at stops. A piece opens a duty of its own when it has its own verb of publishing or its
own time; other pieces go on with the duty before them. Things listed after one verb (A、B和C) stay
together: whether they are one publication or three is for a person to say.
"""

import re
from dataclasses import dataclass

from yangguang.rules.cadence import read_duty
from yangguang.rules.cadence.folded import Folded, fold
from yangguang.rules.cadence.forms import publishes

LONGEST_TITLE = 24
SHORTEST_TITLE = 4

# Which deadline of the plan's defaults a cadence asks for; by_deadline must be entered by a person.
_KINDS = {
    "daily": "daily",
    "monthly": "monthly",
    "quarterly": "quarterly",
    "half_yearly": "half_yearly",
    "yearly": "yearly",
    "by_deadline": "once",
    "periodic": "quarterly",
    "timely": "event",
    "when_due": "once",
    "none": "once",
}
_PERIODIC = ("daily", "monthly", "quarterly", "half_yearly", "yearly", "periodic")

_STOP = re.compile(r"[,，。;；]")
_SENTENCE_END = re.compile(r"[。;；]")
_OWN_TIME = ("daily", "monthly", "quarterly", "half_yearly", "yearly", "by_deadline", "periodic")

_ORDINAL = re.compile(r"^[（(]?(?:[0-9０-９]+|[一二三四五六七八九十]+)[.．、)）](?=\D)")
_LEADING = re.compile(
    r"^(?:并|同时|将|对|由|继续|进一步|大力|积极|着力|依法|主动|及时|定期|适时|按要求|全面|广泛|分批|集中|全文|有关"
    r"|按(?:年|季|月)度?|每(?:半年|季度|个?月|[日天年周])|做好|做到|推进|推动|加强|加大|完善|落实|完成|出台|制定|编制"
    r"|(?:在|通过|利用|依托|围绕)[^，,、]{2,18}?(?:网站|平台|系统|大厅|公众号|专栏|渠道|媒体|公报)(?:上|等)?"
    r"|(?:向|对)(?:社会|公众|外)|(?:公开|公布|公示|发布|披露|解读|宣传|推送|召开|报道)(?!会))+的?"
)
_UP_TO_VERB = re.compile(r"^.*(?<!信息)(?:公开|公布|公示|发布|披露)(?![、和的会工力栏]|机制|制度)(?=.{4})")
_TRAILING = re.compile(
    r"(?:的)?(?:等|等信息|相关|有关|方面)?(?:的)?(?:信息)?(?:公开|公布|公示|发布|披露|宣传)?(?:力度|工作)?$"
)
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_FILLER = re.compile(
    r"[和与等的、并或，,《》“”\"]|及(?!时)|情况|信息|工作|相关|有关|全市|我市|本市|各类|各项|以上|[0-9０-９]+[年项个座]"
)


@dataclass(frozen=True)
class Proposal:
    """A duty as the reader would cut it.

    `phrase` is an exact part of the task's text; `kind` one of `rules.obligations_file.KINDS`; `words`
    are the alternatives by which a publication would be recognised, from the title.
    """

    phrase: str
    title: str
    cadence: str
    form: str
    channels: tuple[str, ...]
    kind: str
    words: tuple[tuple[str, ...], ...]
    measure: str
    sample_title: str


def propose_obligations(text: str) -> tuple[Proposal, ...]:
    """The duties of one task's text in printed order; at least one for a text that is not blank."""
    folded = fold(text)
    if not folded.text:
        return ()
    whole = read_duty(text)
    if whole.form == "internal":
        return (_propose(text.strip(), whole_text=text),)
    return tuple(_propose(phrase, whole_text=text) for phrase in _phrases(folded))


def _phrases(text: Folded) -> list[str]:
    """The parts of the text that make a duty each, as printed, without the stop at their end."""
    spans: list[tuple[int, int]] = []
    acts = waiting = False
    for sentence in _split(text.text, 0, len(text.text), _SENTENCE_END):
        waiting = True
        for start, end in _split(text.text, *sentence, _STOP):
            act = publishes(text.text[start:end]) and not (spans and _bare(text.text[start:end]))
            timed = any(m.cadence in _OWN_TIME for m in read_duty(text.text[start:end]).cadences)
            if not spans or (acts and (waiting or act or timed)):
                spans.append((start, end))
                acts = False
            else:
                spans[-1] = (spans[-1][0], end)
            acts = acts or publishes(text.text[start:end])
            # A condition or a time before the act belongs to the act that follows in its sentence.
            waiting = waiting and not publishes(text.text[start:end])
    return [text.phrase(start, end) for start, end in spans]


def _split(text: str, first: int, last: int, stop: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches of text[first:last] between stops; stops inside brackets and quotes do not cut."""
    pieces: list[tuple[int, int]] = []
    start, depth = first, 0
    for place in range(first, last):
        depth += (text[place] in "（(《“〔[") - (text[place] in "）)》”〕]")
        if depth <= 0 and stop.match(text[place]):
            pieces.append((start, place))
            start = place + 1
    pieces.append((start, last))
    return [(start, end) for start, end in pieces if start < end]


def _bare(piece: str) -> bool:
    """Only a verb (及时向社会公开): what is published stands in the piece before."""
    return len(_TRAILING.sub("", _LEADING.sub("", piece))) < SHORTEST_TITLE


def _propose(phrase: str, *, whole_text: str) -> Proposal:
    duty = read_duty(phrase)
    title = _title(phrase)
    internal = duty.form == "internal"
    period = "{period}" if duty.cadence in _PERIODIC else ""
    measure = duty.measures[0].phrase if duty.measures else ""
    return Proposal(
        phrase=phrase,
        title=title,
        cadence=duty.cadence,
        form=duty.form,
        channels=duty.channels or (() if internal else read_duty(whole_text).channels),
        kind="internal" if internal else _KINDS[duty.cadence],
        words=() if internal else (_words(title),),
        measure=measure,
        sample_title="" if internal else period + title,
    )


def _title(phrase: str) -> str:
    """What is published, without the words that say how: at most `LONGEST_TITLE` characters."""
    text = _BRACKET.sub("", _ORDINAL.sub("", phrase.strip()))
    pieces = [text[start:end] for start, end in _split(text, 0, len(text), _STOP)] or [phrase]
    acts = [_stripped(piece) for piece in pieces if publishes(piece)]
    named = [title for title in acts if len(title) >= SHORTEST_TITLE]
    title = named[0] if named else max((_stripped(piece) for piece in pieces), key=len)
    return _shortened(title if len(title) >= SHORTEST_TITLE else phrase.strip())


def _stripped(piece: str) -> str:
    return _TRAILING.sub("", _LEADING.sub("", _UP_TO_VERB.sub("", _LEADING.sub("", piece)))).strip("、的。；")


def _shortened(title: str) -> str:
    """A long title ends at the last thing of its list that fits, else where it must."""
    if len(title) <= LONGEST_TITLE:
        return title
    listed = title[: LONGEST_TITLE - 1].rpartition("、")[0]
    return f"{listed}等" if len(listed) >= SHORTEST_TITLE else title[:LONGEST_TITLE]


def _words(title: str) -> tuple[str, ...]:
    """The two longest words of a title, in the order in which they stand there.

    Of a very long one the end is kept, where Chinese names the thing.
    """
    words = [word for word in _FILLER.split(title) if len(word) >= 2] or [title]
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)[:2]
    return tuple(word if len(word) <= 10 else word[-6:] for word in sorted(longest, key=title.index))
