"""Extensions, unbound: the factory binds them to an application."""

from __future__ import annotations

from pathlib import Path

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
"""Where the steps of the database's shape stand, wherever a command is typed."""

login = LoginManager()
migrate = Migrate(directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
csrf = CSRFProtect()
babel = Babel()
