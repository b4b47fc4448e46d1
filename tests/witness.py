"""What must hold while a province works, judged from its history and the law kept by hand.

The code under test is not asked: every entry is read as it was written, and the rows are held
against what the entries say.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import law
from sqlalchemy import func, select, text
from world import World

from models.directives.matter_rows import SuspensionRow
from models.directives.rows import DirectiveRow, ReportRow
from models.evidence.rows import EvidenceRow
from models.history.register import sealed_from
from models.history.rows import HistoryHeadRow, HistoryRow
from workflow.accounts.records import Membership
from workflow.days import local_day
from workflow.directives.records import Action, Directive, State
from workflow.directives.rules import snapshot
from workflow.directives.tracked import TRACKED
from workflow.history.records import Entry, SealedEntry
from workflow.history.rules import GENESIS, digest_of

JUDGEMENTS = {"verify", "return", "reopen", "accept_evidence", "reject_evidence"}
HANDS = {"update", "report", "decline", "hand_down", "give_input"}
FOLLOWED_BELOW = {"withdraw", "suspend", "resume"}
STATES = law.read(law.STATES)
DIRECTIVE, PART, FOLLOWED = (
    law.read(law.DIRECTIVE),
    law.read(law.PART),
    law.read(law.OF_THE_FOLLOWER),
)
RUNNING = {"assigned", "in_progress", "reported"}
LETTERS = {role: letter for letter, role in law.ROLES.items()}


@dataclass
class Book:
    """What one directive's entries say so far, kept by the test itself."""

    row: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    version: int = 0
    part_of: str | None = None
    handed_by: int | None = None


