"""What others did to cases since somebody opened a form over them."""

from __future__ import annotations

from collections.abc import Mapping

from web.review.showing import names_in, read_case
from web.review.telling import told


def changed_since(seen: Mapping[str, int]) -> list[dict[str, object]]:
    """Return, of cases seen at these versions, what happened to each that changed, by number.

    Each version leaves one entry; one that was never given out tells of nothing.
    """
    found: list[dict[str, object]] = []
    for number, version in sorted(seen.items()):
        file, case = read_case(number)
        passed = case.escalation.version - version
        if passed > 0:
            events = told(file.links[-passed:], names_in(file, case))
            found.append({"number": number, "events": events})
    return found
