"""What a night asks of directives before it does anything: whether work was left by an agency."""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, or_, select, text
from sqlalchemy.orm import aliased

from models.agencies.rows import AgencyRow, SuccessionRow
from models.directives.matter_rows import INPUT_OPEN, InputRequestRow
from models.directives.rows import OPEN, CoordinatingRow, DirectiveRow
from models.jobs.looking import DAY, Asked, asked_of


def work_left(day: date) -> Asked:
    """Whether an agency that went over by `day` still leads, coordinates or handed down work.

    Or somebody is still asked for input in an agency that ended.
    """
    return asked_of(_left(), day)


@cache
def _left() -> ColumnElement[bool]:
    old = aliased(AgencyRow)
    gone = (
        select(SuccessionRow.predecessor_id)
        .join(old, old.id == SuccessionRow.predecessor_id)
        .where(SuccessionRow.on <= DAY, old.valid_to < SuccessionRow.on)
    )
    one, is_open = select(DirectiveRow.id), text(OPEN)
    beside = CoordinatingRow
    of_open = one.where(DirectiveRow.id == beside.directive_id, is_open).exists()
    asked = aliased(AgencyRow)
    silent = (
        select(InputRequestRow.id)
        .join(asked, asked.id == InputRequestRow.agency_id)
        .where(text(f"input_requests.{INPUT_OPEN}"), asked.valid_to < DAY)
    )
    return or_(
        silent.exists(),
        one.where(DirectiveRow.lead_agency_id.in_(gone), is_open).exists(),
        one.where(DirectiveRow.handed_by_id.in_(gone), is_open).exists(),
        select(beside.directive_id).where(beside.agency_id.in_(gone), of_open).exists(),
    )
