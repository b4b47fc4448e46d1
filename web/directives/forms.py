"""One form for every action, built from what its row in the action table needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    MultipleFileField,
    StringField,
    TextAreaField,
)

from web.checked import CheckGroup
from web.choosing import RadioField, SelectField, SelectMultipleField
from web.directives.fields import AmountField, DayField, Needed, UnitDaysField, WholeField
from web.labels import choices, label
from web.speech import gettext as _
from workflow.directives.needs import Kind, Need

Choices = Sequence[tuple[str, str]]
"""What a select offers: the id as text, and its words."""

PICKED = frozenset(
    {
        Kind.AGENCY,
        Kind.EVIDENCE,
        Kind.PERSON,
        Kind.DIVISION,
        Kind.COLLEAGUE,
        Kind.ITEM,
    }
)
MANY = frozenset({Kind.AGENCIES, Kind.BESIDE, Kind.UNITS_BELOW, Kind.PIECES, Kind.PREPARED})
FEW = 4
ID_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Where the words of a field are read while they are typed, and with which other field."""

    url: str
    with_field: str = ""


class Row(Protocol):
    """A row of an action table, as far as its form goes."""

    @property
    def needs(self) -> tuple[Need, ...]: ...


class Versioned(Protocol):
    """What an action is done to, as the person saw it."""

    @property
    def version(self) -> int: ...


def act_form(
    row: Row,
    offered: Mapping[str, Choices],
    of: Versioned,
    known: Mapping[str, object] | None = None,
) -> FlaskForm:
    """Return the form of an action, filled from the request, or on a first look prefilled.

    `offered` holds the choices of each need that picks something (agencies, evidence),
    `known` further words that a first look finds in the fields.
    """
    fields: dict[str, Any] = {
        need.name: field_of(_asked(need, offered), offered.get(need.name, ())) for need in row.needs
    }
    kind = type("ActForm", (FlaskForm,), fields | {"version": HiddenField()})
    prefilled = {need.name: getattr(of, need.prefill) for need in row.needs if need.prefill}
    form = kind(data={**prefilled, **(known or {}), "version": str(of.version)})
    assert isinstance(form, FlaskForm)  # noqa: S101 - made just above
    return form


def _asked(need: Need, offered: Mapping[str, Choices]) -> Need:
    """Return a need as this form asks it: one that another can stand for, where that has none."""
    is_needed = need.unless and not offered.get(need.unless)
    return replace(need, required=True) if is_needed else need


def field_of(need: Need, offered: Choices = ()) -> Field:
    """Return the field that asks for one need."""
    words = label(need.name, "field")
    flags = [Needed()] if need.required else []
    plain: dict[Kind, type[Field]] = {
        Kind.LINE: StringField,
        Kind.TEXT: TextAreaField,
        Kind.DAY: DayField,
        Kind.NUMBER: AmountField,
        Kind.PERCENT: WholeField,
        Kind.COUNT: WholeField,
        Kind.FILES: MultipleFileField,
        Kind.YES_NO: BooleanField,
    }
    if need.kind in plain:
        return plain[need.kind](words, flags)
    if need.kind is Kind.CHOICE:
        return _choice(need, words, flags)
    if need.kind is Kind.UNIT_DAYS:
        return UnitDaysField(words, flags, choices=offered)
    if need.kind is Kind.AGENCIES:
        return SelectMultipleField(words, flags, choices=offered, validate_choice=False)
    if need.kind in MANY:
        return CheckGroup(words, flags, choices=offered, validate_choice=False)
    empty = ("", _("Chọn %(what)s", what=words.lower()))
    return SelectField(words, flags, choices=[empty, *offered], validate_choice=False)


def _choice(need: Need, words: str, flags: list[Needed]) -> Field:
    known = [(code, text) for code, text in choices(need.name) if code in need.choices]
    if need.required and len(known) <= FEW:
        return RadioField(words, flags, choices=known, validate_choice=False)
    empty = _("Chọn %(what)s", what=words.lower()) if need.required else _("Không ghi")
    known = [("", empty), *known]
    return SelectField(words, flags, choices=known, validate_choice=False)


def given_by(form: FlaskForm, row: Row) -> dict[str, object]:
    """Return what was typed, without the files; what can't be read stays as its own words."""
    given = {need.name: _value(need, form[need.name]) for need in row.needs}
    return {name: value for name, value in given.items() if value not in (None, "", ())}


def _value(need: Need, field: Field) -> object:
    if need.kind is Kind.FILES:
        return None
    if isinstance(field, DayField | AmountField | WholeField | UnitDaysField):
        return field.value
    text = field.data
    if need.kind in PICKED and isinstance(text, str):
        return _picked(text)
    if need.kind is Kind.PREPARED:
        return tuple(text or ())
    if need.kind in MANY:
        return tuple(_picked(one) for one in text or ())
    return text


def _picked(text: str) -> int | str:
    """Return the id that was picked; words that are none stay, so that they are refused by name."""
    is_id = text.isdecimal() and text.isascii() and len(text) <= ID_DIGITS
    return int(text) if is_id else text


def chosen_files(form: FlaskForm, row: Row) -> list[FileStorage]:
    """Return the files that came with the form; an empty file field sends a nameless one."""
    names = [need.name for need in row.needs if need.kind is Kind.FILES]
    return [
        file
        for name in names
        for file in form[name].data or []
        if isinstance(file, FileStorage) and file.filename
    ]
