"""What stands around the rows of a list: it follows from the address, so it is drawn once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from flask import request
from flask_babel import get_locale
from markupsafe import Markup, escape

from models.directives.looking import is_own
from web.addresses import TURNING, page_at, ways_to_look
from web.agencies.naming import groups_to_choose, names_to_choose
from web.directives.columns import headings, hidden_columns
from web.directives.filters import Asked, sentence_of
from web.identity import current_actor, remembered
from web.labels import choices
from web.speech import gettext as _
from web.wiring import office, reading_unit

Names = tuple[tuple[str, str], ...]
People = tuple[tuple[int, str], ...]
Arguments = tuple[tuple[str, str], ...]
NOT_IN_FILE = TURNING | {"group"}


class Frame:
    """The filters, the sentence, the headings and the ways out of one view.

    `kept` draws a part at its first use and gives the same words again afterwards.
    """

    def __init__(self, asked: Asked, names: Names, groups: Names, people: People) -> None:
        hidden = hidden_columns()
        columns = headings(asked.order, hidden)
        self.hidden = hidden
        self._drawn: dict[str, Markup] = {}
        self.facts: dict[str, Any] = {
            "choices": choices,
            "agencies": options_of(names),
            "with_groups": options_of(names, groups),
            "sentence": sentence_of(asked, dict(groups + names), dict(people)),
            "people": people,
            "quick": quick_views(),
            "columns": columns,
            "shown_columns": {key: c for key, c in columns.items() if not c["hidden"]},
            "xlsx_url": export_url("xlsx"),
            "csv_url": export_url("csv"),
            "kept": self.kept,
        }

    def kept(self, name: str, caller: Callable[[], str]) -> Markup:
        """Return a part of the page, drawn by the template's call block once."""
        if name not in self._drawn:
            self._drawn[name] = Markup(caller())  # noqa: S704 - the template escaped it
        return self._drawn[name]


_FRAMES: dict[tuple[str, str, str, Arguments, Names, Names, People, bool], Frame] = {}
MOST_FRAMES = 64


def frame_of(asked: Asked) -> Frame:
    """Return the frame of this request's view, kept by all that it follows from.

    That is the language, the address but for the page one is on, the agencies' names, and the
    people of the reader's own agency; nothing in it belongs to one person.
    """
    names, groups = names_to_choose(), groups_to_choose(office().today())
    arguments = tuple(sorted((k, v) for k, v in request.args.items() if k not in TURNING))
    people = own_people()
    place = (str(get_locale()), request.script_root, request.path)
    key = (*place, arguments, names, groups, people, is_own(current_actor()))
    found = _FRAMES.get(key)
    if found is None:
        if len(_FRAMES) >= MOST_FRAMES:
            _FRAMES.clear()
        found = _FRAMES[key] = Frame(asked, names, groups, people)
    return found


def own_people() -> People:
    """Return who works in the reader's own agency, for who acts as one of them; else nobody."""
    actor = current_actor()
    if not is_own(actor) or actor.agency_id is None:
        return ()
    return _people_of(actor.agency_id, office().today())


def _people_of(agency_id: int, day: date) -> People:
    """Return who works in an agency on a day: that follows from the acts on accounts."""

    def read() -> People:
        known = reading_unit().directives.matters.colleagues(agency_id, day)
        return tuple((one.id, one.name) for one in known)

    return remembered(("people", agency_id, day), read)


@lru_cache(maxsize=8)
def _all_options(agencies: Names, heads: tuple[tuple[str, Names], ...]) -> str:
    def written(names: Names) -> str:
        return "".join(
            f'<option value="{escape(code)}">{escape(name)}</option>' for code, name in names
        )

    if not heads:
        return written(agencies)
    return "".join(
        f'<optgroup label="{escape(words)}">{written(names)}</optgroup>' for words, names in heads
    )


def options_of(agencies: Names, groups: Names = ()) -> Callable[[str], Markup]:
    """Return what writes the agencies as options, groups of them first, one of them chosen."""
    heads = ((_("Nhóm cơ quan"), groups), (_("Cơ quan"), agencies)) if groups else ()
    plain = _all_options(agencies, heads)

    def options(chosen: str) -> Markup:
        value = f'<option value="{escape(chosen)}"'
        return Markup(plain.replace(value, f"{value} selected", 1) if chosen else plain)  # noqa: S704

    return options


def quick_views() -> list[dict[str, object]]:
    """Return the ways to look that are asked for most, the present one marked."""
    ways: list[tuple[str, dict[str, str]]] = [
        (_("Tất cả"), {}),
        (_("Chưa kết thúc"), {"state": "open"}),
        (_("Quá hạn"), {"time": "overdue"}),
        (_("Sắp đến hạn"), {"time": "due_soon"}),
        (_("Chờ xác nhận"), {"state": "reported"}),
        (_("Cần làm lại"), {"rework": "yes"}),
        (_("Tạm dừng"), {"suspended": "yes"}),
        (_("Gộp theo mục"), {"group": "clause"}),
    ]
    return ways_to_look(("state", "time", "rework", "suspended", "group"), ways)


def export_url(kind: str) -> str:
    """Return the address of this view as a file."""
    kept = {k: v for k, v in request.args.items() if k not in NOT_IN_FILE and v}
    return page_at("directives.export", kept, kind=kind)
