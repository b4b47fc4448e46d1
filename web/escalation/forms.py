"""Forms of rules and marks."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice

from web.checked import NEEDED, AgencyChoice, CheckGroup, Choice, Day, at_most, words_of
from web.escalation.words import GROUP_KEYS, PERIODS
from web.labels import label
from web.refusals import FIELD_ERRORS
from workflow.errors import Invalid
from workflow.escalation.records import ALL_TYPES, GroupKey, Period, Rule
from workflow.escalation.rulebook import rule_from
from workflow.escalation.rules import Approval
from workflow.escalation.suppressing import Scope
from workflow.violations.catalogue import CATALOGUE

CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
SPLIT = re.compile(r"[\s,;·]+")
WEIGHT = re.compile(r"(?<![^\s,;·])([^\s=:,;·]{1,60})\s{0,9}[=:]\s{0,9}([0-9]{1,9})(?![0-9])")
"""A weight as it is typed. Bounded everywhere: words without end are looked through once."""
DAYS = "days"
LONGEST_REASON = 2000
PLACES = {"window": "window_days"}
"""Fields of a rule that the form has under another name."""


class RuleForm(FlaskForm):
    """A rule as it is typed; numbers stay words until they can be read."""

    code = StringField(_("Mã quy tắc"), [at_most(64)])
    title = StringField(_("Tên quy tắc"), [at_most(300)])
    all_types = BooleanField(_("Mọi loại vi phạm"))
    violation_types = CheckGroup(_("Loại vi phạm"))
    group_by = CheckGroup(_("Tính riêng cho từng"))
    window_kind = RadioField(_("Kỳ tính"), default=DAYS)
    window_days = StringField(_("Số ngày liền"), [at_most(6)], default="30")
    levels = StringField(_("Ngưỡng các mức"), [at_most(100)])
    weights = StringField(_("Trọng số"), [at_most(500)])
    repeat_within_days = StringField(_("Coi là lặp lại trong (ngày)"), [at_most(6)])
    reason = TextAreaField(_("Lý do soạn hoặc sửa"), [at_most(LONGEST_REASON)])
    version = HiddenField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.violation_types.choices = [
            (one.code, f"{one.code} {label(one.code, 'violation_type')}") for one in CATALOGUE
        ]
        self.group_by.choices = [(key.value, str(GROUP_KEYS[key.value])) for key in GroupKey]
        self.window_kind.choices = [
            SelectChoice(DAYS, _("số ngày liền trước")),
            *(SelectChoice(one.value, PERIODS[one.value]) for one in Period),
        ]

    def validate_code(self, field: StringField) -> None:
        """Refuse a code that no address could carry."""
        if words_of(field) and not CODE.fullmatch(words_of(field)):
            raise ValidationError(FIELD_ERRORS["rule_code_form"])

    def fill(self, rule: Rule) -> None:
        """Show a rule in the form."""
        self.code.data, self.title.data = rule.code, rule.title
        self.all_types.data = ALL_TYPES in rule.violation_types
        self.violation_types.data = list(rule.violation_types)
        self.group_by.data = [key.value for key in rule.group_by]
        self.window_kind.data = rule.window.calendar.value if rule.window.calendar else DAYS
        self.window_days.data = str(rule.window.days or "")
        self.levels.data = ", ".join(str(level) for level in rule.levels)
        self.weights.data = ", ".join(f"{word} = {n}" for word, n in sorted(rule.weights.items()))
        within = rule.repeat_within_days
        self.repeat_within_days.data = "" if within is None else str(within)

    def rule(self, code: str = "") -> Rule:
        """Return the rule that was typed; Invalid by the names of the form's fields."""
        kind, days = str(self.window_kind.data or DAYS), words_of(self.window_days)
        window = {"days": _number(days)} if kind == DAYS else {"calendar": kind}
        data: dict[str, object] = {
            "code": code or words_of(self.code),
            "title": words_of(self.title),
            "violation_types": [ALL_TYPES]
            if self.all_types.data
            else list(self.violation_types.data or ()),
            "group_by": list(self.group_by.data or ()),
            "window": window if kind != DAYS or days else None,
            "levels": [_number(word) for word in SPLIT.split(words_of(self.levels)) if word],
            "weights": _weights(words_of(self.weights)),
        }
        if words_of(self.repeat_within_days):
            data["repeat_within_days"] = _number(words_of(self.repeat_within_days))
        try:
            return rule_from(data)
        except Invalid as error:
            raise Invalid({PLACES.get(k, k): code for k, code in error.errors.items()}) from error


