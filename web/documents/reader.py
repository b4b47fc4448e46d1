"""Reads the fields of a draft's form one by one, and keeps what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from web.documents.choices import AGENCY, GROUP, Offered
from web.documents.shape import TypedForm
from web.labels import choices
from workflow.documents.records import Party, PartyRole
from workflow.text import clean, clean_lines


@dataclass(slots=True)
class Reader:
    """Reads the fields of a form one by one and keeps what could not be read."""

    form: TypedForm
    offered: Offered
    prefix: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    def line(self, name: str) -> str:
        """Return one line of text."""
        return clean(self.form[name].data or "")

    def body(self, name: str) -> str:
        """Return text with its lines."""
        return clean_lines(self.form[name].data or "")

    def day(self, name: str) -> date | None:
        """Return a day, or note that it is none."""
        value = self.form[name].value
        if isinstance(value, str):
            self.errors[self.prefix + name] = "not_a_date"
            return None
        return value if isinstance(value, date) else None

    def amount(self, name: str) -> Decimal | None:
        """Return a number, or note that it is none."""
        value = self.form[name].value
        if isinstance(value, str):
            self.errors[self.prefix + name] = "not_a_number"
            return None
        return value if isinstance(value, Decimal) else None

    def code(self, name: str, group: str, default: str) -> str:
        """Return one of a group's codes, or note that it is none."""
        value = str(self.form[name].data or default)
        if value not in dict(choices(group)):
            self.errors[self.prefix + name] = "not_a_choice"
            return default
        return value

    def one_of(self, name: str, known: list[tuple[str, str]]) -> int | None:
        """Return the id that was chosen among those offered, or note that it is none."""
        value = str(self.form[name].data or "")
        if value and value not in dict(known):
            self.errors[self.prefix + name] = "not_a_choice"
            return None
        return int(value) if value else None

    def parties(self, role: PartyRole, standing: tuple[Party, ...]) -> tuple[Party, ...]:
        """Return who was chosen; a choice that stood before keeps the words that named it."""
        name = "leads" if role is PartyRole.LEAD else "coordinating"
        chosen = list(dict.fromkeys(self.form[name].data or []))
        if not set(chosen) <= set(dict(self.offered.parties)):
            self.errors[self.prefix + name] = "not_a_choice"
            return standing
        without = self.exceptions(f"{name}_without", chosen)
        if same_choice(standing, chosen, without):
            return standing
        before = {code_of(party): party for party in standing}
        return tuple(_party(role, code, without, before.get(code)) for code in chosen)

    def exceptions(self, name: str, chosen: list[str]) -> frozenset[int]:
        """Return the exceptions of a chosen group; noted where they belong to none."""
        ids = [str(key) for key in self.form[name].data or []]
        if not set(ids) <= set(dict(self.offered.exceptions)):
            self.errors[self.prefix + name] = "not_a_choice"
            return frozenset()
        without = frozenset(int(key) for key in ids)
        groups = {code.partition(":")[2] for code in chosen if code.startswith(GROUP)}
        if without and not groups:
            self.errors[self.prefix + name] = "exceptions_need_group"
        elif not all(self.offered.in_group(key, groups) for key in without):
            self.errors[self.prefix + name] = "not_in_group"
        return without


def code_of(party: Party) -> str:
    """Return how a select names a party."""
    return f"{GROUP}:{party.group_code}" if party.group_code else f"{AGENCY}:{party.agency_id}"


def same_choice(standing: tuple[Party, ...], chosen: list[str], without: frozenset[int]) -> bool:
    """Whether a choice is what stood before, exceptions included."""
    before = {code_of(party) for party in standing}
    excepted = frozenset(key for party in standing for key in party.without)
    return bool(standing) and before == set(chosen) and excepted == without


def _party(role: PartyRole, code: str, without: frozenset[int], before: Party | None) -> Party:
    kind, _colon, key = code.partition(":")
    words = before.words if before else ""
    how = before.how if before else "picked"
    if kind == GROUP:
        return Party(role=role, group_code=key, words=words, how=how, without=without)
    return Party(role=role, agency_id=int(key), words=words, how=how)
