"""Parts that many pages show the same: drawn once for all that they follow from."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask, current_app, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from web.speech import language

MOST = 1_000
TOKEN_HERE = f"[{secrets.token_hex(16)}]"
"""Stands in a kept part where each reader's own token goes; nobody can guess it."""
Key = tuple[Hashable, ...]


def token() -> str:
    """Return the reader's own token, made once for each request; its cookie keeps it."""
    made: str | None = g.get("csrf_token")
    return made or str(generate_csrf())


class Keeper:
    """Draws a part of a page once and gives the same words again.

    A template names what the part follows from: `{% call once("menu", role, place) %}`. The
    language and the root of the addresses are always among it. A part shows nothing but what
    its facts say, so two readers who see the same of it may see what was drawn for one of
    them; a token is no such fact, it is put in afterwards (`token_here`).
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._drawn: dict[Key, str] = {}

    def __len__(self) -> int:
        return len(self._drawn)

    def __call__(self, name: str, *facts: Hashable, caller: Callable[[], str]) -> Markup:
        """Return the part `name` for these facts, drawn by the template's call block once."""
        key = (name, language(), request.script_root, *facts)
        part = self._drawn.get(key)
        if part is None or current_app.debug:
            if len(self._drawn) >= self.most:
                self._drawn.clear()
            part = self._drawn[key] = str(caller())
        if TOKEN_HERE in part:
            part = part.replace(TOKEN_HERE, token())
        return Markup(part)  # noqa: S704 - the template escaped it


def register(app: Flask) -> None:
    """Give the templates of `app` their keeper."""
    given: dict[str, Any] = {"once": Keeper(), "token_here": TOKEN_HERE}
    app.jinja_env.globals.update(given)
