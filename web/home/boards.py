"""The first page of each role: what waits, what is late, what changed since one last looked."""

from __future__ import annotations

from typing import Any

from flask import url_for

from models.directives.dated import lines_of
from models.directives.filters import wanted
from models.directives.home import changed_since, counts_of, drafts_of, leads_of
from models.escalation.book import counts_beside as rule_counts
from models.periods.queries import counts_beside as period_counts
from models.periods.slow import slowest
from models.review.queries import counts_beside
from web.addresses import page_at
from web.directives.clock import Hands
from web.directives.filters import read_address
from web.directives.listing import hands_today, looker
from web.directives.news import last_look
from web.formats import counted_number
from web.home.changes import by_kind, title_of_changes
from web.home.desk import desk_figures
from web.home.figures import (
    SILENT_DAYS,
    TO_JUDGE,
    Address,
    Figure,
    figures_for,
    for_me,
    mine,
    overseen,
)
from web.home.inside import fill_inside
from web.home.rows import rows_at
from web.home.timeline import AHEAD, big_date, drawing
from web.identity import current_actor, current_seat
from web.papers.others import others_of
from web.periods.figures import period_figures, pressing
from web.periods.telling import list_url
from web.review.at_home import has_cases
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.accounts.records import AGENCY_ROLES, Role

SLOWEST, SILENT, DRAFTS, LOOKED_AT, BARS = 5, 8, 5, 60, 400
LATE: Address = {"parts": "no", "time": "overdue"}