def _number(word: str) -> int | str:
    """Return a whole number, or the word as it is for the rule's own check to refuse."""
    return int(word) if word.isascii() and word.isdigit() else word


def _weights(text: str) -> dict[str, int] | str:
    """Return weights typed as "V01 = 3, V18 = 2"; text that is something else stays text."""
    found = WEIGHT.findall(text)
    rest = SPLIT.sub("", WEIGHT.sub("", text))
    return text if rest else {word.strip(","): int(number) for word, number in found}


class SpanForm(FlaskForm):
    """The days that a rule is tried on."""

    class Meta:
        """It is read from the address and changes nothing."""

        csrf = False

    first = Day(_("Chạy thử từ ngày"))
    last = Day(_("đến hết ngày"))


class ApproveForm(FlaskForm):
    """What enacts a version."""

    act = StringField(_("Số, ký hiệu văn bản ban hành"), [NEEDED, at_most(500)])
    signer = StringField(_("Người ký"), [at_most(500)])
    from_on = Day(_("Áp dụng từ ngày"), [NEEDED])
    retroactive = BooleanField(_("Áp dụng cho cả những ngày đã qua"))
    retroactive_reason = TextAreaField(
        _("Lý do áp dụng cho ngày đã qua"), [at_most(LONGEST_REASON)]
    )
    version = HiddenField()

    def approval(self) -> Approval:
        """Return what was typed, once it is valid."""
        return Approval(
            act=words_of(self.act),
            from_on=self.from_on.needed_day,
            retroactive=bool(self.retroactive.data),
            retroactive_reason=words_of(self.retroactive_reason),
            signer=words_of(self.signer),
        )


class ReasonForm(FlaskForm):
    """A reason, over the state that was seen."""

    reason = TextAreaField(_("Lý do"), [NEEDED, at_most(LONGEST_REASON)])
    version = HiddenField()


class RetireForm(FlaskForm):
    """The last day a version judges, and the act that says so."""

    last_day = Day(_("Áp dụng đến hết ngày"), [NEEDED])
    act = StringField(_("Số, ký hiệu văn bản"), [NEEDED, at_most(500)])
    version = HiddenField()


class SeenForm(FlaskForm):
    """The state that was seen when a button was pressed."""

    version = HiddenField()
    first = HiddenField()
    last = HiddenField()


class MarkForm(FlaskForm):
    """What something else explains: which escalations, why, until when."""

    rule = Choice(_("Quy tắc"))
    agency_id = AgencyChoice(_("Cơ quan"))
    field = StringField(_("Lĩnh vực"), [at_most(500)])
    from_on = Day(_("Vụ việc phát sinh từ ngày"), [NEEDED])
    to_on = Day(_("đến hết ngày"), [NEEDED])
    expires_on = Day(_("Đánh dấu có hiệu lực đến hết ngày"), [NEEDED])
    reason = TextAreaField(_("Lý do"), [NEEDED, at_most(LONGEST_REASON)])

    def offer(self, rules: list[str], agencies: Any) -> None:
        """Set which rules and agencies can be chosen."""
        self.rule.choices = [("", str(_("Mọi quy tắc"))), *((code, code) for code in rules)]
        self.agency_id.offer(agencies, str(_("Mọi cơ quan")))

    def scope(self) -> Scope:
        """Return what was typed, once it is valid."""
        return Scope(
            from_on=self.from_on.needed_day,
            to_on=self.to_on.needed_day,
            rule=str(self.rule.data or ""),
            agency_id=self.agency_id.agency_id,
            field=words_of(self.field),
        )
