"""Among what violations are looked for, and what a detection changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflow.violations.signs import Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierScope:
    """Detect among these dossiers (a chunk of an import); `off` are types its file cannot tell.

    What is off is neither found nor found again; one that stands still falls when the rest of
    the dossier says that it no longer holds. `fresh` came in this very transaction, of which
    nothing can be kept yet, and `told` is what they say, column by column, `shown` the signs in
    it where they were read ahead; `settled` show what they showed, and are only counted. `source`
    names the import in the history. With `held` what it touches waits for the import's end
    (`workflow.escalation.holding`).
    """

    dossier_ids: Sequence[int]
    off: frozenset[str] = frozenset()
    source: str = "dossiers"
    fresh: range = range(0)
    told: Mapping[str, Sequence[Any]] = field(default_factory=dict, repr=False)
    shown: Sequence[Signs] | None = field(default=None, repr=False)
    settled: Sequence[int] = ()
    held: bool = False


@dataclass(frozen=True, slots=True)
class DueScope:
    """Detect what fell due: open dossiers whose promised day has passed before the day asked.

    What the newest import of a dossier's source could not tell is off.
    """


Scope = DossierScope | DueScope


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """What a detection changed, counted by type.

    `found` are new, `reinstated` the same ones again, `moved` go on with other facts (another
    day, another agency), `overturned` no longer hold. `standing` counts what stands after it
    among the dossiers of a `DossierScope`, whatever way it came to be known.
    """

    found: Mapping[str, int] = field(default_factory=dict)
    reinstated: Mapping[str, int] = field(default_factory=dict)
    moved: Mapping[str, int] = field(default_factory=dict)
    overturned: Mapping[str, int] = field(default_factory=dict)
    standing: Mapping[str, int] = field(default_factory=dict)

    @property
    def changes(self) -> int:
        """How many violations were touched in all."""
        kinds = (self.found, self.reinstated, self.moved, self.overturned)
        return sum(sum(counts.values()) for counts in kinds)
