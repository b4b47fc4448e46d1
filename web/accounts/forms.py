"""Forms of accounts."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import EqualTo

from web.checked import NEEDED, AgencyChoice, Choice, Day, at_most
from web.labels import choices
from workflow.accounts.rules import EMAIL_MOST, NAME_MOST

LONGEST_PASSWORD_FIELD = 1000


class SignInForm(FlaskForm):
    """Name and password, and where the person wanted to go."""

    login = StringField(_("Tên đăng nhập"), [NEEDED, at_most(100)])
    password = PasswordField(_("Mật khẩu"), [NEEDED, at_most(LONGEST_PASSWORD_FIELD)])
    next = HiddenField()


class PasswordForm(FlaskForm):
    """One's own new password, twice, and the one that stands."""

    password = PasswordField(_("Mật khẩu hiện tại"), [NEEDED, at_most(LONGEST_PASSWORD_FIELD)])
    new_password = PasswordField(_("Mật khẩu mới"), [NEEDED, at_most(LONGEST_PASSWORD_FIELD)])
    again = PasswordField(
        _("Nhập lại mật khẩu mới"),
        [NEEDED, EqualTo("new_password", _("Hai lần nhập không giống nhau."))],
    )


class DetailsForm(FlaskForm):
    """What an account says about its owner."""

    name = StringField(_("Họ và tên"), [NEEDED, at_most(NAME_MOST)])
    email = StringField(_("Thư điện tử"), [at_most(EMAIL_MOST)])


class AccountForm(DetailsForm):
    """A new account."""

    login = StringField(_("Tên đăng nhập"), [NEEDED, at_most(100)])


class RoleForm(FlaskForm):
    """A role in an agency, from a day on."""

    role = Choice(_("Vai trò"), [NEEDED])
    agency_id = AgencyChoice(_("Cơ quan"), [NEEDED])
    valid_from = Day(_("Từ ngày"), [NEEDED])
    valid_to = Day(_("Đến hết ngày"))

    def offer(self, agencies: Sequence[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        self.role.choices = choices("role", empty=str(_("Chọn vai trò")))
        self.agency_id.offer(agencies)


class EndRoleForm(FlaskForm):
    """The last day of a role."""

    last_day = Day(_("Ngày cuối giữ vai trò"), [NEEDED])


class CloseForm(FlaskForm):
    """Why an account is closed."""

    reason = TextAreaField(_("Lý do"), [NEEDED, at_most(2000)])


class StandInForm(FlaskForm):
    """Whose role, who acts in it, from and to which day."""

    seat = Choice(_("Người vắng mặt, vai trò"), [NEEDED])
    stand_in_id = Choice(_("Người làm thay"), [NEEDED])
    from_on = Day(_("Từ ngày"), [NEEDED])
    to_on = Day(_("Đến hết ngày"), [NEEDED])
    reason = StringField(_("Lý do"), [at_most(500)])

    def offer(self, seats: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]) -> None:
        """Set which roles can be lent, and to whom."""
        empty = [("", str(_("Chọn vai trò")))] if len(seats) != 1 else []
        self.seat.choices = [*empty, *seats]
        self.stand_in_id.choices = [("", str(_("Chọn người"))), *people]


class HandOverForm(FlaskForm):
    """Who takes over, and why."""

    taker = Choice(_("Người nhận"), [NEEDED])
    reason = TextAreaField(_("Lý do"), [NEEDED, at_most(2000)])

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Set who can take over."""
        self.taker.choices = [("", str(_("Chọn người"))), *people]

    @property
    def taker_id(self) -> int:
        """The account chosen, 0 while none of those offered is."""
        text = str(self.taker.data or "")
        offered = {str(choice.value) for choice in self.taker.iter_choices()}
        return int(text) if text and text in offered else 0


class PeopleSheetForm(FlaskForm):
    """A sheet of people, as a file or as pasted lines."""

    file = FileField(_("Bảng người dùng (XLSX hoặc CSV)"))
    text = TextAreaField(_("Hoặc dán các dòng từ bảng tính"))


class PeopleConfirmForm(FlaskForm):
    """A sheet that was looked through, and how its passwords are to be handed out."""

    text = HiddenField()
    seen = HiddenField()
    hand_out = HiddenField()


class PeopleFilterForm(FlaskForm):
    """Which people the list shows; the address keeps it."""

    class Meta:
        """A filter is read from the address and changes nothing."""

        csrf = False

    q = StringField(_("Tên hoặc tên đăng nhập"), [at_most(200)])
    role = Choice(_("Vai trò"))
    agency = AgencyChoice(_("Cơ quan"))
    standing = Choice(_("Tình trạng"))

    def offer(self, agencies: Sequence[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        self.role.choices = choices("role", empty=str(_("Mọi vai trò")))
        self.standing.choices = choices("account_standing", empty=str(_("Mọi tình trạng")))
        self.agency.offer(agencies, str(_("Mọi cơ quan")))
