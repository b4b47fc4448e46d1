"""A province at work: people, clock and directives driven at random through the use cases.

What must hold is judged after every step by `witness.py`.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select, update
from witness import HEAD, RUNNING, Book, Witness, is_hand
from world import SINCE, World

from models.accounts.queries import Person, person
from models.accounts.rows import MembershipRow
from models.directives.matter_rows import (
    InputRequestRow,
    PreparedRow,
    ProposalRow,
    RoutingRow,
    SuspensionRow,
)
from models.directives.rows import DirectiveRow, ReportRow
from models.evidence.rows import EvidenceRow
from models.history.rows import HistoryRow
from workflow.accounts.records import Actor, Membership, Role
from workflow.calendar.records import DayKind, Override
from workflow.calendar.usecases import DayChange, change_days, preview_days
from workflow.directives.guards import Case
from workflow.directives.records import Action, Directive
from workflow.directives.rules import doors, snapshot
from workflow.directives.standing import standings
from workflow.directives.usecases import take_action
from workflow.errors import Invalid, NotFound, Refused, Stale, WorkflowError

MORE_PEOPLE = (
    # key, role, agency
    ("follower", Role.OFFICE, "H32.02"),
    ("follower_clerk", Role.AGENCY_CLERK, "H32.02"),
    ("other_head", Role.AGENCY_HEAD, "H32.04"),
    ("leader2", Role.LEADER, "H32"),
    ("inspector2", Role.INSPECTOR, "H32.02"),
    ("commune2", Role.AGENCY_CLERK, "H32.10.2"),
    ("commune_head", Role.AGENCY_HEAD, "H32.10.1"),
    ("foreign_commune", Role.AGENCY_HEAD, "H32.11.1"),
)
MORE_AGENCIES = (
    # code, name, tier, parent
    ("H32.03.1", "Chi cục Quản lý đất đai", "branch", "H32.03"),
    ("H32.10.1.1", "Chi nhánh xã Cam Tân", "branch", "H32.10.1"),
    ("H32.11.1", "UBND xã Vạn Phước", "commune", "H32.11"),
)
DEADLINES = (
    "Trước ngày 30-9",
    "Thường xuyên",
    "30/11/2021",
    "",
    "Trong 10 ngày làm việc kể từ ngày ký",
    "Trong 30 ngày làm việc kể từ ngày ký",
)
Mark = dict[str, list[tuple[Any, ...]]]
"""What must not move when an act is refused: rows by what they tell."""


class Province(Witness):
    """One database with its people; every step is checked against what the history says."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.people: dict[int, Person] = {}
        self.names = itertools.count(1)
        self.last: Mark | None = None
        self.asked: dict[str, str] = {}
        self._settle()

    # --- people and agencies -----------------------------------------------------------

    def _settle(self) -> None:
        from workflow.agencies.records import Tier

        world = self.world
        with world.unit() as unit:
            for code, name, tier, parent in MORE_AGENCIES:
                world.agencies[code] = unit.agencies.add_agency(
                    code=code,
                    name=name,
                    tier=Tier(tier),
                    parent=world.agencies[parent],
                    valid_from=SINCE,
                )
            for key, role, code in MORE_PEOPLE:
                world.accounts[key] = unit.accounts.add_account(
                    login=key,
                    name=key,
                    password_hash="x",
                    at=world.clock(),
                    must_change_password=False,
                )
                unit.accounts.add_membership(
                    world.accounts[key],
                    Membership(role=role, agency_id=world.agencies[code].id, valid_from=SINCE),
                )
        self.codes = {agency.id: code for code, agency in world.agencies.items()}
        self.paths = {agency.id: agency.path for agency in world.agencies.values()}
        self.office_ids = {a.id for a in world.agencies.values() if a.is_office}
        self.account_ids = tuple(world.accounts.values())
        self._read_people()

    def _read_people(self) -> None:
        with self.world.office.reading() as unit:
            for account in self.account_ids:
                found = person(unit.connection, account)
                assert found is not None
                self.people[account] = found
                self.roles[account] = [seat.membership for seat in found.seats]

    def actors(self) -> Iterator[Actor]:
        for found in self.people.values():
            for seat in found.seats:
                yield found.acting(seat)

    def some_actor(self, dice: random.Random) -> Actor:
        found = self.people[dice.choice(self.account_ids)]
        return found.acting(dice.choice(found.seats) if found.seats else None)

    @property
    def today(self) -> date:
        return self.world.office.today()

    def move_person(self, dice: random.Random) -> None:
        """End a role yesterday, today or tomorrow, or give one from then on."""
        account = dice.choice(self.account_ids)
        day = self.today + timedelta(days=dice.choice([-1, 0, 1]))
        with self.world.unit() as unit:
            open_ones = [
                m for m in self.roles[account] if m.valid_to is None and m.valid_from <= day
            ]
            if open_ones and dice.random() < 0.4 and len(self.roles[account]) > 1:
                unit.connection.execute(
                    update(MembershipRow)
                    .where(MembershipRow.account_id == account, MembershipRow.valid_to.is_(None))
                    .where(MembershipRow.valid_from == open_ones[0].valid_from)
                    .where(MembershipRow.agency_id == open_ones[0].agency_id)
                    .where(MembershipRow.role == open_ones[0].role)
                    .values(valid_to=day)
                )
            else:
                role = dice.choice(list(Role))
                agency = self.world.agencies[dice.choice(sorted(self.world.agencies))]
                new = Membership(role=role, agency_id=agency.id, valid_from=day)
                if any(
                    (m.role, m.agency_id, m.valid_from) == (role, agency.id, day)
                    for m in self.roles[account]
                ):
                    return
                unit.accounts.add_membership(account, new)
        self._read_people()

    def members_of(self, agency: int) -> list[int]:
        """Return who belongs to an agency today, in whatever role."""
        return sorted(
            account
            for account, held in self.roles.items()
            if any(m.agency_id == agency and m.stands_on(self.today) for m in held)
        )

    def bound_judge(self, number: str, of: Directive, dice: random.Random) -> Actor | None:
        """Return somebody who may not judge `of`, in a seat from which it is judged.

        A hand in the work who moved to the office (and left, or stays where they were), one
        of the lead agency who serves there too, or a judge who was given a role in it.
        """
        hands = sorted({e.actor_id for e in self.books[number].entries if is_hand(e)})
        own = self.members_of(of.lead_agency_id)
        kind = dice.randrange(3)
        if kind == 0 and hands:
            account = dice.choice(hands)
            if dice.random() < 0.5:
                self._leave_everything(account)
            return self._seat(account, *self._judging_seat(of, dice))
        if kind == 1 and own:
            return self._seat(dice.choice(own), *self._judging_seat(of, dice))
        if kind == 2:
            account = dice.choice(self.account_ids)
            judge = self._seat(account, *self._judging_seat(of, dice))
            self._seat(account, dice.choice(list(Role)), of.lead_agency_id)
            return replace(judge, memberships=tuple(self.roles[account]))
        return None

    def _judging_seat(self, of: Directive, dice: random.Random) -> tuple[Role, int]:
        if of.handed_by_id:
            return dice.choice([Role.AGENCY_HEAD, Role.AGENCY_CLERK]), of.handed_by_id
        return dice.choice([Role.OFFICE, Role.INSPECTOR]), self.world.agencies["H32.01"].id

    def _leave_everything(self, account: int) -> None:
        with self.world.unit() as unit:
            unit.connection.execute(
                update(MembershipRow)
                .where(MembershipRow.account_id == account, MembershipRow.valid_from < self.today)
                .values(valid_to=self.today - timedelta(days=1))
            )
        self._read_people()

    def _seat(self, account: int, role: Role, agency: int) -> Actor:
        """Give a person a seat from today on, unless they have it, and let them act in it."""
        for seat in self.people[account].seats_on(self.today):
            if (seat.membership.role, seat.membership.agency_id) == (role, agency):
                return self.people[account].acting(seat)
        new = Membership(role=role, agency_id=agency, valid_from=self.today)
        with self.world.unit() as unit:
            unit.accounts.add_membership(account, new)
        self._read_people()
        [seat] = [s for s in self.people[account].seats if s.membership == new]
        return self.people[account].acting(seat)

    def settle_people(self) -> None:
        """Give everybody their first role back, so that work can go on."""
        with self.world.unit() as unit:
            unit.connection.execute(
                update(MembershipRow).where(MembershipRow.valid_from == SINCE).values(valid_to=None)
            )
        self._read_people()

    # --- documents ---------------------------------------------------------------------

    def issuer(self) -> Actor | None:
        """Return somebody of the office today, or nobody."""
        return next(
            (
                actor
                for actor in self.actors()
                if actor.role is Role.OFFICE and actor.holds_role_on(self.today)
            ),
            None,
        )

    def issue(self, dice: random.Random) -> None:
        if self.issuer() is None:
            self.settle_people()
        follower = dice.choice(["H32.01", "H32.01", "H32.02"])
        clauses = [
            self.world.clause(
                position,
                lead=dice.choice(["H32.10", "H32.10", "H32.03", "H32.02", ("H32.03", "H32.04")]),
                coordinating=dice.choice([(), ("H32.04",), ("H32.04", "H32.10.1")]),
                deadline=dice.choice(DEADLINES),
                expected_output=dice.choice(["", "Báo cáo"]),
                assigner_id=dice.choice([None, self.world.accounts["leader"]]),
            )
            for position in range(1, dice.choice([2, 3]))
        ]
        made = self.world.issue(
            *clauses,
            who=self.issuer(),
            overseer_id=self.world.agencies[follower].id,
            issued_on=date(2021, 8, 23),
        )
        self.last = None
        for directive in made:
            self.books[directive.number] = Book()

    def move_calendar(self, dice: random.Random) -> None:
        """Enter a day off, or take one back; counted dates move with it."""
        office, admin = self.world.office, self.world.actor("admin")
        if admin.role is not Role.ADMIN:
            return
        day = self.today + timedelta(days=dice.randrange(1, 1 + self._days_counted_ahead()))
        with office.reading() as unit:
            entered = [row.day for row in unit.calendar.overrides()]
            row = Override(day=day, kind=DayKind.OFF, reason="Bão", act="1/UBND")
            if entered and dice.random() < 0.4:
                change = DayChange(remove=(dice.choice(entered),))
            else:
                change = DayChange(put=(row,))
            try:
                seen = preview_days(unit.calendar, change, today=self.today).seen
            except Invalid:
                return
        with self.world.unit() as unit:
            change_days(unit.calendar, admin, change, seen=seen, at=self.world.clock())
        self.last = None
        self.cache.clear()
        self.follow()

    def _days_counted_ahead(self) -> int:
        """Return how many days the shortest counted date still has, so that it moves; or some."""
        running = (n for n, book in self.books.items() if book.row["state"] in RUNNING)
        counted = [one for one in map(self.directive, running) if one.counts_days and one.due_on]
        return min(
            (left for one in counted if (left := (one.due_on - self.today).days) > 0), default=19
        )

    def running(self) -> int:
        """Return how many directives can still lead somewhere."""
        return sum(
            book.row.get("state") not in {"verified", "withdrawn"} for book in self.books.values()
        )

    # --- acting ------------------------------------------------------------------------

    def open_doors(self, number: str) -> list[tuple[Actor, Action]]:
        with self.world.office.reading() as unit:
            ground = self.world.office.ground(unit)
        directive = self.directive(number)
        found = []
        for actor in self.actors():
            if not standings(actor, directive, ground.day):
                continue
            case = Case(
                directive=directive,
                actor=actor,
                day=ground.day,
                calendar=ground.calendar,
                limits=ground.limits,
            )
            found += [(actor, door.action) for door in doors(case) if door.is_open]
        return found

    def act(
        self, actor: Actor, number: str, action: Action, given: dict[str, Any], version: int | None
    ) -> WorkflowError | None:
        """Act in a transaction of its own; return the refusal, having checked either way."""
        before = self.last or self.mark()
        self.last = None
        try:
            with self.world.unit() as unit:
                after = take_action(
                    unit.directives,
                    actor,
                    number,
                    action,
                    given,
                    ground=self.world.office.ground(unit),
                    version=version,
                )
        except (Refused, Invalid, NotFound, Stale) as error:
            self.last = self.mark()
            assert self.last == before, "a refused act changed something"
            return error
        self.cache.clear()
        self.follow()
        stands = self.directive(number)
        assert snapshot(after) == snapshot(stands)
        assert after.version == stands.version
        return None

    def break_off(self, actor: Actor, number: str, action: Action, given: dict[str, Any]) -> None:
        """Act, and let the transaction fail after everything was written."""
        before = self.last or self.mark()
        try:
            with self.world.unit() as unit:
                take_action(
                    unit.directives,
                    actor,
                    number,
                    action,
                    given,
                    ground=self.world.office.ground(unit),
                )
                raise ZeroDivisionError  # noqa: TRY301
        except (ZeroDivisionError, WorkflowError):
            pass
        self.last = self.mark()
        assert self.last == before, "a broken-off act left something"

    def mark(self) -> Mark:
        """Look before and after every act: asked of the driver, as plainly as can be."""
        with self.world.office.reading() as unit:
            connection = unit.connection
            cursor = connection.connection.cursor()
            if not self.asked:
                self.asked = {name: str(of.compile(connection)) for name, of in _MARKED.items()}
            found = {name: cursor.execute(one).fetchall() for name, one in self.asked.items()}
            cursor.close()
            return found


_MARKED = {
    "versions": select(DirectiveRow.number, DirectiveRow.version).order_by(DirectiveRow.id),
    "entries": select(func.max(HistoryRow.serial)),
    "head": HEAD,
    "evidence": select(EvidenceRow.id, EvidenceRow.state, EvidenceRow.is_current).order_by(
        EvidenceRow.id
    ),
    "reports": select(ReportRow.id, ReportRow.outcome).order_by(ReportRow.id),
    "routings": select(RoutingRow.id, RoutingRow.is_current).order_by(RoutingRow.id),
    "prepared": select(PreparedRow.id, PreparedRow.state).order_by(PreparedRow.id),
    "inputs": select(InputRequestRow.id, InputRequestRow.state).order_by(InputRequestRow.id),
    "proposals": select(ProposalRow.id, ProposalRow.answered_at, ProposalRow.lapsed_at).order_by(
        ProposalRow.id
    ),
    "pauses": select(SuspensionRow.id, SuspensionRow.ended_at).order_by(SuspensionRow.id),
}
