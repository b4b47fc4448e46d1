"""How times are taken and told: percentiles, medians of interleaved rounds, rows of a table."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field

FEWEST_FOR_QUARTILES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One engine in one round: how many it did a second, and how long one took."""

    engine: str
    rate: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    errors: int = 0
    more: dict[str, object] = field(default_factory=dict)

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def sample_from(text: str) -> Sample:
    """Read a line that an engine printed."""
    return Sample(**json.loads(text))


def percentile(sorted_times: Sequence[float], share: float) -> float:
    return sorted_times[min(len(sorted_times) - 1, int(share * len(sorted_times)))]


def timed(engine: str, steps: Iterable[Callable[[], None]], **more: object) -> Sample:
    """Carry out the steps one after the other and time each."""
    times = []
    started = time.perf_counter()
    for step in steps:
        before = time.perf_counter()
        step()
        times.append(time.perf_counter() - before)
    whole = time.perf_counter() - started
    times.sort()
    return Sample(
        engine=engine,
        rate=len(times) / whole,
        p50_ms=percentile(times, 0.50) * 1e3,
        p95_ms=percentile(times, 0.95) * 1e3,
        p99_ms=percentile(times, 0.99) * 1e3,
        more=more,
    )


@dataclass(slots=True)
class Rounds:
    """Samples of every engine over the rounds of one run."""

    samples: dict[str, list[Sample]] = field(default_factory=dict)

    def add(self, sample: Sample) -> None:
        self.samples.setdefault(sample.engine, []).append(sample)

    def has(self, engine: str) -> bool:
        return engine in self.samples

    def median(self, engine: str, what: str = "rate") -> float:
        return statistics.median(getattr(s, what) for s in self.samples[engine])

    def ratio(self, one: str, other: str, what: str = "rate") -> float:
        """Return the median of the rounds' ratios, or of medians where the rounds differ."""
        each = self._ratios(one, other, what)
        return (
            statistics.median(each) if each else self.median(one, what) / self.median(other, what)
        )

    def spread(self, one: str, other: str, what: str = "rate") -> tuple[float, float]:
        """Return between which ratios the middle half of the rounds lies."""
        each = self._ratios(one, other, what)
        if len(each) < FEWEST_FOR_QUARTILES:
            middle = self.median(other, what)
            each = [getattr(sample, what) / middle for sample in self.samples[one]]
        if len(each) < FEWEST_FOR_QUARTILES:
            return min(each), max(each)
        low, _, high = statistics.quantiles(each, n=4)
        return low, high

    def _ratios(self, one: str, other: str, what: str) -> list[float]:
        if len(self.samples[one]) != len(self.samples[other]):
            return []
        pairs = zip(self.samples[one], self.samples[other], strict=True)
        return [getattr(a, what) / getattr(b, what) for a, b in pairs]

    def table(self) -> str:
        """Return every engine's medians as plain text, for whoever watches the run."""
        lines = [f"{'engine':62} {'per s':>9} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8}  n"]
        for name, samples in self.samples.items():
            figures = (
                f"{self.median(name):>9,.0f} {self.median(name, 'p50_ms'):>8.2f} "
                f"{self.median(name, 'p95_ms'):>8.2f} {self.median(name, 'p99_ms'):>8.2f}"
            )
            wrong = sum(s.errors for s in samples)
            lines.append(f"{name[:62]:62} {figures}  {len(samples)}{' ERRORS' if wrong else ''}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One bar, and where we stand beside it."""

    bar: str
    what: str
    beside: str
    least: float
    aim: float
    got: float
    low: float
    high: float
    smaller_is_better: bool = False

    @property
    def word(self) -> str:
        sign = -1 if self.smaller_is_better else 1
        if sign * self.got >= sign * self.aim:
            return "aim reached"
        return "passes" if sign * self.got >= sign * self.least else "MISSED"

    def line(self) -> str:
        sign = "≤" if self.smaller_is_better else "≥"
        return (
            f"| {self.bar} | {self.what} | {self.beside} | {sign} {self.least:g} / {self.aim:g} "
            f"| **{self.got:.2f}** | {self.low:.2f}–{self.high:.2f} | {self.word} |"
        )


HEADER = (
    "| bar | ours | beside | least / aim | ratio | middle half | |\n|---|---|---|---|---:|---:|---|"
)
