"""What a notice says, by its kind, and the page it leads to, by its subject.

Every feature that posts notices has its kinds here. `%(key)s` is the public number of
the subject; other holes are filled from the notice's params, dates told as dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from werkzeug.routing import BuildError

from web.accounts.words import PEOPLE_NOTICES
from web.directives.notices import DIRECTIVE_SENTENCES, DIRECTIVE_TELLERS
from web.escalation.words import ESCALATION_SENTENCES
from web.formats import vn_number
from web.papers.words import PAPER_SENTENCES
from web.periods.notices import (
    PERIOD_NOTICES,
    PERIOD_TELLERS,
    fallen_periods,
    waiting_periods,
)
from web.refusals import told
from web.review.notices import REVIEW_SENTENCES, REVIEW_TELLERS
from web.speech import gettext
from web.views.words import VIEW_NOTICES
from web.violations.notices import VIOLATION_TELLERS
from workflow.history.records import Plain

Params = Mapping[str, Plain]


class Told(Protocol):
    """A notice as far as words go."""

    @property
    def kind(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def subject_key(self) -> str: ...

    @property
    def params(self) -> Params: ...


SENTENCES: dict[str, LazyString] = {
    **PERIOD_NOTICES,
    **PEOPLE_NOTICES,
    **VIEW_NOTICES,
    **REVIEW_SENTENCES,
    **ESCALATION_SENTENCES,
    **DIRECTIVE_SENTENCES,
    **PAPER_SENTENCES,
    "job.dead": _("Một việc chạy nền đã thử nhiều lần không xong: %(name)s."),
    "dossiers.imported": _(
        "Đã nhập xong %(file)s: %(rows)s dòng, %(created)s hồ sơ mới, %(updated)s hồ sơ thay đổi, "
        "%(rejected)s dòng không nhận."
    ),
    "dossiers.import_failed": _("Không nhập được %(file)s."),
}


def _due(params: Params) -> str:
    counts = _counts(params)
    if (one := only_one(params)) is not None:
        return _due_one(*one, params)
    parts = (
        ("overdue", gettext("%(n)s quá hạn", n=_n(counts["overdue"]))),
        (
            "very_soon",
            gettext(
                "%(n)s còn không quá %(days)s ngày",
                n=_n(counts["very_soon"]),
                days=params["very_soon_days"],
            ),
        ),
        (
            "soon",
            gettext(
                "%(n)s còn không quá %(days)s ngày", n=_n(counts["soon"]), days=params["soon_days"]
            ),
        ),
    )
    listed = ", ".join(words for name, words in parts if counts[name])
    return gettext("%(n)s nhiệm vụ cần chú ý: %(listed)s.", n=_n(params["count"]), listed=listed)


def only_one(params: Params) -> tuple[str, str] | None:
    """Return why the one directive that a night's notice tells of is told, and its number."""
    numbers = params.get("numbers")
    if params.get("count") != 1 or not isinstance(numbers, dict):
        return None
    named = ((why, some[0]) for why, some in numbers.items() if isinstance(some, list) and some)
    return next(((why, str(number)) for why, number in named), None)


def _due_one(why: str, number: str, params: Params) -> str:
    if why == "overdue":
        return gettext("Nhiệm vụ %(key)s quá hạn.", key=number)
    days = params["very_soon_days"] if why == "very_soon" else params["soon_days"]
    return gettext("Nhiệm vụ %(key)s còn không quá %(days)s ngày.", key=number, days=days)


def _unanswered_one(why: str, number: str) -> str:
    words = {
        "report": gettext("báo cáo"),
        "extension": gettext("đề nghị gia hạn"),
        "decline": gettext("đề nghị giao lại"),
        "proposal": gettext("kiến nghị"),
    }
    return gettext(
        "Nhiệm vụ %(key)s: %(what)s chờ trả lời đã quá thời gian.", key=number, what=words[why]
    )


def _n(value: Plain) -> str:
    assert isinstance(value, int)  # noqa: S101 - written by workflow.messages.falling
    return vn_number(value)


def _counts(params: Params) -> Mapping[str, Plain]:
    counts = params["counts"]
    assert isinstance(counts, dict)  # noqa: S101 - written by workflow.messages.falling
    return counts


