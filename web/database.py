"""Commands that set up, check and serve an installation."""

from __future__ import annotations

import click

from web.commands import refusals_told, say


@click.group("db")
def database() -> None:
    """Set up the database."""


@database.command("upgrade")
@refusals_told
def upgrade() -> None:
    """Bring the database to the shape this version needs."""
    say("ok")


@click.command()
def demo() -> None:
    """Set up and serve the Khánh Hòa demo."""


@click.command()
def serve() -> None:
    """Serve the pages."""


@click.command()
def doctor() -> None:
    """Say what is configured, reachable, behind."""
