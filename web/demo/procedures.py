"""What the demo's one-stop shops are asked for: procedures, their limits, who holds one when."""

from __future__ import annotations

from dataclasses import dataclass

COUNTER, TAX, COMMUNE = "Bộ phận Một cửa", "Chi cục Thuế khu vực", "UBND cấp xã"
SIGNER = "Sở Tài nguyên và Môi trường"
LAND, ENVIRONMENT, ROADS = "Đất đai", "Môi trường", "Hạ tầng giao thông"
BUILDING, CIVIL, BUSINESS = "Xây dựng", "Hộ tịch", "Đăng ký kinh doanh"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as it is asked for: its field, its limit in working days, who holds it when.

    `path` lists the holders with the share of the limit that each should take.
    """

    code: str
    name: str
    field: str
    working_days: int
    path: tuple[tuple[str, str, float], ...]


def land_path(agency: str, signer: str) -> tuple[tuple[str, str, float], ...]:
    """Return who holds a land dossier one after the other, with their shares of the limit."""
    return (
        ("Tiếp nhận", COUNTER, 0.05),
        ("Thẩm tra hồ sơ, trích lục", agency, 0.3),
        ("Xác nhận nguồn gốc, hiện trạng", COMMUNE, 0.2),
        ("Xác định nghĩa vụ tài chính", TAX, 0.15),
        ("Cập nhật, in giấy chứng nhận", agency, 0.15),
        ("Ký giấy chứng nhận", signer, 0.1),
        ("Trả kết quả", COUNTER, 0.05),
    )


def plain_path(agency: str) -> tuple[tuple[str, str, float], ...]:
    """Return the same of a dossier that one agency settles."""
    return (
        ("Tiếp nhận", COUNTER, 0.1),
        ("Thẩm định hồ sơ", agency, 0.6),
        ("Ký duyệt", agency, 0.2),
        ("Trả kết quả", COUNTER, 0.1),
    )


CHANGE = ("1.004199", "Đăng ký biến động quyền sử dụng đất", LAND, 10)
FIRST_TIME = ("1.003003", "Cấp giấy chứng nhận lần đầu", LAND, 30)
SPLITTING = ("1.004203", "Tách thửa, hợp thửa đất", LAND, 15)
PLANS = ("1.010735", "Xác nhận kế hoạch bảo vệ môi trường", ENVIRONMENT, 10)
ROADWORKS = ("1.001035", "Cấp phép thi công trên đường bộ đang khai thác", ROADS, 7)
HOUSES = ("1.009994", "Cấp giấy phép xây dựng nhà ở riêng lẻ", BUILDING, 15)
BIRTHS = ("1.001193", "Đăng ký khai sinh", CIVIL, 1)
SHOPS = ("1.001612", "Đăng ký thành lập hộ kinh doanh", BUSINESS, 3)
FIRMS = ("2.001610", "Đăng ký thành lập doanh nghiệp", BUSINESS, 3)
