"""Commands of directives."""

from __future__ import annotations

import click


@click.group()
def directives() -> None:
    """Commands of directives."""
