"""How lists offer agencies: the ended last and marked, namesakes with what they belong to."""

from datetime import date
from typing import NamedTuple

from web.agencies.naming import by_code


class Named(NamedTuple):
    """What of an agency says how it is offered."""

    id: int
    code: str
    name: str
    parent_id: int | None
    valid_to: date | None


BRANCH = "Chi nhánh Văn phòng Đăng ký đất đai"
AGENCIES = (
    Named(3, "b1", BRANCH, 1, None),
    Named(4, "b2", BRANCH, 2, None),
    Named(1, "d1", "Sở Tài nguyên và Môi trường", None, date(2025, 2, 28)),
    Named(2, "d2", "UBND huyện Cam Lâm", None, date(2025, 6, 30)),
    Named(5, "d3", "UBND xã Cam Lâm", None, None),
)


def test_the_ended_stand_last_and_namesakes_say_where_they_belong(app):
    with app.test_request_context():
        assert by_code(AGENCIES) == (
            ("b1", f"{BRANCH}, Sở Tài nguyên và Môi trường"),
            ("b2", f"{BRANCH}, UBND huyện Cam Lâm"),
            ("d3", "UBND xã Cam Lâm"),
            ("d1", "Sở Tài nguyên và Môi trường (đến 28/02/2025)"),
            ("d2", "UBND huyện Cam Lâm (đến 30/06/2025)"),
        )
