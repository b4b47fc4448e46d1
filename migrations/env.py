"""Run migrations on the application's own engine, whichever database it is."""

from __future__ import annotations

from alembic import context
from flask import current_app

import models
from models.base import Base

assert models  # every table is known to the metadata


def engine():
    """Return the engine of the running application."""
    return current_app.extensions["migrate"].db.engine


def run_online() -> None:
    """Run every migration in one transaction."""
    with engine().connect().execution_options(write=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()


def run_offline() -> None:
    """Write the SQL instead of running it."""
    context.configure(
        url=engine().url.render_as_string(hide_password=True),
        target_metadata=Base.metadata,
        literal_binds=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
