"""Addresses that keep the whole view of a list: filters, pages, one filter less."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from flask import request, url_for
from flask_wtf import FlaskForm

Read = Callable[[str], dict[str, Any]]
LARGEST_KEY = 2**31 - 1
TURNING = frozenset({"before", "after", "newer", "older"})


def page_at(endpoint: str, values: Mapping[str, Any], **more: Any) -> str:
    """Return the address of a page with the arguments that a mapping holds, and others beside."""
    return url_for(endpoint, **{**values, **more})


def this_page(**changes: object) -> str:
    """Return the address of this page with some arguments changed; None takes one away."""
    arguments: dict[str, object] = {**(request.view_args or {}), **request.args, **changes}
    kept = {name: value for name, value in arguments.items() if value not in (None, "")}
    return page_at(str(request.endpoint), kept)


def from_start(**changes: object) -> str:
    """Return the address of the first page of the list with some arguments changed."""
    return this_page(**{**dict.fromkeys(TURNING), **changes})


def narrowed_to(parts: Iterable[tuple[str | tuple[str, ...], str]]) -> list[dict[str, str]]:
    """Return what a view is narrowed to, each part with the address of the view without it.

    A part is given by the arguments that say it, and by its words; it may have none to say.
    """
    return [
        {"label": words, "url": from_start(**dict.fromkeys(_names(names)))}
        for names, words in parts
        if words
    ]


def _names(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def ways_to_look(
    plain: Collection[str], ways: Iterable[tuple[str, Mapping[str, str]]]
) -> list[dict[str, object]]:
    """Return the ways to look that are asked for most, the present one marked.

    Each is given by its words and what it asks of the arguments `plain`; the rest stays.
    """
    nothing: dict[str, object] = dict.fromkeys(plain)
    now = {name: request.args[name] for name in plain if request.args.get(name)}
    return [
        {"label": words, "url": from_start(**{**nothing, **change}), "current": change == now}
        for words, change in ways
    ]


def parts_read(
    readers: Mapping[str, Read], arguments: Mapping[str, str]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what the parts of an address say, and the names of those nobody can read.

    A part that is absent or blank says nothing; what can't be read is named, never guessed.
    """
    values: dict[str, Any] = {}
    unread: list[str] = []
    for name, read in readers.items():
        if text := arguments.get(name, "").strip():
            try:
                values |= read(text)
            except (ValueError, KeyError):
                unread.append(name)
    return values, tuple(unread)


def asked_key(name: str) -> int | None:
    """Return the key that an argument of the address names; None when it can be none."""
    found = request.args.get(name, type=int)
    return found if found is not None and 0 <= found <= LARGEST_KEY else None


def page_links(
    before: int | None, after: int | None, *, names: tuple[str, str] = ("before", "after")
) -> dict[str, str | None]:
    """Return the addresses of the pages before and after this one."""
    first, second = names
    return {
        "prev": from_start(**{first: before}) if before is not None else None,
        "next": from_start(**{second: after}) if after is not None else None,
    }


def filter_parts(form: FlaskForm) -> list[dict[str, str]]:
    """Return the filter in force as parts of a sentence, each with the view without it."""
    parts = []
    for field in form:
        typed = str(field.data or "").strip()
        if not typed or field.errors:
            continue
        words = _choices_of(field).get(typed, f"“{typed}”")
        parts.append({"label": str(words), "url": from_start(**{field.name: None})})
    return parts


def _choices_of(field: Any) -> dict[str, str]:
    offered = field.iter_choices() if getattr(field, "choices", None) else ()
    return {str(choice.value): str(choice.label) for choice in offered}