class Board:
    """One person's first page, read in a fixed number of statements."""

    def __init__(self) -> None:
        seat = current_seat()
        self.actor = current_actor()
        self.code = seat.agency_code if seat else ""
        self.hands: Hands = hands_today()
        self.who = looker(named=True)
        self.connection = reading_unit().connection
        self.figures = figures_for(self.actor, self.code, self.hands.today)
        self.since = last_look()

    def page(self) -> dict[str, Any]:
        """Return what the template reads."""
        facts: dict[str, Any] = self._of_role()
        if self.actor.role is not Role.ADMIN and self.figures:
            facts |= self._changes()
        counts = self._counted()
        if counts.get("for_others"):
            facts["others"] = others_of(self.actor.agency_name)
        if self.actor.role in AGENCY_ROLES:
            fill_inside(facts, self.hands, self.actor, self.code, counts)
        facts["has_cases"] = has_cases(self.actor, counts)
        facts["periods"] = pressing(self.actor, self.code, counts, self.hands)
        return facts | {
            "figures": self._shown(counts),
            "desk": desk_figures(self.actor, counts)
            + period_figures(self.actor, self.code, counts),
            "on_time": on_time(counts) if self.actor.role is Role.LEADER else None,
        }

    def _of_role(self) -> dict[str, Any]:
        if self.actor.role in AGENCY_ROLES:
            return self._of_agency()
        boards = {
            Role.OFFICE: self._of_office,
            Role.LEADER: self._of_leader,
            Role.INSPECTOR: self._of_inspector,
            Role.ADMIN: self._of_admin,
        }
        return boards[self.actor.role]() if self.actor.role in boards else {"is_nobody": True}

    def _of_agency(self) -> dict[str, Any]:
        officer = self.actor.role is Role.AGENCY_OFFICER
        title = _("Việc được chuyển cho tôi") if officer else _("Việc cần làm")
        return {
            "work": self._rows(for_me(self.code, officer=officer)) | {"title": title},
            "is_routed": officer,
            "is_agency": True,
        }

    def _of_office(self) -> dict[str, Any]:
        scope = overseen(self.actor, self.code)
        drafts, total = drafts_of(self.connection, limit=DRAFTS)
        return {
            "work": self._rows(scope | {"waits": "yes", "judge": "me"}) | {"title": _("Chờ xử lý")},
            "silent": self._leads(scope | {"silent": str(SILENT_DAYS)}, SILENT),
            "silent_days": SILENT_DAYS,
            "drafts": drafts,
            "drafts_total": total,
            "drafts_url": url_for("documents.index", state="draft"),
        }

    def _of_leader(self) -> dict[str, Any]:
        scope = {"parts": "no", "asks": "extension"}
        return {
            "asking": self._rows(scope),
            **self._slow(),
            "timeline": self._timeline(),
        }

    def _of_inspector(self) -> dict[str, Any]:
        return {
            "work": self._rows({"parts": "no"} | TO_JUDGE) | {"title": _("Chờ xác nhận")},
            **self._slow(),
        }

    def _of_admin(self) -> dict[str, Any]:
        unit = reading_unit()
        return {
            "is_admin": True,
            "entries": unit.history.head().entries,
            "pending_days": len(self.hands.calendar.pending),
        }

    def _rows(self, address: Address) -> dict[str, Any]:
        return rows_at(address, self.hands, self.actor)

    def _leads(self, address: Address, limit: int) -> list[dict[str, Any]]:
        view = read_address(address).view
        found = leads_of(self.connection, self.who, view, limit=limit)
        return [{"of": item, "url": _list_at(address | mine(item.code))} for item in found]

    def _slow(self) -> dict[str, Any]:
        """Whose work is late the longest, each figure with the rows behind it."""
        view = read_address(LATE).view
        found, agencies = slowest(self.connection, self.who, view, limit=SLOWEST)
        return {
            "slow": [
                {
                    "of": item,
                    "days": (self.hands.today - item.since).days,
                    "url": url_for("agencies.show", code=item.code),
                    "tasks_url": _list_at(LATE | mine(item.code)),
                    "periods_url": list_url(agency=item.code, count="missing"),
                }
                for item in found
            ],
            "slow_others": agencies - len(found),
        }

    def _timeline(self) -> dict[str, Any] | None:
        today = self.hands.today
        scope = {"parts": "no", "state": "open"}
        near = read_address(scope | {"due_by": (today + AHEAD).isoformat()}).view
        bars = lines_of(self.connection, wanted(near, self.who), limit=BARS)
        until = big_date(bars, today)
        if until is None:
            return None
        address = scope | {"due_by": until.isoformat()}
        self.figures.append(Figure(name="until", words="", address=address))
        self.figures.append(
            Figure(name="until_late", words="", address=address | {"time": "overdue"})
        )
        return drawing(bars, until, today) | {"url": _list_at(address)}

    def _changes(self) -> dict[str, Any]:
        address = {"changed": self.since.isoformat()}
        self.figures.append(Figure(name="changed", words="", address=address))
        found = changed_since(self.connection, self.who, self.since, limit=LOOKED_AT)
        return {
            "changes": by_kind(found),
            "changes_url": _list_at(address),
            "changes_title": title_of_changes(),
        }

    def _counted(self) -> dict[str, int]:
        reader = self.actor.account_id
        views = {f.name: read_address(f.address, reader=reader).view for f in self.figures}
        today = self.hands.today
        beside = counts_beside(self.actor, today)
        beside |= rule_counts(self.actor, today)
        beside |= period_counts(self.actor, today, self.hands.bands)
        return counts_of(self.connection, self.who, views, beside)

    def _told(self, counts: dict[str, int]) -> dict[str, str]:
        """Say how a leader's two counts of late work differ: one is of the year's documents."""
        earlier = counts.get("late", 0) - counts.get("overdue", counts.get("late", 0))
        if earlier <= 0:
            return {}
        return {
            "late": _("quá hạn, trong đó %(n)s của văn bản năm trước", n=counted_number(earlier)),
            "overdue": _("quá hạn của văn bản năm %(year)s", year=self.hands.today.year),
        }

    def _shown(self, counts: dict[str, int]) -> dict[str, dict[str, Any]]:
        told = self._told(counts)
        return {
            f.name: {
                "count": counts[f.name],
                "number": counted_number(counts[f.name]),
                "words": told.get(f.name, f.words),
                "tone": f.tone if counts[f.name] else "",
                "url": _list_at(f.address),
                "own": f.own,
                "presses": f.presses,
                "told": bool(f.words) and f.at_head and (f.always or counts[f.name] > 0),
            }
            for f in self.figures
        }


def _list_at(address: Address) -> str:
    return page_at("directives.index", address)


def on_time(counts: dict[str, int]) -> dict[str, int] | None:
    """Return how many were done, how many of them in time, and the rate; None before any."""
    done = counts["done_on_time"] + counts["done_late"]
    if not done:
        return None
    rate = round(100 * counts["done_on_time"] / done)
    return {"done": done, "in_time": counts["done_on_time"], "rate": rate}
