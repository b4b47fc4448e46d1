"""Two people on one draft: what the other one changed is taken over or told, nothing is lost."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField

from web.choosing import SelectField, SelectMultipleField
from web.documents.forms import CLAUSES, growing, rows_in
from web.documents.shape import TypedForm, TypedRows

UNSHARED = frozenset({"csrf_token", "version", "seen", "mark", "file", "id", "settle", CLAUSES})
Marks = dict[str, dict[str, int]]
HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersChange:
    """One thing that somebody else changed while the form stood open.

    `kept` is what was typed here, where both changed the same field; else the other
    person's words stand in the form now.
    """

    place: str
    field: str
    theirs: str
    kept: str | None = None


def raw(field: Any) -> Any:
    """Return a field's value so that a form just shown and one sent back compare equal."""
    if isinstance(field, SelectMultipleField):
        return sorted(map(str, field.data or []))
    if isinstance(field, BooleanField):
        return bool(field.data)
    if isinstance(field, SelectField):
        return str(field.data or "")
    text = field._value() if not isinstance(field.data, date) else f"{field.data:%d/%m/%Y}"  # noqa: SLF001 - WTForms' own
    return "\n".join(str(text or "").split("\r\n")).strip()


def marks_of(form: TypedForm) -> str:
    """Return a mark for every field as shown, so that a later look tells what changed."""
    marks: Marks = {HEAD: _marks(form)}
    for entry in rows_in(form):
        if entry.form["id"].data:
            marks[str(entry.form["id"].data)] = _marks(entry.form)
    return json.dumps(marks, separators=(",", ":"))


def _marks(form: TypedForm) -> dict[str, int]:
    return {f.short_name: _mark(f) for f in form if f.short_name not in UNSHARED}


def _mark(field: Any) -> int:
    return zlib.crc32(json.dumps(raw(field), ensure_ascii=False).encode("utf-8", "replace"))


def read_marks(text: str | None) -> Marks:
    """Return the marks that came back with a form; anything else is no marks."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(k): v for k, v in found.items() if isinstance(v, dict)}


def take_over(mine: TypedForm, standing: TypedForm) -> list[OthersChange]:
    """Bring what others changed into the form that was typed; return what to tell.

    A field that only the other one changed takes their words; one that both changed keeps
    what was typed here and tells theirs. Rows they added are added, rows they dropped told.
    """
    seen = read_marks(mine["seen"].data)
    told = list(_merge(mine, standing, seen.get(HEAD, {}), _("Phần đầu")))
    if CLAUSES in mine:
        told += _merge_rows(growing(mine), growing(standing), seen)
    return told


def _merge(
    mine: TypedForm, standing: TypedForm, seen: dict[str, int], place: str
) -> Iterator[OthersChange]:
    for theirs in standing:
        name = theirs.short_name
        if name in UNSHARED or name not in mine or seen.get(name) == _mark(theirs):
            continue
        if raw(mine[name]) == raw(theirs):
            continue
        words = str(theirs.label.text)
        if seen.get(name) == _mark(mine[name]):
            mine[name].data = theirs.data
            yield OthersChange(place=place, field=words, theirs=shown(theirs))
        else:
            kept = shown(mine[name])
            yield OthersChange(place=place, field=words, theirs=shown(theirs), kept=kept)


def _merge_rows(mine: TypedRows, standing: TypedRows, seen: Marks) -> Iterator[OthersChange]:
    own = {str(e.form["id"].data): e for e in mine.entries if e.form["id"].data}
    there = {str(e.form["id"].data): e for e in standing.entries}
    for number, (key, entry) in enumerate(there.items(), start=1):
        place = _("Nhiệm vụ %(n)s", n=number)
        if key in own:
            yield from _merge(own[key].form, entry.form, seen.get(key, {}), place)
        elif key not in seen:
            mine.append_entry(entry.data)
            yield OthersChange(place=place, field=_("thêm mới"), theirs=_content(entry.form))
    for key, entry in own.items():
        if key in seen and key not in there:
            entry.form["id"].data = ""
            yield OthersChange(
                place=_("Một nhiệm vụ"), field=_("đã bị bỏ"), theirs="", kept=_content(entry.form)
            )


def _content(form: TypedForm) -> str:
    return str(form["content"].data or "")


def shown(field: Any) -> str:
    """Return a field's value as a person reads it."""
    value = raw(field)
    if isinstance(field, SelectMultipleField):
        words = {choice.value: choice.label for choice in field.choices or []}
        return ", ".join(str(words.get(key, key)) for key in value) or _("(trống)")
    if isinstance(field, SelectField):
        words = {choice.value: choice.label for choice in field.choices or []}
        return str(words.get(value, value)) or _("(trống)")
    return str(value) or _("(trống)")
