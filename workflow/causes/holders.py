"""Which sort of body a step's holder is, read off the words the one-stop software exports."""

from __future__ import annotations

import re
from functools import lru_cache

from workflow.causes.records import Holder, HolderKind
from workflow.text import fold

PHRASES: tuple[tuple[HolderKind, tuple[str, ...]], ...] = (
    (
        HolderKind.CITIZEN,
        ("cong dan", "nguoi dan", "chu ho so", "nguoi nop", "nguoi su dung dat", "citizen"),
    ),
    (
        HolderKind.COUNTER,
        (
            "mot cua",
            "tiep nhan va tra",
            "bo phan tiep nhan",
            "trung tam phuc vu hanh chinh cong",
            "tt pvhcc",
            "tttpvhcc",
            "trung tam pvhcc",
            "pvhcc",
            "trung tam hanh chinh cong",
            "counter",
        ),
    ),
    (HolderKind.TAX, ("thue", "tax")),
    (HolderKind.TREASURY, ("kho bac", "kbnn", "ngan hang", "treasury")),
    (HolderKind.SURVEY, ("do dac", "trich do", "trac dia", "survey")),
    (
        HolderKind.LAND_OFFICE,
        ("dang ky dat dai", "dkdd", "vpdkdd", "vpdk", "cnvpdkdd", "land office", "land registry"),
    ),
    (HolderKind.DIVISION, ("^phong", "division")),
    (
        HolderKind.AUTHORITY,
        ("ubnd huyen", "ubnd thanh pho", "thi xa", "ubnd tinh", "lanh dao ubnd"),
    ),
    (
        HolderKind.COMMUNE,
        ("ubnd phuong", "ubnd thi tran", "ubnd cap xa", "dac khu", "xa", "^phuong", "commune"),
    ),
    (HolderKind.AUTHORITY, ("ubnd", "chu tich")),
    (HolderKind.DEPARTMENT, ("^so", "chi cuc", "ban quan ly", "cuc", "department")),
    (HolderKind.DIVISION, ("phong",)),
)
"""Read from the top: the first kind one of whose phrases stands in the words is the kind.

The phrases are folded (no diacritics) and whole words; ^ asks for the beginning. "Thị xã" is
no commune although "xã" stands in it; "thuế" wins over "chi cục".
"""


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    words = (
        ("^" if p.startswith("^") else r"\b") + re.escape(p.removeprefix("^")) for p in phrases
    )
    return re.compile("(?:" + "|".join(words) + r")\b")


_PATTERNS = tuple((kind, _pattern(phrases)) for kind, phrases in PHRASES)


@lru_cache(maxsize=4096)
def kind_of(text: str) -> HolderKind:
    """Return the sort of body that these words name; `other` when no phrase is known."""
    folded = fold(text)
    for kind, pattern in _PATTERNS:
        if pattern.search(folded):
            return kind
    return HolderKind.OTHER if folded else HolderKind.UNLOGGED


def holder_named(text: str, agency_id: int | None = None) -> Holder:
    """Return the holder that a step names; the citizen is one, however he is called."""
    kind = kind_of(text)
    if kind is HolderKind.CITIZEN:
        return Holder(kind=kind)
    return Holder(kind=kind, text=text, agency_id=agency_id)
