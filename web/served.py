"""The application as `dondoc serve` runs it: pages, and workers beside them."""

from __future__ import annotations

from flask import Flask

from web.factory import app_from_environment
from web.jobs.engine import engine_of


def app() -> Flask:
    """Make the application and start its workers in this process."""
    made = app_from_environment(settled=True)
    engine_of(made).run_beside()
    return made
