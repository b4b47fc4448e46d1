"""A day as commands take it."""

from __future__ import annotations

from datetime import date

import click


class IsoDay(click.ParamType[date]):
    """A date in ISO form."""

    name = "ISO"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day."""
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no ISO date", param, ctx)
