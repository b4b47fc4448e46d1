"""A province of any size: some documents issued as always, then multiplied by plain INSERTs.

The copies have no history of their own; every act that is measured adds its entries as
always, to the one chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    text,
    update,
)

from models.accounts.passwords import hash_for_tests
from models.base import table_of
from models.directives.rows import CoordinatingRow, DirectiveRow
from models.documents.rows import ClauseRow, DocumentRow, SerialRow
from models.unit import Unit
from web.config import Settings
from web.factory import create_app
from web.wiring import Office
from workflow.accounts.records import Actor, Membership, Role
from workflow.agencies.records import Agency, Tier
from workflow.deadlines.phrases import read_deadline
from workflow.directives.records import State
from workflow.documents.records import Clause, DocumentHead, Party, PartyRole
from workflow.documents.usecases import issue_document, save_draft

ROOT = Path(__file__).absolute().parent.parent
SINCE = date(2020, 1, 1)
NOW = datetime(2022, 6, 15, 2, 30, tzinfo=UTC)
FIRST_DUE = date(2021, 7, 1)
DUE_DAYS = 700
PASSWORD = "một mật khẩu đủ dài"
DEPARTMENTS, DISTRICTS, COMMUNES = 20, 9, 130
BUSY = 2  # the place of P.03, which leads a fifth of all: its lists are full in any province
LEADS_PER_CLAUSE, CLAUSES_PER_DOCUMENT, BLOCK = 5, 10, 300
CONTENTS = (
    "Khắc phục hồ sơ giải quyết trễ hạn lĩnh vực đất đai",
    "Thực hiện xin lỗi bằng văn bản đối với hồ sơ trễ hạn",
    "Chấm dứt việc yêu cầu bổ sung thành phần hồ sơ ngoài quy định",
    "Rà soát, công khai thủ tục hành chính đã được công bố",
    "Nâng tỷ lệ hồ sơ trực tuyến toàn trình",
    "Số hóa kết quả giải quyết thủ tục hành chính còn hiệu lực",
    "Xử lý dứt điểm phản ánh, kiến nghị quá hạn trả lời",
    "Kiểm điểm trách nhiệm tập thể, cá nhân để xảy ra vi phạm",
    "Bố trí công chức trực tại Bộ phận Một cửa",
    "Báo cáo kết quả khắc phục Chỉ số cải cách hành chính",
)


def clock() -> datetime:
    """Stand still, so that the same rows are late in every run."""
    return NOW


def make_app(url: str, folder: Path, *, synchronous: str = "full") -> Flask:
    """Make the application as it is run; the rate limiter counts but never refuses."""
    settings = Settings(
        database_url=url,
        secret_key="only-for-benchmarks",
        instance=folder,
        sqlite_synchronous=synchronous,
        rate_limit="1000000000 per minute",
    )
    return create_app(settings, clock=clock)


def office_of(app: Flask) -> Office:
    office: Office = app.extensions["office"]
    return office


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who acts: the office's account, and the clerk of each agency by the agency's id."""

    office: int
    clerks: dict[int, int]


def people_of(app: Flask) -> People:
    """Find the people of a province built before."""
    found = text(
        "SELECT a.login, m.account_id, m.agency_id FROM memberships m "
        "JOIN accounts a ON a.id = m.account_id"
    )
    with office_of(app).reading() as unit:
        rows = unit.connection.execute(found).all()
    return People(
        office=next(row.account_id for row in rows if row.login == "office"),
        clerks={row.agency_id: row.account_id for row in rows if row.login.startswith("clerk")},
    )


