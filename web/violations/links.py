"""Addresses of violations, and of other features' pages that a violation points to."""

from __future__ import annotations

from flask import current_app, url_for

from workflow.violations.records import Violation


def violation_url(violation: Violation) -> str:
    """Return the page of a violation."""
    return url_for("violations.show", violation_id=violation.id)


def dossier_url(source: str, code: str) -> str:
    """Return the page of a dossier."""
    return url_for("dossiers.show", source=source, code=code)


def case_url(number: str) -> str | None:
    """Return the page of a case of repeated violations, where this installation has one."""
    if "review.show" not in current_app.view_functions:
        return None
    return url_for("review.show", number=number)
