"""One paper of the office's list: its file, mending it, taking it off, recording a report by it."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, StringField, TextAreaField

from models.papers.lists import paper_of
from models.papers.queries import Waiting, documents_waiting_for
from models.papers.uses import Running, counted_uses, running_of, used_for
from models.review.desk import OnDesk, open_cases_of
from web.directives.fields import DayField
from web.formats import field_day
from web.identity import current_actor
from web.papers.known import require_office_now
from web.papers.outcomes import Answer
from web.placing import place_errors
from web.speech import gettext as say
from web.uploads.kept import UnfitFile, keep_uploads
from web.wiring import close_reading, office, reading_unit
from workflow.agencies.matching import KnownNames
from workflow.directives.records import Action
from workflow.errors import Invalid, Stale
from workflow.papers.keeping import attach_file, change_paper, remove_paper, told_of
from workflow.papers.naming import matcher
from workflow.papers.records import Direction, KnownPaper, ListedPaper
from workflow.review.records import EscalationState
from workflow.text import clean

OFFERED = 10
MOST_USES = 500


class PaperFileForm(FlaskForm):
    """The file of one paper."""

    file = FileField(_("Tệp văn bản"))


class PaperForm(FlaskForm):
    """What the list says of one paper; `seen` is the mark of what it said."""

    seen = HiddenField()
    number = StringField(_("Số, ký hiệu"))
    dated = DayField(_("Ngày văn bản"))
    counterpart = StringField(_("Cơ quan gửi, nhận"))
    subject = TextAreaField(_("Trích yếu"))
    signer = StringField(_("Người ký"))
    received_on = DayField(_("Ngày đến"))
    arrival_number = StringField(_("Số đến"))


def mend_page(paper_id: int, form: PaperForm | None = None, status: int = 200) -> Answer:
    """Show the form that mends what the list says of a paper."""
    require_office_now()
    paper = paper_of(reading_unit().connection, paper_id)
    uses = counted_uses(reading_unit().connection, (paper,))
    page = render_template(
        "papers/mend.html",
        paper=paper,
        form=form or PaperForm(obj=paper.listed, seen=paper.listed.mark),
        uses=uses.get(paper.id, 0),
    )
    return page, status


def take_mended(paper_id: int) -> Answer:
    """Keep what a paper says now; else the form again with what was typed."""
    require_office_now()
    form = PaperForm()
    known = paper_of(reading_unit().connection, paper_id)
    try:
        paper = _typed(form, known)
        close_reading()
        with office().writing() as unit:
            seen, at = form.seen.data or "", office().clock()
            change_paper(unit.papers, current_actor(), paper_id, paper, at=at, seen=seen)
    except (Invalid, Stale) as error:
        status = place_errors(form, error)
        if isinstance(error, Stale):
            _tell_what_stands(form, paper_id)
        return mend_page(paper_id, form, status)
    flash(say("Đã sửa văn bản %(number)s.", number=paper.number), "success")
    return redirect(url_for("paper_list.show", paper_id=paper_id), 303)


def _tell_what_stands(form: PaperForm, paper_id: int) -> None:
    """Say at each field what the list says by now, and take that as seen."""
    listed = paper_of(reading_unit().connection, paper_id).listed
    for name, value in told_of(listed).items():
        words = field_day(value) if isinstance(value, date) else str(value or "")
        if words != str(form[name].data or "").strip():
            now = say("Trong sổ hiện ghi: %(words)s", words=words or "–")
            form[name].errors = [*form[name].errors, now]
    form.seen.data = listed.mark


def _typed(form: PaperForm, known: KnownPaper) -> ListedPaper:
    dated, received = form.dated.value, form.received_on.value
    days = {"dated": dated, "received_on": received}
    wrong = {name: "not_a_date" for name, day in days.items() if isinstance(day, str)}
    if dated is None:
        wrong["dated"] = "required"
    if wrong or dated is None or isinstance(dated, str) or isinstance(received, str):
        raise Invalid(wrong)
    counterpart = clean(form.counterpart.data or "")
    names = KnownNames(reading_unit().agencies.known_agencies(office().today()))
    return ListedPaper(
        direction=known.listed.direction,
        number=clean(form.number.data or ""),
        dated=dated,
        counterpart=counterpart,
        subject=clean(form.subject.data or ""),
        signer=clean(form.signer.data or ""),
        received_on=received,
        arrival_number=clean(form.arrival_number.data or ""),
        agency_id=matcher(names)(counterpart)[0],
    )


def take_off(paper_id: int) -> Answer:
    """Take a paper off the list."""
    require_office_now()
    close_reading()
    with office().writing() as unit:
        gone = remove_paper(unit.papers, current_actor(), paper_id, at=office().clock())
    flash(say("Đã xóa %(number)s khỏi sổ công văn.", number=gone.listed.number), "success")
    return redirect(url_for("paper_list.index"), 303)


def paper_page(paper_id: int, form: PaperFileForm | None = None, status: int = 200) -> Answer:
    """Show one paper of the list and its file."""
    require_office_now()
    paper = paper_of(reading_unit().connection, paper_id)
    page = render_template(
        "papers/paper.html",
        paper=paper,
        form=form or PaperFileForm(),
        waiting=_waiting(paper),
        running=_running(paper),
        explains=_explains(paper),
        used=used_for(
            reading_unit().connection, current_actor(), paper, office().today(), limit=MOST_USES
        ),
        max_bytes=office().settings.upload_bytes,
    )
    return page, status


def take_file(paper_id: int) -> Answer:
    """Keep the file of one paper."""
    require_office_now()
    form = PaperFileForm()
    file = form.file.data
    if not isinstance(file, FileStorage) or not file.filename:
        return paper_page(paper_id, form, place_errors(form, Invalid({"file": "required"})))
    close_reading()
    try:
        [stored] = keep_uploads([file])
        with office().writing() as unit:
            attach_file(unit.papers, current_actor(), paper_id, stored, at=office().clock())
    except UnfitFile as error:
        form.file.errors = [error.words]
        return paper_page(paper_id, form, 422)
    flash(say("Đã gắn tệp %(name)s.", name=stored.name), "success")
    return redirect(url_for("paper_list.show", paper_id=paper_id), 303)


def _waiting(paper: KnownPaper) -> tuple[Waiting, ...]:
    """Return the documents on which an incoming paper may report: none issued after its day."""
    listed = paper.listed
    if listed.direction is not Direction.INCOMING or listed.agency_id is None:
        return ()
    connection, actor, day = reading_unit().connection, current_actor(), office().today()
    found = documents_waiting_for(connection, actor, listed.agency_id, day, limit=OFFERED)
    return tuple(one for one in found if not one.issued_on or one.issued_on <= listed.dated)


def _explains(paper: KnownPaper) -> tuple[OnDesk, ...]:
    """Return the cases in which the agency that sent a paper still has to explain itself."""
    listed = paper.listed
    if listed.direction is not Direction.INCOMING or listed.agency_id is None:
        return ()
    connection, actor, day = reading_unit().connection, current_actor(), office().today()
    waits = (EscalationState.EXPLANATION_REQUESTED,)
    return open_cases_of(connection, actor, listed.agency_id, waits, day)[:OFFERED]


def _running(paper: KnownPaper) -> list[tuple[Running, tuple[Action, ...]]]:
    """Return running work of the agency the paper is with, each with the acts it may rest on."""
    if paper.listed.agency_id is None:
        return []
    connection, actor, day = reading_unit().connection, current_actor(), office().today()
    found = running_of(connection, actor, paper.listed.agency_id, day, limit=OFFERED)
    return [(one, _acts(one, paper.listed.direction)) for one in found]


def _acts(one: Running, direction: Direction) -> tuple[Action, ...]:
    """A later date asked for is decided; else a paper that names another one amends.

    Where the lead asks by letter only, the decision on it is an opinion that is recorded.
    """
    if one.asks_later:
        return Action.REASSIGN, Action.DECIDE_EXTENSION
    if direction is Direction.INCOMING:
        return Action.REASSIGN, Action.DIRECT, Action.AMEND
    return Action.REASSIGN, Action.AMEND
