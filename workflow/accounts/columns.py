"""The headings and the words for roles that sheets of people use."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from workflow.accounts.records import Role
from workflow.documents.cells import Grid, cell_text
from workflow.text import squeeze


class Column(StrEnum):
    """What a column of a sheet of people holds."""

    LOGIN = "login"
    NAME = "name"
    EMAIL = "email"
    AGENCY = "agency"
    ROLE = "role"
    DIVISION = "division"
    FROM = "valid_from"
    TO = "valid_to"


NEEDED = frozenset({Column.LOGIN, Column.NAME, Column.AGENCY, Column.ROLE})
ROWS_SEARCHED = 20

_HEADINGS: Mapping[Column, tuple[str, ...]] = {
    Column.LOGIN: (
        "tên đăng nhập", "tài khoản", "tên tài khoản", "login", "username", "sign-in name",
    ),
    Column.NAME: ("họ và tên", "họ tên", "họ, tên", "tên người dùng", "name", "full name"),
    Column.EMAIL: ("thư điện tử", "email", "e-mail", "hộp thư", "địa chỉ thư điện tử"),
    Column.AGENCY: (
        "cơ quan", "mã cơ quan", "đơn vị", "cơ quan, đơn vị", "cơ quan (mã hoặc tên)", "agency",
        "mã định danh", "agency code",
    ),
    Column.ROLE: ("vai trò", "quyền", "nhóm quyền", "role"),
    Column.DIVISION: ("phòng", "phòng, ban", "phòng ban", "bộ phận", "division"),
    Column.FROM: ("từ ngày", "bắt đầu", "hiệu lực từ", "from", "valid from"),
    Column.TO: ("đến ngày", "đến hết ngày", "kết thúc", "hiệu lực đến", "to", "valid to"),
}  # fmt: skip
_COLUMN_OF = {squeeze(words): column for column, all_ in _HEADINGS.items() for words in all_}

_ROLE_WORDS: Mapping[Role, tuple[str, ...]] = {
    Role.OFFICE: ("theo dõi, tổng hợp", "theo dõi", "tổng hợp", "văn phòng UBND tỉnh"),
    Role.LEADER: ("lãnh đạo UBND tỉnh", "lãnh đạo tỉnh", "chủ tịch UBND tỉnh"),
    Role.AGENCY_HEAD: ("thủ trưởng cơ quan", "thủ trưởng", "lãnh đạo cơ quan", "người đứng đầu"),
    Role.AGENCY_CLERK: ("đầu mối cơ quan", "đầu mối", "văn thư", "chánh văn phòng"),
    Role.AGENCY_OFFICER: ("chuyên viên", "cán bộ", "công chức"),
    Role.INSPECTOR: ("kiểm tra, thanh tra", "thanh tra", "kiểm tra"),
    Role.ADMIN: ("quản trị", "quản trị hệ thống"),
}
_ROLE_OF = {squeeze(words): role for role, all_ in _ROLE_WORDS.items() for words in all_} | {
    squeeze(role.value): role for role in Role
}


def role_named(words: str) -> Role | None:
    """Return the role that words or a code name, None when they name none known."""
    return _ROLE_OF.get(squeeze(words))


def heading_of(grid: Grid) -> tuple[int, Mapping[Column, int]] | None:
    """Return the heading's row (from 0) and the place of each column; None without one.

    A heading names at least login, name, agency and role, within the first twenty rows.
    """
    for at, row in enumerate(grid[:ROWS_SEARCHED]):
        places: dict[Column, int] = {}
        for place, value in enumerate(row):
            column = _COLUMN_OF.get(squeeze(cell_text(value).rstrip(" *:")))
            if column is not None:
                places.setdefault(column, place)
        if places.keys() >= NEEDED:
            return at, places
    return None
