"""A target in words: its indicator, its value, and whose it is."""

from __future__ import annotations

from web.formats import vn_number
from web.labels import label
from workflow.directives.targets import HasTarget


def value_told(of: HasTarget) -> str:
    """Return the value with its unit; empty where there is none."""
    if of.target_value is None:
        return ""
    return f"{vn_number(of.target_value)} {of.target_unit}".strip()


def scope_told(of: HasTarget) -> str:
    """Return whose the target is; empty where one lead has it, or nobody said."""
    told = of.target_value is not None and of.target_scope is not None
    return label(of.target_scope, "target_scope") if told and of.target_scope else ""


def target_told(of: HasTarget) -> str:
    """Return the whole: "Tỷ lệ đúng hạn 95 % (của mỗi cơ quan)"; empty where there is none."""
    whose = scope_told(of)
    words = (of.target_indicator, value_told(of), f"({whose})" if whose else "")
    return " ".join(filter(None, words))
