"""Addresses of other features' pages that a directive points to."""

from __future__ import annotations

from flask import url_for
from werkzeug.routing import BuildError


def document_url(key: str) -> str:
    """Return the page of a document by its public key (`2021-0017`)."""
    try:
        return url_for("documents.show", key=key)
    except BuildError:
        return url_for("documents.index")


def agency_url(code: str) -> str:
    """Return the page of an agency by its code."""
    try:
        return url_for("agencies.show", code=code)
    except BuildError:
        return url_for("agencies.index")


def directive_url(number: str) -> str:
    """Return the page of a directive by its public number."""
    return url_for("directives.show", number=number)
