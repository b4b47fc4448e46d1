"""A file that cannot be read, told by its line and field."""

from __future__ import annotations

from workflow.errors import Refused


class BadLine(Refused):
    """A line of a file is wrong; `reason` is the code that says why."""

    def __init__(self, line: int, field: str, reason: str) -> None:
        super().__init__("bad_line", line=line, field=field, reason=reason)
        self.line, self.field, self.reason = line, field, reason
