"""Who may judge a report today, by name: the office's own people, and the province's inspectors."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, and_, or_, select

from models.accounts.rows import AccountRow, MembershipRow
from models.agencies.rows import AgencyRow
from models.lasting import stands_on
from workflow.accounts.records import Role


def who_judges(
    connection: Connection, office_id: int, day: date, *, but: Collection[int]
) -> tuple[tuple[str, str], ...]:
    """Return name and agency of those who hold the role on `day`, without the accounts `but`.

    They are the office's colleagues and every inspector, the office first. Whether one of them
    had a hand in a certain report is judged when they act (product.md §3, `verify`).
    """
    ours = and_(MembershipRow.agency_id == office_id, MembershipRow.role == Role.OFFICE)
    rows = connection.execute(
        select(AccountRow.name, AgencyRow.name)
        .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
        .join(AgencyRow, AgencyRow.id == MembershipRow.agency_id)
        .where(
            or_(ours, MembershipRow.role == Role.INSPECTOR),
            stands_on(MembershipRow, day),
            AccountRow.is_active.is_(True),
            AccountRow.is_system.is_(False),
            AccountRow.id.not_in(sorted(but)),
        )
        .order_by(MembershipRow.role != Role.OFFICE, AccountRow.sort_key, AccountRow.id)
    )
    return tuple(dict.fromkeys((name, agency) for name, agency in rows))
