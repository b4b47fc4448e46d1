"""What a night asks of violations before it does anything: whether something fell due, or back."""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, or_

from models.jobs.looking import DAY, Asked, asked_of
from models.violations.finding import is_due
from models.violations.inputs import OWED
from models.violations.lateness import is_late
from models.violations.periods import MISSING
from models.violations.righting import LOOKS_BACK, is_righted


def dossiers_due(day: date) -> Asked:
    """Whether an open dossier fell due before `day`, or waits while its day moves."""
    return asked_of(_dossiers(), day)


def directives_due(day: date) -> Asked:
    """Whether a day passed before `day` without its report or answer, or a paper came in time."""
    return asked_of(_directives(), day, looks_back_to=day - LOOKS_BACK)


@cache
def _dossiers() -> ColumnElement[bool]:
    return is_due(DAY)


@cache
def _directives() -> ColumnElement[bool]:
    return or_(is_late(DAY), MISSING.is_due(DAY), OWED.is_due(DAY), *is_righted())
