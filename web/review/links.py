"""Where the things named on the desk's pages stand."""

from __future__ import annotations

from flask import url_for

from web.addresses import page_at


def case_url(number: str) -> str:
    """Return the address of a case."""
    return url_for("review.show", number=number)


def violation_url(key: int) -> str:
    """Return the page of a violation."""
    return url_for("violations.show", violation_id=key)


def violation_number(key: int) -> str:
    """Return the public number of a violation."""
    return f"VP-{key}"


def desk_url(**more: object) -> str:
    """Return the address of the desk, seen in a certain way."""
    return page_at("review.index", more)
