"""Every command of the product: the same use cases as the pages, for hands and for jobs."""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask

COMMANDS: dict[str, str] = {
    "demo": "web.demo.commands:demo",
    "serve": "web.installation:serve",
    "db": "web.installation:database",
    "doctor": "web.installation:doctor",
    "deadline": "web.deadlines.commands:deadline",
    "calendar": "web.calendar.commands:calendar",
    "directives": "web.directives.commands:directives",
    "dossiers": "web.dossiers.commands:dossiers",
    "escalation": "web.escalation.commands:escalation",
    "violations": "web.violations.commands:violations",
    "report": "web.summaries.commands:report",
    "periods": "web.periods.commands:periods",
    "accounts": "web.accounts.commands:accounts",
    "audit": "web.history.commands:audit",
    "backup": "web.backups.commands:backup",
    "restore": "web.backups.commands:restore",
    "worker": "web.jobs.commands:worker",
    "sweep": "web.jobs.commands:sweep",
}
"""Each command and where it stands; one is imported when it is asked for, so that those
without a database start at once."""


def command_named(name: str) -> click.Command:
    """Return a command of the product; KeyError when it has none of that name."""
    module, _, attribute = COMMANDS[name].partition(":")
    found = getattr(import_module(module), attribute)
    assert isinstance(found, click.Command)  # noqa: S101 - the table names commands only
    return found


def register(app: Flask) -> None:
    """Give the commands to `flask --app wsgi` too."""
    for name in COMMANDS:
        app.cli.add_command(command_named(name), name)
