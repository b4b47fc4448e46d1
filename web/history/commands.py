"""Commands of history."""

from __future__ import annotations

import click


@click.group()
def audit() -> None:
    """Commands of history."""
