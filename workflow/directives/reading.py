"""What came with an act, read against its needs: each kind in its own way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from workflow.agencies.records import Agency, Division
from workflow.directives.matters import Colleague
from workflow.directives.needs import Given, Kind, Need
from workflow.documents.secrecy import refuse_secret_given
from workflow.errors import Invalid
from workflow.evidence.records import StoredFile
from workflow.text import clean, clean_lines

LINE, TEXT, FULL, MOST, DIGITS = 500, 5_000, 100, 999, 28


def check_needs(needs: Sequence[Need], raw: Mapping[str, object]) -> Given:
    """Check what was given; Invalid names every field that is wrong, with a code.

    So are names the action does not ask for (`unknown_field`); a secret text is Refused.
    """
    refuse_secret_given(raw)
    values, errors = read_needs(needs, raw)
    if errors:
        raise Invalid(errors)
    return Given(values)


def read_needs(
    needs: Sequence[Need], raw: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, str]]:
    """Return what can be read of what was given, and a code for each field that can't."""
    errors = {name: "unknown_field" for name in raw if name not in {n.name for n in needs}}
    values: dict[str, object] = {}
    for need in needs:
        value, error = _checked(need, raw.get(need.name))
        if error:
            errors[need.name] = error
        elif value not in (None, "", ()):
            values[need.name] = value
    known = values.keys() | errors.keys()
    neither = (n.name for n in needs if n.unless and not {n.name, n.unless} & known)
    return values, errors | dict.fromkeys(neither, "required")


def _checked(need: Need, value: object) -> tuple[object, str]:
    if isinstance(value, str):
        value = clean_lines(value) if need.kind is Kind.TEXT else clean(value)
    if value in (None, "", (), []):
        return None, "required" if need.required else ""
    return _CHECKS[need.kind](need, value)


def _line(_: Need, value: object) -> tuple[object, str]:
    if not isinstance(value, str):
        return None, "not_text"
    return value, "line_too_long" if len(value) > LINE else ""


def _text(_: Need, value: object) -> tuple[object, str]:
    if not isinstance(value, str):
        return None, "not_text"
    return value, "text_too_long" if len(value) > TEXT else ""


def _day(_: Need, value: object) -> tuple[object, str]:
    plain_day = isinstance(value, date) and not isinstance(value, datetime)
    return (value, "") if plain_day else (None, "not_a_date")


def _one_of(kind: type, code: str) -> Callable[[Need, object], tuple[object, str]]:
    def check(_: Need, value: object) -> tuple[object, str]:
        return (value, "") if isinstance(value, kind) else (None, code)

    return check


def _beside(_: Need, value: object) -> tuple[object, str]:
    agencies = tuple(value) if isinstance(value, list | tuple) else (value,)
    if all(isinstance(a, Agency) for a in agencies):
        return tuple(dict.fromkeys(agencies)), ""
    return None, "not_an_agency"


def _pieces(_: Need, value: object) -> tuple[object, str]:
    keys = tuple(value) if isinstance(value, list | tuple) else (value,)
    if all(isinstance(key, int) and not isinstance(key, bool) for key in keys):
        return keys, ""
    return None, "not_evidence"


def _unit_days(_: Need, value: object) -> tuple[object, str]:
    pairs = tuple(value) if isinstance(value, list | tuple) else (value,)
    fit = all(isinstance(p, tuple) and isinstance(p[0], int) and type(p[1]) is date for p in pairs)
    return (pairs, "") if fit else (None, "not_a_date")


def _choice(need: Need, value: object) -> tuple[object, str]:
    return (str(value), "") if str(value) in need.choices else (None, "not_a_choice")


def _files(_: Need, value: object) -> tuple[object, str]:
    files = tuple(value) if isinstance(value, list | tuple) else (value,)
    if all(isinstance(f, StoredFile) for f in files):
        return files, ""
    return None, "not_a_file"


def _number(_: Need, value: object) -> tuple[object, str]:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None, "not_a_number"
    if not number.is_finite():
        return None, "not_a_number"
    return number, "" if _keeps_its_digits(number) else "number_too_long"


def _keeps_its_digits(number: Decimal) -> bool:
    """Whether arithmetic and the column keep the number exactly as it was typed."""
    fits = len(number.as_tuple().digits) <= DIGITS and abs(number.adjusted()) <= DIGITS
    return number.is_zero() or fits


def _percent(_: Need, value: object) -> tuple[object, str]:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= FULL:
        return value, ""
    return None, "not_a_percent"


def _yes_no(_: Need, value: object) -> tuple[object, str]:
    return (value, "") if isinstance(value, bool) else (None, "not_yes_or_no")


def _count(_: Need, value: object) -> tuple[object, str]:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST:
        return value, ""
    return None, "not_a_count"


def _key_or(code: str) -> Callable[[Need, object], tuple[object, str]]:
    def check(_: Need, value: object) -> tuple[object, str]:
        is_key = isinstance(value, int) and not isinstance(value, bool)
        return (value, "") if is_key else (None, code)

    return check


_CHECKS = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.AGENCY: _one_of(Agency, "not_an_agency"),
    Kind.AGENCIES: _beside,
    Kind.UNITS_BELOW: _beside,
    Kind.CHOICE: _choice,
    Kind.FILES: _files,
    Kind.NUMBER: _number,
    Kind.PERCENT: _percent,
    Kind.EVIDENCE: _key_or("not_evidence"),
    Kind.YES_NO: _yes_no,
    Kind.COUNT: _count,
    Kind.PERSON: _key_or("not_a_person"),
    Kind.COLLEAGUE: _one_of(Colleague, "not_a_colleague"),
    Kind.DIVISION: _one_of(Division, "not_a_division"),
    Kind.BESIDE: _beside,
    Kind.ITEM: _key_or("not_an_item"),
    Kind.PIECES: _pieces,
    Kind.PREPARED: _files,
    Kind.UNIT_DAYS: _unit_days,
}