def build(app: Flask, directives: int, *, all_assigned: bool) -> None:
    """Migrate an empty database and fill it with a province and its directives."""
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
    office = office_of(app)
    with office.writing() as unit:
        leads = _agencies(unit)
        actor = _people(unit, leads)
    with office.writing() as unit:
        _issue(office, unit, actor, leads, min(directives, BLOCK))
        block = _Block(unit.connection)
    with office.writing() as unit:
        copies = -(-directives // BLOCK) - 1
        if copies > 0:
            _multiply(unit.connection, block, copies)
        if not all_assigned:
            _live(unit.connection)
    _settle(office)


def _agencies(unit: Unit) -> list[Agency]:
    def add(code: str, name: str, tier: Tier, parent: Agency | None) -> Agency:
        return unit.agencies.add_agency(
            code=code,
            name=name,
            tier=tier,
            parent=parent,
            valid_from=SINCE,
            is_office=code == "P.00",
        )

    department, district = Tier.DEPARTMENT, Tier.DISTRICT
    top = add("P", "UBND tỉnh", Tier.PROVINCE, None)
    add("P.00", "Văn phòng UBND tỉnh", department, top)
    leads = [add(f"P.{n:02d}", f"Sở số {n}", department, top) for n in range(1, DEPARTMENTS + 1)]
    districts = [add(f"P.{50 + n}", f"UBND huyện {n}", district, top) for n in range(DISTRICTS)]
    for n in range(COMMUNES):
        above = districts[n % DISTRICTS]
        leads.append(add(f"{above.code}.{n:03d}", f"UBND xã số {n}", Tier.COMMUNE, above))
    return leads + districts


def _people(unit: Unit, leads: list[Agency]) -> Actor:
    kept = hash_for_tests(PASSWORD)

    def add(login: str, role: Role, agency_id: int) -> int:
        key = unit.accounts.add_account(
            login=login,
            name=f"Người {login}",
            password_hash=kept,
            at=NOW,
            must_change_password=False,
        )
        seat = Membership(role=role, agency_id=agency_id, valid_from=SINCE)
        unit.accounts.add_membership(key, seat)
        return key

    home = unit.agencies.agency_by_code("P.00")
    assert home is not None
    key = add("office", Role.OFFICE, home.id)
    for agency in leads:
        add(f"clerk.{agency.code.lower()}", Role.AGENCY_CLERK, agency.id)
    seat = Membership(role=Role.OFFICE, agency_id=home.id, valid_from=SINCE)
    return Actor(
        account_id=key,
        name="Người office",
        role=Role.OFFICE,
        agency_id=home.id,
        agency_path=home.path,
        agency_name=home.name,
        agency_is_office=True,
        memberships=(seat,),
    )


def _issue(office: Office, unit: Unit, actor: Actor, leads: list[Agency], count: int) -> None:
    """Enter and issue documents through the use cases until there are `count` directives."""
    made, ground = 0, office.ground(unit)
    while made < count:
        clauses: list[Clause] = []
        while made < count and len(clauses) < CLAUSES_PER_DOCUMENT:
            several = min(LEADS_PER_CLAUSE, count - made)
            clauses.append(_clause(len(clauses) + 1, made, several, leads))
            made += several
        head = DocumentHead(
            reference=f"{made}/UBND-KSTTHC",
            issued_on=ground.day - timedelta(days=1),
            issuer="UBND tỉnh",
            signer="Chủ tịch",
            subject="Khắc phục tồn tại, nâng cao Chỉ số CCHC",
            overseer_id=actor.agency_id,
        )
        key = save_draft(unit.documents, actor, head, tuple(clauses), ground=ground)
        issue_document(unit.documents, actor, key, ground=ground)


def _clause(position: int, made: int, several: int, leads: list[Agency]) -> Clause:
    def party(role: PartyRole, place: int) -> Party:
        agency = leads[place % len(leads)]
        return Party(role=role, agency_id=agency.id, words=agency.name)

    busy = BUSY if several > 1 else made  # the same agency leads one line of each clause
    parties = [party(PartyRole.LEAD, busy)]
    parties += [party(PartyRole.LEAD, _beside_busy(made + n)) for n in range(1, several)]
    parties.append(party(PartyRole.COORDINATING, _beside_busy(made + several + 7)))
    return Clause(
        position=position,
        content=CONTENTS[made // LEADS_PER_CLAUSE % len(CONTENTS)],
        deadline=read_deadline("Trước ngày 30/9/2022", year=2022),
        parties=tuple(parties),
    )


def _beside_busy(place: int) -> int:
    """Return a place among the agencies that is not the busy one's."""
    others = DEPARTMENTS + DISTRICTS + COMMUNES - 1
    return (BUSY + 1 + place % others) % (others + 1)


class _Block:
    """How far the first directives reach: copies stand behind them, each by one stride."""

    def __init__(self, connection: Connection) -> None:
        def most(row: type) -> int:
            table = table_of(row)
            return int(connection.execute(select(func.max(table.c.id))).scalar_one())

        self.documents = most(DocumentRow)
        self.clauses = most(ClauseRow)
        self.directives = most(DirectiveRow)
        self.serial = 10_000


def _multiply(connection: Connection, block: _Block, copies: int) -> None:
    """Copy the block `copies` times: documents, clauses, directives, who coordinates."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size = -400000")
    numbers = select(literal(1).label("k")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.k + 1).where(numbers.c.k < copies))
    k = numbers.c.k
    documents, clauses = table_of(DocumentRow).c, table_of(ClauseRow).c
    directives, others = table_of(DirectiveRow).c, table_of(CoordinatingRow).c
    serial = documents.serial + block.serial + k * block.documents
    _copy(connection, DocumentRow, k, {
        "id": documents.id + k * block.documents,
        "serial": serial,
        "reference": cast(serial, String) + "/UBND-KSTTHC",
        "reference_key": cast(serial, String) + "ubndksttthc",
    })  # fmt: skip
    _copy(connection, ClauseRow, k, {
        "id": clauses.id + k * block.clauses,
        "document_id": clauses.document_id + k * block.documents,
    })  # fmt: skip
    new_serial = directives.document_id + block.serial + k * block.documents
    number = (
        func.substr(directives.number, 1, 5)
        + cast(new_serial, String)
        + func.substr(directives.number, 10)
    )
    _copy(connection, DirectiveRow, k, {
        "id": directives.id + k * block.directives,
        "document_id": directives.document_id + k * block.documents,
        "clause_id": directives.clause_id + k * block.clauses,
        "number": number,
        "search": func.replace(directives.search, directives.number, number),
    })  # fmt: skip
    _copy(connection, CoordinatingRow, k, {
        "directive_id": others.directive_id + k * block.directives,
    })  # fmt: skip
    connection.execute(update(SerialRow).values(last=block.serial + (copies + 1) * block.documents))


def _copy(connection: Connection, row: type, k: Any, changed: dict[str, Any]) -> None:
    table = table_of(row)
    names = [column.name for column in table.c]
    values = [changed.get(name, table.c[name]).label(name) for name in names]
    source = select(*values).select_from(table).join(k.table, literal(value=True))
    if connection.dialect.name == "sqlite":
        source = source.where(k > 0)  # SQLite reads "ON CONFLICT" into a bare join
    connection.execute(insert(table).from_select(names, source))


def _live(connection: Connection) -> None:
    """Give each directive a due date of its own and a state: nine of ten are done."""
    days = Table(
        "bench_days", MetaData(), Column("n", Integer, primary_key=True), Column("day", Date)
    )
    days.create(connection)
    each = [{"n": n, "day": FIRST_DUE + timedelta(days=n)} for n in range(DUE_DAYS + 60)]
    connection.execute(insert(days), each)
    c = table_of(DirectiveRow).c
    key = cast(c.id, BigInteger)
    spread = key + key // BLOCK * 31  # else an agency would always get the same few days
    spot = (spread * 7_919) % DUE_DAYS

    def day(shift: int) -> Any:
        return select(days.c.day).where(days.c.n == spot + shift).scalar_subquery()

    open_one, turn = spread % 10 == 0, (spread // 10) % 4
    done = or_(~open_one, turn == 3)
    reported = and_(open_one, turn == 2)
    connection.execute(update(table_of(DirectiveRow)).values(
        due_on=day(0),
        first_due_on=day(0),
        state=case(
            (done, State.VERIFIED.value),
            (reported, State.REPORTED.value),
            (and_(open_one, turn == 1), State.IN_PROGRESS.value),
            else_=State.ASSIGNED.value,
        ),
        reported_at=case((or_(done, reported), literal(NOW, c.reported_at.type)), else_=null()),
        reported_by=case((or_(done, reported), 1), else_=null()),
        completed_on=case((or_(done, reported), day(20)), else_=null()),
        verified_on=case((done, day(40)), else_=null()),
        verdict=case((done, "met"), else_=null()),
    ))  # fmt: skip
    days.drop(connection)


def _settle(office: Office) -> None:
    """Leave the database as a server that ran for a while has it."""
    with office.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if office.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")
            connection.exec_driver_sql("CHECKPOINT")
    if office.engine.dialect.name == "sqlite":
        with office.engine.raw_connection() as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    office.engine.dispose()
