"""What every template knows: the language, the menu, who acts and as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import Flask, has_request_context, request, session, url_for
from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _
from flask_login import current_user

from models.accounts.queries import Seat
from web.addresses import page_at
from web.identity import current_actor, current_seat, seat_key, seats, signed_in_person
from web.keeping import token
from web.labels import label
from web.speech import gettext as say
from web.wiring import office
from workflow.accounts.records import AGENCY_ROLES, PROVINCE_ROLES, Role

LOCALES = ("vi", "en")
EVERYBODY = AGENCY_ROLES | PROVINCE_ROLES
ADMIN = frozenset({Role.ADMIN})
READERS = EVERYBODY | ADMIN


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the menu, and the roles that see it."""

    label: LazyString
    endpoint: str
    icon: str
    roles: frozenset[Role]
    key: str = ""
    asks: tuple[tuple[str, str], ...] = ()
    """What the place is asked for when it is entered by the menu."""


MENU: tuple[tuple[LazyString, tuple[Place, ...]], ...] = (
    (_("Việc của tôi"), (Place(_("Việc của tôi"), "home.index", "home", READERS, "v"),)),
    (
        _("Nhiệm vụ được giao"),
        (
            Place(lazy_pgettext("list", "Văn bản"), "documents.index", "file-text", EVERYBODY),
            Place(
                lazy_pgettext("list", "Nhiệm vụ"),
                "directives.index",
                "list-check",
                EVERYBODY,
                "n",
                asks=(("state", "open"),),
            ),
            Place(_("Kỳ báo cáo"), "periods.index", "calendar", EVERYBODY),
            Place(_("Sổ công văn"), "paper_list.index", "mail", frozenset({Role.OFFICE})),
        ),
    ),
    (
        _("Một cửa"),
        (
            Place(lazy_pgettext("list", "Hồ sơ"), "dossiers.index", "folder", READERS, "h"),
            Place(_("Đúng hạn"), "rates.index", "chart-line", READERS),
            Place(_("Nguyên nhân trễ hạn"), "causes.index", "chart-bar", READERS),
            Place(_("Nhập hồ sơ"), "imports.new", "file-import", ADMIN),
        ),
    ),
    (
        _("Kiểm tra, xử lý vi phạm"),
        (
            Place(lazy_pgettext("list", "Vi phạm"), "violations.index", "flag", EVERYBODY),
            Place(_("Vi phạm nhiều lần"), "review.index", "repeat", EVERYBODY, "p"),
            Place(_("Quy tắc"), "escalation.index", "gavel", EVERYBODY),
        ),
    ),
    (
        lazy_pgettext("menu", "Báo cáo"),
        (Place(_("Báo cáo thứ Sáu"), "summaries.index", "chart-bar", EVERYBODY, "b"),),
    ),
    (
        _("Quản trị"),
        (
            Place(lazy_pgettext("list", "Cơ quan"), "agencies.index", "building", READERS),
            Place(_("Lịch làm việc"), "calendar.index", "calendar", READERS),
            Place(
                lazy_pgettext("list", "Tài khoản"),
                "accounts.index",
                "users",
                frozenset({Role.ADMIN}),
            ),
            Place(_("Thứ tự xử lý"), "review.order", "sort-ascending", ADMIN),
            Place(_("Nhật ký"), "history.index", "history", frozenset({Role.ADMIN})),
            Place(_("Tình trạng hệ thống"), "jobs.status", "alarm", frozenset({Role.ADMIN})),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A role one could act in, as the frame offers it.

    `stands_for` is whose it is where one stands in, and `until` the last day of that.
    """

    value: str
    agency: str
    role: str
    current: bool
    stands_for: str = ""
    until: date | None = None


def locale() -> str:
    """Return the language of this request: the one chosen, the person's own, else Vietnamese."""
    if not has_request_context():
        return "vi"
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    if current_user and current_user.is_authenticated:
        return signed_in_person().locale
    return "vi"


@lru_cache(maxsize=32)
def places_of(role: Role | None) -> tuple[tuple[LazyString, tuple[Place, ...]], ...]:
    """Return the places that a role sees, in their groups; a group without any is left out."""
    found = ((title, tuple(p for p in places if role in p.roles)) for title, places in MENU)
    return tuple((title, places) for title, places in found if places)


def menu() -> list[dict[str, object]]:
    """Return the menu of the role one acts in."""
    return [
        {"label": title, "items": [_item(place) for place in places]}
        for title, places in places_of(current_actor().role)
    ]


def _item(place: Place) -> dict[str, object]:
    blueprint = place.endpoint.split(".")[0]
    return {
        "label": place.label,
        "url": page_at(place.endpoint, dict(place.asks)),
        "icon": place.icon,
        "active": request.blueprint == blueprint,
        "key": place.key,
    }


def seat_value(seat: Seat) -> str:
    """Return what names a role in the form that changes it."""
    return ":".join(str(part) for part in seat_key(seat))


def role_words(seat: Seat) -> str:
    """Return the words of a role, and of whose it is where one stands in."""
    words = label(seat.membership.role, "role")
    if seat.stands_for is None:
        return words
    return say("%(role)s, thay %(name)s", role=words, name=seat.stands_for.name)


def acting() -> dict[str, object] | None:
    """Return the agency and role one acts in, and the others one could."""
    seat = current_seat()
    if seat is None:
        return None
    return {
        "agency": seat.agency_name,
        "role": role_words(seat),
        "choices": tuple(
            Choice(
                value=seat_value(held),
                agency=held.agency_name,
                role=role_words(held),
                current=held == seat,
                stands_for=held.stands_for.name if held.stands_for else "",
                until=held.stands_for.valid_to if held.stands_for else None,
            )
            for held in seats()
        ),
    }


def account_links() -> list[dict[str, object]]:
    """Return the links of the account menu."""
    return [
        {"label": _("Tài khoản của tôi"), "url": url_for("accounts.mine"), "icon": "user"},
        {"label": _("Làm thay"), "url": url_for("colleagues.stand_ins"), "icon": "user-share"},
        {"label": _("Cách nhận thư"), "url": url_for("messages.letters"), "icon": "mail"},
        {"label": _("Đổi mật khẩu"), "url": url_for("accounts.change_password"), "icon": "key"},
    ]


def _values() -> dict[str, object]:
    signed_in = bool(current_user and current_user.is_authenticated)
    actor = current_actor() if signed_in else None
    return {
        "menu": menu if actor and request.endpoint and places_of(actor.role) else None,
        "locale": locale(),
        "csrf_token": token,
        "actor": actor,
        "acting": acting() if signed_in else None,
        "account_links": account_links,
        "today": office().today(),
        "is_demo": office().settings.clock_offset != 0,
    }


def register(app: Flask) -> None:
    """Give these values to every template of `app`."""
    app.context_processor(_values)
