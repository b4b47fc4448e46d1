"""What a file of a clause's or a document's work says of targets and figures, row by row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from models.directives.filters import ListFilter
from models.directives.told import ToldFigures, told_by
from models.periods.sums import PeriodFigures, told_in_year
from web.directives.targets import target_told
from web.exports.tables import TableColumn, Value
from web.labels import label
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.periods.totals import year_total

PLACES = 2


def tells_figures(view: ListFilter) -> bool:
    """Whether the rows of a view are of one document, so that their figures stand beside others."""
    return view.document is not None


def figure_headings() -> list[TableColumn]:
    """Return the columns that stand at the end of such a file."""
    words = (
        _("Chỉ tiêu"), _("Số liệu đạt được"), _("Tử số"), _("Mẫu số"), _("Số liệu của kỳ, hạn"),
        _("Số liệu các kỳ là"), _("Số liệu cả năm"), _("Tử số cả năm"), _("Mẫu số cả năm"),
        _("Kỳ chưa tính vào cả năm"),
    )  # fmt: skip
    return [TableColumn(one) for one in words]


def figures_for(keys: Collection[int]) -> Mapping[int, list[Value]]:
    """Return the cells of these columns by directive."""
    connection, today = reading_unit().connection, office().today()
    found, periods = told_by(connection, keys), told_in_year(connection, keys, today)
    return {key: _cells(one) + _of_year(one, periods.get(key, ())) for key, one in found.items()}


def _of_year(one: ToldFigures, periods: Sequence[PeriodFigures]) -> list[Value]:
    """Return what the year's periods come to, and how many of them are not in it."""
    total = year_total(periods, one.target_basis, one.target_unit, office().today())
    if total is None:
        return [None] * 5
    figure = total.figure
    if figure is not None and total.denominator is not None:
        rounded, whole = round(figure, PLACES), figure.to_integral_value()
        figure = whole if rounded == whole else rounded
    missing = total.silent + total.loose
    basis = label(one.target_basis, "target_basis")
    return [basis, figure, total.numerator, total.denominator, missing]


def _cells(one: ToldFigures) -> list[Value]:
    return [target_told(one), one.figure, one.numerator, one.denominator, one.due_on]
