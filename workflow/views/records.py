"""A way of looking at a list: which list, filtered, sorted and with which columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ListPage(StrEnum):
    """Lists of which a view can be kept."""

    DIRECTIVES = "directives"
    BOARD = "board"
    DOCUMENTS = "documents"
    DOSSIERS = "dossiers"
    VIOLATIONS = "violations"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A view under its owner's name for it; `query` is the address's own, without the page turned.

    It holds no rows: whoever opens it sees what their own scope lets them see.
    """

    id: int
    owner_id: int
    owner_name: str
    page: ListPage
    name: str
    query: str
