"""Forms of agencies and groups."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField

from web.checked import NEEDED, AgencyChoice, AgencyChoices, CheckGroup, Choice, Day, at_most
from web.labels import choices
from workflow.agencies.records import AgencyFacts, AgencyGroup, Tier
from workflow.agencies.upkeep import NAME_MOST

ACT = _("Số, ký hiệu văn bản")


class AgencyForm(FlaskForm):
    """What is entered about an agency."""

    name = StringField(_("Tên cơ quan"), [NEEDED, at_most(NAME_MOST)])
    code = StringField(_("Mã"), [NEEDED, at_most(64)])
    tier = Choice(_("Cấp"), [NEEDED])
    parent_id = AgencyChoice(_("Trực thuộc"))
    valid_from = Day(_("Hoạt động từ ngày"), [NEEDED])
    valid_to = Day(_("Hoạt động đến hết ngày"))
    gso_code = StringField(_("Mã đơn vị hành chính (thống kê)"), [at_most(16)])
    is_office = BooleanField(_("Là cơ quan theo dõi, đôn đốc (Văn phòng UBND tỉnh)"))

    def offer(self, agencies: Sequence[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        self.tier.choices = choices("tier", empty=str(_("Chọn cấp")))
        self.parent_id.offer(agencies, str(_("Không trực thuộc (chỉ cấp tỉnh)")))

    def facts(self) -> AgencyFacts:
        """Return what was entered, once it is valid."""
        return AgencyFacts(
            code=self.code.data or "",
            name=self.name.data or "",
            tier=Tier(self.tier.data),
            parent_id=self.parent_id.agency_id,
            valid_from=self.valid_from.needed_day,
            valid_to=self.valid_to.day,
            is_office=bool(self.is_office.data),
            gso_code=self.gso_code.data or "",
        )


class ChangeAgencyForm(AgencyForm):
    """A correction of an agency, with its reason."""

    reason = TextAreaField(_("Lý do sửa"), [NEEDED, at_most(2000)])


class RenameForm(FlaskForm):
    """A new name by an act."""

    name = StringField(_("Tên mới"), [NEEDED, at_most(NAME_MOST)])
    on = Day(_("Dùng từ ngày"), [NEEDED])
    act = StringField(ACT, [NEEDED, at_most(500)])


class EndForm(FlaskForm):
    """The end of an agency by an act."""

    last_day = Day(_("Ngày hoạt động cuối cùng"), [NEEDED])
    act = StringField(ACT, [NEEDED, at_most(500)])


class AgainForm(FlaskForm):
    """Why an end is taken back."""

    reason = TextAreaField(_("Lý do"), [NEEDED, at_most(2000)])


class AliasForm(FlaskForm):
    """Another word for an agency."""

    alias = StringField(_("Tên gọi hoặc mã khác"), [NEEDED, at_most(NAME_MOST)])


class DivisionForm(FlaskForm):
    """A division inside an agency."""

    name = StringField(_("Tên phòng"), [NEEDED, at_most(NAME_MOST)])
    valid_from = Day(_("Hoạt động từ ngày"), [NEEDED])


class EndDivisionForm(FlaskForm):
    """The end of a division."""

    last_day = Day(_("Ngày hoạt động cuối cùng"), [NEEDED])


class HandoverForm(FlaskForm):
    """Agencies going over into others."""

    kind = Choice(_("Hình thức"), [NEEDED])
    predecessors = AgencyChoices(_("Cơ quan chuyển giao"))
    successors = AgencyChoices(_("Cơ quan tiếp nhận"))
    on = Day(_("Có hiệu lực từ ngày"), [NEEDED])
    act = StringField(ACT, [NEEDED, at_most(500)])
    takes_over = TextAreaField(_("Nội dung tiếp nhận"), [at_most(2000)])
    predecessors_end = BooleanField(_("Cơ quan chuyển giao chấm dứt hoạt động"), default=True)

    def offer(self, agencies: Sequence[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        self.kind.choices = choices("succession", empty=str(_("Chọn hình thức")))
        self.predecessors.offer(agencies)
        self.successors.offer(agencies)


class GroupForm(FlaskForm):
    """A group that documents name; its code stays."""

    name = StringField(_("Tên nhóm"), [NEEDED, at_most(NAME_MOST)])
    phrases = TextAreaField(_("Cách gọi trong văn bản"), [at_most(5000)])
    tiers = CheckGroup(_("Gồm các cấp"))
    communes_from = Day(_("UBND cấp xã thuộc nhóm từ ngày"))
    included = AgencyChoices(_("Thêm cơ quan"))
    excluded = AgencyChoices(_("Trừ cơ quan"))

    def offer(self, agencies: Sequence[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        self.tiers.choices = choices("tier")
        self.included.offer(agencies)
        self.excluded.offer(agencies)

    def group(self, code: str) -> AgencyGroup:
        """Return what was entered, once it is valid."""
        return AgencyGroup(
            code=code,
            name=self.name.data or "",
            phrases=tuple((self.phrases.data or "").splitlines()),
            tiers=frozenset(Tier(tier) for tier in self.tiers.data or ()),
            included=frozenset(self.included.agency_ids),
            excluded=frozenset(self.excluded.agency_ids),
            communes_from=self.communes_from.day,
        )


class NewGroupForm(GroupForm):
    """A new group."""

    code = StringField(_("Mã nhóm"), [NEEDED, at_most(58)])
