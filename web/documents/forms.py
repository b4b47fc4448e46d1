"""The form of a draft: its head, and clauses that grow, with and without a script."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
)

from web.choosing import SelectField, SelectMultipleField
from web.choosing import offered as as_choices
from web.directives.fields import AmountField, DayField, Needed
from web.documents.choices import Offered
from web.documents.shape import TypedForm, TypedRow, TypedRows
from web.labels import choices

CLAUSES = "clauses"
LIKE_ABOVE = (
    "leads", "coordinating", "leads_without", "coordinating_without", "deadline_text",
    "due_set_on", "due_set_reason", "monitor_id",
)  # fmt: skip
"""What a new clause may take over from the one above it: who, until when; its words are its own."""


def draft_form(
    offered: Offered,
    data: dict[str, Any] | None = None,
    *,
    fresh: bool = False,
    head_only: bool = False,
) -> FlaskForm:
    """Return the form of a whole draft, filled from the request, or from `data` at first.

    A `fresh` one looks at `data` only, whatever was sent.
    """
    fields = head_fields(offered) | {"version": HiddenField(), "seen": HiddenField()}
    if not head_only:
        fields[CLAUSES] = FieldList(FormField(clause_form(offered)), _("Nhiệm vụ trong văn bản"))
    return _made("DraftForm", fields, data, fresh=fresh)


def row_form(
    offered: Offered, data: dict[str, Any] | None = None, *, fresh: bool = False
) -> FlaskForm:
    """Return the form of one clause by itself, with how its work stands elsewhere."""
    fields = (
        clause_fields(offered) | carried_fields() | {"seen": HiddenField(), "mark": HiddenField()}
    )
    return _made("RowForm", fields, data, fresh=fresh)


def choice_form(offered: Offered) -> FlaskForm:
    """Return the form that says what some words stand for."""
    fields = {
        "problem": HiddenField(),
        "choice": _several(_("Cơ quan hoặc nhóm"), offered.parties, needed=True),
        "without": _several(_("Trừ (trong nhóm)"), offered.exceptions),
        "remember": BooleanField(_("Nhớ cho lần sau")),
    }
    return _made("ChoiceForm", fields, None, fresh=False)


def deadline_form(data: dict[str, Any] | None = None) -> FlaskForm:
    """Return the form of one row's deadline."""
    fields = {
        "mark": HiddenField(),
        "deadline_text": StringField(_("Thời hạn, như trong văn bản")),
        "due_set_on": DayField(_("Đặt ngày khác")),
        "due_set_reason": StringField(_("Lý do đặt ngày khác")),
    }
    return _made("DeadlineForm", fields, data, fresh=False)


def _made(
    name: str, fields: dict[str, Any], data: dict[str, Any] | None, *, fresh: bool
) -> FlaskForm:
    only = {"formdata": None} if fresh else {}
    form = type(name, (FlaskForm,), fields)(data=data, **only)
    assert isinstance(form, FlaskForm)  # noqa: S101 - made just above
    return form


def rows_in(form: TypedForm) -> list[TypedRow]:
    """Return the rows of a draft's form, which may grow; a form of the head alone has none."""
    return growing(form).entries if CLAUSES in form else []


def growing(form: TypedForm) -> TypedRows:
    """Return the field of a whole draft's form that holds its rows."""
    found: Any = form[CLAUSES]
    rows: TypedRows = found
    return rows


def blank_clause(offered: Offered) -> Form:
    """Return an empty clause whose names carry the mark that a new row's number replaces."""
    blank = clause_form(offered)(prefix=f"{CLAUSES}-__n__-")
    assert isinstance(blank, Form)  # noqa: S101 - made just above
    return blank


def clause_form(offered: Offered) -> type:
    """Return the class of a clause's part of the form."""
    return type("ClauseForm", (Form,), clause_fields(offered))


