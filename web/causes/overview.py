"""Where lateness comes from, on one page: bars that open their rows, and what if."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flask import request, url_for

from models.causes.together import Kept
from web.addresses import from_start
from web.agencies.naming import names_to_choose
from web.causes.viewing import KEPT, is_cut, population
from web.directives.framing import options_of
from web.dossiers.asking import Asked, sentence_of
from web.dossiers.fields import fields_known
from web.dossiers.listing import day_of
from web.formats import vn_number
from web.identity import current_actor, remembered
from web.labels import choices, label
from web.official.signing import Signing
from web.refusals import in_words
from web.speech import gettext as _
from web.summaries.files import signing_of
from web.wiring import office, reading_unit
from workflow.causes.pareto import Bar, pareto
from workflow.causes.records import BY_CODE, CauseCode, HolderKind
from workflow.causes.study import Study
from workflow.causes.walking import NO_BREAK
from workflow.errors import Refused

SHOWN = 25
KINDS = ("cause", "step", "fault", "agency", "field")
Url = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One bar of a Pareto with its words and the address of the rows behind it."""

    words: str
    note: str
    url: str
    number: int
    days: float | None
    share: int
    running: int


def overview_page(asked: Asked) -> dict[str, Any]:
    """Return what the template of the page reads."""
    kind = _kind()
    found = population(asked, kind)
    taken = found.sums.study()
    lines = lines_of(kind, found, taken)
    return head(asked) | {
        "fields": fields_known(),
        "kind": kind,
        "kinds": [
            {"label": words, "url": from_start(kind=key), "current": key == kind}
            for key, words in kind_words().items()
        ],
        "found": found,
        "is_cut": is_cut(found),
        "study": taken,
        "lines": lines[:SHOWN],
        "left_out": max(0, len(lines) - SHOWN),
        "finding": finding_of(lines, kind, found),
        "broken_url": lambda step: beside("causes.rows", broken=step),
        "study_held": held_of(taken),
        **what_if_of(found),
        "signs": signs(),
        "kept": {name: request.args[name] for name in KEPT if request.args.get(name)},
        "sample_url": beside("causes.sample"),
        "export_url": beside("causes.export"),
        "rows_url": _dossiers(),
        "uncaused_url": _dossiers(cause="-"),
        "caused_url": _dossiers(cause="any"),
        "logged_url": _dossiers(steps="yes"),
    }


def head(asked: Asked) -> dict[str, Any]:
    """Return what every page of causes reads: the filter, and the view as a sentence."""
    names = names_to_choose()
    plain = replace(asked, view=replace(asked.view, standing=frozenset()))
    return {
        "asked": asked,
        "view": asked.view,
        "as_of": day_of(asked),
        "agencies": options_of(names),
        "choices": choices,
        "sentence": sentence_of(plain, dict(names)),
    }


def kind_words() -> dict[str, str]:
    """Return what the bars can be drawn by."""
    return {
        "cause": _("Nguyên nhân"),
        "step": _("Bước vượt hạn nhiều nhất của hồ sơ"),
        "fault": _("Nơi giữ bước vượt hạn"),
        "agency": _("Cơ quan giải quyết"),
        "field": _("Lĩnh vực"),
    }


def _kind() -> str:
    kind = request.args.get("kind", "cause")
    return kind if kind in KINDS else "cause"


def lines_of(kind: str, found: Kept, taken: Study) -> list[Line]:
    """Return the bars of one kind, the most first."""
    if kind == "step":
        return _lines(taken.by_step, step_words, lambda key: beside("causes.rows", step=key))
    if kind == "fault":
        return _lines(taken.by_fault, fault_words, lambda key: beside("causes.rows", fault=key))
    if kind == "agency":
        codes = {row.key: row.code for row in found.by_agency}
        bars = pareto((row.key, row.number, 0.0) for row in found.by_agency)
        return _lines(bars, _agency_words, lambda key: _agency_url(key, codes[key]), days=False)
    if kind == "field":
        bars = pareto((row.key, row.number, 0.0) for row in found.by_field)
        return _lines(bars, _field_words, lambda key: _dossiers(field=key or "-"), days=False)
    bars = pareto((row.code.value, row.primary, float(row.days)) for row in found.by_cause)
    return _lines(bars, _cause_words, lambda key: _dossiers(cause=key), note=_side_words)


