"""What goes on beside the state in the demo: inside an agency, between agencies, from above."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.accounts.queries import person_by_login
from web.demo.acts import Act
from web.demo.people import clerk_of
from web.wiring import Office
from workflow.agencies.records import Agency
from workflow.directives.records import Action, Directive

LATE_DOSSIERS, PAYMENT = 1, 3
"""Clauses of October: the list of late dossiers, and paying online."""
ASKED = ("UBND huyện Cam Lâm", "UBND thành phố Nha Trang", "UBND thị xã Ninh Hòa")
"""Of these the land department asked its figures; the last has not answered."""
NEEDED_ON = date(2021, 11, 5)


def between_acts(place: Office, made: tuple[Directive, ...]) -> Iterator[Act]:
    """Yield what passes between people and agencies about two directives of October."""
    with place.reading() as unit:
        by_name = {agency.name: agency for agency in unit.agencies.agencies()}
        officer = person_by_login(unit.connection, "officer")
    assert officer is not None  # noqa: S101 - seeded before
    for directive in made:
        clause = int(directive.number.split("-")[2][:2])
        if clause == LATE_DOSSIERS:
            yield from _inside(directive.number, officer.id)
            yield from _input(directive.number, [by_name[name] for name in ASKED])
            yield from _from_above(directive.number)
        elif clause == PAYMENT:
            clerk = next(a for a in by_name.values() if a.id == directive.lead_agency_id)
            yield from _proposed(directive.number, clerk_of(clerk))


def _inside(number: str, officer: int) -> Iterator[Act]:
    """The land department's clerk gives the work to an officer, with a date of their own."""
    yield Act(
        day=date(2021, 10, 19), who="clerk", number=number, action=Action.ROUTE, hour=14,
        given={
            "person": officer, "internal_due_on": date(2021, 11, 4),
            "note": "Lấy số liệu từng chi nhánh, trình trước khi gửi Văn phòng.",
        },
    )  # fmt: skip


def _input(number: str, asked: list[Agency]) -> Iterator[Act]:
    yield Act(
        day=date(2021, 10, 21), who="clerk", number=number, action=Action.REQUEST_INPUT,
        given={
            "agencies": tuple(agency.id for agency in asked), "needed_on": NEEDED_ON,
            "what": "Số hồ sơ đất đai trễ hạn trên 30 ngày, ghi rõ người đang giữ.",
        },
    )  # fmt: skip
    days = (date(2021, 11, 3), date(2021, 11, 9))
    for day, agency in zip(days, asked, strict=False):
        yield Act(
            day=day, who=clerk_of(agency), number=number, action=Action.GIVE_INPUT, hour=15,
            given={"request": "ours", "answer": "Gửi kèm danh sách; số liệu đến hết tháng 10/2021.",
                   "table": "Hồ sơ trễ hạn trên 30 ngày"},
        )  # fmt: skip


def _from_above(number: str) -> Iterator[Act]:
    """The office urges what is late; a leader says what he wants of it."""
    yield Act(
        day=date(2021, 11, 15), who="office", number=number, action=Action.REMIND, hour=16,
        given={"text": "Quá hạn 08/11/2021; đề nghị báo cáo ngay, nêu rõ lý do chậm."},
    )  # fmt: skip
    yield Act(
        day=date(2021, 11, 19), who="leader", number=number, action=Action.DIRECT, hour=17,
        given={"text": "Báo cáo tôi trong tuần tới; chi nhánh nào giữ hồ sơ lâu nhất thì nêu tên."},
    )  # fmt: skip


def _proposed(number: str, clerk: str) -> Iterator[Act]:
    """One proposal is answered, the next still waits."""
    first, second = (
        "Đề nghị UBND tỉnh có văn bản gửi Ngân hàng Nhà nước chi nhánh tỉnh về cổng thanh toán.",
        "Đề nghị bố trí kinh phí nâng cấp phần mềm một cửa trong năm 2022.",
    )
    yield Act(
        day=date(2021, 10, 28), who=clerk, number=number, action=Action.UPDATE,
        given={"done": "Đã họp với ba ngân hàng thương mại.", "progress": 30, "proposal": first},
    )  # fmt: skip
    yield Act(
        day=date(2021, 11, 2), who="office", number=number, action=Action.ANSWER,
        given={"proposed": "open", "answer": "UBND tỉnh đã có văn bản; Sở bám sát để thực hiện."},
    )  # fmt: skip
    yield Act(
        day=date(2021, 11, 12), who=clerk, number=number, action=Action.UPDATE,
        given={"done": "Đã có dự thảo phương án kết nối.", "progress": 55, "proposal": second},
    )  # fmt: skip
