"""The four ways a use case can say no; every door turns them into its own words."""

from __future__ import annotations

from collections.abc import Mapping


class WorkflowError(Exception):
    """Anything the workflow refuses. `code` is stable; the words live in `web.labels`."""

    code = "workflow_error"

    def __init__(self, code: str | None = None, **params: object) -> None:
        if code is not None:
            self.code = code
        self.params = params
        super().__init__(self.code)


class NotFound(WorkflowError):
    """The thing is not there, or is outside the actor's scope: both look the same."""

    code = "not_found"


class Refused(WorkflowError):
    """The act is understood and not allowed now; `code` says why."""

    code = "refused"


class Forbidden(Refused):
    """The act is not this person's to do, whatever the state."""

    code = "not_yours"


class Stale(WorkflowError):
    """Somebody else acted first; `version` in `params` is the one that stands now."""

    code = "stale"


class Invalid(WorkflowError):
    """The input has errors: a code for each field (empty field name: the whole form)."""

    code = "invalid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("invalid", errors=dict(errors))
        self.errors = dict(errors)