def _lines(
    bars: Iterable[Bar],
    words: Callable[[str], str],
    url: Url,
    *,
    days: bool = True,
    note: Callable[[str], str] = lambda _key: "",
) -> list[Line]:
    return [
        Line(
            words=words(bar.key),
            note=note(bar.key),
            url=url(bar.key),
            number=bar.count,
            days=bar.days if days else None,
            share=percent(bar.share),
            running=percent(bar.running),
        )
        for bar in bars
    ]


def percent(share: Fraction) -> int:
    """Return a share in whole hundredths."""
    return round(100 * share)


def step_words(key: str) -> str:
    """Return what a step is called; the key of none says so."""
    return key if key != NO_BREAK else _("Không bước nào vượt hạn")


def fault_words(key: str) -> str:
    """Return who held a step; the key of nobody says so."""
    return key if key != NO_BREAK else _("Không nơi nào giữ bước vượt hạn")


def _agency_words(key: str) -> str:
    return key or _("không ghi cơ quan")


def _field_words(key: str) -> str:
    return key or _("không ghi lĩnh vực")


def _cause_words(key: str) -> str:
    return f"{key} {label(key, 'cause')}"


def _side_words(key: str) -> str:
    return label(BY_CODE[CauseCode(key)].side, "cause_side")


def _agency_url(key: str, code: str) -> str:
    if code:
        return _dossiers(agency=code, alone="yes")
    return _dossiers(agency=None, alone=None, agency_text=key or "-")


def _dossiers(**more: str | None) -> str:
    kept: dict[str, Any] = {n: request.args[n] for n in KEPT if request.args.get(n)}
    kept |= {"standing": "overdue"} | more
    return url_for("dossiers.index", **{n: v for n, v in kept.items() if v})


def beside(endpoint: str, **more: str) -> str:
    """Return the address of another page of causes for the same dossiers."""
    kept: dict[str, Any] = {n: request.args[n] for n in KEPT if request.args.get(n)}
    return url_for(endpoint, **(kept | more))


def finding_of(lines: Sequence[Line], kind: str, found: Kept) -> str:
    """Say what the bars show, and of what: how few of them make eight of ten of the counted."""
    base = _base_words(kind, sum(line.number for line in lines), found.overall.dossiers)
    for place, line in enumerate(lines, start=1):
        if line.running >= 80:  # noqa: PLR2004 - Pareto's own four fifths
            if place == 1:
                return _(
                    "%(what)s chiếm %(n)s %% của %(base)s",
                    what=line.words,
                    n=line.running,
                    base=base,
                )
            return _(
                "%(k)s mục đầu chiếm %(n)s %% của %(base)s", k=place, n=line.running, base=base
            )
    return ""


def _base_words(kind: str, counted: int, whole: int) -> str:
    """Return what the shares are of; most overdue dossiers may have no cause or no log yet."""
    n, m = vn_number(counted), vn_number(whole)
    if kind == "cause":
        return _("%(n)s hồ sơ đã xác định nguyên nhân (trong %(m)s hồ sơ quá hạn)", n=n, m=m)
    if kind in {"step", "fault"}:
        return _("%(n)s hồ sơ có nhật ký các bước (trong %(m)s hồ sơ quá hạn)", n=n, m=m)
    return _("%(n)s hồ sơ quá hạn", n=n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a sort of body had of the working time of all these dossiers."""

    words: str
    days: float
    percent: int
    is_citizen: bool


def held_of(taken: Study) -> list[Held]:
    """Return who held the overdue dossiers how long, taken together."""
    a_day = office().settings.analysis.hours.a_day
    return [
        Held(
            words=label(kind, "holder_kind"),
            days=round(seconds / a_day / taken.dossiers, 1),
            percent=round(100 * seconds / taken.whole) if taken.whole else 0,
            is_citizen=kind is HolderKind.CITIZEN,
        )
        for kind, seconds in taken.held
    ]


def what_if_of(found: Kept) -> dict[str, Any]:
    """Return what meeting each step's limit would have saved, or why that is not said."""
    if is_cut(found):
        return {"what_if": (), "why_not": in_words(_too_many(found))}
    try:
        answers = found.sums.what_if(least=office().settings.analysis.least)
    except Refused as error:
        return {"what_if": (), "why_not": in_words(error)}
    return {"what_if": answers, "why_not": ""}


def _too_many(found: Kept) -> Refused:
    return Refused(
        "too_many_dossiers", found=found.overall.logged, most=office().settings.analysis.most
    )


def signs() -> tuple[Signing, ...]:
    """Return the ways in which the reader's agency signs a draft."""
    own = current_actor().agency_id
    return remembered(("signs", own), lambda: signing_of(reading_unit().agencies.agencies(), own))
