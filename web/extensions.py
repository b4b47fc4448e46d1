"""Extensions, unbound: the factory binds them to an application."""

from __future__ import annotations

from flask import request, session
from flask_babel import Babel
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from web import counting

login = LoginManager()
migrate = Migrate(directory="migrations", render_as_batch=True, compare_type=True)
csrf = CSRFProtect()
babel = Babel()


def who_asks() -> str:
    """Return what requests are counted under: a signed-in person, else the address.

    A whole province may come from one address; one of its people does not use up the rest's.
    """
    person = session.get("_user_id")
    return f"person {person}" if person else request.remote_addr or ""


assert counting  # noqa: S101 - imported so that `here://` is known
limiter = Limiter(key_func=who_asks)
