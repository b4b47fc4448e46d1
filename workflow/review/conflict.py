"""Who is tied to an agency: its own people, those of its line, and those it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ROOT_DEPTH = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The tree of agencies on a day, and what each came from.

    `paths` are places in the tree (`/1/7/`); `came_from` names for each successor its direct
    predecessors by acts in force on the day. `office` is Văn phòng UBND, `home_affairs` Sở
    Nội vụ; None where the province has none.
    """

    paths: Mapping[int, str] = field(default_factory=dict)
    came_from: Mapping[int, frozenset[int]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    office: int | None = None
    home_affairs: int | None = None

    def origins(self, agency: int) -> frozenset[int]:
        """Return an agency and all that it came from, however far back."""
        found, left = {agency}, [agency]
        while left:
            new = self.came_from.get(left.pop(), frozenset()) - found
            found |= new
            left.extend(new)
        return frozenset(found)

    def in_line(self, one: int, other: int) -> bool:
        """Whether one is the other or stands above it; the province above all ties nobody."""
        if one == other:
            return True
        first, second = self.paths.get(one, ""), self.paths.get(other, "")
        return self._above(first, second) or self._above(second, first)

    @staticmethod
    def _above(path: str, other: str) -> bool:
        return path.count("/") - 1 > ROOT_DEPTH and other.startswith(path)

    def is_under(self, agency: int, above: int | None) -> bool:
        """Whether an agency is `above` itself or a unit of it."""
        path = self.paths.get(above, "") if above is not None else ""
        return bool(path) and self.paths.get(agency, "").startswith(path)


def tie(organisation: Organisation, own: Iterable[int], concerned: Iterable[int]) -> int | None:
    """Return the concerned agency that somebody of the agencies `own` is tied to, or None.

    Nobody proposes or decides on their own agency or one it came from, nor on one that came
    from theirs (product.md, section 6); units above and below in the same line count as own.
    """
    mine = sorted(own)
    for agency in sorted(concerned):
        origins = organisation.origins(agency)
        for member in mine:
            if any(organisation.in_line(member, origin) for origin in origins):
                return agency
            before = organisation.origins(member) - {member}
            if any(organisation.in_line(origin, agency) for origin in before):
                return agency
    return None


def is_offices_own(organisation: Organisation, concerned: Iterable[int]) -> bool:
    """Whether a case is about a unit of Văn phòng UBND: such cases go to Sở Nội vụ."""
    return any(organisation.is_under(agency, organisation.office) for agency in concerned)
