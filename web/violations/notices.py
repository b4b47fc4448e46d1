"""What the notices of violations say, by their kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

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


def _one_or_many(one: LazyString, many: LazyString) -> Callable[[Params], str]:
    """Return what tells of one violation by its number, and of several by how many they are."""

    def told(params: Params) -> str:
        if params.get("number"):
            return str(one) % params
        return str(many) % {**params, "n": _n(params["count"])}

    return told


VIOLATION_TELLERS: dict[str, Callable[[Params], str]] = {
    "violations_judged": _judged,
    "violations_contested": _one_or_many(
        _("%(agency)s đề nghị xem xét lại vi phạm %(number)s."),
        _("%(agency)s đề nghị xem xét lại %(n)s vi phạm."),
    ),
    "violations_confirmed": _one_or_many(
        _("Vi phạm %(number)s của cơ quan bạn được xác nhận."),
        _("%(n)s vi phạm của cơ quan bạn được xác nhận."),
    ),
    "violations_dropped": _one_or_many(
        _("Vi phạm %(number)s của cơ quan bạn không còn tính."),
        _("%(n)s vi phạm của cơ quan bạn không còn tính."),
    ),
    "violations_counted_again": _one_or_many(
        _("Vi phạm %(number)s của cơ quan bạn được tính lại."),
        _("%(n)s vi phạm của cơ quan bạn được tính lại."),
    ),
}
"""Kinds whose words depend on how many there are."""
