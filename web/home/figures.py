"""The figures at the head of each role's first page; each is a list one can open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from web.speech import gettext as _
from workflow.accounts.records import AGENCY_ROLES, Actor, Role

SILENT_DAYS = 5
Address = dict[str, str]
TO_JUDGE: Address = {"state": "reported", "judge": "me"}
FOR_OTHERS: Address = {"state": "reported", "judge": "others"}
"""Reports that wait for the reader, and those on which the reader had a hand: four eyes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What is counted: its words, the address of the list that shows it, and its tone.

    `own` is what waits for the person; the rest is of their agency. What neither waits for the
    agency nor burns stands beside its work, not above it.
    """

    name: str
    words: str
    address: Address
    tone: str = ""
    always: bool = False
    at_head: bool = True
    own: bool = False
    waits: bool = False

    @property
    def presses(self) -> bool:
        """Whether somebody should look at it before they begin."""
        return self.waits or self.always or bool(self.tone)


def mine(code: str) -> Address:
    """Return the address of what an agency itself leads."""
    return {"agency": code, "alone": "yes"}


def overseen(actor: Actor, code: str) -> Address:
    """Return the address of what an office follows: all of it, or its own documents."""
    return {"parts": "no"} if actor.agency_is_office else {"parts": "no", "overseer": code}


def figures_for(actor: Actor, code: str, day: date) -> list[Figure]:
    """Return the figures of the role somebody acts in."""
    if actor.role in AGENCY_ROLES:
        return _of_agency(code, officer=actor.role is Role.AGENCY_OFFICER)
    if actor.role is Role.OFFICE:
        return _of_office(overseen(actor, code))
    if actor.role is Role.LEADER:
        return _of_leader({"year": str(day.year), "parts": "no"})
    if actor.role is Role.INSPECTOR:
        return _of_inspector()
    return []


def for_me(code: str, *, officer: bool) -> Address:
    """Return what is one's own inside an agency: an officer's is what was routed to them.

    Of clerk and head it is what the agency leads and nobody was given yet, or they were.
    """
    running = {"state": "assigned,in_progress", "declined": "no"}
    return running | ({"routed": "me"} if officer else mine(code) | {"routed": "open"})


def _of_agency(code: str, *, officer: bool) -> list[Figure]:
    own = mine(code)
    routed = _("được chuyển cho tôi") if officer else _("chưa phân công hoặc của tôi")
    return [
        Figure(name="for_me", words=routed, address=for_me(code, officer=officer),
               always=officer, own=True),
        Figure(name="internal_late", words=_("quá hạn nội bộ"),
               address={"routed": "me" if officer else "away", "internal": "late",
                        "state": "assigned,in_progress"}, tone="late", own=officer),
        Figure(name="prepared", words=_("báo cáo chuyên viên đã trình"),
               address={"prepared": "yes"} | ({"routed": "me"} if officer else {}), own=True),
        Figure(name="late", words=_("quá hạn"), address=own | {"time": "overdue"}, tone="late",
               always=True),
        Figure(name="soon", words=_("sắp đến hạn"), address=own | {"time": "due_soon"},
               tone="soon", always=True),
        Figure(name="again", words=_("cần làm lại"), address=own | {"rework": "yes"}, always=True),
        Figure(name="new", words=_("chờ tiếp nhận"),
               address=own | {"state": "assigned", "declined": "no"}, always=True),
        Figure(name="declined", words=_("chờ trả lời đề nghị giao lại"),
               address=own | {"asks": "reassign"}),
        Figure(name="away", words=_("đã chuyển, đang chờ"),
               address={"routed": "away", "state": "assigned,in_progress"}),
        Figure(name="judged", words=_("đã báo cáo, chờ xác nhận"),
               address=own | {"state": "reported"}),
        Figure(name="to_verify", words=_("phần việc chờ cơ quan mình xác nhận"), waits=True,
               address={"handed_by": code, "state": "reported"}),
        Figure(name="parts_late", words=_("phần việc giao xuống quá hạn"),
               address={"handed_by": code, "time": "overdue"}, tone="late"),
        Figure(name="asked", words=_("đề nghị phối hợp chờ trả lời"), waits=True,
               address={"asked": code, "input": "open"}),
        Figure(name="asked_late", words=_("đề nghị phối hợp trả lời chậm"),
               address={"asked": code, "input": "late"}, tone="late"),
        Figure(name="others_asked", words=_("đề nghị phối hợp đã gửi, chờ trả lời"),
               address=own | {"input": "open"}),
        Figure(name="others_late", words=_("cơ quan phối hợp trả lời chậm"),
               address=own | {"input": "late"}, tone="late"),
        Figure(name="suspended", words=_("đang tạm dừng"), address=own | {"suspended": "yes"}),
        Figure(name="beside", words=_("đang phối hợp"),
               address={"coordinating": code, "state": "open"}),
    ]  # fmt: skip


def _of_office(scope: Address) -> list[Figure]:
    return [
        Figure(name="reported", words=_("chờ xác nhận"), address=scope | TO_JUDGE, always=True),
        Figure(name="for_others", words=_("chờ người khác xác nhận"),
               address=scope | FOR_OTHERS),
        Figure(name="extension", words=_("đề nghị gia hạn"),
               address=scope | {"asks": "extension"}, always=True),
        Figure(name="reassign", words=_("đề nghị giao lại"),
               address=scope | {"asks": "reassign"}, always=True),
        Figure(name="proposal", words=_("kiến nghị chờ trả lời"),
               address=scope | {"asks": "proposal"}),
        Figure(name="overheld", words=_("báo cáo, đề nghị quá hạn trả lời"),
               address=scope | {"overheld": "yes"}, tone="late"),
        Figure(name="late", words=_("quá hạn"), address=scope | {"time": "overdue"}, tone="late",
               always=True),
        Figure(name="soon", words=_("sắp đến hạn"), address=scope | {"time": "due_soon"},
               tone="soon"),
        Figure(name="suspended", words=_("đang tạm dừng"), address=scope | {"suspended": "yes"}),
        Figure(name="silent", words=_("chưa tiếp nhận sau %(n)s ngày", n=SILENT_DAYS),
               address=scope | {"silent": str(SILENT_DAYS)}),
    ]  # fmt: skip


def _of_leader(scope: Address) -> list[Figure]:
    """What is asked and late stands at the head; the rest is the picture of the year."""
    year = [
        Figure(name=code, words=words, address=scope | {"time": code}, at_head=False)
        for code, words in (
            ("done_on_time", _("hoàn thành đúng hạn")),
            ("done_late", _("hoàn thành quá hạn")),
            ("on_track", _("trong hạn")),
            ("due_soon", _("sắp đến hạn")),
            ("overdue", _("quá hạn")),
        )
    ]
    return [
        Figure(name="extension", words=_("đề nghị gia hạn chờ quyết định"),
               address={"parts": "no", "asks": "extension"}, always=True),
        Figure(name="late", words=_("quá hạn"), address={"parts": "no", "time": "overdue"},
               tone="late", always=True),
        Figure(name="soon", words=_("sắp đến hạn"), address={"parts": "no", "time": "due_soon"},
               tone="soon", always=True),
        Figure(name="reported", words=_("báo cáo cơ quan theo dõi chưa xác nhận"),
               address={"parts": "no", "state": "reported"}),
        *year,
    ]  # fmt: skip


def _of_inspector() -> list[Figure]:
    scope = {"parts": "no"}
    return [
        Figure(name="reported", words=_("chờ xác nhận"), address=scope | TO_JUDGE, always=True),
        Figure(name="for_others", words=_("chờ người khác xác nhận"),
               address=scope | FOR_OTHERS),
        Figure(name="late", words=_("quá hạn"), address=scope | {"time": "overdue"}, tone="late",
               always=True),
        Figure(name="again", words=_("cần làm lại"), address=scope | {"rework": "yes"}),
        Figure(name="done_late", words=_("hoàn thành quá hạn"),
               address=scope | {"time": "done_late"}),
    ]  # fmt: skip
