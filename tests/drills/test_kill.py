"""Killed at a random moment: nothing acknowledged is lost, nothing stands half done."""

import os
import random
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from often import often
from sqlalchemy import select, text

from models.directives.rows import DirectiveRow, ReportRow
from models.documents.rows import DocumentRow
from models.evidence.rows import EvidenceRow
from models.history.rows import HistoryRow
from workflow.directives.rules import snapshot
from workflow.documents.entries import draft_key
from workflow.evidence.records import EvidenceState

pytestmark = pytest.mark.drill
KILLS = often({"sqlite": 100, "postgresql": 40}, night={"sqlite": 300, "postgresql": 100})
CONTROL_KILLS = 24
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MOST_ACTS = 9
LONGEST = 0.02


class Victim:
    """The worker, its acknowledgements, and the hand that kills it."""

    def __init__(self, world, *options):
        office = world.office
        url = office.engine.url.render_as_string(hide_password=False)
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "worker.py"), url, str(office.files.folder), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        self.kept: list[tuple[int, str]] = []
        self.drafts: list[int] = []
        self.rest = b""
        self.eyes = selectors.DefaultSelector()
        self.eyes.register(self.process.stdout, selectors.EVENT_READ)
        self.read_until("ready")

    def _lines(self, patience):
        """Return what was said within `patience` seconds, or as soon as something was."""
        if not self.eyes.select(patience):
            return []
        said = os.read(self.process.stdout.fileno(), 65536)
        assert said, "the worker ended by itself"
        *lines, self.rest = (self.rest + said).split(b"\n")
        return [line.decode().split() for line in lines]

    def _note(self, words):
        if words[0] == "kept":
            self.kept.append((int(words[1]), words[2]))
        elif words[0] == "draft":
            self.drafts.append(int(words[1]))

    def read_until(self, word):
        """Read on until a line begins with `word`, and return its last word."""
        found = None
        while found is None:
            for words in self._lines(60):
                self._note(words)
                if words[0] == word:
                    found = words[-1]
        return found

    def kill_after(self, acts, seconds):
        """Let a child keep some acts and work on for a moment, then end it where it stands."""
        self.process.stdin.write(b"go\n")
        self.process.stdin.flush()
        child = int(self.read_until("begun"))
        wanted = len(self.kept) + acts
        while len(self.kept) < wanted:
            for words in self._lines(60):
                self._note(words)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            for words in self._lines(left):
                self._note(words)
        os.kill(child, signal.SIGKILL)
        self.read_until("dead")

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        self.eyes.close()


def faults_of(world, victim):
    """Return everything that is lost or half done, in words."""
    with world.office.reading() as unit:
        run = unit.connection.execute
        report = unit.history.verify()
        links = list(unit.history.walk())
        found = [] if report.ok else [f"chain: {report}"]
        digests = {link.serial: link.digest for link in links}
        found += [
            f"lost: {serial}" for serial, digest in victim.kept
            if serial and digests.get(serial) != digest
        ]  # fmt: skip
        said = {}
        for link in links:
            said.setdefault((link.entry.subject.value, link.entry.subject_key), []).append(
                link.entry
            )
        for row in run(select(DirectiveRow.id, DirectiveRow.number, DirectiveRow.version)):
            entries = said.get(("directive", row.number), [])
            found += _faults_of_directive(unit, row, entries)
        found += _faults_of_documents(run, said, victim.drafts)
        found += [
            f"file of evidence {row.id}"
            for row in run(select(EvidenceRow.id, EvidenceRow.sha256))
            if not world.office.files.path(row.sha256).is_file()
        ]
        if unit.connection.dialect.name == "sqlite":
            [[verdict]] = run(text("PRAGMA integrity_check")).all()
            found += [] if verdict == "ok" else [verdict]
    return found


