"""The registers of a unit with what they owe, one of them by itself, and what waits for whom."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q

from yangguang.directory import clock
from yangguang.directory.models import Unit
from yangguang.directory.permissions import Verb, allows
from yangguang.office.registers import duties
from yangguang.office.views.registers.scope import ForRegisters, registers_of
from yangguang.registers.models import Intake
from yangguang.registers.queries import intakes

PAGE = 50
VERSIONS_SHOWN = 12
FORCED_SHOWN = 20
_NO_TEXT = re.compile(r"[\x00-\x1f]")
"""Signs that no name has; PostgreSQL takes no NUL."""


class Registers(ForRegisters):
    """What is to be done first stands first; the general office sees all units, or one of them."""

    template_name = "office/registers/index.html"
    page_title = "清单数据"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, asked = self.request.user, self.request.GET
        sees_all = allows(person.role, Verb.SEE_ALL_UNITS)
        unit = (
            Unit.objects.filter(slug=_NO_TEXT.sub("", asked.get("unit", ""))).first()
            if sees_all
            else person.unit
        )
        words = _NO_TEXT.sub("", asked.get("q", "")).strip()[:100]
        found = registers_of(person)
        if unit:
            found = found.filter(unit=unit)
        if words:
            found = found.filter(Q(title__icontains=words) | Q(slug__icontains=words))
        today = clock.today()
        by = duties.standings_by_duty(today)
        urgent = {
            register.pk: duties.urgency(duties.of_register(register, by), today)
            for register in found.only("unit_id", "descriptor")
        }
        ordered = sorted(urgent, key=lambda pk: urgent[pk])
        page = Paginator(ordered, PAGE).get_page(asked.get("page"))
        rows = {register.pk: register for register in found.filter(pk__in=list(page))}
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "lines": duties.lines([rows[pk] for pk in page], by, today),
            "sees_all": sees_all,
            "unit": unit,
            "units": Unit.objects.filter(registers__isnull=False).distinct() if sees_all else [],
            "words": words,
            "overdue": sum(place[0] == 0 for place in urgent.values()),
            "waiting": len(intakes.waiting_for(person)) + len(intakes.takedowns_waiting_for(person)),
        }


class OneRegister(ForRegisters):
    """A register with its versions, its files on their way, and everything that can be done to it."""

    template_name = "office/registers/register.html"
    page_title = "清单"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        standings = duties.of_register(self.register, duties.standings_by_duty(today))
        begun = [one for one in standings if one.opens_on <= today]
        (line,) = duties.lines([self.register], {}, today)
        versions = self.register.versions.select_related("line").order_by("-number")
        return {
            **super().get_context_data(**kwargs),
            "line": duties.line_of(self.register, line.newest, line.files, standings, today),
            "periods": [(one, duties.told_of(one, self.register, today)) for one in begun[-VERSIONS_SHOWN:]],
            "described": self.register.described,
            "versions": versions[:VERSIONS_SHOWN],
            "version_count": versions.count(),
            "ended": duties.ended_of(self.register),
            "requests": self.register.takedown_requests.filter(ended_at=None).select_related("asked_by"),
            "tokens": self.register.tokens.filter(revoked_at=None).count(),
        }


class Waiting(ForRegisters):
    """What waits for this person, everything else on its way, and what went online without review."""

    template_name = "office/registers/waiting.html"
    page_title = "数据审核"
    header_icon = "clipboard-list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.request.user
        own = registers_of(person)
        mine = intakes.waiting_for(person)
        held = {one.taken.pk for one in mine}
        rows = Intake.objects.filter(register__in=own, ended_at=None).exclude(pk__in=held)
        rows = rows.select_related("register__unit", "by", "token").prefetch_related("steps")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return {
            **super().get_context_data(**kwargs),
            "mine": mine,
            "requests": intakes.takedowns_waiting_for(person),
            "page": page,
            "others": [intakes.state(taken) for taken in page],
            "forced": intakes.forced().filter(register__in=own)[:FORCED_SHOWN],
        }