class Witness:
    """Follows the history of one database, and judges every step by what it says."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.books: dict[str, Book] = {}
        self.chain = (0, GENESIS)
        self.roles: dict[int, list[Membership]] = {}
        self.cache: dict[str, Directive] = {}
        self.paths: dict[int, str] = {}
        self.office_ids: set[int] = set()
        self.moved = 0
        self.arrows: Counter[tuple[str, str]] = Counter()

    def directive(self, number: str) -> Directive:
        kept = self.cache.get(number)
        if kept is None:
            kept = self.cache[number] = self.world.directive(number)
        return kept

    def follow(self) -> None:
        """Read the entries written since the last look, and judge them."""
        with self.world.office.reading() as unit:
            rows = unit.connection.execute(_SINCE, {"after": self.chain[0]}).all()
            head = tuple(unit.connection.execute(HEAD).one())
            touched = []
            for row in rows:
                link = sealed_from(row)
                self._chain(link)
                touched.append(self._entry(link.entry))
            assert head == self.chain, "the anchored head is not the end of the chain"
            for number in dict.fromkeys(filter(None, touched)):
                self._row(unit, number)

    def _chain(self, link: SealedEntry) -> None:
        serial, digest = self.chain
        assert link.serial == serial + 1
        assert link.previous == digest
        assert link.digest == digest_of(link.serial, link.previous, link.entry)
        self.chain = (link.serial, link.digest)

    def _entry(self, entry: Entry) -> str | None:
        if entry.subject.value != "directive":
            return None
        number = entry.subject_key
        book = self.books.setdefault(number, Book())
        if entry.action == "assign":
            assert not book.entries, "assigned twice"
            assert set(entry.after) == set(TRACKED)
            book.part_of = str(entry.given["source"])
            if book.part_of not in self.books:
                book.part_of = None
            else:
                book.handed_by = self.books[book.part_of].row["lead_agency_id"]
        else:
            self._lawful(book, entry)
        for name, value in entry.before.items():
            assert book.row[name] == value, f"{name} was not {value}"
        book.row = book.row | dict(entry.after)
        book.entries.append(entry)
        book.version += 1
        return number

    def _lawful(self, book: Book, entry: Entry) -> None:
        source = book.row["state"]
        target = entry.after.get("state", source)
        if entry.action == "move_due":
            assert set(entry.after) == {"due_on"}
            assert (entry.role, source in RUNNING) == ("admin", True)
            self.moved += 1
            return
        stated = STATES.rows[entry.action][source]
        by_parent = entry.action in FOLLOWED_BELOW and self._follows_its_family(book, entry)
        assert stated == target, f"{entry.action} led from {source} to {target}"
        if target != source:
            self.arrows[source, target] += 1
        if not by_parent:
            assert self._theirs(book, entry), f"{entry.action} by {entry.role} of {entry.agency_id}"
        if entry.action in JUDGEMENTS:
            self._four_eyes(book, entry)

    def _follows_its_family(self, book: Book, entry: Entry) -> bool:
        """Whether the same has just been done to something above it."""
        above = book.part_of
        while above:
            last = self.books[above].entries[-1]
            if (last.action, last.at, last.actor_id) == (entry.action, entry.at, entry.actor_id):
                return True
            above = self.books[above].part_of
        return False

    def _theirs(self, book: Book, entry: Entry) -> bool:
        """Whether the table kept by hand gives this act to this role in this place."""
        day = local_day(entry.at)
        held = any(
            m.role == entry.role and m.agency_id == entry.agency_id and m.stands_on(day)
            for m in self.roles[entry.actor_id]
        )
        assert held, "a role that was not held that day"
        letter = LETTERS[str(entry.role)]
        directive = self.directive_facts(book)
        if book.part_of:
            grid = PART
        else:
            grid = FOLLOWED if directive["overseer"] == book.row["lead_agency_id"] else DIRECTIVE
        for place in self._places(book, entry.agency_id or 0, directive["overseer"]):
            if (entry.action, book.row["state"], place) in law.EXCEPTIONS:
                continue
            if place in grid.columns and letter in _letters(grid, entry.action, place, book):
                gave_it = directive["assigner"] in (None, entry.actor_id)
                if letter == "L" and entry.action != "direct" and not gave_it:
                    continue
                return True
        return False

    def directive_facts(self, book: Book) -> dict[str, Any]:
        number = book.entries[0].subject_key
        kept = self.directive(number)
        return {"overseer": kept.overseer_id, "assigner": kept.assigner_id}

    def _places(self, book: Book, agency: int, overseer: int) -> list[str]:
        lead = book.row["lead_agency_id"]
        found = []
        if agency == lead:
            found.append("own")
        if agency in book.row["coordinating"]:
            found.append("coordinating")
        if agency in self.office_ids:
            found.append("office")
        if book.part_of and agency == book.handed_by:
            found.append("handing")
        if agency == overseer:
            found.append("overseer")
        if self.paths[lead].startswith(self.paths[agency]) and agency != lead:
            found.append("above")
        if self.paths[agency].startswith(self.paths[lead]) and agency != lead:
            found.append("below")
        return found or ["foreign"]

    def _four_eyes(self, book: Book, entry: Entry) -> None:
        """Nobody judges alone: told from what the entries themselves say."""
        day = local_day(entry.at)
        reports = [e for e in book.entries if e.action == "report"]
        if reports:
            assert reports[-1].actor_id != entry.actor_id, "the reporter judged"
        hands = {e.actor_id for e in book.entries if is_hand(e)}
        assert entry.actor_id not in hands, "a hand in the work judged it"
        of_lead = {m.agency_id for m in self.roles[entry.actor_id] if m.stands_on(day)}
        assert book.row["lead_agency_id"] not in of_lead, "the lead agency judged itself"

    def _row(self, unit: Any, number: str) -> None:
        """The row says what its entries say, and its facts fit its state."""
        book = self.books[number]
        stands = unit.directives.directive(number)
        assert stands is not None
        self.cache[number] = stands
        assert snapshot(stands) == book.row, "the history does not fold to the row"
        assert stands.version == book.version, "a version was skipped or used twice"
        self._facts(unit, stands)

    def _facts(self, unit: Any, of: Directive) -> None:
        reports = unit.connection.execute(_REPORTS_OF, {"key": of.id}).all()
        pending = [r for r in reports if r.outcome == "pending"]
        assert len(pending) == (of.state is State.REPORTED), (
            "reports that wait do not fit the state"
        )
        assert [r.serial for r in reports] == list(range(1, len(reports) + 1))
        assert (of.reported_by is not None) >= (of.state is State.REPORTED)
        if of.state is State.VERIFIED:
            assert of.verified_on
            assert of.completed_on
            assert of.completed_on <= of.verified_on
        if of.state is State.WITHDRAWN:
            assert not of.decline_standing
            assert not of.open_parts, "a part outlived the directive above it"
        self._beside(unit, of)
        current = unit.connection.execute(_CURRENT_OF, {"key": of.id}).all()
        assert len(current) == len(set(current)), "a file did not replace its agency's own"

    def _beside(self, unit: Any, of: Directive) -> None:
        """Requests, proposals and pauses fit what the row says, and end with the work."""
        pauses = unit.connection.execute(_PAUSES_OF, {"key": of.id}).all()
        running = [row.from_on for row in pauses if row.ended_at is None]
        assert running == ([of.suspended_since] if of.suspended_since else [])
        assert not of.is_suspended or of.state in {State.ASSIGNED, State.IN_PROGRESS}
        waits = min((one.proposed_on for one in of.open_proposals), default=None)
        assert of.proposed_on == waits, "the oldest proposal is not the one that waits"
        assert (of.declined_on is not None) == of.decline_standing
        assert (of.extension_asked_on is not None) == (of.extension_asked_to is not None)
        assert {one.agency_id for one in of.open_inputs} <= of.coordinating
        if of.state in {State.VERIFIED, State.WITHDRAWN}:
            assert not of.open_inputs
            assert not of.open_proposals

    def dates_kept(self, number: str, before: Directive, action: Action) -> None:
        """The first date stays; nothing moves a date once the work is verified."""
        now = self.directive(number)
        if before.first_due_on and action is not Action.CORRECT:
            assert now.first_due_on == before.first_due_on
        if before.state is State.VERIFIED and action is not Action.REOPEN:
            assert (now.due_on, now.completed_on) == (before.due_on, before.completed_on)

    def whole(self) -> None:
        """Walk everything once more from the beginning."""
        for book in self.books.values():
            above = book.part_of
            while above and book.row["state"] not in {"verified", "withdrawn"}:
                assert self.books[above].row["state"] != "withdrawn", "it outlived its family"
                above = self.books[above].part_of
        with self.world.office.reading() as unit:
            report = unit.history.verify()
            assert report.ok, report
            assert report.entries == self.chain[0]
            folded: dict[str, dict[str, Any]] = {}
            for link in unit.history.walk():
                if link.entry.subject.value == "directive":
                    folded.setdefault(link.entry.subject_key, {}).update(link.entry.after)
            for number, row in folded.items():
                stands = unit.directives.directive(number)
                assert stands is not None
                assert snapshot(stands) == row
            count = unit.connection.execute(select(func.count()).select_from(DirectiveRow))
            assert count.scalar_one() == len(folded)


def _letters(grid: Any, action: str, place: str, book: Book) -> str:
    """Who may do it from this place; a report that was recorded, who may record takes back too."""
    theirs = grid.rows[action][place]
    taken_back = action == "recall" and book.row["report_recorded"]
    return theirs + grid.rows["record_report"][place] if taken_back else theirs


def is_hand(entry: Entry) -> bool:
    return entry.action in HANDS or bool(entry.evidence)


HEAD = select(HistoryHeadRow.entries, HistoryHeadRow.digest)
_CURRENT_OF = select(EvidenceRow.purpose, EvidenceRow.name, EvidenceRow.agency_id).where(
    EvidenceRow.directive_id == text(":key"), EvidenceRow.is_current
)
_PAUSES_OF = (
    select(SuspensionRow.from_on, SuspensionRow.ended_at)
    .where(SuspensionRow.directive_id == text(":key"))
    .order_by(SuspensionRow.id)
)
_REPORTS_OF = (
    select(ReportRow.serial, ReportRow.outcome)
    .where(ReportRow.directive_id == text(":key"))
    .order_by(ReportRow.id)
)
_SINCE = (
    select(HistoryRow.__table__)
    .where(HistoryRow.serial > text(":after"))
    .order_by(HistoryRow.serial)
)
