"""The office's list of incoming and outgoing papers: pasted, imported, looked up, with files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import IO, Any

from flask import flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import FileField, TextAreaField

from web.checked import Choice
from web.identity import current_actor
from web.labels import choices, label
from web.papers.imported import import_to_undo
from web.papers.outcomes import Answer
from web.papers.words import PAPER_FIELDS
from web.placing import place_errors
from web.refusals import field_error
from web.speech import gettext as say
from web.speech import ngettext
from web.uploads.delimited import read_delimited
from web.uploads.spreadsheet import IMPORT_LIMITS, SHEET_LIMITS, read_spreadsheet
from web.wiring import close_reading, office, reading_unit
from workflow.agencies.matching import KnownNames
from workflow.documents.cells import Grid
from workflow.errors import Invalid, Refused
from workflow.papers.columns import heading_of
from workflow.papers.keeping import keep_papers, require_office
from workflow.papers.reading import ListReading, read_list
from workflow.papers.records import Direction, KeptList, LeftRow

PASTED = ""
MOST_TOLD = 100


class ListForm(FlaskForm):
    """A list of papers, pasted or as a file."""

    direction = Choice(_("Danh mục"))
    text = TextAreaField(_("Dán từ bảng tính"))
    file = FileField(_("hoặc chọn tệp XLSX, CSV"))

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.direction.choices = choices("direction")


def require_office_now() -> None:
    """Let in who keeps the list today; Forbidden for everybody else."""
    require_office(current_actor(), office().today())


def new_page() -> Answer:
    """Show where a list is pasted or a file chosen."""
    require_office_now()
    return _render(ListForm())


def take_list() -> Answer:
    """Keep what the list says, and tell every row that could not be read."""
    require_office_now()
    form = ListForm()
    try:
        grid, source = _grid_of(form)
        names = KnownNames(reading_unit().agencies.known_agencies(office().today()))
        said = form.direction.data
        direction = Direction(said) if said in set(Direction) else Direction.INCOMING
        reading = read_list(grid, direction, names, today=office().today())
        close_reading()
        with office().writing() as unit:
            kept = _keep(unit.papers, reading.papers, source)
    except (Invalid, Refused) as error:
        return _render(form, place_errors(form, error))
    if reading.left or reading.told or reading.unused or reading.order:
        is_new = bool(kept.added or kept.changed)
        return account_page(reading, direction, told(kept), is_new=is_new)
    flash(told(kept), "success")
    return redirect(url_for("paper_list.index"), 303)


def _keep(memory: Any, papers: Sequence[Any], source: str) -> KeptList:
    if not papers:
        return KeptList(added=0, changed=0, same=0)
    return keep_papers(memory, current_actor(), papers, source=source, at=office().clock())


def _grid_of(form: ListForm) -> tuple[Grid, str]:
    """Return the cells of what was pasted or chosen, and where they come from."""
    file = form.file.data
    if isinstance(file, FileStorage) and file.filename:
        stream: IO[bytes] = file.stream
        limits = replace(IMPORT_LIMITS, max_bytes=office().settings.sheet_bytes)
        sheet = read_spreadsheet(
            stream, file.filename, limits, heading=heading_of, without="no_papers_heading"
        )
        return sheet.sheet.grid, sheet.filename
    text = form.text.data or ""
    if not text.strip():
        raise Invalid({"text": "required"})
    return read_delimited(text.encode(), SHEET_LIMITS), PASTED


def told(kept: KeptList) -> str:
    """Return what a list changed, in one sentence."""
    words = say(
        "%(added)s, %(changed)s thay đổi, %(same)s đã có sẵn.",
        added=ngettext("%(num)s văn bản mới", "%(num)s văn bản mới", kept.added),
        changed=kept.changed,
        same=kept.same,
    )
    if kept.beside:
        words += " " + ngettext(
            "%(num)s văn bản mới trùng số và ngày với văn bản đã có của cơ quan khác; hãy xem lại.",
            "%(num)s văn bản mới trùng số và ngày với văn bản đã có của cơ quan khác; hãy xem lại.",
            kept.beside,
        )
    return words


def account_page(reading: ListReading, direction: Direction, kept: str, *, is_new: bool) -> Answer:
    """Show what became of a list: rows left, to be mended in the box, and what else to know."""
    rows = [*_heading_for(reading), *reading.again]
    text = "\n".join("\t".join(row) for row in rows)
    form = ListForm(formdata=None, data={"direction": direction.value, "text": text})
    return _render(form, kept=kept, reading=reading, is_new=is_new)


def _heading_for(reading: ListReading) -> list[Sequence[str]]:
    """Return the heading that rows left of a list without one need, to be read the same again."""
    if not (reading.again and reading.order):
        return []
    with force_locale("vi"):
        return [[str(PAPER_FIELDS[name]) for name in reading.order]]


def _render(
    form: ListForm,
    status: int = 200,
    *,
    kept: str = "",
    reading: ListReading | None = None,
    is_new: bool = False,
) -> Answer:
    told_rows = reading.told if reading else ()
    page = render_template(
        "papers/new.html",
        form=form,
        kept=kept,
        kept_tone="verified" if is_new else "plain",
        left=_rows(reading.left if reading else ()),
        told=_rows(told_rows[:MOST_TOLD]),
        more_told=max(0, len(told_rows) - MOST_TOLD),
        unused=reading.unused if reading else (),
        order=[label(name, "paper_field") for name in reading.order] if reading else (),
        last=import_to_undo() if kept else None,
        max_bytes=office().settings.sheet_bytes,
    )
    return page, status


def _rows(rows: Sequence[LeftRow]) -> list[dict[str, Any]]:
    return [
        {"row": one.row, "field": one.field, "words": one.words, "why": field_error(one.reason)}
        for one in rows
    ]
