"""Choice fields that take (value, words) pairs, whatever shape the forms library wants inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import wtforms
from wtforms.fields.choices import SelectChoice


def offered(pairs: Iterable[Any] | None) -> list[SelectChoice] | None:
    """Return pairs as the library's own choices; choices stay as they are."""
    if pairs is None:
        return None
    return [
        pair if isinstance(pair, SelectChoice) else SelectChoice(str(pair[0]), str(pair[1]))
        for pair in pairs
    ]


class _Pairs:
    """Turns pairs into choices, given at first or set later."""

    def __init__(self, *args: Any, **more: Any) -> None:
        if not callable(more.get("choices")):
            more["choices"] = offered(more.get("choices"))
        super().__init__(*args, **more)

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, offered(value) if name == "choices" else value)


class SelectField(_Pairs, wtforms.SelectField):
    """One of a list; required of the browser only where its first choice says nothing.

    HTML has no required list that begins with a value: one is chosen whatever happens.
    """

    def __call__(self, **attributes: Any) -> Any:
        first = next(iter(self.choices or ()), None)
        if isinstance(first, SelectChoice) and str(first.value):
            attributes.setdefault("required", False)
        return super().__call__(**attributes)


class RadioField(_Pairs, wtforms.RadioField):
    """One of a few, all seen at once."""


class SelectMultipleField(_Pairs, wtforms.SelectMultipleField):
    """Several of a list."""
