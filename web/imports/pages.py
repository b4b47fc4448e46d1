"""Pages of imports and of profiles."""

from __future__ import annotations

from web.imports import bringing, building, ledger
from web.imports.blueprint import blueprint

__all__ = ["blueprint", "bringing", "building", "ledger"]
