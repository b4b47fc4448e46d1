"""The outbox and the inboxes as a round of delivery sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    insert,
    or_,
    select,
    union,
    update,
)

from models.accounts.rows import AccountRow, MembershipRow, StandInRow
from models.agencies.rows import AgencyRow, SuccessionRow
from models.base import table_of
from models.lasting import stands_on
from models.messages.rows import InboxRow, MessageRow, NoticeChoiceRow
from workflow.accounts.records import Role
from workflow.messages.delivering import Item, Waiting
from workflow.messages.recipients import Holder, standing_heirs
from workflow.messages.records import Choices, Delivery

_MESSAGES, _INBOX = table_of(MessageRow), table_of(InboxRow)
_WAITING = (
    select(
        _MESSAGES.c.id,
        _MESSAGES.c.to_account,
        _MESSAGES.c.to_agency,
        _MESSAGES.c.to_role,
        _MESSAGES.c.urgency,
        _MESSAGES.c.subject,
    )
    .where(_MESSAGES.c.delivery == Delivery.WAITING)
    .order_by(_MESSAGES.c.id)
)
_MARK = (
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("message"))
    .values(
        delivery=bindparam("new_delivery"),
        delivered_at=bindparam("new_delivered_at"),
        recipients=bindparam("new_recipients"),
    )
)


def _standing_in(day: date) -> ColumnElement[bool]:
    return and_(StandInRow.ended_at.is_(None), StandInRow.from_on <= day, StandInRow.to_on >= day)


class DeliveryRegister:
    """Delivery within one transaction: what it takes, no other worker takes meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_waiting(self, limit: int) -> Sequence[Waiting]:
        """Hold the oldest notices that nobody got yet and nobody else holds."""
        rows = self._connection.execute(_WAITING.limit(limit).with_for_update(skip_locked=True))
        return [
            Waiting(
                id=row.id,
                to_account=row.to_account,
                to_agency=row.to_agency,
                to_role=row.to_role,
                urgency=row.urgency,
                subject=row.subject,
            )
            for row in rows
        ]

    def heirs(self, agency_ids: Iterable[int], day: date) -> Mapping[int, frozenset[int]]:
        """Return who stands on `day` for each agency: itself, or those who took it over."""
        wanted = set(agency_ids)
        alive = and_(
            stands_on(AgencyRow, day),
        )
        standing = self._ids(select(AgencyRow.id).where(AgencyRow.id.in_(wanted), alive))
        if wanted <= standing:
            return {agency: frozenset({agency}) for agency in wanted}
        successors: dict[int, set[int]] = defaultdict(set)
        for row in self._connection.execute(
            select(SuccessionRow.predecessor_id, SuccessionRow.successor_id).where(
                SuccessionRow.on <= day
            )
        ):
            successors[row.predecessor_id].add(row.successor_id)
        everywhere = self._ids(select(AgencyRow.id).where(alive))
        lines = {agency: frozenset(after) for agency, after in successors.items()}
        return {agency: standing_heirs(agency, everywhere, lines) for agency in wanted}

    def _ids(self, statement: object) -> frozenset[int]:
        return frozenset(self._connection.execute(statement).scalars())  # type: ignore[call-overload]

    def holders(
        self, day: date, *, agency_ids: Iterable[int], roles: Iterable[Role]
    ) -> Sequence[Holder]:
        """Return who holds a role in these agencies, or one of these roles anywhere, on `day`.

        Who stands in for a holder on the day is one too.
        """
        held = (
            or_(
                MembershipRow.agency_id.in_(sorted(agency_ids)),
                MembershipRow.role.in_(sorted(roles)),
            ),
            stands_on(MembershipRow, day),
        )
        own = select(MembershipRow.account_id, MembershipRow.role, MembershipRow.agency_id)
        lent = select(
            StandInRow.stand_in_id.label("account_id"), MembershipRow.role, MembershipRow.agency_id
        ).join(
            StandInRow,
            and_(
                StandInRow.absent_id == MembershipRow.account_id,
                StandInRow.role == MembershipRow.role,
                StandInRow.agency_id == MembershipRow.agency_id,
                _standing_in(day),
            ),
        )
        rows = self._connection.execute(union(own.where(*held), lent.where(*held)))
        return [
            Holder(account_id=row.account_id, role=Role(row.role), agency_id=row.agency_id)
            for row in rows
        ]

    def stand_ins(self, day: date, account_ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
        """Return who stands in on `day` for each of these accounts that has somebody."""
        found: dict[int, set[int]] = defaultdict(set)
        for row in self._connection.execute(
            select(StandInRow.absent_id, StandInRow.stand_in_id).where(
                StandInRow.absent_id.in_(sorted(account_ids)), _standing_in(day)
            )
        ):
            found[row.absent_id].add(row.stand_in_id)
        return {absent: frozenset(others) for absent, others in found.items()}

    def choices(self, account_ids: Iterable[int]) -> Mapping[int, Choices]:
        """Return what people chose; closed accounts and the system's own are left out.

        Who has no address gets no letter.
        """
        rows = self._connection.execute(
            select(
                AccountRow.id,
                AccountRow.email,
                NoticeChoiceRow.by_email,
                NoticeChoiceRow.digest_hour,
            )
            .outerjoin(NoticeChoiceRow, NoticeChoiceRow.account_id == AccountRow.id)
            .where(
                AccountRow.id.in_(sorted(account_ids)),
                AccountRow.is_active.is_(True),
                AccountRow.is_system.is_(False),
            )
        )
        return {
            row.id: Choices(
                by_email=bool(row.email) and row.by_email is not False,
                digest_hour=row.digest_hour,
            )
            for row in rows
        }

    def put_in_inboxes(self, items: Sequence[Item], at: datetime) -> None:
        """Write one row for each person and notice."""
        if items:
            self._connection.execute(
                insert(_INBOX),
                [
                    {
                        "account_id": item.account_id,
                        "message_id": item.message_id,
                        "mail_at": item.mail_at,
                        "at": at,
                    }
                    for item in items
                ],
            )

    def mark_delivered(self, recipients: Mapping[int, int], at: datetime) -> None:
        """Mark notices as delivered, or as stranded where nobody was found."""
        self._connection.execute(
            _MARK,
            [
                {
                    "message": message,
                    "new_delivery": Delivery.DELIVERED if count else Delivery.STRANDED,
                    "new_delivered_at": at,
                    "new_recipients": count,
                }
                for message, count in recipients.items()
            ],
        )

    def free_stranded(self, since: datetime) -> int:
        """Let stranded notices of `since` and later be tried again; return how many."""
        freed = self._connection.execute(
            update(_MESSAGES)
            .where(_MESSAGES.c.delivery == Delivery.STRANDED, _MESSAGES.c.at >= since)
            .values(delivery=Delivery.WAITING)
        )
        return freed.rowcount
