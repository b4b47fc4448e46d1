"""Addresses of other features' pages that a directive points to."""

from __future__ import annotations

from flask import url_for


def document_url(key: str) -> str:
    """Return the page of a document by its public key (`2021-0017`)."""
    return url_for("documents.show", key=key)


def agency_url(code: str) -> str:
    """Return the page of an agency by its code."""
    return url_for("agencies.show", code=code)