def head_fields(offered: Offered) -> dict[str, Any]:
    """Return the fields of the head, in the order of the paper."""
    return {
        "reference": StringField(_("Số, ký hiệu"), [Needed()]),
        "issued_on": DayField(_("Ngày ban hành"), [Needed()]),
        "issuer": StringField(_("Cơ quan ban hành"), [Needed()]),
        "subject": TextAreaField(_("Trích yếu"), [Needed()]),
        "signer": StringField(_("Người ký")),
        "signer_title": StringField(_("Quyền hạn, chức vụ của người ký")),
        "source": SelectField(
            _("Nguồn giao"), choices=as_choices(choices("source")), validate_choice=False
        ),
        "urgency": SelectField(
            _("Độ khẩn"), choices=as_choices(choices("urgency")), validate_choice=False
        ),
        "secrecy": SelectField(
            _("Độ mật"), choices=as_choices(choices("secrecy")), validate_choice=False
        ),
        "assigner_id": SelectField(
            _("Người giao"), choices=as_choices(offered.leaders), validate_choice=False
        ),
        "overseer_id": SelectField(
            _("Cơ quan theo dõi, tổng hợp"),
            [Needed()],
            choices=as_choices(offered.overseers),
            validate_choice=False,
        ),
        "file": FileField(_("Văn bản đã ký")),
    }


def clause_fields(offered: Offered) -> dict[str, Any]:
    """Return the fields of one clause."""
    parties, exceptions = offered.parties, offered.exceptions
    return {
        "id": HiddenField(),
        "content": TextAreaField(_("Nội dung nhiệm vụ"), [Needed()]),
        "leads": _several(_("Cơ quan chủ trì"), parties, needed=True),
        "leads_without": _several(_("Trừ (trong nhóm chủ trì)"), exceptions),
        "coordinating": _several(_("Cơ quan phối hợp"), parties),
        "coordinating_without": _several(_("Trừ (trong nhóm phối hợp)"), exceptions),
        "deadline_text": StringField(_("Thời hạn, như trong văn bản")),
        "due_set_on": DayField(_("Đặt ngày khác")),
        "due_set_reason": StringField(_("Lý do đặt ngày khác")),
        "expected_output": TextAreaField(_("Sản phẩm đầu ra")),
        "target_indicator": StringField(_("Chỉ tiêu")),
        "target_value": AmountField(_("Giá trị cần đạt")),
        "target_unit": StringField(_("Đơn vị tính")),
        "target_scope": SelectField(
            _("Giá trị này là của"),
            choices=as_choices(choices("target_scope", empty=str(_("Chưa chọn")))),
            validate_choice=False,
        ),
        "target_basis": SelectField(
            _("Số liệu báo cáo mỗi kỳ là"),
            choices=as_choices(choices("target_basis")),
            validate_choice=False,
        ),
        "priority": SelectField(
            _("Mức ưu tiên"), choices=as_choices(choices("priority")), validate_choice=False
        ),
        "index_refs": StringField(_("Tiêu chí thành phần CCHC cần lấy lại điểm")),
        "monitor_id": SelectField(
            _("Chuyên viên theo dõi"), choices=as_choices(offered.followers), validate_choice=False
        ),
        "note": TextAreaField(_("Ghi chú")),
        "settle": BooleanField(
            _("Tôi đã rà soát các nội dung nêu trên; những gì điền ở đây là đủ")
        ),
    }


def carried_fields() -> dict[str, Any]:
    """Return the fields of work that was begun, paused or finished elsewhere."""
    return {
        "carried_state": SelectField(
            _("Tình trạng ở nơi khác"),
            choices=as_choices(choices("carried", empty=str(_("Việc giao mới")))),
            validate_choice=False,
        ),
        "carried_on": DayField(_("Ngày hoàn thành hoặc tạm dừng")),
        "carried_result": TextAreaField(_("Kết quả đã ghi ở nơi khác")),
    }


def _several(words: object, offered: list[tuple[str, str]], *, needed: bool = False) -> object:
    flags = [Needed()] if needed else []
    return SelectMultipleField(words, flags, choices=as_choices(offered), validate_choice=False)


class SignedFileForm(FlaskForm):
    """The signed file of a document that was issued without it."""

    file = FileField(_("Tệp văn bản đã ký"))
