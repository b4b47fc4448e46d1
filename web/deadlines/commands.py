"""Commands of deadlines."""

from __future__ import annotations

import click


@click.group()
def deadline() -> None:
    """Commands of deadlines."""
