"""Forms of kept views."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from web.checked import NEEDED, CheckGroup, at_most
from workflow.views.usecases import NAME_MOST


class ViewForm(FlaskForm):
    """A view to keep: its name, and the list with its address."""

    name = StringField(_("Tên cách xem"), [NEEDED, at_most(NAME_MOST)])
    page = HiddenField()
    query = HiddenField()


class SendForm(FlaskForm):
    """To whom a view goes."""

    people = CheckGroup(_("Gửi cho"))

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """Set who can be chosen."""
        self.people.choices = [(str(key), words) for key, words in people]

    @property
    def account_ids(self) -> list[int]:
        """The people chosen."""
        return [int(key) for key in self.people.data or () if key.isascii() and key.isdecimal()]
