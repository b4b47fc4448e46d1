"""What a file of a clause's or a document's work says of targets and figures, row by row."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from models.directives.filters import ListFilter
from models.directives.told import ToldFigures, told_by
from web.directives.targets import target_told
from web.exports.tables import TableColumn, Value
from web.speech import gettext as _
from web.wiring import reading_unit


def tells_figures(view: ListFilter) -> bool:
    """Whether the rows of a view are of one document, so that their figures stand beside others."""
    return view.document is not None


def figure_headings() -> list[TableColumn]:
    """Return the columns that stand at the end of such a file."""
    words = (
        _("Chỉ tiêu"), _("Số liệu đạt được"), _("Tử số"), _("Mẫu số"), _("Số liệu của kỳ, hạn"),
    )  # fmt: skip
    return [TableColumn(one) for one in words]


def figures_for(keys: Collection[int]) -> Mapping[int, list[Value]]:
    """Return the cells of these columns by directive."""
    found = told_by(reading_unit().connection, keys)
    return {key: _cells(one) for key, one in found.items()}


def _cells(one: ToldFigures) -> list[Value]:
    return [target_told(one), one.figure, one.numerator, one.denominator, one.due_on]
