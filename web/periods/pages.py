"""Pages of reporting periods: the list, one period, the form of each act, the rhythm."""

from __future__ import annotations

from flask import Response, render_template

from web.acts import Answer
from web.periods import listing, together
from web.periods.acting import Deed
from web.periods.blueprint import ONE, blueprint
from web.periods.choosing import Choosing
from web.periods.showing import page_of, read_period

__all__ = ["blueprint"]


@blueprint.get("/")
def index() -> str:
    """Show the list: filtered, by due day, one page of it."""
    return render_template("periods/index.html", **listing.page())


@blueprint.get("/export.<any(xlsx, csv):kind>")
def export(kind: str) -> Response:
    """Send the whole view as a file."""
    return listing.export(kind)


@blueprint.post("/confirm")
def confirm() -> Answer:
    """Confirm the periods that were ticked in the list, with a result for each."""
    return together.confirm()


@blueprint.get("/return")
def ask_back() -> Answer:
    """Show the form that returns several periods at once."""
    return together.asking_back()


@blueprint.post("/return")
def send_back() -> Answer:
    """Return the periods that were ticked with one reason, with a result for each."""
    return together.send_back()


@blueprint.get("/<number>/rhythm")
def rhythm(number: str) -> Answer:
    """Show the form that sets how often standing work reports."""
    return Choosing(number).page()


@blueprint.post("/<number>/rhythm")
def choose(number: str) -> Answer:
    """Set the reporting periods."""
    return Choosing(number).carry_out()


@blueprint.get(ONE)
def show(number: str, serial: int) -> str:
    """Show one period: its days, its report, and what may be done."""
    return render_template("periods/show.html", **page_of(read_period(number, serial)))


@blueprint.get(f"{ONE}/<action>")
def act(number: str, serial: int, action: str) -> Answer:
    """Show the form of an act; a shut door answers with its reason."""
    return Deed(number, serial, action).page()


@blueprint.post(f"{ONE}/<action>")
def take_act(number: str, serial: int, action: str) -> Answer:
    """Carry out an act and go back to the period."""
    return Deed(number, serial, action).carry_out()
