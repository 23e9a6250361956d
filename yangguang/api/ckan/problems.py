"""What goes wrong, in CKAN's own shapes: its clients look at `__type` and at the status."""

from typing import Any


class ActionProblem(Exception):
    """An error inside the envelope: `error.__type`, its HTTP status, and the other keys."""

    def __init__(self, kind: str, status: int, **told: Any) -> None:
        super().__init__(kind)
        self.status = status
        self.error = {"__type": kind, **told}


class BadRequest(Exception):
    """An error outside the envelope: 400 with a bare JSON string."""


def invalid(**fields: str) -> ActionProblem:
    """`Validation Error`, 409: a sentence for each parameter."""
    return ActionProblem("Validation Error", 409, **{name: [told] for name, told in fields.items()})


def not_found(what: str = "") -> ActionProblem:
    return ActionProblem("Not Found Error", 404, message=f"Not found: {what}" if what else "Not found")


def forbidden(what: str) -> ActionProblem:
    return ActionProblem("Authorization Error", 403, message=f"Access denied: {what}")


def bad_search(told: str) -> ActionProblem:
    """`Search Query Error`, 400: a parameter that package_search does not know or cannot take."""
    return ActionProblem("Search Query Error", 400, message=f"Search Query is invalid: {told}")


def failed_search(told: str) -> ActionProblem:
    """`Search Error`, 409: the query itself cannot be read."""
    return ActionProblem("Search Error", 409, message=f"Search error: {told}")
