"""What the notices of violations say, by their kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from web.formats import vn_number
from web.speech import gettext
from workflow.history.records import Plain

Params = Mapping[str, Plain]


def _n(value: Plain) -> str:
    assert isinstance(value, int)  # noqa: S101 - written by workflow.violations.notices
    return vn_number(value)


def _judged(params: Params) -> str:
    number = params.get("number")
    if number:
        return gettext(
            "Giải trình về vi phạm %(number)s đã được xem xét: %(what)s.",
            number=number,
            what=gettext("không tính vi phạm")
            if params["overturned"]
            else gettext("vẫn tính là vi phạm"),
        )
    return gettext(
        "Giải trình đã được xem xét: %(dropped)s vi phạm không tính, %(kept)s vẫn tính.",
        dropped=_n(params["overturned"]),
        kept=_n(params["upheld"]),
    )


def _contested(params: Params) -> str:
    if number := params.get("number"):
        return gettext(
            "%(agency)s đề nghị xem xét lại vi phạm %(number)s.",
            agency=params["agency"],
            number=number,
        )
    return gettext(
        "%(agency)s đề nghị xem xét lại %(n)s vi phạm.",
        agency=params["agency"],
        n=_n(params["count"]),
    )


def _confirmed(params: Params) -> str:
    if number := params.get("number"):
        return gettext("Vi phạm %(number)s của cơ quan bạn được xác nhận.", number=number)
    return gettext("%(n)s vi phạm của cơ quan bạn được xác nhận.", n=_n(params["count"]))


def _dropped(params: Params) -> str:
    if number := params.get("number"):
        return gettext("Vi phạm %(number)s của cơ quan bạn không còn tính.", number=number)
    return gettext("%(n)s vi phạm của cơ quan bạn không còn tính.", n=_n(params["count"]))


def _counted_again(params: Params) -> str:
    if number := params.get("number"):
        return gettext("Vi phạm %(number)s của cơ quan bạn được tính lại.", number=number)
    return gettext("%(n)s vi phạm của cơ quan bạn được tính lại.", n=_n(params["count"]))


VIOLATION_TELLERS: dict[str, Callable[[Params], str]] = {
    "violations_judged": _judged,
    "violations_contested": _contested,
    "violations_confirmed": _confirmed,
    "violations_dropped": _dropped,
    "violations_counted_again": _counted_again,
}
"""Kinds whose words depend on how many there are."""
