"""What keeping the tree asks of memory: names, aliases, divisions, groups, successions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, func, insert, literal, select, update

from models.agencies.rows import (
    AgencyAliasRow,
    AgencyGroupRow,
    AgencyNameRow,
    AgencyRow,
    DivisionRow,
    SuccessionRow,
)
from workflow.agencies.records import (
    Agency,
    AgencyGroup,
    Alias,
    Division,
    FormerName,
    SuccessionKind,
)


class AgencyUpkeep:
    """The rows around an agency within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def gso_code(self, agency_id: int) -> str:
        """Return the code an agency has in official statistics, or nothing."""
        found = self._connection.execute(
            select(AgencyRow.gso_code).where(AgencyRow.id == agency_id)
        ).scalar_one_or_none()
        return found or ""

    def move_agency(self, agency: Agency, parent: Agency | None) -> None:
        """Put an agency, and all below it, under another."""
        path = f"{parent.path if parent else '/'}{agency.id}/"
        rest = func.substr(AgencyRow.path, len(agency.path) + 1)
        self._connection.execute(
            update(AgencyRow)
            .where(AgencyRow.path.startswith(agency.path, autoescape=True))
            .values(path=literal(path).concat(rest))
        )
        self._connection.execute(
            update(AgencyRow)
            .where(AgencyRow.id == agency.id)
            .values(parent_id=parent.id if parent else None)
        )

    def former_names(self, agency_id: int) -> tuple[FormerName, ...]:
        """Return the names an agency bore before, oldest first."""
        rows = self._connection.execute(
            select(AgencyNameRow.name, AgencyNameRow.valid_from, AgencyNameRow.valid_to)
            .where(AgencyNameRow.agency_id == agency_id, AgencyNameRow.valid_to.is_not(None))
            .order_by(AgencyNameRow.valid_from, AgencyNameRow.id)
        )
        return tuple(
            FormerName(name=row.name, valid_from=row.valid_from, valid_to=row.valid_to)
            for row in rows
        )

    def aliases(self, agency_id: int) -> tuple[Alias, ...]:
        """Return the other words for an agency."""
        rows = self._connection.execute(
            select(AgencyAliasRow.id, AgencyAliasRow.alias, AgencyAliasRow.source)
            .where(AgencyAliasRow.agency_id == agency_id)
            .order_by(AgencyAliasRow.source, AgencyAliasRow.id)
        )
        return tuple(Alias(id=row.id, alias=row.alias, source=row.source) for row in rows)

    def remove_alias(self, alias_id: int) -> None:
        """Forget a word for an agency."""
        self._connection.execute(delete(AgencyAliasRow).where(AgencyAliasRow.id == alias_id))

    def divisions(self, agency_id: int) -> tuple[Division, ...]:
        """Return the divisions inside an agency, those of the past too."""
        rows = self._connection.execute(
            select(DivisionRow.__table__)
            .where(DivisionRow.agency_id == agency_id)
            .order_by(DivisionRow.id)
        )
        return tuple(
            Division(id=row.id, name=row.name, valid_from=row.valid_from, valid_to=row.valid_to)
            for row in rows
        )

    def add_division(self, agency_id: int, name: str, valid_from: date) -> int:
        """Add a division and return its id."""
        values = {"agency_id": agency_id, "name": name, "valid_from": valid_from}
        added = insert(DivisionRow).returning(DivisionRow.id)
        return int(self._connection.execute(added, values).scalar_one())

    def end_division(self, division_id: int, last_day: date) -> None:
        """Let a division end."""
        self._connection.execute(
            update(DivisionRow).where(DivisionRow.id == division_id).values(valid_to=last_day)
        )

    def change_group(self, group: AgencyGroup) -> None:
        """Change everything of a group but its code."""
        self._connection.execute(
            update(AgencyGroupRow)
            .where(AgencyGroupRow.code == group.code)
            .values(
                name=group.name,
                phrases=list(group.phrases),
                tiers=sorted(group.tiers),
                included=sorted(group.included),
                excluded=sorted(group.excluded),
                communes_from=group.communes_from,
            )
        )

    def succession_stands(self, predecessor_id: int, successor_id: int, on: date) -> bool:
        """Whether this succession is recorded already."""
        found = self._connection.execute(
            select(SuccessionRow.id).where(
                SuccessionRow.predecessor_id == predecessor_id,
                SuccessionRow.successor_id == successor_id,
                SuccessionRow.on == on,
            )
        ).first()
        return found is not None

    def forget_successions(self, predecessor_id: int, since: date) -> tuple[str, ...]:
        """Forget who took an agency over on `since` or later; return their codes, in order."""
        gone = self._connection.execute(
            delete(SuccessionRow)
            .where(SuccessionRow.predecessor_id == predecessor_id, SuccessionRow.on >= since)
            .returning(SuccessionRow.successor_id)
        ).scalars()
        codes = select(AgencyRow.code).where(AgencyRow.id.in_(set(gone))).order_by(AgencyRow.code)
        return tuple(self._connection.execute(codes).scalars())

    def add_succession(
        self,
        predecessor_id: int,
        successor_id: int,
        kind: SuccessionKind,
        act: str,
        on: date,
        *,
        takes_over: str = "",
    ) -> None:
        """Record that one agency went over into another by an act."""
        self._connection.execute(
            insert(SuccessionRow),
            {
                "predecessor_id": predecessor_id,
                "successor_id": successor_id,
                "kind": kind,
                "act": act,
                "on": on,
                "takes_over": {"words": takes_over} if takes_over else {},
            },
        )
