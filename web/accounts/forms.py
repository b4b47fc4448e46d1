"""Forms of accounts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

NEEDED = _("Cần điền mục này.")
TOO_LONG = _("Nội dung quá dài.")


class SignInForm(FlaskForm):
    """Name and password, and where the person wanted to go."""

    login = StringField(
        _("Tên đăng nhập"), [InputRequired(NEEDED), Length(max=100, message=TOO_LONG)]
    )
    password = PasswordField(
        _("Mật khẩu"), [InputRequired(NEEDED), Length(max=1000, message=TOO_LONG)]
    )
    next = HiddenField()


class PasswordForm(FlaskForm):
    """One's own new password, twice, and the one that stands."""

    password = PasswordField(
        _("Mật khẩu hiện tại"), [InputRequired(NEEDED), Length(max=1000, message=TOO_LONG)]
    )
    new_password = PasswordField(
        _("Mật khẩu mới"), [InputRequired(NEEDED), Length(max=1000, message=TOO_LONG)]
    )
    again = PasswordField(
        _("Nhập lại mật khẩu mới"),
        [InputRequired(NEEDED), EqualTo("new_password", _("Hai lần nhập không giống nhau."))],
    )
