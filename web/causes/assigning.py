"""Giving causes to one dossier or to many: what the steps suggest, and what a person says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from models.agencies.queries import agency_choices
from models.causes.chosen import Chosen, chosen_dossiers
from models.unit import Unit
from web.causes.blueprint import blueprint
from web.causes.forms import CauseForm
from web.dossiers.showing import working_clock
from web.dossiers.studying import fields_studied
from web.dossiers.zones import zone_of
from web.identity import current_actor
from web.placing import tried
from web.returning import local_path
from web.speech import ngettext
from web.wiring import office, reading_unit
from workflow.causes.breaking import Break, worst_break
from workflow.causes.suggesting import Suggestion, likeliest, suggestions
from workflow.causes.usecases import MOST_AT_ONCE, assign_causes, may_assign
from workflow.errors import Forbidden, NotFound

Answer = str | Response | tuple[str, int]
LARGEST_KEY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the log of one dossier speaks for."""

    suggested: tuple[Suggestion, ...] = ()
    worst: Break | None = None


def asked_ids() -> list[int]:
    """Return the dossiers that the address or the form names, each once."""
    texts = [text for part in request.values.getlist("ids") for text in part.split(",")]
    ids = {int(t) for t in texts if t.isascii() and t.isdigit() and int(t) <= LARGEST_KEY}
    if not ids or len(ids) > MOST_AT_ONCE:
        raise NotFound("dossier")
    return sorted(ids)


@blueprint.get("/assign")
def assign() -> Answer:
    """Show the form, filled in with what stands or with what the steps suggest."""
    chosen = _chosen(asked_ids())
    spoken = _spoken(chosen)
    form = CauseForm(None, data=_first_words(chosen, spoken))
    return _page(form, chosen, spoken)


@blueprint.post("/assign")
def assign_now() -> Answer:
    """Give the causes and go back to where one came from."""
    ids = asked_ids()
    chosen, form = _chosen(ids), CauseForm()
    _offer(form)
    given = _Giving(form, ids)
    if refused := tried(form, lambda: _page(form, chosen, _spoken(chosen)), given):
        return refused
    flash(_told(given.changed), "success")
    return redirect(_way_back(chosen))


class _Giving:
    """Gives what the form says to the dossiers, in the transaction it is called with."""

    def __init__(self, form: CauseForm, ids: list[int]) -> None:
        self._form, self._ids = form, ids
        self._actor, self._fields = current_actor(), fields_studied(current_actor())
        self.changed = 0

    def __call__(self, unit: Unit) -> None:
        self.changed = assign_causes(
            unit.causes,
            self._actor,
            self._ids,
            self._form.given(),
            at=office().clock(),
            fields=self._fields,
        )


def _told(changed: int) -> str:
    return ngettext(
        "Đã ghi nguyên nhân cho %(num)s hồ sơ.", "Đã ghi nguyên nhân cho %(num)s hồ sơ.", changed
    )


def _chosen(ids: list[int]) -> tuple[Chosen, ...]:
    actor, day = current_actor(), office().today()
    fields = fields_studied(actor)
    found = chosen_dossiers(reading_unit().connection, actor, ids, day, zone_of, fields)
    if len(found) != len(ids):
        raise NotFound("dossier")
    theirs = all(
        may_assign(actor, day, is_handled=one.is_handled, is_studied=one.field in fields)
        for one in found
    )
    if not theirs:
        raise Forbidden("causes_not_yours")
    return found


def _spoken(chosen: tuple[Chosen, ...]) -> Spoken:
    return spoken_of(chosen[0]) if len(chosen) == 1 else Spoken()


def spoken_of(one: Chosen) -> Spoken:
    """Return what the steps of a dossier speak for."""
    if one.course is None or not one.course.steps:
        return Spoken()
    clock, now = working_clock(), office().clock()
    return Spoken(suggestions(one.course, clock, now), worst_break(one.course, clock, now))


def _first_words(chosen: tuple[Chosen, ...], spoken: Spoken) -> dict[str, Any]:
    codes = [s.code.value for s in spoken.suggested]
    words: dict[str, Any] = {"suggested": ",".join(codes)}
    standing = chosen[0].causes if len(chosen) == 1 else ()
    if standing:
        first = standing[0]
        return words | {
            "primary": first.code.value,
            "secondary": [cause.code.value for cause in standing[1:]],
            "agency": str(first.agency_id or ""),
            "step": first.step,
            "days_lost": first.days_lost,
        }
    likely = likeliest(spoken.suggested)
    # Between steps that ran over alike neither a cause nor a holder is put in anyone's mouth.
    worst = spoken.worst if likely or not spoken.suggested else None
    return words | {
        "primary": likely.code.value if likely else "",
        "agency": str(worst.holder.agency_id or "") if worst else "",
        "step": worst.name if worst else "",
        "days_lost": worst.days_over if worst else None,
    }


def _offer(form: CauseForm) -> None:
    form.offer(agency_choices(reading_unit().connection))


def _page(form: CauseForm, chosen: tuple[Chosen, ...], spoken: Spoken) -> str:
    _offer(form)
    return render_template(
        "causes/assign.html",
        form=form,
        chosen=chosen,
        ids=",".join(str(one.id) for one in chosen),
        spoken=spoken,
        back=_way_back(chosen),
    )


def _way_back(chosen: tuple[Chosen, ...]) -> str:
    first = chosen[0]
    default = url_for("dossiers.show", source=first.source, code=first.code)
    if len(chosen) > 1:
        default = url_for("dossiers.index", standing="overdue")
    return local_path(request.values.get("next"), default)
