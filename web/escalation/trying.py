"""A rule tried on the stored past while it is typed: the finding, the months, who and how many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import request

from models.directives.lists import names_by_code
from models.escalation.backtests import try_rule
from models.escalation.book import in_force_on, versions_of
from web.escalation.forms import RuleForm, SpanForm
from web.escalation.groups import group_words, violations_url
from web.escalation.reading import rule_in_words
from web.formats import vn_number
from web.identity import current_actor
from web.labels import label
from web.refusals import field_error
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import office, reading_unit
from workflow.accounts.records import PROVINCE_ROLES
from workflow.errors import Invalid, NotFound
from workflow.escalation.backtesting import Backtest, Load, Trial
from workflow.escalation.records import Group, Rule

A_YEAR = timedelta(days=364)
LISTED = 50
DRAFT = "MỚI"
"""The code of a rule that has none yet; it is never stored."""
WIDTH, HEIGHT, GAP = 20, 80, 4


def typed_form() -> RuleForm:
    """Return the form as the address fills it; nothing is changed by it."""
    return RuleForm(request.args, meta={"csrf": False})


def read_rule() -> dict[str, Any]:
    """Return a rule that is being typed, said back, or what still keeps it from being one."""
    form = typed_form()
    try:
        rule = form.rule(request.args.get("code", "") or DRAFT)
    except Invalid as error:
        return {"words": [], **_unread(form, error)}
    return {"words": rule_in_words(rule)}


def _unread(form: RuleForm, error: Invalid) -> dict[str, Any]:
    """Return what keeps typed words from being a rule: nobody erred where nothing is typed yet."""
    named = [
        (form[name].label.text if name in form else label(name, "field"), code)
        for name, code in error.errors.items()
    ]
    return {
        "lacking": [words for words, code in named if code == "required"],
        "errors": [f"{words}: {field_error(code)}" for words, code in named if code != "required"],
    }


def span_asked(given: Mapping[str, str] | None = None) -> tuple[date, date]:
    """Return the days to try a rule on: those asked for, else the year up to today."""
    form = SpanForm(given if given is not None else request.args)
    last = form.last.day or office().today()
    return form.first.day or last - A_YEAR, last


def tried() -> dict[str, Any]:
    """Return what the typed rule would have done, beside the one in force.

    It names who would be caught anywhere in the province: NotFound for who sees less.
    """
    if current_actor().role not in PROVINCE_ROLES:
        raise NotFound
    form, (first, last) = typed_form(), span_asked()
    try:
        rule = form.rule(request.args.get("code", "") or DRAFT)
        return {"found": shown(rule, first, last)}
    except Invalid as error:
        return {"found": None, **_unread(form, error)}


def backtest_of(rule: Rule, first: date, last: date) -> Backtest:
    """Try a rule beside the version of the same code that judges today."""
    unit = reading_unit()
    in_force = in_force_on(versions_of(unit.connection, rule.code), office().today())
    beside = in_force.rule if in_force and in_force.rule != rule else None
    return try_rule(unit.connection, rule, beside, first, last)


def shown(rule: Rule, first: date, last: date) -> dict[str, Any]:
    """Return a trial as the page shows it, each figure beside the rows behind it."""
    found = backtest_of(rule, first, last)
    names = dict(names_by_code(reading_unit().connection))
    return {
        "of": found,
        "finding": _finding(found),
        "load": _load(found),
        "chart": _chart(found),
        "caught": [_line(rule, group, names, found) for group in found.caught[:LISTED]],
        "freed": [_line(rule, group, names, found) for group in found.freed[:LISTED]],
        "agencies": [
            {"words": names.get(code, code), "count": count, "url": _agency_url(rule, code, found)}
            for code, count in list(found.trial.by_agency.items())[:LISTED]
        ],
        "near": [
            {
                "words": group_words(dict(one.group), names),
                "score": one.score,
                "need": one.need,
                "url": violations_url(rule, one.group, found.first, found.last),
            }
            for one in found.near[:LISTED]
        ],
    }


def _finding(found: Backtest) -> str:
    cases = ngettext("%(num)s vụ việc", "%(num)s vụ việc", found.trial.escalations)
    if found.in_force is None:
        return cases
    return _(
        "%(cases)s, quy tắc đang có hiệu lực: %(before)s; thêm %(caught)s nhóm, bớt %(freed)s nhóm",
        cases=cases,
        before=vn_number(found.in_force.escalations),
        caught=vn_number(len(found.caught)),
        freed=vn_number(len(found.freed)),
    )


def _load(found: Backtest) -> str:
    load = found.trial.load
    return (
        _(
            "Người kiểm tra phải xem bình quân %(mean)s lần lên mức mỗi tuần, tuần nhiều nhất "
            "%(most)s.",
            mean=vn_number(round(load.per_week, 1)),
            most=vn_number(load.busiest),
        )
        + f" {hours_words(load)}"
    )


def hours_words(load: Load) -> str:
    """Say how many hours of inspectors that is, by the minutes that the province sets."""
    minutes = office().settings.review.minutes_per_case
    mean, most = load.hours(minutes)
    return _(
        "Mỗi lần %(minutes)s phút thì bình quân %(mean)s giờ mỗi tuần, tuần nhiều nhất %(most)s "
        "giờ.",
        minutes=vn_number(minutes),
        mean=vn_number(round(mean, 1)),
        most=vn_number(round(most, 1)),
    )


def _line(rule: Rule, group: Group, names: dict[str, str], found: Backtest) -> dict[str, str]:
    return {
        "words": group_words(dict(group), names) or _("toàn tỉnh"),
        "url": violations_url(rule, group, found.first, found.last),
    }


def _agency_url(rule: Rule, code: str, found: Backtest) -> str:
    return violations_url(rule, (("agency", code),) if code else (), found.first, found.last)


def _chart(found: Backtest) -> dict[str, Any]:
    """Return columns for each month: the rule that is tried, and the one in force beside it."""
    months = list(found.trial.by_month)
    most = max([1, *_counts(found.trial), *(_counts(found.in_force) if found.in_force else [])])
    columns = []
    for place, month in enumerate(months):
        ours = found.trial.by_month[month]
        theirs = found.in_force.by_month[month] if found.in_force else None
        columns.append(
            {
                "x": place * (WIDTH + GAP),
                "month": month,
                "ours": ours,
                "theirs": theirs,
                "height": round(HEIGHT * ours / most),
                "other": round(HEIGHT * (theirs or 0) / most),
            }
        )
    return {
        "columns": columns,
        "width": max(len(months) * (WIDTH + GAP) - GAP, WIDTH),
        "column": WIDTH,
        "height": HEIGHT,
    }


def _counts(trial: Trial) -> list[int]:
    return list(trial.by_month.values())
