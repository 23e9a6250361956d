"""A verb's refusal becomes a message on the form, never a traceback."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse

from yangguang.directory.permissions import Forbidden


class RefusalsOnTheForm:
    """For a form view: its work is one transaction, and what is refused is told above the fields."""

    refused_message = "没有办成："
    produced_error_message: str | None

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except (Forbidden, ValueError, ValidationError) as problem:
            form.add_error(None, problem if isinstance(problem, ValidationError) else str(problem))
            self.produced_error_message = self.refused_message
            self.forget_what_was_rolled_back(form)
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def is_valid(self, form: Any) -> bool:
        """Whether the fields are good; else a sentence above the form says what to do."""
        valid: bool = super().is_valid(form)  # type: ignore[misc]
        if not valid:
            again = "；选好的文件要重新选" if form.is_multipart() else ""
            self.produced_error_message = (
                f"{self.refused_message}要改的地方在下面标出，改好再提交一次。填好的内容都还在{again}。"
            )
        return valid

    def forget_what_was_rolled_back(self, form: Any) -> None:
        """Nothing to forget, unless the form's row was new."""
