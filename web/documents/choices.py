"""What the forms of a draft offer: agencies and groups, leaders, officers, signers' titles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from models.documents.page import Seated, who_give_and_follow
from models.unit import Unit
from web.agencies.naming import told
from web.labels import vn_date
from workflow.accounts.records import Role
from workflow.agencies.records import Agency, AgencyGroup, Tier
from workflow.agencies.standard import DISTRICTS_UNTIL, is_past

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
    """Agencies of every time, groups and people, as the selects of a form offer them."""

    agencies: tuple[Agency, ...]
    groups: tuple[AgencyGroup, ...]
    people: tuple[Seated, ...]
    day: date = date.min

    @property
    def parties(self) -> Choices:
        """Groups that ever held anybody, then agencies: who can be named for a clause."""
        groups = [
            (f"{GROUP}:{g.code}", _("Nhóm: %(name)s", name=group_named(g, self.day)))
            for g in sorted(self.groups, key=lambda one: is_past(one, self.day))
            if g.included or any(a.tier in g.tiers for a in self.agencies)
        ]
        return groups + [(f"{AGENCY}:{a.id}", words) for a, words in told(self.below_the_province)]

    @property
    def exceptions(self) -> Choices:
        """Agencies that a group can go without."""
        return [(str(a.id), words) for a, words in told(self.below_the_province)]

    @property
    def overseers(self) -> Choices:
        """Agencies that can follow a document."""
        wanted = {Tier.DEPARTMENT, Tier.PROVINCE}
        own = [(str(a.id), words) for a, words in told(self.agencies) if a.tier in wanted]
        return [("", _("Chọn cơ quan")), *own]

    @property
    def leaders(self) -> Choices:
        """People who may have given a task."""
        return [("", _("Không ghi")), *self._seated(Role.LEADER)]

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

    def _seated(self, role: Role) -> Choices:
        return [(str(p.id), f"{p.name}, {p.agency}") for p in self.people if p.role is role]

    def in_group(self, agency_id: int, codes: set[str]) -> bool:
        """Whether an agency belongs to one of the groups, on whatever day."""
        agency = next((a for a in self.agencies if a.id == agency_id), None)
        return agency is not None and any(
            agency.id in group.included or agency.tier in group.tiers
            for group in self.groups
            if group.code in codes
        )


def group_named(group: AgencyGroup, day: date) -> str:
    """Return a group's name; one of districts says until when they stood."""
    if not is_past(group, day):
        return group.name
    return str(_("%(name)s (đến %(day)s)", name=group.name, day=vn_date(DISTRICTS_UNTIL)))


def offered_by(unit: Unit, day: date) -> Offered:
    """Return what a form offers on `day`, in three statements."""
    return Offered(
        agencies=unit.agencies.agencies(),
        groups=unit.agencies.groups(),
        people=who_give_and_follow(unit.connection, day),
        day=day,
    )
