"""A task's text → what it promises."""

from dataclasses import dataclass

from yangguang.rules.cadence.cadences import CadenceMention, most_specific, read_mentions
from yangguang.rules.cadence.channels import read_channels
from yangguang.rules.cadence.folded import fold
from yangguang.rules.cadence.forms import read_form
from yangguang.rules.cadence.measures import Measure, read_measures


@dataclass(frozen=True)
class Duty:
    """What the words of one task promise.

    `cadence` is the most specific one of `cadences` in the order of `CADENCES`; `form` is the main
    thing to be made public, one of `FORMS`; phrases are as printed.
    """

    cadence: str
    cadences: tuple[CadenceMention, ...]
    channels: tuple[str, ...]
    form: str
    measures: tuple[Measure, ...]


def read_duty(text: str) -> Duty:
    """Read one task, or one duty cut from it, or the time column's cell beside it.

    Any text is accepted; one that promises nothing gives cadence "none" and form "internal".
    """
    folded = fold(text)
    mentions = read_mentions(folded)
    return Duty(
        cadence=most_specific(mentions),
        cadences=mentions,
        channels=read_channels(folded),
        form=read_form(folded),
        measures=read_measures(folded),
    )
