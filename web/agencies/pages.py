"""Pages of agencies: the tree by date, one agency, and what the admin keeps."""

from __future__ import annotations

from web.agencies import around, groups, showing, upkeep
from web.agencies.blueprint import blueprint

__all__ = ["around", "blueprint", "groups", "showing", "upkeep"]
