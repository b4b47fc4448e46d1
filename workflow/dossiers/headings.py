"""Finds a profile's columns in the first rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from workflow.dossiers.fields import DETECTIONS
from workflow.dossiers.profile import Names, Profile, WaitKind, word_key
from workflow.errors import Refused
from workflow.text import squeeze

ROWS_LOOKED_AT = 30
"""A heading stands among the first rows: exports put a title above it."""

CODE = "code"
NEAR = 0.7
"""How alike two headings are before one is suggested for the other, of 1."""
COMPARED, TOLD, LONGEST = 300, 40, 60
"""How many headings are compared with what is missing, how many told, and how much of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a file has what the profile reads.

    `fills` names what the cells of a picked row are, the code first: a field, `marks.<field>`,
    `waits.<n>.asked`, `waits.<n>.answered`; then, from `steps_from` on, `steps.<field>`.
    `places` are their columns in the file's rows of `width` cells; the heading is row
    `heading` of the file, from 1.
    """

    fills: tuple[str, ...]
    places: tuple[int, ...]
    steps_from: int
    width: int
    heading: int
    off: tuple[str, ...]


def find_layout(profile: Profile, rows: Iterable[Sequence[str]]) -> Layout:
    """Find the heading among the first rows of a file.

    Refused: `empty_sheet`; `columns_missing` with `columns` (each with the heading nearest to
    it, if any) and `found`; `column_twice` where a heading that is read stands twice.
    """
    looked = [list(row) for row in islice(rows, ROWS_LOOKED_AT)]
    if not any(any(cell.strip() for cell in row) for row in looked):
        raise Refused("empty_sheet")
    wanted = wanted_columns(profile)
    needed = {fills for fills in wanted if not _is_optional(profile, fills)}
    best: tuple[int, int, dict[str, int]] = (-1, 0, {})
    for number, row in enumerate(looked):
        places = _places(wanted, row)
        found = len(needed & set(places))
        if found > best[0]:
            best = (found, number, places)
    _, number, places = best
    missing = [fills for fills in wanted if fills in needed and fills not in places]
    if missing:
        raise _missing(wanted, missing, looked[number], frozenset(places.values()))
    _refuse_twice(wanted, looked[number])
    return _layout(profile, places, width=len(looked[number]), heading=number + 1)


def wanted_columns(profile: Profile) -> dict[str, Names]:
    """Return every column that a profile reads, by what it fills."""
    wanted = dict(profile.columns)
    wanted |= {f"marks.{name}": mark.names for name, mark in profile.marks.items()}
    for place, wait in enumerate(profile.waits, start=1):
        wanted[f"waits.{place}.asked"] = wait.asked
        if wait.answered:
            wanted[f"waits.{place}.answered"] = wait.answered
    return wanted | {f"steps.{name}": names for name, names in profile.steps.items()}


def _is_optional(profile: Profile, fills: str) -> bool:
    family, _, rest = fills.partition(".")
    names = {fills, family} if family == "waits" else {fills}
    if family == "marks":
        names.add(rest)
    return bool(names & profile.optional)


def _places(wanted: Mapping[str, Names], row: Sequence[str]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for place, cell in enumerate(row):
        heads.setdefault(word_key(cell), place)
    found = {}
    for fills, names in wanted.items():
        known = [heads[key] for key in map(word_key, names) if key in heads]
        if known:
            found[fills] = known[0]
    return found


def _missing(
    wanted: Mapping[str, Names], missing: Sequence[str], row: Sequence[str], taken: frozenset[int]
) -> Refused:
    """Name what is missing, each with the heading nearest to any of its names.

    A heading that another field reads is no suggestion; "NgayTiepNhan" is compared as
    "Ngày tiếp nhận".
    """
    looked = [cell.strip() for cell in row[:COMPARED]]
    free = {
        squeeze(cell): cell
        for place, cell in enumerate(looked)
        if place not in taken and len(cell) <= LONGEST
    }
    told = []
    for fills in missing:
        near = _nearest(map(squeeze, wanted[fills]), [head for head in free if head])
        names = "/".join(wanted[fills])
        told.append(f"{names} ({free[near]}?)" if near else names)
    found = [cell[:LONGEST] for cell in looked if cell]
    return Refused("columns_missing", columns=told, found=found[:TOLD])


def _nearest(names: Iterable[str], heads: Sequence[str]) -> str | None:
    """Return the heading that is most alike to one of the names; None where none is near."""
    alike = [(SequenceMatcher(None, name, head).ratio(), head) for name in names for head in heads]
    best = max(alike, default=(0.0, ""))
    return best[1] if best[0] >= NEAR else None


def _refuse_twice(wanted: Mapping[str, Names], row: Sequence[str]) -> None:
    heads = [word_key(cell) for cell in row]
    for names in wanted.values():
        for name in names:
            if heads.count(word_key(name)) > 1:
                raise Refused("column_twice", column=name)


def _layout(profile: Profile, places: Mapping[str, int], *, width: int, heading: int) -> Layout:
    dossier = [one for one in places if not one.startswith("steps.") and one != CODE]
    steps = [one for one in places if one.startswith("steps.")]
    order = (CODE, *sorted(dossier), *sorted(steps))
    return Layout(
        fills=order,
        places=tuple(places[one] for one in order),
        steps_from=1 + len(dossier),
        width=width,
        heading=heading,
        off=detections_off(profile, order),
    )


def detections_off(profile: Profile, fills: Iterable[str]) -> tuple[str, ...]:
    """Return the detections whose fields the file does not carry; the import says so."""
    there = {one.removeprefix("marks.") for one in fills} | set(profile.constants)
    supplements = [
        place
        for place, wait in enumerate(profile.waits, start=1)
        if wait.kind is WaitKind.SUPPLEMENT and f"waits.{place}.asked" in there
    ]
    if len(supplements) > 1 or (supplements and "supplement_requests" in there):
        there.add("second_supplement_at")
    return tuple(
        sorted(
            code
            for code, groups in DETECTIONS.items()
            if not all(there & set(group) for group in groups)
        )
    )
