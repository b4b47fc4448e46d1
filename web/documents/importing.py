"""Taking in a task sheet: a file becomes one draft, or a reason why not."""

from __future__ import annotations

from web.documents.blueprint import blueprint


@blueprint.get("/import")
def take_in() -> str:
    """Show the form that takes a sheet."""
    return ""
