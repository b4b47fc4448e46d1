"""A fault at every statement of every use case: afterwards the old state or the new, never between."""

from contextlib import contextmanager

import doings_of_accounts
import doings_of_agencies
import doings_of_desk
import doings_of_documents
import doings_of_dossiers
import doings_of_imports
import doings_of_matters
import doings_of_papers
import doings_of_people
import doings_of_periods
import doings_of_rules
import doings_of_violations
import pytest
from digest import counts_of, digest_of
from doings import DOINGS, PARTS, READERS, all_use_cases
from doings_of_jobs import WORKINGS
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from world import build_world

from workflow.directives.records import Action
from workflow.directives.rules import snapshot
from workflow.directives.usecases import take_action
from workflow.documents.usecases import issue_document, save_draft
from workflow.review.records import ReviewAction
from workflow.violations.records import ViolationAction

assert doings_of_rules
assert doings_of_accounts
assert doings_of_agencies
assert doings_of_documents
assert doings_of_imports
assert doings_of_violations
assert doings_of_dossiers
assert doings_of_periods
assert doings_of_people
assert doings_of_papers
assert doings_of_matters
assert doings_of_desk  # read for the doings it lays out

pytestmark = pytest.mark.drill
BEFORE, AFTER = "before", "after"


class Fault(Exception):
    """What breaks in the middle: a full disk, a lost server, a bug."""


class Faults:
    """Counts the statements of an engine and raises where it was told to."""

    def __init__(self, engine):
        self.engine = engine
        self.place = self.when = None
        self.statements = 0
        self.at_commit = self.after_commit = False
        self._commit = engine.dialect.do_commit

    def arm(self, when=None, place=None, *, at_commit=False, after_commit=False):
        self.when, self.place, self.statements = when, place, 0
        self.at_commit, self.after_commit = at_commit, after_commit

    def _hit(self, when):
        if self.when == when and self.statements == self.place:
            raise Fault

    def before(self, *_):
        self.statements += 1
        self._hit(BEFORE)

    def after(self, *_):
        self._hit(AFTER)

    def commit(self, connection):
        """In the place of the driver's own commit."""
        if self.at_commit:
            raise Fault
        self._commit(connection)
        if self.after_commit:
            raise Fault

    @contextmanager
    def installed(self):
        event.listen(self.engine, "before_cursor_execute", self.before)
        event.listen(self.engine, "after_cursor_execute", self.after)
        self.engine.dialect.do_commit = self.commit
        try:
            yield
        finally:
            event.remove(self.engine, "before_cursor_execute", self.before)
            event.remove(self.engine, "after_cursor_execute", self.after)
            self.engine.dialect.do_commit = self._commit
            self.arm()


def test_every_use_case_has_its_drill():
    drilled = {key.partition(":")[0] for key in DOINGS}
    assert all_use_cases() == drilled | READERS | PARTS
    acts = {key.partition(":")[2] for key in DOINGS if key.startswith("directives.usecases.take")}
    assert acts == {action.value for action in Action}
    acts = {key.partition(":")[2] for key in DOINGS if key.startswith("violations.judging.act_on:")}
    assert acts == {action.value for action in ViolationAction} - {ViolationAction.RECORD.value}
    acts = {key.partition(":")[2] for key in DOINGS if key.startswith("review.usecases.take")}
    others = {ReviewAction.ISSUE_DIRECTIVE.value}
    assert acts == {action.value for action in ReviewAction} - others


def new_state(backend, clock, prepare):
    """Return what the use case leaves where nothing breaks."""
    backend.reset()
    world = build_world(backend.app, clock)
    do = prepare(world)
    engine = world.office.engine
    old = digest_of(engine)
    with world.office.writing() as unit:
        do(unit)
    assert digest_of(engine) != old, "it changes nothing, so a fault proves nothing"
    return digest_of(engine), counts_of(engine)


def is_consistent(world):
    """The history is whole and folds to the rows."""
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        folded = {}
        for link in unit.history.walk():
            if link.entry.subject.value == "directive":
                folded.setdefault(link.entry.subject_key, {}).update(link.entry.after)
        for number, row in folded.items():
            assert snapshot(unit.directives.directive(number)) == row


