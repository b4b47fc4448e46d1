"""A process that acts without end and says what was kept; it is killed from outside.

Started once, it forks a child for every "go" on its standard input. The child writes a
line after each commit, and only after it. With `--broken` it keeps the state in one
transaction and the history in another, as no program should.
"""

from __future__ import annotations

import io
import itertools
import os
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import create_engine

import models
from models.accounts.queries import person_by_login
from models.base import doubt_idle, engine_options, tune_sqlite
from models.files import FileStore
from models.history.register import HistoryRegister
from models.unit import reading, writing
from workflow.accounts.records import Actor
from workflow.calendar.vietnam import vietnam_calendar
from workflow.deadlines.phrases import read_deadline
from workflow.directives.records import Action
from workflow.directives.usecases import Ground, take_action
from workflow.documents.records import Clause, DocumentHead, Party, PartyRole
from workflow.documents.usecases import issue_document, save_draft
from workflow.evidence.records import StoredFile

assert models
START = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)
SIGNED = {
    "result": "x", "report_number": "1/BC", "report_date": START.date(), "signer": "x",
}  # fmt: skip
APART = 0.05
"""Seconds between the halves of what is broken: wide enough for kills to fall between them."""
PEOPLE = ("office", "clerk", "officer", "inspector", "district", "district_head", "commune")


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


class Worker:
    """Does the work of a small province, one transaction after the other."""

    def __init__(self, url: str, files: Path, *, broken: bool) -> None:
        self.engine = create_engine(url, **engine_options(url))
        if url.startswith("sqlite"):
            tune_sqlite(self.engine, synchronous="full")
        else:
            doubt_idle(self.engine)
        self.files, self.broken = FileStore(files), broken
        self.calendar = vietnam_calendar(())
        self.clock = START
        self.steps = itertools.count()
        self.dice = random.Random(os.getpid())
        self.actors: dict[str, Actor] = {}
        self.agencies: dict[str, int] = {}
        self.deferred: list[object] = []
        if broken:
            self._split()

    def _split(self) -> None:
        """Take the history out of the transaction that it belongs to."""
        self.append = HistoryRegister.append
        HistoryRegister.append = lambda _, entry: self.deferred.append(entry)  # type: ignore[method-assign,assignment,return-value]
        HistoryRegister.append_with = lambda _, __, entry: self.deferred.append(entry)  # type: ignore[method-assign]

    def get_ready(self) -> None:
        with reading(self.engine, self.clock) as unit:
            for login in PEOPLE:
                found = person_by_login(unit.connection, login)
                assert found
                self.actors[login] = found.acting(found.seats[0])
            self.agencies = {a.code: a.id for a in unit.agencies.agencies()}

    def ground(self) -> Ground:
        self.clock += timedelta(seconds=next(self.steps) % 3)
        return Ground(calendar=self.calendar, at=self.clock)

    def keep(self, work) -> object:
        """Do one use case in one transaction, then say that it is kept."""
        with writing(self.engine, self.clock) as unit:
            answer = work(unit)
            head = unit.history.head()
        if self.broken:
            time.sleep(APART)
            with writing(self.engine, self.clock) as unit:
                for entry in self.deferred:
                    self.append(unit.history, entry)
                self.deferred.clear()
                head = unit.history.head()
        say(f"kept {head.entries} {head.digest}")
        return answer

    def file(self) -> StoredFile:
        name = f"{self.dice.random()}"
        body = f"%PDF-1.4\n{name}\n".encode()
        digest = sha256(body).hexdigest()
        self.files.keep(digest, io.BytesIO(body))
        return StoredFile(name="a.pdf", media_type="application/pdf", size=len(body), sha256=digest)

    def issue(self) -> list[str]:
        def clause(place: int, lead: str) -> Clause:
            party = Party(role=PartyRole.LEAD, agency_id=self.agencies[lead], words=lead)
            return Clause(
                position=place, content="Rà soát", expected_output="Báo cáo", parties=(party,),
                deadline=read_deadline("Trước ngày 30-9", year=2021),
            )  # fmt: skip

        head = DocumentHead(
            reference=f"{self.dice.randrange(999_999)}/UBND-KSTTHC",
            issued_on=START.date(),
            issuer="UBND tỉnh",
            subject="Khắc phục tồn tại",
            overseer_id=self.agencies["H32.01"],
        )
        office = self.actors["office"]
        clauses = (clause(1, "H32.03"), clause(2, "H32.10"))
        draft = self.keep(
            lambda unit: save_draft(unit.documents, office, head, clauses, ground=self.ground())
        )
        say(f"draft {draft}")
        made = self.keep(
            lambda unit: issue_document(unit.documents, office, draft, ground=self.ground())
        )
        return [one.number for one in made]

    def act(self, who: str, number: str, action: Action, **given: object) -> object:
        actor = self.actors[who]
        return self.keep(
            lambda unit: take_action(
                unit.directives, actor, number, action, given, ground=self.ground()
            )
        )

    def one_round(self) -> None:
        first, second = self.issue()
        self.act("clerk", first, Action.ACCEPT)
        self.act("officer", first, Action.UPDATE, done="x", files=(self.file(), self.file()))
        self.act("clerk", first, Action.REPORT, **SIGNED, files=(self.file(),))
        self.act("inspector", first, Action.RETURN, reason="Thiếu")
        reported = self.act("clerk", first, Action.REPORT, **SIGNED, files=(self.file(),))
        del reported
        with reading(self.engine, self.clock) as unit:
            stands = unit.directives.directive(first)
            assert stands
            pieces = [e.id for e in stands.result_evidence]
        self.act("office", first, Action.ACCEPT_EVIDENCE, evidence=pieces[0])
        self.act("office", first, Action.VERIFY, verdict="met", grade="good")
        self.act("office", first, Action.REOPEN, reason="x")
        self.act("district", second, Action.ACCEPT)
        for _ in range(2):
            self.act(
                "district", second, Action.HAND_DOWN,
                agency=self.agencies["H32.10.1"], content="x", due_on=START.date(),
            )  # fmt: skip
        self.act("commune", f"{second}-01", Action.REPORT, **SIGNED)
        self.act("district_head", f"{second}-01", Action.VERIFY, verdict="met")
        self.act("commune", f"{second}-02", Action.REPORT, **SIGNED)
        self.act("office", second, Action.WITHDRAW, paper="1/UBND", reason="x")


def main() -> None:
    worker = Worker(sys.argv[1], Path(sys.argv[2]), broken="--broken" in sys.argv)
    worker.get_ready()
    worker.one_round()
    worker.engine.dispose()
    say("ready")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            worker.dice = random.Random(os.getpid())
            say(f"begun {os.getpid()}")
            while True:
                worker.one_round()
        os.waitpid(child, 0)
        say(f"dead {child}")


if __name__ == "__main__":
    main()
