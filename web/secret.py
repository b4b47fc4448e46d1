"""The secret that signs sessions, kept in the instance folder where the province gives none."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def kept_secret(instance: Path) -> str:
    """Return the secret that stands in a folder; empty where none was made yet."""
    kept = _file(instance)
    return kept.read_text(encoding="ascii").strip() if kept.exists() else ""


def make_secret(instance: Path) -> str:
    """Make a secret that only its owner reads; of several that begin at once all get the same."""
    with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=instance) as written:
        written.write(secrets.token_hex(32))
        written.flush()
        with suppress(FileExistsError):
            os.link(written.name, _file(instance))
    return kept_secret(instance)


def _file(instance: Path) -> Path:
    return instance / "secret_key"
