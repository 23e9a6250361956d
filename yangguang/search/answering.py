"""How a question is understood: as written; where that stands nowhere, as pinyin; or else as its words one by one.

Nobody who types `决算公开` wants nothing because texts say `公开部门决算`. But what is written always counts first.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from yangguang.search import tokens
from yangguang.search.index import asking
from yangguang.search.index.asking import Answer, Question
from yangguang.search.index.place import Reader


class Answered(NamedTuple):
    """An answer, the question as it was understood, and whether its letters were read as pinyin."""

    answer: Answer
    question: Question
    by_pinyin: bool = False


def answered(reader: Reader, question: Question, *, newest: bool, offset: int, limit: int) -> Answered:
    """The documents in which a question stands in the first of these ways in which it stands in any."""

    def ask(matching: asking.Matching, understood: Question) -> Answer:
        return asking.ask(reader, matching, understood, newest=newest, offset=offset, limit=limit)

    answer = ask(asking.as_written(reader, question), question)
    # Not asked of `counts`: whoever waits in one of those threads for another keeps it from being worked on.
    if answer.seqs or asking.is_there(reader, question):
        return Answered(answer, question)
    letters = letters_of(question)
    if letters and (pinyin := asking.by_pinyin(reader.schema, letters)):
        return Answered(ask(pinyin, question), question, by_pinyin=True)
    several = one_by_one(question)
    if several is not None and asking.is_there(reader, several):
        return Answered(ask(asking.as_written(reader, several), several), several)
    return Answered(answer, question)


def letters_of(question: Question) -> str:
    """The query as letters that may be pinyin; empty where it is anything else."""
    letters = "".join(question.words).replace("'", "").replace("ü", "v")
    return letters if letters.isascii() and letters.isalpha() and len(letters) > 1 else ""


def one_by_one(question: Question) -> Question | None:
    """The question with every word taken apart that is made of words; None where none is, or a 文号 is meant."""
    words = tuple(dict.fromkeys(part for word in question.words for part in _words_in(word)))
    return None if question.number or words == question.words else replace(question, words=words)


def _words_in(word: str) -> Iterator[str]:
    """The words that a word is made of. Itself, where characters would be left over: they are not to be lost."""
    parts = tokens.parts(word)
    meant = [char for char in word if char.isalnum()]
    yield from parts if parts and len("".join(parts)) == len(meant) else [word]
