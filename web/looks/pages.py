"""Looking at an applicant's name, searching by it, and who did so."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField

from models.looks.queries import looks_page
from web.addresses import asked_key, page_links
from web.checked import NEEDED, at_most
from web.dossiers.showing import page_of, read_file
from web.identity import current_actor
from web.placing import place_errors
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, Role
from workflow.errors import NotFound, WorkflowError
from workflow.looks.ports import Named
from workflow.looks.usecases import find_applicant, keep_found, look_at_applicant

blueprint = Blueprint("looks", __name__, url_prefix="/dossiers")
Answer = str | Response | tuple[str, int]
READS_LOOKS = frozenset({Role.ADMIN, Role.INSPECTOR})


class NameForm(FlaskForm):
    """Words of an applicant's name; they never stand in an address."""

    words = StringField(_("Tên người nộp"), [NEEDED, at_most(200)])


@blueprint.post("/<source>/<path:code>")
def look(source: str, code: str) -> Answer:
    """Show a dossier with its applicant's name, once it is kept that it was seen."""
    actor = current_actor()
    key = read_file(source, code).row.id
    close_reading()
    with office().writing() as unit:
        found = look_at_applicant(unit.looks, actor, key, at=office().clock())
    file = read_file(source, code)
    return page_of(file, found.applicant).render()


@blueprint.get("/names")
def names() -> Answer:
    """Show the search by an applicant's name; only who handles dossiers has it."""
    if current_actor().role not in AGENCY_ROLES:
        raise NotFound
    return _names_page(NameForm(), None)


@blueprint.post("/names")
def find_names() -> Answer:
    """Show the dossiers found by their applicant's name, once it is kept that they were seen."""
    actor, form = current_actor(), NameForm()
    if actor.role not in AGENCY_ROLES:
        raise NotFound
    if not form.validate():
        return _names_page(form, None), 422
    try:
        words, at = str(form.words.data), office().clock()
        found = find_applicant(reading_unit().looks, actor, words, at=at)
    except WorkflowError as error:
        status = place_errors(form, error)
        return _names_page(form, None), status
    close_reading()
    with office().writing() as unit:
        keep_found(unit.looks, actor, found, at=at)
    return _names_page(form, found)


def _names_page(form: NameForm, found: Sequence[Named] | None) -> str:
    return render_template("looks/names.html", form=form, found=found)


@blueprint.get("/looks")
def index() -> Answer:
    """List who looked at whose personal data, newest first; for admin and inspector."""
    if current_actor().role not in READS_LOOKS:
        raise NotFound
    newer, older = asked_key("newer"), asked_key("older")
    dossier = asked_key("dossier")
    page = looks_page(reading_unit().connection, dossier_id=dossier, newer=newer, older=older)
    return render_template(
        "looks/index.html",
        page=page,
        dossier=dossier,
        links=page_links(page.newer, page.older, names=("newer", "older")),
    )
