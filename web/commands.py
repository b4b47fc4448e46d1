"""Every command of the product: the same use cases as the pages, for hands and for jobs."""

from __future__ import annotations

import click
from flask import Flask

from web.accounts.commands import accounts
from web.calendar.commands import calendar
from web.deadlines.commands import deadline
from web.demo.commands import demo
from web.directives.commands import directives
from web.escalation.commands import escalation
from web.history.commands import audit
from web.installation import database, doctor, serve
from web.jobs.commands import sweep, worker

COMMANDS: tuple[click.Command, ...] = (
    demo,
    serve,
    database,
    doctor,
    deadline,
    calendar,
    directives,
    escalation,
    accounts,
    audit,
    worker,
    sweep,
)


def register(app: Flask) -> None:
    """Give the commands to `flask --app wsgi` too."""
    for command in COMMANDS:
        app.cli.add_command(command)
