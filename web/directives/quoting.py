"""What the form of a report says about the figures of the parts it quotes."""

from __future__ import annotations

from web.formats import vn_number
from web.speech import gettext as _
from workflow.directives.records import Directive
from workflow.directives.summing import quoted, sums_of, whole_of

NAMED = 6


def not_asked_of(directive: Directive) -> set[str]:
    """Return the fields that say nothing here: a rate's two numbers, one's own share of a sum."""
    if whole_of(directive.target_unit) is not None:
        return {"own_figure"}
    return {"numerator", "denominator"} | (set() if quoted(directive) else {"own_figure"})


def quoted_hints(directive: Directive) -> dict[str, str]:
    """Return words under the fields that have to agree with the parts."""
    sums, parts = sums_of(directive), quoted(directive)
    found = {}
    if sums.figure is not None:
        each = "; ".join(
            f"{part.agency_name} {vn_number(part.figure)}" for part in parts[:NAMED] if part.figure
        )
        found["figure"] = _(
            "Các phần việc cộng lại %(sum)s (%(each)s). Số báo cáo phải bằng tổng này, cộng phần "
            "cơ quan mình tự làm.",
            sum=vn_number(sums.figure),
            each=each + ("…" if len(parts) > NAMED else ""),
        )
    for name, total in (("numerator", sums.numerator), ("denominator", sums.denominator)):
        if total is not None:
            found[name] = _("Các phần việc cộng lại %(sum)s.", sum=vn_number(total))
    return found
