"""Work that nobody was given: it belongs to the roles of clerk and head, not to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from models.accounts.rows import MembershipRow
from models.agencies.rows import AgencyRow
from models.directives.matter_rows import RoutingRow
from models.directives.queries import IS_OPEN
from models.directives.rows import DirectiveRow
from models.lasting import stands_on
from workflow.accounts.records import SUBMITTING_ROLES
from workflow.directives.records import State


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRole:
    """Running work that an agency's clerk and head hold by their role: nobody was given it."""

    agency_code: str
    agency_name: str
    count: int


def work_of_roles(
    connection: Connection, account_id: int, day: date, agency_id: int | None = None
) -> tuple[OfRole, ...]:
    """Return how much of each agency's own work waits for the roles somebody holds on `day`.

    Only of the agency named, where one is: it is no other's to know.
    """
    routed = select(RoutingRow.id).where(
        RoutingRow.directive_id == DirectiveRow.id,
        RoutingRow.agency_id == DirectiveRow.lead_agency_id,
        RoutingRow.is_current,
    )
    held = select(MembershipRow.agency_id).where(
        MembershipRow.account_id == account_id,
        MembershipRow.role.in_(sorted(SUBMITTING_ROLES)),
        stands_on(MembershipRow, day),
    )
    found = (
        select(AgencyRow.code, AgencyRow.name, func.count().label("found"))
        .join(DirectiveRow, DirectiveRow.lead_agency_id == AgencyRow.id)
        .where(
            AgencyRow.id.in_(held),
            IS_OPEN,
            DirectiveRow.state != State.REPORTED,
            DirectiveRow.decline_standing.is_(False),
            ~routed.exists(),
        )
        .group_by(AgencyRow.id, AgencyRow.code, AgencyRow.name)
        .order_by(AgencyRow.name)
    )
    if agency_id is not None:
        found = found.where(AgencyRow.id == agency_id)
    return tuple(
        OfRole(agency_code=row.code, agency_name=row.name, count=row.found)
        for row in connection.execute(found)
    )
