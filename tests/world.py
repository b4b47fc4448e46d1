"""A small province for tests: agencies, people of every role, and directives on demand."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from backends import OF_APP
from flask import Flask, session
from flask.testing import EnvironBuilder, FlaskClient

from models.accounts.queries import person
from web.accounts.signing import _sign_in as sign_in_by_password
from web.wiring import Office
from workflow.accounts.records import Actor, Membership, Role
from workflow.agencies.records import Agency, AgencyGroup, Tier
from workflow.deadlines.phrases import read_deadline
from workflow.directives.records import Action, Directive
from workflow.directives.usecases import take_action
from workflow.documents.records import Clause, DocumentHead, Party, PartyRole
from workflow.documents.usecases import issue_document, save_draft
from workflow.evidence.records import StoredFile

SINCE = date(2020, 1, 1)
PASSWORD = "đúng là mật khẩu 9"

AGENCIES = (
    # code, name, tier, parent
    ("H32", "UBND tỉnh Khánh Hòa", Tier.PROVINCE, None),
    ("H32.01", "Văn phòng UBND tỉnh", Tier.DEPARTMENT, "H32"),
    ("H32.02", "Sở Nội vụ", Tier.DEPARTMENT, "H32"),
    ("H32.03", "Sở Tài nguyên và Môi trường", Tier.DEPARTMENT, "H32"),
    ("H32.04", "Sở Xây dựng", Tier.DEPARTMENT, "H32"),
    ("H32.05", "Thanh tra tỉnh", Tier.DEPARTMENT, "H32"),
    ("H32.10", "UBND huyện Cam Lâm", Tier.DISTRICT, "H32"),
    ("H32.10.1", "UBND xã Cam Tân", Tier.COMMUNE, "H32.10"),
    ("H32.10.2", "UBND xã Suối Cát", Tier.COMMUNE, "H32.10"),
    ("H32.11", "UBND huyện Vạn Ninh", Tier.DISTRICT, "H32"),
    ("H32.90", "Cục Thuế tỉnh", Tier.VERTICAL, "H32"),
)
PEOPLE = (
    # key, name, role, agency
    ("office", "Trần Thị Mai", Role.OFFICE, "H32.01"),
    ("office2", "Lê Văn Bình", Role.OFFICE, "H32.01"),
    ("leader", "Nguyễn Hữu Thành", Role.LEADER, "H32"),
    ("inspector", "Phạm Thị Hòa", Role.INSPECTOR, "H32.05"),
    ("admin", "Đỗ Quản Trị", Role.ADMIN, "H32.01"),
    ("head", "Võ Thủ Trưởng", Role.AGENCY_HEAD, "H32.03"),
    ("clerk", "Hồ Văn Thư", Role.AGENCY_CLERK, "H32.03"),
    ("officer", "Đặng Chuyên Viên", Role.AGENCY_OFFICER, "H32.03"),
    ("other_clerk", "Bùi Xây Dựng", Role.AGENCY_CLERK, "H32.04"),
    ("district_head", "Ngô Chủ Tịch Huyện", Role.AGENCY_HEAD, "H32.10"),
    ("district", "Dương Văn Phòng Huyện", Role.AGENCY_CLERK, "H32.10"),
    ("commune", "Lý Cán Bộ Xã", Role.AGENCY_CLERK, "H32.10.1"),
    ("foreign", "Mai Huyện Khác", Role.AGENCY_CLERK, "H32.11"),
)


@dataclass
class Serial:
    """Counts from one; a copy counts on by itself."""

    last: int = 0

    def __next__(self) -> int:
        self.last += 1
        return self.last


@dataclass
class World:
    """What a test can ask of the small province."""

    app: Flask
    clock: Any
    agencies: dict[str, Agency] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    serial: Serial = field(default_factory=Serial)
    dossiers: Serial = field(default_factory=Serial)

    @property
    def office(self) -> Office:
        return self.app.extensions["office"]

    @contextmanager
    def unit(self):
        with self.office.writing() as unit:
            yield unit

    def actor(self, who: str) -> Actor:
        """Return a person acting in the first role they hold on the clock's day."""
        with self.office.reading() as unit:
            found = person(unit.connection, self.accounts[who])
        assert found is not None
        seats = found.seats_on(self.office.today())
        return found.acting(seats[0] if seats else None)

    def file(self, text: str = "báo cáo", name: str = "bao-cao.pdf") -> StoredFile:
        """Keep a small file and return it as checked."""
        body = f"%PDF-1.4\n{text}\n%%EOF\n".encode()
        digest = sha256(body).hexdigest()
        self.office.files.keep(digest, io.BytesIO(body))
        return StoredFile(name=name, media_type="application/pdf", size=len(body), sha256=digest)

    def clause(
        self,
        position: int = 1,
        *,
        lead: str | tuple[str, ...] = "H32.03",
        coordinating: tuple[str, ...] = ("H32.04",),
        content: str = "Giảm hồ sơ trễ hạn lĩnh vực đất đai",
        deadline: str = "Trước ngày 30-9",
        **more: Any,
    ) -> Clause:
        leads = (lead,) if isinstance(lead, str) else lead
        parties = [self._party(PartyRole.LEAD, code) for code in leads]
        parties += [self._party(PartyRole.COORDINATING, code) for code in coordinating]
        return Clause(
            position=position,
            content=content,
            deadline=read_deadline(deadline, year=2021),
            parties=tuple(parties),
            **more,
        )

    def _party(self, role: PartyRole, code: str) -> Party:
        if code in self.agencies:
            return Party(role=role, agency_id=self.agencies[code].id, words=code)
        return Party(role=role, group_code=code, words=code)

    def head(self, **more: Any) -> DocumentHead:
        values: dict[str, Any] = {
            "reference": f"{next(self.serial)}/UBND-KSTTHC",
            "issued_on": self.office.today(),
            "issuer": "UBND tỉnh Khánh Hòa",
            "signer": "Nguyễn Hữu Thành",
            "subject": "Khắc phục tồn tại, nâng cao Chỉ số CCHC",
            "overseer_id": self.agencies["H32.01"].id,
        }
        return DocumentHead(**(values | more))

    def issue(
        self, *clauses: Clause, who: str | Actor = "office", **head: Any
    ) -> tuple[Directive, ...]:
        """Enter and issue a document in two transactions; return its directives."""
        actor = self.actor(who) if isinstance(who, str) else who
        with self.unit() as unit:
            ground = self.office.ground(unit)
            ready = clauses or (self.clause(),)
            key = save_draft(unit.documents, actor, self.head(**head), ready, ground=ground)
        with self.unit() as unit:
            ground = self.office.ground(unit)
            return issue_document(unit.documents, actor, key, ground=ground)

    def directive(self, number: str) -> Directive:
        with self.office.reading() as unit:
            found = unit.directives.directive(number)
        assert found is not None
        return found

    def act(
        self,
        who: str | Actor,
        number: str,
        action: Action,
        *,
        version: int | None = None,
        **given: Any,
    ) -> Directive:
        """Carry out one action in its own transaction; a report is signed, if nobody says how."""
        actor = self.actor(who) if isinstance(who, str) else who
        if action is Action.REPORT:
            given = self.signed() | given
        with self.unit() as unit:
            return take_action(
                unit.directives,
                actor,
                number,
                action,
                given,
                ground=self.office.ground(unit),
                version=version,
            )

    def signed(self) -> dict[str, Any]:
        """What stands at the foot of a report signed today."""
        return {
            "report_number": "88/BC",
            "report_date": self.office.today(),
            "signer": "Võ Thủ Trưởng",
        }

    def report(self, number: str, who: str = "clerk", **given: Any) -> Directive:
        values = {"result": "Đã xử lý xong", "files": (self.file(),)} | given
        return self.act(who, number, Action.REPORT, **values)

    def sign_in(self, who: str, client: FlaskClient | None = None) -> FlaskClient:
        """Return a client signed in as the form signs in, without showing and sending the form."""
        client = client or self.app.test_client()
        form = EnvironBuilder(self.app, "/sign-in", method="POST", environ_base=client.environ_base)
        sent = form.get_environ()
        client._add_cookies_to_wsgi(sent)
        with self.app.request_context(sent):
            assert sign_in_by_password(who, PASSWORD) is not None, who
            answer = self.app.make_response("")
            self.app.session_interface.save_session(self.app, session, answer)
        client._update_cookies_from_response("localhost", "/", answer.headers.getlist("Set-Cookie"))
        return client


