"""Icons of the sprite, each written once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

SPRITE = "vendor/icons.svg"


def register(app: Flask) -> None:
    """Give templates `sprite_icon`, which `macros/icons.html` hands on under its own name."""
    asset_url: Any = app.jinja_env.globals["asset_url"]

    def sprite_icon(name: str, label: str | None = None, extra: str = "") -> Markup:
        return drawn(asset_url(SPRITE), name, label, extra)

    app.jinja_env.globals["sprite_icon"] = sprite_icon


@lru_cache(maxsize=2_048, typed=True)
def drawn(sprite: str, name: str, label: str | None, extra: str) -> Markup:
    """Return an icon; with a label it is read aloud, without one it is decoration.

    Plain words and markup are kept apart (`typed`), for only the first are escaped.
    """
    classes = f"dd-icon {escape(extra)}" if extra else "dd-icon"
    read = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    use = f'<use href="{escape(sprite)}#{escape(name)}"></use>'
    return Markup(f'<svg class="{classes}" {read}>{use}</svg>')  # noqa: S704 - escaped above
