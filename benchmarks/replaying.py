"""Our replay of a year of violations, and a plain reading of the same rule beside it.

    python -m benchmarks.replaying ENGINE FOLDER N

FOLDER holds `key.i4` and `ts.i8` as the yardsticks' generator writes them. Each engine prints
one line: how many a second, the peak of memory over its input, and a digest of its answer.
"""

from __future__ import annotations

import gc
import hashlib
import json
import statistics
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Self

import numpy as np

from workflow.escalation.columns import Coded, Columns
from workflow.escalation.engine import found_in
from workflow.escalation.found import Found
from workflow.escalation.records import Episode, GroupKey, Raise, Rule, Window

DAY, AHEAD = 86_400_000, 7 * 3_600_000
EPOCH = date(1970, 1, 1).toordinal()
AS_OF = date(2025, 12, 31)
DAYS, LEVELS, REPEAT = 30, (3, 5, 8), 180
RULE = Rule(
    code="R7",
    group_by=(GroupKey.AGENCY,),
    window=Window(days=DAYS),
    levels=LEVELS,
    repeat_within_days=REPEAT,
)
CHUNK = 10_000
TIMES = 7


class Peak:
    """The most memory this process holds while a block runs, over what it held before."""

    def __enter__(self) -> Self:
        self.before = self.most = _resident()
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watch.join()
        self.most = max(self.most, _resident())

    def _look(self) -> None:
        while not self._stop.wait(0.005):
            self.most = max(self.most, _resident())

    @property
    def megabytes(self) -> float:
        return (self.most - self.before) / 1e6


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


