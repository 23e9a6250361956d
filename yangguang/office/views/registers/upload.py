"""Hand in a file for a register, and say how it is to be read: proposed, confirmed, remembered."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin import messages

from yangguang.directory import clock
from yangguang.office.forms.registers import UploadForm
from yangguang.office.registers import columns, duties
from yangguang.office.views.registers import checking, waiting
from yangguang.office.views.registers.scope import REFUSALS, ForRegisters
from yangguang.registers.actions import intakes
from yangguang.registers.intake import Choices, Unreadable
from yangguang.registers.models import Intake


class Upload(ForRegisters):
    """The file, its period, a note. `?instead=` names a faulty file that this one takes the place of."""

    template_name = "office/registers/upload.html"
    page_title = "上传数据"
    header_icon = "upload"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, today = self.request.GET, clock.today()
        standings = duties.of_register(self.register, duties.standings_by_duty(today))
        initial = {name: asked.get(name, "") for name in ("period", "note")}
        return {
            "form": UploadForm(register=self.register, initial=initial),
            **super().get_context_data(**kwargs),
            "described": self.register.described,
            "instead": self._instead(),
            "open_periods": [
                (one, url)
                for one in standings
                if one.opens_on <= today and not one.key.startswith("#")
                if (url := duties.told_of(one, self.register, today)[2])
            ],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = UploadForm(request.POST, request.FILES, register=self.register)
        # Our own script sends the file to show how much of it has gone; it shows the rest itself.
        by_script = not request.accepts("text/html")
        if not form.is_valid():
            return self._refused(form, by_script)
        if not by_script and form.cleaned_data["file"].size >= waiting.WATCHED:
            return self._told(form)
        try:
            taken = self._take(form)
        except REFUSALS as problem:
            form.add_error(None, str(problem))
            return self._refused(form, by_script)
        address = reverse("intakes:choose", args=[taken.pk])
        return JsonResponse({"next": address}) if by_script else redirect(address)

    def _take(self, form: UploadForm) -> Intake:
        facts = dict(form.cleaned_data)
        file, by, now = facts.pop("file"), self.request.user, clock.now()
        taken = intakes.receive(
            by=by, now=now, register=self.register, name=file.name, data=_held(file), **facts
        )
        if (faulty := self._instead()) is not None:
            intakes.give_up(by=by, now=now, taken=faulty)
        return taken

    def _refused(self, form: UploadForm, by_script: bool) -> HttpResponse:
        if not by_script:
            return self.render_to_response(self.get_context_data(form=form))
        return JsonResponse({"problems": [str(one) for held in form.errors.values() for one in held]})

    def _told(self, form: UploadForm) -> HttpResponseBase:
        """Without the script: the file is here, and its reading is told as it goes on."""
        file = form.cleaned_data["file"]
        taken: list[Intake] = []

        def work() -> Iterator[str]:
            yield f"收到 {filesizeformat(file.size)}"
            yield "读取工作表，找表头，认列"
            taken.append(self._take(form))

        def onward() -> str:
            return reverse("intakes:choose", args=[taken[0].pk])

        facts = {**self.get_context_data(form=form), "step": 1, "doing": "读取", "name": file.name}
        back = self.request.get_full_path()
        return waiting.stream(
            self.request,
            "office/registers/working.html",
            facts,
            lambda: waiting.phases(work, "读完了，看怎样读", onward, back),
        )

    def _instead(self) -> Intake | None:
        named = self.request.GET.get("instead", "")
        if not named.isdecimal():
            return None
        return self.register.intakes.filter(pk=named, ended_at=None, sent_at=None).first()


def _held(file: UploadedFile) -> bytes | Path:
    """The bytes of a small file; where a large one stands."""
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    return bytes(file.read())


class Choose(ForRegisters):
    """Sheet, heading rows, and the field of each column: the proposal with its reasons and sample rows."""

    template_name = "office/registers/choose.html"
    page_title = "确认读法"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {
            "chosen": {},
            "refused": "",
            **super().get_context_data(**kwargs),
            "taken": self.taken,
            "fields": columns.fields_of(self.taken),
        }
        try:
            found["reading"] = self._reading(self.request.GET)
        except Unreadable as problem:
            found["refused"] = str(problem)
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        if self.taken.ended_at or self.taken.sent_at:
            return redirect("intakes:intake", self.taken.pk)
        if not checking.is_large(self.taken):
            return super().get(request, *args, **kwargs)
        # What is known without reading comes first; what was read takes its place.
        facts = {**super().get_context_data(), "taken": self.taken, "is_reading": True}
        return waiting.stream(request, self.template_name, facts, self._read_aloud)

    def _read_aloud(self) -> Iterator[str]:
        yield render_to_string("office/registers/_choose.html", self.get_context_data(), self.request)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        chosen = {
            int(name.removeprefix("column-")): request.POST[name]
            for name in request.POST
            if name.startswith("column-") and name.removeprefix("column-").isdecimal()
        }
        try:
            return checking.check(
                request,
                self.request.user,
                self.taken,
                super().get_context_data(),
                lambda: self._chosen(request.POST, chosen),
            )
        except REFUSALS as problem:
            return self.render_to_response(self.get_context_data(chosen=chosen, refused=str(problem)))

    def _chosen(self, given: Any, chosen: dict[int, str]) -> Intake:
        """Fix the reading that the form names. Raises one of REFUSALS."""
        reading = self._reading(given)
        proposed = reading.proposed.choices
        choices = Choices(
            proposed.sheet, proposed.first_row, proposed.last_row, columns.choices_of(reading, chosen), {}
        )
        taken = intakes.choose(
            by=self.request.user,
            now=clock.now(),
            taken=self.taken,
            choices=choices,
            proposed=reading.proposed,
        )
        taken.sheets = reading.sheets
        return taken

    def _reading(self, given: Any) -> columns.Reading:
        numbers = {
            name: int(given[name])
            for name in ("first_row", "last_row")
            if str(given.get(name, "")).isdecimal()
        }
        first = max(numbers.get("first_row", 0), 1) if "first_row" in numbers else None
        return columns.read(
            self.taken, sheet=given.get("sheet", ""), first_row=first, last_row=numbers.get("last_row")
        )


class CheckAgain(ForRegisters):
    """Check once more on the newest version, where somebody published one meanwhile."""

    page_title = "重新检查"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("intakes:intake", self.taken.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return checking.check(request, self.request.user, self.taken, self.get_context_data())
        except REFUSALS as problem:
            messages.error(request, str(problem))
            return redirect("intakes:intake", self.taken.pk)