@pytest.mark.parametrize("key", [*DOINGS, *WORKINGS])
def test_a_fault_at_any_statement_leaves_the_old_state_or_the_new(backend, clock, key):
    prepare = (DOINGS | WORKINGS)[key]
    clock.at = clock.START
    new, counts = new_state(backend, clock, prepare)
    clock.at = clock.START
    backend.reset()
    world = build_world(backend.app, clock)
    do = prepare(world)
    engine = world.office.engine
    old, faults = digest_of(engine), Faults(engine)

    def attempt(**where):
        with faults.installed():
            faults.arm(**where)
            with pytest.raises(Fault), world.office.writing() as unit:
                do(unit)
            return faults.statements

    statements = attempt(at_commit=True)
    assert digest_of(engine) == old, "at the commit"
    assert statements > 0
    for when, place in ((BEFORE, 1), *((AFTER, place) for place in range(1, statements + 1))):
        attempt(when=when, place=place)  # after one statement is before the next
        assert digest_of(engine) == old, f"{when} statement {place} of {statements}"
    attempt(after_commit=True)
    assert counts_of(engine) == counts
    if engine.dialect.name == "sqlite":
        assert digest_of(engine) == new
    assert digest_of(engine) != old
    is_consistent(world)


def test_the_drill_itself_sees_a_state_between(backend, clock):
    """A use case that commits halfway is what it looks for; it must be found."""
    backend.reset()
    clock.at = clock.START
    world = build_world(backend.app, clock)
    do = DOINGS["directives.usecases.take_action:update"](world)
    engine = world.office.engine
    old, faults = digest_of(engine), Faults(engine)

    def halfway(unit):
        do(unit)
        unit.connection.exec_driver_sql("COMMIT")
        unit.connection.exec_driver_sql("BEGIN")

    found = False
    with faults.installed():
        faults.arm(at_commit=True)
        with pytest.raises(Fault), world.office.writing() as unit:
            halfway(unit)
        found = digest_of(engine) != old
    assert found


LONG = "Rà soát hồ sơ " * 300


def long_update(world, unit, number):
    take_action(
        unit.directives, world.actor("officer"), number, Action.UPDATE,
        {"done": LONG}, ground=world.office.ground(unit),
    )  # fmt: skip


def long_draft(world, unit, number):
    del number
    clauses = tuple(world.clause(place, content=LONG) for place in (1, 2, 3))
    ground = world.office.ground(unit)
    save_draft(unit.documents, world.actor("office"), world.head(), clauses, ground=ground)


def long_document(world, unit, number):
    long_draft(world, unit, number)
    key = unit.connection.exec_driver_sql("SELECT max(id) FROM documents").scalar_one()
    ground = world.office.ground(unit)
    issue_document(unit.documents, world.actor("office"), key, ground=ground)


@pytest.mark.parametrize("write", [long_update, long_draft, long_document])
def test_on_a_full_disk_what_does_not_fit_is_left_out_whole(world, write):
    engine = world.office.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's disk belongs to its server")
    [made] = world.issue()
    room = {"pages": 0}

    def no_more_pages(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count = {room['pages']}")

    with engine.connect() as connection:
        room["pages"] = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + 40
    event.listen(engine, "begin", no_more_pages)
    kept = 0
    try:
        while kept < 1000:
            before = digest_of(engine)
            with world.office.writing() as unit:
                write(world, unit, made.number)
            kept += 1
    except OperationalError as error:
        told = str(error)
    else:
        told = "there was always room"
    assert "full" in told
    assert kept > 0
    assert digest_of(engine) == before
    is_consistent(world)
    room["pages"] *= 2
    with world.office.writing() as unit:
        write(world, unit, made.number)
    event.remove(engine, "begin", no_more_pages)
    assert digest_of(engine) != before
    is_consistent(world)


@pytest.mark.parametrize("key", DOINGS)
def test_on_a_disk_without_a_free_page_all_of_it_is_kept_or_nothing(backend, clock, key):
    if "postgresql" in backend.app.config["SQLALCHEMY_DATABASE_URI"]:
        pytest.skip("PostgreSQL's disk belongs to its server")
    prepare = DOINGS[key]
    clock.at = clock.START
    new, _ = new_state(backend, clock, prepare)
    clock.at = clock.START
    backend.reset()
    world = build_world(backend.app, clock)
    do = prepare(world)
    engine = world.office.engine
    old = digest_of(engine)
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def no_more_pages(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    event.listen(engine, "begin", no_more_pages)
    try:
        with world.office.writing() as unit:
            do(unit)
        told = ""
    except OperationalError as error:
        told = str(error)
    finally:
        event.remove(engine, "begin", no_more_pages)
    assert not told or "full" in told
    assert digest_of(engine) == (old if told else new)
    is_consistent(world)
