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

    def forget_what_was_rolled_back(self, form: Any) -> None:
        """Nothing to forget, unless the form's row was new."""