class Year:
    """The first `count` violations of the generated year, in the order of their moments."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count
        self.keys = np.fromfile(folder / "key.i4", np.int32, count)
        self.moments = np.fromfile(folder / "ts.i8", np.int64, count)
        self.ids = [f"{number:07}" for number in range(count)]
        self.agencies = ["", *(f"{number:06}" for number in range(int(self.keys.max()) + 1))]

    def by_group(self) -> np.ndarray:
        """Lay the year by group, as an index has it; return where each violation went."""
        order = np.argsort(self.keys, kind="stable")
        self.keys, self.moments = self.keys[order], self.moments[order]
        self.ids = [self.ids[row] for row in order.tolist()]
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order))
        return places

    def columns(self, rows: np.ndarray | None = None) -> Columns:
        """Lay the year, or some rows of it, out for the engine."""
        keys, moments = self.keys, self.moments
        if rows is not None:
            keys, moments = keys[rows], moments[rows]
        return Columns(
            ids=self.ids if rows is None else _Picked(self.ids, rows),
            days=((moments + AHEAD) // DAY + EPOCH).astype(np.int32),
            types=Coded(np.ones(len(keys), np.int8), ("", "V16")),
            keys={GroupKey.AGENCY: Coded(keys + 1, self.agencies)},
        )


class _Picked(Sequence[str]):
    """The ids of some rows, looked up when asked for."""

    def __init__(self, ids: list[str], rows: np.ndarray) -> None:
        self.ids, self.rows = ids, rows

    def __getitem__(self, place):
        return self.ids[self.rows[place]]

    def __len__(self) -> int:
        return len(self.rows)


def digest(episodes: Iterable[Episode]) -> str:
    """Return one word for every episode, raise, day, score and id."""
    ordered = sorted(episodes, key=lambda one: (one.group, one.opened_on))
    return hashlib.sha256("\n".join(map(repr, ordered)).encode()).hexdigest()[:16]


def told(engine: str, count: int, seconds: float, peak: Peak, answer: str, **more: object) -> None:
    line = {"engine": engine, "n": count, "rate": count / seconds, "megabytes": peak.megabytes}
    print(json.dumps(line | {"digest": answer} | more), flush=True)


def _found(columns: Columns) -> Found:
    found = found_in(columns, RULE, AS_OF)
    assert found is not None
    return found


def in_columns(year: Year) -> None:
    """Episodes, levels and bases as columns: what a backtest counts over."""
    gc.freeze()
    with Peak() as peak:
        started = time.perf_counter()
        found = _found(year.columns())
        seconds = time.perf_counter() - started
    told("columns", year.count, seconds, peak, digest(found), episodes=len(found))


def as_records(year: Year) -> None:
    """The same made into records, with every id of every raise."""
    gc.freeze()
    with Peak() as peak:
        started = time.perf_counter()
        episodes = list(_found(year.columns()))
        seconds = time.perf_counter() - started
    told("records", year.count, seconds, peak, digest(episodes), episodes=len(episodes))


def flat(year: Year) -> None:
    """What one violation costs the processor in the whole year and in its first tenth, in turns."""
    tenth = Year(year.folder, year.count // 10)
    _found(year.columns())
    goes: dict[int, list[float]] = {year.count: [], tenth.count: []}
    for _ in range(TIMES):
        for one in (year, *[tenth] * 10):
            started = time.process_time()
            _found(one.columns())
            goes[one.count].append(time.process_time() - started)
    rates = {str(count): count / statistics.median(taken) for count, taken in goes.items()}
    print(json.dumps({"engine": "flat", "rates": rates}), flush=True)


def arriving(year: Year) -> None:
    """The year as it came, late and with some taken back: touched groups after each chunk.

    What stands for each group at the end is what its last derivation left.
    """
    places = year.by_group()
    rows = places[np.fromfile(year.folder / "m_idx.i4", np.int32)]
    signs = np.fromfile(year.folder / "m_op.i1", np.int8)
    stands = np.zeros(year.count, np.bool_)
    last_chunk = np.zeros(len(year.agencies), np.int64)
    left: list[np.ndarray] = []
    gc.freeze()
    with Peak() as peak:
        started = time.perf_counter()
        for chunk, first in enumerate(range(0, len(rows), CHUNK), 1):
            changed = rows[first : first + CHUNK]
            stands[changed] = signs[first : first + CHUNK] > 0
            last_chunk[year.keys[changed]] = chunk
            mine = np.flatnonzero(stands & (last_chunk[year.keys] == chunk))
            left.append(_summary(year, mine, _found(year.columns(mine))))
        seconds = time.perf_counter() - started
    kept = [part[:, last_chunk[part[0]] == chunk] for chunk, part in enumerate(left, 1)]
    whole = np.flatnonzero(stands)
    expected = _summary(year, whole, _found(year.columns(whole)))
    standing = np.concatenate(kept, axis=1)
    standing = standing[:, np.lexsort((standing[1], standing[0]))]
    assert np.array_equal(standing, expected), "what stands differs from a replay"
    told("arriving", len(rows), seconds, peak, "")


def _summary(year: Year, rows: np.ndarray, found: Found) -> np.ndarray:
    """Return group, days, level, first score and count of raises of every episode."""
    firsts = found.offsets[:-1]
    raises = found.offsets[1:] - firsts
    keys = year.keys[rows[found.heads]]
    scores = found.raise_scores[firsts]
    return np.array([keys, found.opened, found.closed, found.levels, scores, raises], np.int64)


def state(year: Year) -> None:
    """Bytes that one violation that stands costs: its columns and its id."""
    columns = year.columns()
    arrays = (columns.days, columns.types.codes, columns.keys[GroupKey.AGENCY].codes)
    held = sum(array.nbytes for array in arrays) + sys.getsizeof(columns.ids)
    held += sum(map(sys.getsizeof, columns.ids))
    print(json.dumps({"engine": "state", "bytes": held / year.count}), flush=True)


# --- the plain reading ---------------------------------------------------------------------


def plain(year: Year) -> None:
    """The same rule in plain Python, group by group, one changing day after the other."""
    days = ((year.moments + AHEAD) // DAY + EPOCH).tolist()
    gc.freeze()
    with Peak() as peak:
        started = time.perf_counter()
        groups: dict[int, list[tuple[int, str]]] = {}
        for key, day, name in zip(year.keys.tolist(), days, year.ids, strict=True):
            groups.setdefault(key, []).append((day, name))
        episodes: list[Episode] = []
        for key, events in groups.items():
            _walk((("agency", f"{key:06}"),), events, episodes.append)
        seconds = time.perf_counter() - started
    told("plain", year.count, seconds, peak, digest(episodes), episodes=len(episodes))


def _walk(group: tuple, events: list[tuple[int, str]], keep: Callable[[Episode], None]) -> None:
    """Walk over the days on which something comes or leaves the window."""
    changes = sorted({day for day, _ in events} | {day + DAYS for day, _ in events})
    window: deque[tuple[int, str]] = deque()
    opened, level, raises, closed = 0, 0, [], None
    place = 0
    for day in (day for day in changes if day <= AS_OF.toordinal()):
        while window and window[0][0] <= day - DAYS:
            window.popleft()
        while place < len(events) and events[place][0] <= day:
            window.append(events[place])
            place += 1
        reached = sum(len(window) >= score for score in LEVELS)
        if not reached and opened:
            keep(_episode(group, opened, day, level, raises))
            closed, opened = (day, level), 0
        rises = bool(reached) and (not opened or reached > level)
        if reached and not opened:
            again = closed is not None and day - closed[0] <= REPEAT
            opened, raises = day, []
            level = max(reached, min(closed[1] + 1, len(LEVELS)) if again else 0)
        elif rises:
            level = reached
        if rises:
            ids = tuple(name for _, name in window)
            raises.append(Raise(level, date.fromordinal(day), len(window), ids))
    if opened:
        keep(_episode(group, opened, 0, level, raises))


def _episode(group: tuple, opened: int, closed: int, level: int, raises: list[Raise]) -> Episode:
    until = date.fromordinal(closed) if closed else None
    return Episode(RULE.code, group, date.fromordinal(opened), until, level, tuple(raises))


ENGINES = {
    "columns": in_columns,
    "records": as_records,
    "flat": flat,
    "arriving": arriving,
    "state": state,
    "plain": plain,
}


def main() -> None:
    engine, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    ENGINES[engine](Year(folder, count))


if __name__ == "__main__":
    main()
