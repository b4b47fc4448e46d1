"""A page as a record: what its template reads, each thing under its own name, with its type."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from flask import render_template


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one template reads. A page is a frozen dataclass of its own, beside its view."""

    template: ClassVar[str]

    def render(self) -> str:
        """Return the template filled with the record's fields."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return render_template(self.template, **given)
