"""Which agency the words of a list of papers name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from workflow.agencies.matching import KnownNames, Match, match_cell
from workflow.agencies.naming import Entry
from workflow.agencies.suggesting import abbreviated
from workflow.agencies.wording import marks_agree, words_of

AgencyOf = Callable[[str], tuple[int | None, str]]
"""What words name: an agency, and what a person should know of how it was found."""
BODIES = ("UBND", "UBND xã", "UBND phường", "UBND đặc khu")
"""What people leave out where they write the place alone."""
LONGEST_SUBJECT = 200


def matcher(names: KnownNames) -> AgencyOf:
    """Return what finds the one agency that words name; the same words once.

    First by known names and aliases, without diacritics; else by the place whose committee it
    is, or the one name they abbreviate.
    """
    known: dict[str, tuple[int | None, str]] = {}

    def find(words: str) -> tuple[int | None, str]:
        settled = _named(words, names)
        if settled is not None:
            return settled.agency_id, ""
        committees = {_agency_named(f"{body} {words}", names) for body in BODIES} - {None}
        if len(committees) == 1:
            return committees.pop(), "agency_by_place"
        short = abbreviated(words, names)
        return short, "agency_unknown" if short is None else ""

    def agency_of(words: str) -> tuple[int | None, str]:
        if words not in known:
            known[words] = find(words)
        return known[words]

    return agency_of


def _named(words: str, names: KnownNames) -> Match | None:
    """Return the one agency or group that the words name whole, beyond doubt."""
    found = match_cell(words, names, suggesting=False) if words else ()
    return found[0] if len(found) == 1 and found[0].is_settled else None


def _agency_named(words: str, names: KnownNames) -> int | None:
    found = _named(words, names)
    return found.agency_id if found else None


def opener(names: KnownNames) -> Callable[[str], str]:
    """Return what finds the agency whose name a subject begins with, in the subject's own words.

    "UBND xã X báo cáo …" is of UBND xã X; empty where no name of two words or more stands first,
    or where it is the name of two.
    """
    known: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in names.entries:
        if entry.target.agency_id is not None and len(entry.words) > 1:
            known[tuple(word.key for word in entry.words)].append(entry)
    longest = max(map(len, known), default=0)

    def sender_in(subject: str) -> str:
        words = words_of(subject[:LONGEST_SUBJECT])
        keys = tuple(word.key for word in words)
        for size in range(min(longest, len(words)), 1, -1):
            found = [e for e in known.get(keys[:size], ()) if marks_agree(words[:size], e.words)]
            if found:
                is_one = len({entry.target for entry in found}) == 1
                return subject[: words[size - 1].end] if is_one else ""
        return ""

    return sender_in
