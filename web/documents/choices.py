"""What the forms of a draft offer: agencies and groups, leaders, officers, signers' titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.agencies.successors import Followed, who_follow
from models.documents.page import Seated, who_give_and_follow
from models.unit import Unit
from web.agencies.naming import gone, told
from web.formats import vn_date
from workflow.accounts.records import Role
from workflow.agencies.records import Agency, AgencyGroup, Tier
from workflow.agencies.rules import group_holds, members_on
from workflow.agencies.standard import DISTRICTS_UNTIL, is_past
from workflow.documents.records import Document, Source

Choices = list[tuple[str, str]]
AGENCY, GROUP = "a", "g"
SIGNER_TITLES = (
    "CHỦ TỊCH",
    "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
    "TL. CHỦ TỊCH, CHÁNH VĂN PHÒNG",
    "TUQ. CHỦ TỊCH, CHÁNH VĂN PHÒNG",
    "KT. CHÁNH VĂN PHÒNG, PHÓ CHÁNH VĂN PHÒNG",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Agencies, groups and people, as the selects of a form offer them.

    `day` is the document's: agencies and groups of that day are offered, and beside them only
    those `kept`, which the form names already, with who followed where they ended. Who follows
    the document does so `today`.
    """

    agencies: tuple[Agency, ...]
    groups: tuple[AgencyGroup, ...]
    people: tuple[Seated, ...]
    day: date = date.min
    today: date = date.min
    kept: frozenset[str] = frozenset()
    heirs: Mapping[int, Followed] = field(default_factory=dict)

    @property
    def parties(self) -> Choices:
        """Groups that held anybody on the day, then agencies: who can be named for a clause."""
        groups = [
            (f"{GROUP}:{g.code}", _("Nhóm: %(name)s", name=group_named(g, self.day)))
            for g in sorted(self.groups, key=lambda one: is_past(one, self.day))
            if f"{GROUP}:{g.code}" in self.kept or self._holds_anybody(g)
        ]
        return groups + [
            (f"{AGENCY}:{a.id}", words)
            for a, words in self._told(self.below_the_province, self.day)
        ]

    @property
    def exceptions(self) -> Choices:
        """Agencies that a group can go without."""
        return [(str(a.id), words) for a, words in self._told(self.below_the_province, self.day)]

    @property
    def overseers(self) -> Choices:
        """Agencies that can follow a document from today on."""
        wanted = {Tier.DEPARTMENT, Tier.PROVINCE}
        found = self._told(self.agencies, self.today)
        return [
            ("", _("Chọn cơ quan")),
            *((str(a.id), words) for a, words in found if a.tier in wanted),
        ]

    def _told(self, agencies: Iterable[Agency], day: date) -> list[tuple[Agency, str]]:
        """Return those that stand on `day`, then those kept although they do not, marked so."""
        standing = told(a for a in agencies if a.stands_on(day))
        others = (a for a in agencies if not a.stands_on(day) and self._is_kept(a))
        return standing + [(a, self._ended(a, day)) for a in others]

    def _is_kept(self, agency: Agency) -> bool:
        return f"{AGENCY}:{agency.id}" in self.kept or str(agency.id) in self.kept

    def _ended(self, agency: Agency, day: date) -> str:
        if agency.valid_to is None or agency.valid_to >= day:
            return str(_("%(name)s (từ %(day)s)", name=agency.name, day=vn_date(agency.valid_from)))
        return gone(agency.name, agency.valid_to, self.heirs.get(agency.id, Followed()).names)

    def _holds_anybody(self, group: AgencyGroup) -> bool:
        return not is_past(group, self.day) and bool(members_on(group, self.agencies, self.day))

    @property
    def leaders(self) -> Choices:
        """People who may have given a task."""
        return [("", _("Không ghi")), *self._seated(Role.LEADER)]

    @property
    def leader_names(self) -> tuple[str, ...]:
        """The names of leaders, each once: who signs, mostly."""
        return tuple(dict.fromkeys(p.name for p in self.people if p.role is Role.LEADER))

    def gave(self, signer: str, source: Source) -> int | None:
        """Return the leader who gave what a document says; None where it is not clear who.

        The leader who signs; of the chairman's own documents the only leader there is.
        """
        leaders = [one for one in self.people if one.role is Role.LEADER]
        found = {one.id for one in leaders if one.name == signer}
        if not found and source is Source.CHAIRMAN:
            found = {one.id for one in leaders}
        return found.pop() if len(found) == 1 else None

    @property
    def followers(self) -> Choices:
        """People who may follow a clause."""
        return [("", _("Không ghi")), *self._seated(Role.OFFICE)]

    @property
    def below_the_province(self) -> tuple[Agency, ...]:
        """Every agency but the province itself, which gives."""
        return tuple(a for a in self.agencies if a.tier is not Tier.PROVINCE)

    @property
    def province(self) -> Agency | None:
        """The province's own agency: who issues, unless somebody else is named."""
        return next((a for a in self.agencies if a.tier is Tier.PROVINCE), None)

    @property
    def has_ended(self) -> bool:
        """Whether the form names somebody who stands no more."""
        last_day = min(self.day, self.today)
        return any(self._is_kept(a) and not a.stands_on(last_day) for a in self.agencies)

    def _seated(self, role: Role) -> Choices:
        return [(str(p.id), f"{p.name}, {p.agency}") for p in self.people if p.role is role]

    def in_group(self, agency_id: int, codes: set[str]) -> bool:
        """Whether an agency belongs to one of the groups, on whatever day."""
        agency = next((a for a in self.agencies if a.id == agency_id), None)
        return agency is not None and any(
            group_holds(group, agency) for group in self.groups if group.code in codes
        )


def group_named(group: AgencyGroup, day: date) -> str:
    """Return a group's name; one of districts says until when they stood."""
    if not is_past(group, day):
        return group.name
    return str(_("%(name)s (đến %(day)s)", name=group.name, day=vn_date(DISTRICTS_UNTIL)))


def offered_by(
    unit: Unit, today: date, *, day: date | None = None, kept: frozenset[str] = frozenset()
) -> Offered:
    """Return what a form offers on `today` for a document of `day`, in three statements.

    `kept` are the codes of what the form names already; a fourth statement says who followed
    them, where one of them has ended.
    """
    day = day or today
    agencies = unit.agencies.agencies()
    offered = Offered(
        agencies=agencies,
        groups=unit.agencies.groups(),
        people=who_give_and_follow(unit.connection, today),
        day=day,
        today=today,
        kept=kept,
    )
    if not offered.has_ended:
        return offered
    return replace(offered, heirs=who_follow(unit.connection, today))


NAMES_AGENCIES = ("leads", "coordinating", "without", "choice", "overseer_id")
"""How the fields end in which a form names agencies."""


def named_in(document: Document | None, form: MultiDict[str, str]) -> frozenset[str]:
    """Return the codes of agencies and groups that a draft, or what was sent, names already."""
    found = {
        value for name in form if name.endswith(NAMES_AGENCIES) for value in form.getlist(name)
    }
    if document is None:
        return frozenset(found)
    parties = [party for clause in document.clauses for party in clause.parties]
    found |= {f"{GROUP}:{p.group_code}" for p in parties if p.group_code}
    found |= {f"{AGENCY}:{p.agency_id}" for p in parties if p.agency_id}
    found |= {str(key) for party in parties for key in party.without}
    return frozenset(found | {str(document.head.overseer_id)})
