"""Form fields that check themselves in the reader's words, whatever the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, ValidationError
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from web.choosing import SelectField, SelectMultipleField
from web.directives.fields import DayField
from web.refusals import FIELD_ERRORS

NEEDED = InputRequired(FIELD_ERRORS["required"])


def at_most(length: int) -> Length:
    """Return the check that a text has at most `length` characters."""
    return Length(max=length, message=FIELD_ERRORS["too_long"])


class Day(DayField):
    """A date typed as 30/09/2021, refused when it cannot be read."""

    @property
    def day(self) -> date | None:
        """The day typed, None when there is none."""
        return self.value if isinstance(self.value, date) else None

    @property
    def needed_day(self) -> date:
        """The day of a field that validated as needed."""
        assert isinstance(self.value, date)  # noqa: S101 - validated before
        return self.value

    def pre_validate(self, _form: Any) -> None:
        """Refuse what cannot be read as a date."""
        if isinstance(self.value, str):
            raise ValidationError(FIELD_ERRORS["not_a_date"])


def _offered(field: Any) -> set[str]:
    return {str(choice.value) for choice in field.iter_choices()}


class Choice(SelectField):
    """One of a list, said in Vietnamese when it is none of them; empty is None."""

    def __init__(self, label: object = None, validators: object = None, **more: Any) -> None:
        super().__init__(label, validators, validate_choice=True, **more)

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is not among the choices."""
        if str(self.data or "") not in _offered(self):
            raise ValidationError(FIELD_ERRORS["not_a_choice"])


class AgencyChoice(Choice):
    """One agency among those given as (id, words); `agency_id` is its id, or None."""

    def offer(self, agencies: Sequence[tuple[int, str]], empty: str | None = None) -> None:
        """Set which agencies can be chosen."""
        first = [("", str(empty or _("Chọn cơ quan")))]
        self.choices = first + [(str(key), words) for key, words in agencies]

    @property
    def agency_id(self) -> int | None:
        """The agency chosen."""
        text = str(self.data or "")
        return int(text) if text.isascii() and text.isdigit() else None


class AgencyChoices(SelectMultipleField):
    """Several agencies among those given as (id, words); `agency_ids` are their ids."""

    def offer(self, agencies: Sequence[tuple[int, str]]) -> None:
        """Set which agencies can be chosen."""
        self.choices = [(str(key), words) for key, words in agencies]

    @property
    def agency_ids(self) -> tuple[int, ...]:
        """The agencies chosen, in their order."""
        return tuple(int(key) for key in self.data or () if key.isascii() and key.isdigit())

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is not among the choices."""
        if not set(self.data or ()) <= _offered(self):
            raise ValidationError(FIELD_ERRORS["not_a_choice"])


class CheckGroup(SelectMultipleField):
    """Several of a short list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is not among the choices."""
        if not set(self.data or ()) <= _offered(self):
            raise ValidationError(FIELD_ERRORS["not_a_choice"])


def words_of(field: Field) -> str:
    """Return what was typed, without spaces around."""
    return str(field.data or "").strip()
