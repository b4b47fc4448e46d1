"""R3 to R5: violations stored and evaluated as they come, beside the bare inserts.

    python -m benchmarks.durable [--rounds 3] [--on sqlite] [--violations 300000] [--sparse]
                                 [--json FILE]

300 agencies (Zipf) x 12 types in a year, a rule of 30 days by agency and type with three levels.
The floor inserts the violations into the table with its indexes, a commit for each batch; ours
does the same and evaluates in the same transaction: escalations, raises, history, notices, near
misses, the ledger. Both take turns, batch by batch. R4 derives everything anew from the tables,
and must find nothing to change. R5 is the rate of the last fifth of a run beside the second fifth
(the first one fills empty windows); what the bare inserts come to is told with it, since their
indexes grow alike. On PostgreSQL the usual way (insert, count the group, one by one) is told beside.
`--sparse` takes 30 procedures more as keys.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from flask_migrate import upgrade
from sqlalchemy import Connection

from benchmarks import options
from benchmarks.measure import HEADER, Rounds, Sample, Verdict
from benchmarks.naive import ROWS, naive_seconds
from benchmarks.postgres import drop, for_sqlalchemy, fresh, postgres
from benchmarks.province import ROOT, make_app, office_of
from models.accounts.register import AccountRegister
from models.unit import Unit
from web.wiring import Office
from workflow.accounts.records import Actor
from workflow.accounts.usecases import system_actor
from workflow.agencies.records import Tier
from workflow.escalation.evaluating import evaluate_touched
from workflow.escalation.records import GroupKey, Rule, Touched, Window
from workflow.escalation.rules import Approval
from workflow.escalation.sweeping import rederive, sweep
from workflow.escalation.usecases import approve_rule, attach_backtest, draft_rule

AGENCIES, TYPES, PROCEDURES = 300, 12, 30
FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)
MIDNIGHT = datetime(2020, 12, 31, 17, tzinfo=UTC)
BATCHES = (1_000, 50_000)
YEAR = 365 * 86_400
COLUMNS = (
    "type", "agency_id", "agency_text", "field_text", "procedure_code", "officer", "occurred_at",
    "occurred_on", "recorded_at", "source", "severity", "state", "reason", "words", "reference",
    "search", "known_from", "serial", "after_the_fact", "version",
)  # fmt: skip
WHEN = COLUMNS.index("occurred_at")
NAIVE, NAIVE_PLACE = "insert and count, one by one", "bench_durable_naive"
Line = tuple[Any, ...]


class Stream:
    """A year of violations in the order of their moments, as rows of the table."""

    def __init__(self, count: int, agencies: list[tuple[int, str]], dialect: str) -> None:
        chance = np.random.default_rng(20250101)
        shares = 1 / np.arange(1, len(agencies) + 1)
        whose = chance.choice(len(agencies), count, p=shares / shares.sum())
        types = chance.integers(0, TYPES, count)
        procedures = chance.integers(0, PROCEDURES, count)
        moments = np.sort(chance.integers(0, YEAR, count))
        self.lines: list[Line] = []
        self.touches: list[tuple[str, str, str, date]] = []
        columns = (whose.tolist(), types.tolist(), procedures.tolist(), moments.tolist())
        for who, kind, procedure, second in zip(*columns, strict=True):
            at = MIDNIGHT + timedelta(seconds=second)
            day = (at + timedelta(hours=7)).date()
            key, code = agencies[who]
            told = (f"V{kind + 1:02}", key, "", "", f"1.{procedure:06}", "")
            self.lines.append((*told, *_moments(at, day, dialect)))
            self.touches.append((told[0], code, told[4], day))

    def touched(self, first: int, last: int) -> list[Touched]:
        """Return the groups of some rows, each once, as a detection tells them."""
        since: dict[tuple[str, str, str], date] = {}
        for kind, agency, procedure, day in self.touches[first:last]:
            since.setdefault((kind, agency, procedure), day)
        return [
            Touched(type=kind, agency=agency, procedure=procedure, since=day, grew=True)
            for (kind, agency, procedure), day in since.items()
        ]


def _moments(at: datetime, day: date, dialect: str) -> Line:
    told: Any = f"{at:%Y-%m-%d %H:%M:%S}.000000" if dialect == "sqlite" else at
    on: Any = day.isoformat() if dialect == "sqlite" else day
    fixed = ("detected", "minor", "recorded", "", "", "", "")
    return told, on, told, *fixed, told, 0, False, 1


def insert(connection: Connection, lines: list[Line]) -> None:
    """Put rows into the table the quickest way the database has."""
    raw: Any = connection.connection.dbapi_connection
    names = ", ".join(COLUMNS)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(COLUMNS))
        raw.executemany(f"INSERT INTO violations ({names}) VALUES ({marks})", lines)
        return
    with raw.cursor().copy(f"COPY violations ({names}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


class Place:
    """An empty database with its agencies; with a rule in force or without."""

    def __init__(self, url: str, folder: Path) -> None:
        self.app = make_app(url, folder)
        with self.app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
        self.office: Office = office_of(self.app)
        with self.office.writing() as unit:
            self.agencies = _agencies(unit)
            self.actor = system_actor(unit.accounts, at=self.office.clock())

    def enact(self, rule: Rule) -> None:
        """Put a rule in force from the first day on."""
        at = self.office.clock()
        with self.office.writing() as unit:
            leader = _leader(unit.accounts, at)
            made = draft_rule(unit.rules, self.actor, rule, reason="x", at=at)
            made = attach_backtest(unit.rules, self.actor, made.id, {}, seen=made.version, at=at)
            approval = Approval(
                act="1", from_on=FIRST, retroactive=True, retroactive_reason="x", signer="x"
            )
            approve_rule(unit.rules, leader, made.id, approval, seen=made.version, at=at)

    def turn(self, stream: Stream, place: int, batch: int, actor: Actor | None) -> float:
        """Keep one batch, with all that follows where somebody acts; return how long it took."""
        lines = stream.lines[place : place + batch]
        touched = stream.touched(place, place + batch) if actor else []
        day = stream.touches[min(place + batch, len(stream.lines)) - 1][3]
        started = time.perf_counter()
        with self.office.writing() as unit:
            insert(unit.connection, lines)
            if actor:
                evaluate_touched(
                    unit.escalation, touched, as_of=day, at=self.office.clock(), actor=actor
                )
        return time.perf_counter() - started

    def rebuild(self) -> tuple[float, int]:
        """Derive everything anew; return how long it took and how much it had to change."""
        with self.office.writing() as unit:
            sweep(unit.escalation, self.actor, as_of=LAST, at=self.office.clock())
        started = time.perf_counter()
        with self.office.writing() as unit:
            done = rederive(unit.escalation, self.actor, as_of=LAST, at=self.office.clock())
        return time.perf_counter() - started, len(done.changes)


def _places(stream: Stream, batch: int) -> range:
    return range(0, len(stream.lines), batch)


def _agencies(unit: Unit) -> list[tuple[int, str]]:
    since = date(2020, 1, 1)
    top = unit.agencies.add_agency(
        code="P", name="UBND tỉnh", tier=Tier.PROVINCE, parent=None, valid_from=since
    )
    made = [
        unit.agencies.add_agency(
            code=f"P.{n:03}", name=f"Cơ quan {n}", tier=Tier.DEPARTMENT, parent=top,
            valid_from=since,
        )
        for n in range(AGENCIES)
    ]  # fmt: skip
    return [(agency.id, agency.code) for agency in made]


def _leader(accounts: AccountRegister, at: datetime) -> Actor:
    from workflow.accounts.records import Membership, Role

    key = accounts.add_account(login="leader", name="Lãnh đạo", password_hash="", at=at)
    held = Membership(role=Role.LEADER, agency_id=1, valid_from=date(2020, 1, 1))
    return Actor(
        account_id=key, name="Lãnh đạo", role=Role.LEADER, agency_id=1, memberships=(held,)
    )


def rule_of(*, sparse: bool) -> Rule:
    keys = (GroupKey.AGENCY, GroupKey.TYPE, *((GroupKey.PROCEDURE,) if sparse else ()))
    return Rule(
        code="R", violation_types=("*",), group_by=keys, window=Window(days=30),
        levels=(3, 5, 8), repeat_within_days=180,
    )  # fmt: skip


def sample(engine: str, times: list[float], count: int, **more: object) -> Sample:
    whole, ordered = sum(times), sorted(times)
    return Sample(
        engine=engine,
        rate=count / whole,
        p50_ms=ordered[len(ordered) // 2] * 1e3,
        p95_ms=float("nan"),
        p99_ms=float("nan"),
        more=more,
    )


def flatness(times: list[float]) -> float:
    """Return the rate of the last fifth beside that of the second one."""
    fifth = max(len(times) // 5, 1)
    return sum(times[fifth : 2 * fifth]) / sum(times[-fifth:])


def _rates(rounds: Rounds, engine: str) -> list[float]:
    return [one.rate for one in rounds.samples[engine]]


def _flats(rounds: Rounds, engine: str) -> list[float]:
    return [float(str(one.more["flat"])) for one in rounds.samples[engine]]


def verdict(
    bar: str,
    what: str,
    beside: str,
    least: float,
    aim: float,
    got: list[float],
    *,
    up: bool = False,
) -> str:
    ordered = sorted(got)
    return Verdict(
        bar=bar, what=what, beside=beside, least=least, aim=aim,
        got=ordered[len(ordered) // 2], low=ordered[0], high=ordered[-1],
        smaller_is_better=not up,
    ).line()  # fmt: skip


def main() -> None:
    made = options.parser(__doc__, rounds=3)
    made.add_argument("--on", choices=("sqlite", "postgresql"), default="sqlite")
    made.add_argument("--violations", type=int, default=300_000)
    made.add_argument("--sparse", action="store_true")
    arguments = made.parse_args()
    rounds, changed = Rounds(), 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        server = (
            stack.enter_context(postgres(arguments.postgresql))
            if arguments.on == "postgresql"
            else ""
        )
        for number in range(arguments.rounds):
            changed += _round(arguments, rounds, folder, server, number)
    lines = told(rounds, arguments, changed)
    print("\n".join(lines))
    options.keep(arguments, "durable", rounds, lines, [])
    sys.exit(1 if changed else 0)


def _round(arguments: Any, rounds: Rounds, folder: Path, server: str, number: int) -> int:
    changed = 0
    for batch in BATCHES:
        names = [f"bench_durable_{number}_{batch}_{engine}" for engine in ("floor", "ours")]
        floor, ours = (_place(name, folder, server) for name in names)
        ours.enact(rule_of(sparse=arguments.sparse))
        stream = Stream(arguments.violations, floor.agencies, arguments.on)
        for engine, times in zip(
            ("floor", "ours"), _turns(floor, ours, stream, batch), strict=True
        ):
            flat = round(flatness(times), 2)
            rounds.add(sample(f"{engine}, {batch:,}", times, len(stream.lines), flat=flat))
        seconds, found = ours.rebuild()
        changed += found
        rounds.add(sample(f"rebuild, {batch:,}", [seconds], len(stream.lines)))
        for place, name in ((floor, names[0]), (ours, names[1])):
            with place.app.app_context():
                place.office.engine.dispose()
            if server:
                drop(server, name)
    if server:
        rounds.add(_naive(server, stream))
    return changed


def _naive(server: str, stream: Stream) -> Sample:
    """Let the usual way take the first violations of the year, on a table of its own."""
    first = zip(stream.touches[:ROWS], stream.lines[:ROWS], strict=True)
    named = [(f"{touch[1]} {touch[0]}", line[WHEN]) for touch, line in first]
    times = naive_seconds(fresh(server, NAIVE_PLACE), named)
    drop(server, NAIVE_PLACE)
    return sample(NAIVE, times, len(named))


def _place(name: str, folder: Path, server: str) -> Place:
    inside = folder / name
    inside.mkdir()
    url = for_sqlalchemy(fresh(server, name)) if server else f"sqlite:///{inside / 'd.db'}"
    return Place(url, inside)


def _turns(floor: Place, ours: Place, stream: Stream, batch: int) -> tuple[list[float], ...]:
    """Let both take turns, batch by batch, each first every other time; return their times."""
    gc.collect()
    gc.freeze()  # the year in memory is the benchmark's own: nobody is to look through it
    alone: list[float] = []
    whole: list[float] = []
    for number, place in enumerate(_places(stream, batch)):
        turns = [(floor, None, alone), (ours, ours.actor, whole)]
        for one, actor, times in turns if number % 2 else turns[::-1]:
            times.append(one.turn(stream, place, batch, actor))
    gc.unfreeze()
    return alone, whole


def told(rounds: Rounds, arguments: Any, changed: int) -> list[str]:
    kind = "sparse" if arguments.sparse else "dense"
    size = f"{arguments.violations:,} violations, {kind}, {arguments.on}"
    head = f"{size}, {arguments.rounds} rounds; changes found by the rebuild: {changed}"
    lines = [head, "", HEADER]
    for batch in BATCHES:
        ours, floor, again = (f"{word}, {batch:,}" for word in ("ours", "floor", "rebuild"))
        per_second = f"{rounds.median(ours):,.0f}/s beside {rounds.median(floor):,.0f}/s"
        walls = [o / t for o, t in zip(_rates(rounds, floor), _rates(rounds, ours), strict=True)]
        flats, bare = _flats(rounds, ours), _flats(rounds, floor)
        last = f"last fifth, batches of {batch:,} (the inserts alone: {median(bare):.2f})"
        seconds = [one.p50_ms / 1e3 for one in rounds.samples[again]]
        lines += [
            verdict("R3", f"batches of {batch:,}, {per_second}", "inserts", 1.5, 1.15, walls),
            verdict("R4", f"rebuild of {arguments.violations:,}, seconds", "5 s", 5, 2, seconds),
            verdict("R5", last, "2nd fifth", 0.8, 1, flats, up=True),
        ]
        if rounds.has(NAIVE):
            times = [
                o / n for o, n in zip(_rates(rounds, ours), _rates(rounds, NAIVE), strict=True)
            ]
            what = f"batches of {batch:,}"
            lines.append(verdict("R3", what, NAIVE, 20, 20, times, up=True))
    return lines


if __name__ == "__main__":
    main()
