"""P1, P2 and P6: the list of directives as signed-in people read it.

    python -m benchmarks.pages [--rounds 5] [--seconds 2] [--big 1000000] [--json FILE]

The real application, a page without a database, and Django's admin over a million rows, each
served by two sync workers of gunicorn; they take turns, so that a slow minute hits them all.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from benchmarks import load, options, province, statements
from benchmarks.measure import HEADER, Rounds, Verdict
from benchmarks.peers import Absent, Peers
from benchmarks.postgres import drop, for_sqlalchemy, fresh, postgres

SMALL = 10_000
FLOOR, ADMIN, PEER_FLOOR = "floor page", "Django admin", "floor page of the yardsticks"
READERS = ("office", "clerk")
CLERK = "clerk.p.03"
CONNECTIONS = (1, 8)
VIEWS = {
    # name: how its address is made of what the database holds
    "first page": "/directives/",
    "one agency, open": "/directives/?agency=P.03&state=open",
    "overdue": "/directives/?time=overdue",
    "deep page": "/directives/?after={deep}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One page of one server, asked for by one person."""

    name: str
    url: str
    cookie: str = ""


@dataclass(slots=True)
class Stand:
    """Every server that stands up for the run, and what will be asked of it."""

    folder: Path
    stack: ExitStack
    left_out: list[str]
    targets: list[Target] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)

    def floor(self) -> None:
        address = self._serve(sys.executable, "benchmarks.served:floor()", options.ROOT, {})
        self.targets.append(Target(name=FLOOR, url=f"{address}/"))

    def province(self, name: str, url: str, directives: int) -> None:
        """Build a province, serve it, sign its readers in."""
        app = province.make_app(url, self.folder)
        province.build(app, directives, all_assigned=False)
        with province.office_of(app).reading() as unit:
            row = unit.connection.execute(
                text("SELECT due_on, id FROM directives ORDER BY due_on, id LIMIT 1 OFFSET :deep"),
                {"deep": directives * 3 // 4},
            ).one()
        province.office_of(app).engine.dispose()
        deep = f"d~{row.due_on}~{row.id}"
        more = {"BENCH_URL": url, "BENCH_FOLDER": str(self.folder)}
        address = self._serve(sys.executable, "benchmarks.served:real()", options.ROOT, more)
        for reader, login in zip(READERS, ("office", CLERK), strict=True):
            cookie = load.sign_in(address, login)
            for view, path in VIEWS.items():
                target = address + path.format(deep=deep)
                page = load.fetch(address, path.format(deep=deep), cookie)
                known = f"{name}, {reader}: {view}"
                self.shown[known] = page.count("<tr") - 1
                self.targets.append(Target(name=known, url=target, cookie=cookie))

    def unlike(self) -> list[str]:
        """Tell which pages are compared with a page that shows fewer rows."""
        told = []
        for known, rows in self.shown.items():
            beside = self.shown.get(known.replace("big,", "small,", 1), rows)
            if rows != beside:
                told.append(
                    f"Shorter page: {known} shows {rows} rows, in the small province {beside}."
                )
        return told

    def peers(self, peers: Peers) -> None:
        try:
            peers.run("page_app.py", timeout=120)
            peers.run("page_django.py", timeout=60)
        except Absent as why:
            self.left_out.append(f"{ADMIN}: {why}")
            return
        environment = peers.environment(PAGE_DB="sqlite")
        for name, application, path in (
            (PEER_FLOOR, "page_app:app", "/static50"),
            (ADMIN, "page_django:app", "/admin/auth/d/"),
        ):
            address = self._serve(str(peers.python), application, peers.folder, environment)
            self.targets.append(Target(name=name, url=address + path))

    def _serve(self, python: str, application: str, cwd: Path, more: dict[str, str]) -> str:
        inherited = dict(os.environ)  # noqa: TID251 - handed on as it is
        running = load.served(python, application, cwd, inherited | more)
        return self.stack.enter_context(running)


def measure(stand: Stand, rounds: int, seconds: float) -> Rounds:
    """Ask every page in turn, alone and with eight at once, round after round."""
    found = Rounds()
    for target in stand.targets:
        load.press(target.name, target.url, cookie=target.cookie, connections=2, seconds=1)
    for _ in range(rounds):
        for connections in CONNECTIONS:
            for target in stand.targets:
                name = f"{target.name} ×{connections}"
                found.add(
                    load.press(
                        name,
                        target.url,
                        cookie=target.cookie,
                        connections=connections,
                        seconds=seconds,
                    )
                )
        print(found.table(), "\n", flush=True)
    return found


def table(rounds: Rounds) -> list[str]:
    """Return the lines of the table that docs/benchmarks.md shows."""
    lines = [HEADER]
    for at_once in CONNECTIONS:
        for reader in READERS:
            first = f"big, {reader}: first page"
            lines += _line(rounds, "P1 p95", first, FLOOR, at_once, "p95_ms", 6, 3)
            lines += _line(rounds, "P1 per second", first, ADMIN, at_once, "rate", 6, 10)
    for at_once in CONNECTIONS:
        for reader in READERS:
            for view in VIEWS:
                big, small = f"big, {reader}: {view}", f"small, {reader}: {view}"
                lines += _line(rounds, "P2 p95", big, small, at_once, "p95_ms", 1.5, 1.5)
            deep, first = f"big, {reader}: deep page", f"big, {reader}: first page"
            lines += _line(rounds, "P2 p95", deep, first, at_once, "p95_ms", 1.5, 1.5)
    return lines


def _line(
    rounds: Rounds, bar: str, ours: str, beside: str, at_once: int, what: str,
    least: float, aim: float,
) -> list[str]:  # fmt: skip
    one, other = f"{ours} ×{at_once}", f"{beside} ×{at_once}"
    if not (rounds.has(one) and rounds.has(other)):
        return []
    low, high = rounds.spread(one, other, what)
    verdict = Verdict(
        bar=bar, what=one, beside=other, least=least, aim=aim,
        got=rounds.ratio(one, other, what), low=low, high=high,
        smaller_is_better=what != "rate",
    )  # fmt: skip
    return [verdict.line()]


def parse() -> argparse.Namespace:
    parser = options.parser(__doc__, rounds=5)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), default="sqlite")
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    left_out: list[str] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        counted = statements.table(folder)
        print("\n".join(counted), flush=True)
        stand = Stand(folder, stack, left_out)
        stand.floor()
        peers = options.peers(arguments, folder / "peers", left_out)
        if peers is not None:
            stand.peers(peers)
        for name, url in _places(arguments, folder, stack):
            stand.province(name, url, SMALL if name == "small" else arguments.big)
        rounds = measure(stand, arguments.rounds, arguments.seconds)
    lines = table(rounds)
    counted += ["", *stand.unlike()]
    print("\n".join([*lines, "", *counted, *left_out]))
    options.keep(arguments, f"pages on {arguments.on}", rounds, [*lines, "", *counted], left_out)


def _places(arguments: argparse.Namespace, folder: Path, stack: ExitStack) -> list[tuple[str, str]]:
    names = ("small", "big")
    if arguments.on == "sqlite":
        return [(name, f"sqlite:///{folder / name}.db") for name in names]
    server = stack.enter_context(postgres(arguments.postgresql))
    stack.callback(drop, server, *(f"bench_{name}" for name in names))
    return [(name, for_sqlalchemy(fresh(server, f"bench_{name}"))) for name in names]


if __name__ == "__main__":
    main()