def _unanswered(params: Params) -> str:
    counts = _counts(params)
    if (one := only_one(params)) is not None:
        return _unanswered_one(*one)
    parts = (
        ("report", gettext("%(n)s báo cáo chờ xác nhận", n=_n(counts["report"]))),
        ("extension", gettext("%(n)s đề nghị gia hạn", n=_n(counts["extension"]))),
        ("decline", gettext("%(n)s đề nghị giao lại", n=_n(counts["decline"]))),
        ("proposal", gettext("%(n)s kiến nghị", n=_n(counts.get("proposal", 0)))),
    )
    listed = ", ".join(words for name, words in parts if counts.get(name))
    return gettext(
        "%(n)s việc chờ trả lời đã quá thời gian: %(listed)s.", n=_n(params["count"]), listed=listed
    )


TELLERS: dict[str, Callable[[Params], str]] = {
    **REVIEW_TELLERS,
    **PERIOD_TELLERS,
    **DIRECTIVE_TELLERS,
    "directives.due": _due,
    "directives.unanswered": _unanswered,
    **VIOLATION_TELLERS,
}
"""Kinds whose words depend on more than their holes."""


@dataclass(frozen=True, slots=True)
class Door:
    """The page of a subject: an endpoint, and the name of its key."""

    endpoint: str
    key: str | None = None


DOORS: dict[str, Door] = {
    "directive": Door("directives.show", "number"),
    "directives": Door("directives.index"),
    "periods": Door("periods.index"),
    "document": Door("documents.show", "key"),
    "letter": Door("papers.letter", "letter_id"),
    "account": Door("colleagues.stand_ins"),
    "home": Door("home.index"),
    "view": Door("views.index"),
    "job": Door("jobs.show", "job_id"),
    "escalation": Door("review.show", "number"),
    "violation": Door("violations.show", "violation_id"),
    "violations": Door("violations.index"),
    "escalations": Door("review.index"),
    "rule": Door("escalation.show", "code"),
    "status": Door("jobs.status"),
}


def _of_one_paper(params: Params) -> Mapping[str, str]:
    """Lead to one's own cases where a paper told of several; one case has a page of its own."""
    return {"tab": "mine"} if "count" in params else {}


def _contested(params: Params) -> Mapping[str, str]:
    return {"state": "contested"} if params["count"] != 1 else {}


def _whole(_params: Params) -> Mapping[str, str]:
    return {}


def _fallen(params: Params) -> Mapping[str, str]:
    return {"time": "overdue" if _counts(params)["overdue"] else "due_soon"}


VIEWS: dict[str, Callable[[Params], Mapping[str, str]]] = {
    "directives.due": _fallen,
    "periods.due": fallen_periods,
    "periods.unanswered": waiting_periods,
    "directives.unanswered": lambda _: {"waits": "yes"},
    "escalations_told": lambda _: {"tab": "all"},
    "review_given": lambda _: {"tab": "mine"},
    "directives.followed": lambda _: {"follower": "me"},
    "review_request_explanation": _of_one_paper,
    "review_explain": _of_one_paper,
    "violations_contested": _contested,
}
"""Which view of a list a notice leads to: the rows behind its figure."""
NIGHTLY = frozenset({"directives.due", "directives.unanswered"})
"""Kinds that lead to the one directive where they tell of no other."""


def sentence_of(notice: Told) -> str:
    """Return what a notice says, in the reader's language; an unknown kind is named as it is."""
    teller = TELLERS.get(notice.kind)
    if teller is not None:
        return teller({"key": notice.subject_key, **notice.params})
    words = SENTENCES.get(notice.kind)
    if words is None:
        return f"{notice.kind} {notice.subject_key}".strip()
    holes = {name: _told(value) for name, value in notice.params.items()}
    return str(words) % ({"key": notice.subject_key} | holes)


def _told(value: Plain) -> str:
    if isinstance(value, str):
        for read in (date.fromisoformat, datetime.fromisoformat):
            try:
                return told(read(value))
            except ValueError:
                continue
    if isinstance(value, int | float) and not isinstance(value, bool):
        return vn_number(value)
    return told(value)


def link_of(notice: Told, *, external: bool = False) -> str:
    """Return the address of the page a notice leads to; empty where there is none."""
    if notice.kind in NIGHTLY and (one := only_one(notice.params)) is not None:
        return url_for("directives.show", number=one[1], _external=external)
    door = DOORS.get(notice.subject)
    if door is None:
        return ""
    values: dict[str, str] = {**VIEWS.get(notice.kind, _whole)(notice.params)}
    if door.key is not None:
        values[door.key] = notice.subject_key
    try:
        return url_for(door.endpoint, _external=external, **values)
    except BuildError:
        return ""
