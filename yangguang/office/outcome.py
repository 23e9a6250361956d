"""What an act changed in the ledger, told to the person who acted."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.admin import messages

from yangguang.directory import clock
from yangguang.directory.models import Unit
from yangguang.ledger import actions as ledger_actions
from yangguang.ledger import queries as ledger
from yangguang.ledger.queries import Standing
from yangguang.publishing.models import Document
from yangguang.registers.models import Version
from yangguang.rules.verdict_words import told

SHOWN = 5


@dataclass(frozen=True)
class Change:
    """A period whose verdict the act changed, as it stands now."""

    standing: Standing
    words: str


class Watch:
    """Looks at a unit's verdicts before an act, and after it says which ones changed."""

    def __init__(self, *, unit: Unit) -> None:
        self.unit = unit
        self.before = self._verdicts()

    def changes(self) -> list[Change]:
        """The periods whose state changed since, newest first. Brings the ledger up to date first."""
        ledger_actions.catch_up()
        changed = [
            standing
            for standing in self._standings()
            if self.before.get((standing.obligation.pk, standing.key)) != standing.verdict.state
        ]
        return [Change(standing, told(standing.verdict)) for standing in changed]

    def tell(self, request: HttpRequest, document: Document) -> None:
        """Say that the document is out, with its journal line and the verdicts that changed."""
        if (edition := document.edition) is not None:
            self._tell(request, edition.line_id, document.get_absolute_url(), "门户页面")

    def tell_version(self, request: HttpRequest, version: Version) -> None:
        """The same of a version of a register."""
        self._tell(request, version.line_id, version.get_absolute_url(), "数据页")

    def _tell(self, request: HttpRequest, line: int, address: str, name: str) -> None:
        changes = self.changes()
        sentence = "；".join(
            f"『{change.standing.obligation.title}』{change.standing.label}：{change.words}"
            for change in changes[:SHOWN]
        )
        if not changes:
            sentence = "没有公开事项的判定因此改变（标题和主题词里没有方案要求的词，或者该期已经公开过）"
        elif len(changes) > SHOWN:
            sentence += f"；等 {len(changes)} 期"
        buttons = [messages.button(address, name)]
        if changes:
            buttons.append(messages.button(changes[0].standing.obligation.get_absolute_url(), "公开事项"))
        messages.success(request, f"已发布，日志第 {line} 行。{sentence}。", buttons=buttons)

    def _verdicts(self) -> dict[tuple[int, str], str]:
        return {
            (standing.obligation.pk, standing.key): standing.verdict.state for standing in self._standings()
        }

    def _standings(self) -> list[Standing]:
        """Nothing, as long as no plan has been adopted: then there are no duties to watch."""
        try:
            return ledger.standings(as_of=clock.today(), unit=self.unit)
        except ledger.NoPlan:
            return []