def _faults_of_directive(unit, row, entries):
    found = []
    folded = {}
    for entry in entries:
        folded |= entry.after
    stands = unit.directives.directive(row.number)
    if snapshot(stands) != folded:
        found.append(f"{row.number}: row and history")
    if row.version != len(entries):
        found.append(f"{row.number}: version {row.version} of {len(entries)} entries")
    brought = [digest for entry in entries for digest in entry.evidence]
    if [piece.sha256 for piece in stands.evidence] != brought:
        found.append(f"{row.number}: evidence")
    judged = [piece for piece in stands.evidence if piece.state is not EvidenceState.PENDING]
    verdicts = [e for e in entries if e.action in {"accept_evidence", "reject_evidence"}]
    if sorted(piece.id for piece in judged) != sorted(e.given["evidence"] for e in verdicts):
        found.append(f"{row.number}: judged evidence")
    reports = unit.connection.execute(
        select(ReportRow.outcome).where(ReportRow.directive_id == row.id).order_by(ReportRow.id)
    ).scalars().all()  # fmt: skip
    if len(reports) != sum(entry.action == "report" for entry in entries):
        found.append(f"{row.number}: reports")
    if ("pending" in reports) != (folded.get("state") == "reported"):
        found.append(f"{row.number}: a report that waits")
    return found


def _faults_of_documents(run, said, drafts):
    found = []
    rows = run(
        select(DocumentRow.id, DocumentRow.state, DocumentRow.year, DocumentRow.serial)
    ).all()
    keys = {f"{row.year}-{row.serial:04d}" for row in rows if row.serial}
    told = {key for subject, key in said if subject == "document"}
    saved = {draft_key(row.id) for row in rows}
    found += [f"document {key}" for key in (keys | saved) ^ told]
    for key in keys & told:
        [entry] = said["document", key]
        made = [
            number for subject, number in said if subject == "directive" and number.startswith(key)
        ]
        tops = [number for number in made if number.count("-") == 2]
        if len(tops) != entry.given["directives"]:
            found.append(f"document {key}: directives")
    stands = {row.id for row in rows}
    found += [f"draft {draft}" for draft in drafts if draft not in stands]
    count = run(select(DirectiveRow.id)).all()
    if len(count) != sum(subject == "directive" for subject, _ in said):
        found.append("directives without an entry, or entries without a directive")
    return found


def kill_often(victim, kills, *, most_acts=MOST_ACTS, longest=LONGEST, seed=11):
    dice = random.Random(seed)
    for _ in range(kills):
        victim.kill_after(dice.randrange(most_acts), dice.random() * longest)


def test_a_killed_process_loses_nothing_that_it_acknowledged(world):
    victim = Victim(world)
    try:
        name = world.office.engine.dialect.name
        for _ in range(4):
            kill_often(victim, KILLS[name] // 4)
            assert faults_of(world, victim) == []
        acknowledged = len(victim.kept)
    finally:
        victim.close()
    assert acknowledged > KILLS[name] * 2, "it was killed before it did anything"
    with world.office.reading() as unit:
        entries = unit.connection.execute(select(HistoryRow.action)).scalars().all()
    assert {"assign", "report", "hand_down", "withdraw", "verify"} <= set(entries)


def test_state_and_history_in_two_transactions_are_caught(world):
    """The control: a program that is wrong must fail the same drill.

    Its halves lie apart, and it is killed until well after the second: on a loaded machine an
    act alone takes longer than the others are given. It is killed no more once it was caught.
    """
    victim, found, kills = Victim(world, "--broken"), [], 0
    try:
        while kills < CONTROL_KILLS and not is_caught(found):
            kill_often(victim, CONTROL_KILLS // 6, most_acts=3, longest=0.12, seed=kills)
            kills += CONTROL_KILLS // 6
            found = faults_of(world, victim)
    finally:
        victim.close()
    assert is_caught(found), found


def is_caught(found):
    """Whether a row without its entry, and a wrong number of entries, were found."""
    return all(any(word in fault for fault in found) for word in ("row and history", "entries"))
