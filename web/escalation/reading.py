"""A rule said back in plain words: who is counted together, over which days, from how many on."""

from __future__ import annotations

from collections.abc import Sequence

from web.formats import vn_number
from web.labels import words_of
from web.speech import gettext as _
from web.speech import ngettext
from workflow.escalation.records import ALL_TYPES, GroupKey, Period, Rule, Window

NAMED = 3
"""So many types are named where they are counted; more are named in a sentence of their own."""


def rule_in_words(rule: Rule) -> list[str]:
    """Return what a rule says, one sentence after the other; each type it counts is named."""
    if not _are_many(rule.violation_types):
        return rule_in_short(rule)
    named = "; ".join(map(_type, rule.violation_types))
    return [*rule_in_short(rule), _("Trong đó: %(types)s.", types=named)]


def rule_in_short(rule: Rule) -> list[str]:
    """Return what a rule says, for a list of rules: many types by their codes alone."""
    sentences = [_levels(rule)]
    if rule.weights:
        sentences.append(weights_in_words(rule))
    if rule.repeat_within_days is not None and len(rule.levels) > 1:
        sentences.append(
            ngettext(
                "Vụ sau mở trong vòng %(num)s ngày kể từ khi vụ trước khép lại thì cao hơn vụ "
                "trước một mức.",
                "Vụ sau mở trong vòng %(num)s ngày kể từ khi vụ trước khép lại thì cao hơn vụ "
                "trước một mức.",
                rule.repeat_within_days,
            )
        )
    return sentences


def _levels(rule: Rule) -> str:
    """Return who is counted together and from how many on each level begins."""
    first, *others = rule.levels
    rest = "".join(
        _("; từ %(score)s: mức %(level)s", score=vn_number(score), level=number)
        for number, score in enumerate(others, 2)
    )
    return _(
        "Từ %(score)s %(what)s%(whose)s, %(window)s: mức 1%(rest)s.",
        score=vn_number(first),
        what=_what(rule),
        whose=whose(rule.group_by),
        window=window_in_words(rule.window),
        rest=rest,
    )


def _what(rule: Rule) -> str:
    types = types_in_words(rule.violation_types)
    counts_points = any(weight != 1 for weight in rule.weights.values())
    if counts_points:
        return _("điểm tính trên %(types)s", types=types)
    return types


def types_in_words(types: Sequence[str]) -> str:
    """Return which violations are meant: "vi phạm V16 (trả kết quả quá hạn)"."""
    if ALL_TYPES in types:
        return _("vi phạm thuộc mọi loại")
    named = types if _are_many(types) else [_type(code) for code in types]
    return _("vi phạm %(types)s", types=", ".join(named))


def _are_many(types: Sequence[str]) -> bool:
    return ALL_TYPES not in types and len(types) > NAMED


def _type(code: str) -> str:
    words = words_of(code, "violation_type")
    return f"{code} ({words[:1].lower()}{words[1:]})" if words else code


def whose(group_by: Sequence[GroupKey]) -> str:
    """Return what is gathered: " của cùng một cơ quan, trong cùng một lĩnh vực"."""
    if not group_by:
        return _(" trong toàn tỉnh")
    words = {
        GroupKey.AGENCY: _(" của cùng một cơ quan"),
        GroupKey.OFFICER: _(" do cùng một người xử lý"),
        GroupKey.FIELD: _(" trong cùng một lĩnh vực"),
        GroupKey.PROCEDURE: _(" về cùng một thủ tục"),
        GroupKey.TYPE: _(" thuộc cùng một loại"),
    }
    return ",".join(words[key] for key in words if key in group_by)


def window_in_words(window: Window) -> str:
    """Return over which days is counted."""
    if window.days is not None:
        return ngettext("trong %(num)s ngày liền", "trong %(num)s ngày liền", window.days)
    words = {
        Period.MONTH: _("trong cùng một tháng"),
        Period.QUARTER: _("trong cùng một quý"),
        Period.YEAR: _("trong cùng một năm"),
    }
    return words[window.calendar or Period.YEAR]


def weights_in_words(rule: Rule) -> str:
    """Return what a violation of each type counts: "riêng V01 tính 3 điểm"."""
    told = ", ".join(
        _("%(type)s tính %(weight)s điểm", type=code, weight=vn_number(weight))
        for code, weight in sorted(rule.weights.items())
    )
    return _("Mỗi vi phạm tính 1 điểm, riêng %(told)s.", told=told)
