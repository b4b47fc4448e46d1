"""The address of a kept view: the list's own, so that it opens with the reader's scope."""

from __future__ import annotations

from flask import url_for

from workflow.views.records import ListPage, SavedView

ENDPOINTS: dict[ListPage, str] = {
    ListPage.DIRECTIVES: "directives.index",
    ListPage.BOARD: "directives.board",
    ListPage.DOCUMENTS: "documents.index",
    ListPage.DOSSIERS: "dossiers.index",
    ListPage.VIOLATIONS: "violations.index",
}


def view_url(view: SavedView) -> str:
    """Return the address of the list as the view keeps it."""
    path = url_for(ENDPOINTS[view.page])
    return f"{path}?{view.query}" if view.query else path
