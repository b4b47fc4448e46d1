"""How a draft's forms look to whoever reads them: WTForms says nothing of its types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class TypedField(Protocol):
    """One field: `data` as it was typed, `value` what a day or an amount was read as."""

    id: str
    name: str
    short_name: str
    label: Any
    data: Any
    value: Any
    errors: Sequence[str]


class TypedForm(Protocol):
    """A form whose fields are asked for by name, for what it has depends on who fills it."""

    form_errors: list[str]

    def __getitem__(self, name: str) -> TypedField: ...
    def __contains__(self, name: object) -> bool: ...
    def __iter__(self) -> Iterator[TypedField]: ...


class TypedRow(Protocol):
    """A row of a form that grows; `data` is what all its fields hold."""

    form: TypedForm
    data: dict[str, Any]


class TypedRows(Protocol):
    """The field that grows: its rows, and another one at their end."""

    entries: list[TypedRow]

    def append_entry(self, data: object = None) -> object: ...
