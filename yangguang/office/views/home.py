"""The first screen: what is due, late and missing, by day, each with one button."""

import datetime as dt
from typing import Any

from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from yangguang.chores import queries as chores
from yangguang.directory import clock
from yangguang.directory.models import Unit
from yangguang.directory.permissions import Verb, allows
from yangguang.ledger import queries as ledger
from yangguang.office import owed
from yangguang.office.access import DeskRequest
from yangguang.office.registers import duties
from yangguang.office.wording import weekday
from yangguang.plan.models import PlanVersion
from yangguang.publishing.models import Document
from yangguang.publishing.queries import cleanups, erasure, interpretation, review, status
from yangguang.registers.queries import feedback, intakes
from yangguang.rules.marking import State

DRAFTS_SHOWN = 8
OPEN = (State.MISSING, State.NOT_YET)


class Home(WagtailAdminTemplateMixin, TemplateView):
    """For an editor, their unit's duties; for the general office, a table of all units, and any one."""

    request: DeskRequest
    template_name = "office/home.html"
    page_title = "首页"
    breadcrumbs_items: list[dict[str, Any]] = []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        person = self.request.user
        sees_all = allows(person.role, Verb.SEE_ALL_UNITS)
        unit = self._chosen_unit() if sees_all else person.unit
        context = {
            **super().get_context_data(**kwargs),
            "today": today,
            "weekday": weekday(today),
            "sees_all": sees_all,
            "unit": unit,
            "drafts": self._drafts(unit),
            "erasures": erasure.waiting_for(person),
            "waiting": review.waiting_for(person),
            "tables_waiting": (tables := intakes.waiting_for(person)),
            "takedowns_waiting": (takedowns := intakes.takedowns_waiting_for(person)),
            "tables_due": len(tables) + len(takedowns),
            "tables_open": self._tables(unit),
            "may_write": allows(person.role, Verb.PUBLISH),
            "interpretation_late": interpretation.overdue(today, unit),
            "terms": status.terms_ending(today, unit)[:DRAFTS_SHOWN],
            "markings": self._markings(today, unit),
            "requests": cleanups.requests_waiting()[:DRAFTS_SHOWN] if sees_all else [],
            "feedback": feedback.waiting_for(person, today),
            "failing": chores.failing() if sees_all else [],
        }
        if not PlanVersion.objects.exists():
            return {**context, "no_plan": True}
        standings = ledger.standings(as_of=today, unit=unit)
        return {
            **context,
            "buckets": owed.buckets(standings, today, duties.by_duty()),
            "late": owed.late_ones(standings),
            "score": ledger.score(standings),
            "unit_rows": owed.by_unit(standings, today) if sees_all and unit is None else [],
        }

    def _chosen_unit(self) -> Unit | None:
        return Unit.objects.filter(slug=self.request.GET.get("unit", "")).first()

    def _markings(self, today: dt.date, unit: Unit | None) -> list[cleanups.Marking]:
        """What is still to be marked or asked for, the first due first."""
        open_ones = [one for one in cleanups.markings(today, unit=unit) if one.state in OPEN]
        return sorted(open_ones, key=lambda one: one.row.cleanup.decided_on)[:DRAFTS_SHOWN]

    def _tables(self, unit: Unit | None) -> list[intakes.State]:
        """Files on their way into registers that their editor has still something to do for."""
        if unit is None:
            return []
        found = (intakes.state(taken) for taken in intakes.open_ones(unit.registers.all()))
        return [one for one in found if one.stage is not intakes.Stage.WAITING][:DRAFTS_SHOWN]

    def _drafts(self, unit: Unit | None) -> Any:
        waiting = Document.objects.filter(has_unpublished_changes=True, withdrawal__isnull=True)
        shown = list((waiting.filter(unit=unit) if unit else waiting).select_related("unit")[:DRAFTS_SHOWN])
        words = review.words_of(shown)
        return [(draft, words.get(draft.pk, "还没有送审")) for draft in shown]
