"""What was said of some directives by the end of a day, and what waited for an answer meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import Connection, select

from models.directives.matter_rows import ProposalRow
from models.history.register import entry_from
from models.history.rows import HistoryRow
from models.summaries.lines import Line
from models.summaries.standing import start_of
from workflow.days import local_day
from workflow.directives.holding import ENDS, OPENS, Wait, led_since, waits_of
from workflow.directives.matters import Proposal
from workflow.directives.records import Action
from workflow.directives.succeeding import SUCCEED
from workflow.history.records import Entry, Subject

TELLS = frozenset({Action.UPDATE.value, Action.REPORT.value, Action.RECORD_REPORT.value})
"""Acts that say what was done."""
ASKS = frozenset({Action.REQUEST_EXTENSION.value, Action.DECLINE.value})
"""Acts that give the lead's own reason for not doing it as it was given."""
_READ = sorted({*TELLS, *ASKS, *OPENS, *ENDS, SUCCEED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the lead last said of a directive by the end of a day: done, difficulties, proposal.

    `on` is the day of the last update or report; difficulties and proposal are the last ones
    told, which may be older. `asked` is the act that last asked for another day or another
    lead, `reason` what was given for it, `until` the day asked for.
    """

    on: date | None = None
    done: str = ""
    difficulties: str = ""
    proposal: str = ""
    asked: str = ""
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of one directive: what its lead said, and what waited for those above.

    `since` is the day on which its lead took it over from another; None where it had it first.
    """

    said: Said = field(default_factory=Said)
    waits: tuple[Wait, ...] = ()
    since: date | None = None


def told_of(
    connection: Connection, rows: tuple[Line, ...], last: date, *, with_waits: bool
) -> dict[str, Told]:
    """Return by number what some directives' history tells up to a day, in one statement.

    With one statement more, what waited for an answer of those above.
    """
    entries: dict[str, list[Entry]] = {}
    for entry in _entries(connection, [row.number for row in rows], last):
        entries.setdefault(entry.subject_key, []).append(entry)
    asked = _proposals(connection, rows, last) if with_waits else {}
    return {
        number: Told(
            said=said_in(found),
            waits=tuple(waits_of(found, asked.get(number, ()))) if with_waits else (),
            since=led_since(found),
        )
        for number, found in entries.items()
    }


def said_of(connection: Connection, numbers: Collection[str], last: date) -> dict[str, Said]:
    """Return by number what was said of some directives up to a day, in one statement."""
    entries: dict[str, list[Entry]] = {}
    for entry in _entries(connection, numbers, last):
        entries.setdefault(entry.subject_key, []).append(entry)
    return {number: said_in(found) for number, found in entries.items()}


def _entries(connection: Connection, numbers: Collection[str], last: date) -> list[Entry]:
    if not numbers:
        return []
    found = connection.execute(
        select(HistoryRow.__table__)
        .where(
            HistoryRow.subject == Subject.DIRECTIVE.value,
            HistoryRow.subject_key.in_(numbers),
            HistoryRow.action.in_(_READ),
            HistoryRow.at < start_of(last + timedelta(days=1)),
        )
        .order_by(HistoryRow.serial)
    )
    return [entry_from(row) for row in found]


def said_in(entries: Iterable[Entry]) -> Said:
    """Return what the entries of one directive say of its last lead, oldest first."""
    found = Said()
    for entry in entries:
        if entry.action == Action.REASSIGN:
            found = Said()  # what another lead said is no reason of this one
        elif entry.action in TELLS:
            found = _told(found, entry)
        elif entry.action in ASKS:
            found = replace(
                found, asked=entry.action, reason=entry.reason, until=_day(entry.given, "due_on")
            )
    return found


def _told(before: Said, entry: Entry) -> Said:
    given = entry.given
    return replace(
        before,
        on=local_day(entry.at),
        done=str(given.get("done") or given.get("result") or ""),
        difficulties=str(given.get("difficulties") or before.difficulties),
        proposal=str(given.get("proposal") or before.proposal),
    )


def _day(given: Mapping[str, object], name: str) -> date | None:
    told = given.get(name)
    return date.fromisoformat(told) if isinstance(told, str) and told else None


def _proposals(
    connection: Connection, rows: tuple[Line, ...], last: date
) -> dict[str, list[Proposal]]:
    """Return what was proposed up to a day; what was answered after it had not been yet."""
    if not rows:
        return {}
    numbers = {row.id: row.number for row in rows}
    found: dict[str, list[Proposal]] = {}
    for row in connection.execute(
        select(ProposalRow.__table__)
        .where(
            ProposalRow.directive_id.in_(list(numbers)),
            ProposalRow.at < start_of(last + timedelta(days=1)),
        )
        .order_by(ProposalRow.id)
    ):
        answered = local_day(row.answered_at) if row.answered_at else None
        found.setdefault(numbers[row.directive_id], []).append(
            Proposal(
                id=row.id,
                text=row.text,
                proposed_on=local_day(row.at),
                answered_on=answered if answered and answered <= last else None,
                lapsed=row.lapsed_at is not None and local_day(row.lapsed_at) <= last,
            )
        )
    return found
