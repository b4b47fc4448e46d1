"""What the notices of reporting periods say, by their kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.directives.notices import noted
from web.formats import vn_date, vn_number
from web.speech import gettext
from workflow.history.records import Plain

Params = Mapping[str, Plain]

PERIOD_NOTICES: dict[str, LazyString] = {
    "period.report_period": _("Nhiệm vụ %(key)s: báo cáo kỳ đến hạn %(due_on)s chờ xác nhận."),
    "period.record_period": _(
        "Nhiệm vụ %(key)s: báo cáo giấy của kỳ đến hạn %(due_on)s đã được ghi nhận."
    ),
    "period.recall_period": _("Nhiệm vụ %(key)s: báo cáo kỳ đến hạn %(due_on)s được rút lại."),
    "period.submitted_period": _(
        "Nhiệm vụ %(key)s: %(who)s đã gửi báo cáo kỳ đến hạn %(due_on)s, chờ xác nhận."
    ),
    "period.confirm_period": _("Nhiệm vụ %(key)s: báo cáo kỳ đến hạn %(due_on)s được xác nhận."),
    "periods.unanswered": _("%(count)s báo cáo kỳ chờ xác nhận đã quá thời gian trả lời."),
    "period.planned": _("Nhiệm vụ %(key)s có %(periods)s kỳ báo cáo; kỳ đầu đến hạn %(due_on)s."),
    "period.closed": _("Nhiệm vụ %(key)s kết thúc khi hết năm %(year)s; mọi kỳ đã được xác nhận."),
}


def periods_due(params: Params) -> str:
    """Return what an agency is told at night of the periods it owes."""
    counts = params["counts"]
    assert isinstance(counts, dict)  # noqa: S101 - written by workflow.periods.notices
    soon, very = params["soon_days"], params["very_soon_days"]
    parts = (
        (counts["overdue"], gettext("%(n)s quá hạn", n=_n(counts["overdue"]))),
        (
            counts["very_soon"],
            gettext("%(n)s còn không quá %(days)s ngày", n=_n(counts["very_soon"]), days=very),
        ),
        (
            counts["soon"],
            gettext("%(n)s còn không quá %(days)s ngày", n=_n(counts["soon"]), days=soon),
        ),
    )
    listed = ", ".join(words for count, words in parts if count)
    return gettext("%(n)s kỳ báo cáo cần chú ý: %(listed)s.", n=_n(params["count"]), listed=listed)


def _n(value: Plain) -> str:
    assert isinstance(value, int)  # noqa: S101 - written by workflow.periods.notices
    return vn_number(value)


def waiting_periods(_params: Params) -> Mapping[str, str]:
    """Return the view of reports that wait to be confirmed."""
    return {"count": "waiting"}


def _returned(params: Params) -> str:
    due_on = params["due_on"]
    assert isinstance(due_on, str)  # noqa: S101 - written by workflow.periods.notices
    words = gettext(
        "Nhiệm vụ %(key)s: báo cáo kỳ đến hạn %(due_on)s cần bổ sung",
        key=params["key"],
        due_on=vn_date(date.fromisoformat(due_on)),
    )
    return noted(words, params)


PERIOD_TELLERS: dict[str, Callable[[Params], str]] = {
    "periods.due": periods_due,
    "period.return_period": _returned,
}


def fallen_periods(params: Params) -> Mapping[str, str]:
    """Return the view that a night's notice leads to: what is missing, else what comes soon."""
    counts = params["counts"]
    assert isinstance(counts, dict)  # noqa: S101 - written by workflow.periods.notices
    return {"count": "missing" if counts["overdue"] else "soon"}