def csrf_of(page: str) -> str:
    """Return the token of the first form of a page."""
    head, _, tail = page.partition('name="csrf_token"')
    del head
    return tail.partition('value="')[2].partition('"')[0]


@dataclass(frozen=True)
class _Kept:
    """What a test knows of a province that was kept, and when it stood."""

    at: datetime
    known: dict[str, Any]


_KEPT: dict[tuple[Flask, str], _Kept] = {}
PROVINCE = "province"
"""What the small province is kept under, to be laid out before each test."""


def build_world(app: Flask, clock: Any) -> World:
    """Build the small province in an empty database."""
    return staged(World(app, clock), PROVINCE, _build)


def staged(world: World, name: str, build: Callable[[World], None]) -> World:
    """Return the world with what `build` puts on it: built once, the next times laid out.

    `build` always does the same, from a world as it stands when the tests' clock begins; at
    any other instant it is simply built.
    """
    backend = OF_APP.get(world.app)
    if backend is None or world.clock() != getattr(world.clock, "START", None):
        build(world)
        return world
    kept = _KEPT.get((world.app, name))
    if kept and backend.lay_out(name):
        world.clock.at = kept.at
        vars(world).update(_copied(kept.known))
        return world
    build(world)
    _KEPT[world.app, name] = _Kept(world.clock.at, _copied(vars(world)))
    backend.keep(name)
    return world


def _copied(known: dict[str, Any]) -> dict[str, Any]:
    """Return what a world knows, its own containers made anew: a test may add to them."""
    return {
        name: copy(value) if isinstance(value, dict | list | set | Serial) else value
        for name, value in known.items()
    }


def _build(world: World) -> None:
    from models.accounts.passwords import hash_for_tests

    with world.unit() as unit:
        for code, name, tier, parent in AGENCIES:
            world.agencies[code] = unit.agencies.add_agency(
                code=code,
                name=name,
                tier=tier,
                parent=world.agencies.get(parent) if parent else None,
                valid_from=SINCE,
                is_office=code == "H32.01",
            )
        unit.agencies.add_group(
            AgencyGroup(
                code="districts",
                name="UBND cấp huyện",
                phrases=("các huyện",),
                tiers=frozenset({Tier.DISTRICT}),
            )
        )
        unit.agencies.add_group(
            AgencyGroup(code="communes", name="UBND cấp xã", tiers=frozenset({Tier.COMMUNE}))
        )
        for key, name, role, code in PEOPLE:
            account = unit.accounts.add_account(
                login=key,
                name=name,
                password_hash=hash_for_tests(PASSWORD),
                at=world.clock(),
                must_change_password=False,
            )
            unit.accounts.add_membership(
                account,
                Membership(role=role, agency_id=world.agencies[code].id, valid_from=SINCE),
            )
            world.accounts[key] = account
