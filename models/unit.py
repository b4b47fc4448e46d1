"""One use case is one transaction: a unit of work over one connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from models.accounts.handing_over import HandOverRegister
from models.accounts.register import AccountRegister
from models.agencies.register import AgencyRegister
from models.base import ONE_MOMENT, WRITE
from models.calendar.register import CalendarRegister
from models.causes.register import CauseRegister
from models.directives.following import FollowRegister
from models.directives.register import DirectiveRegister
from models.documents.register import DocumentRegister
from models.dossiers.register import DossierRegister
from models.escalation.register import EscalationRegister
from models.escalation.rules import RuleRegister
from models.escalation.suppressions import SuppressionRegister
from models.history.register import HistoryRegister
from models.imports.register import ImportRegister
from models.jobs.nights import NightRegister
from models.jobs.register import JobRegister, RunRegister
from models.looks.register import LookRegister
from models.messages.delivery import DeliveryRegister
from models.messages.inbox import InboxRegister
from models.messages.mails import MailRegister
from models.messages.register import MessageRegister
from models.papers.register import PaperRegister
from models.periods.register import PeriodRegister
from models.review.register import ReviewRegister
from models.views.register import ViewRegister
from models.violations.bases import BasisRegister
from models.violations.register import ViolationRegister
from workflow.errors import Refused

BROKEN_CIRCLES = frozenset({"40P01", "40001"})
"""PostgreSQL's states for a deadlock and for a transaction that came too late."""


class Unit:
    """What one transaction can ask of memory, feature by feature."""

    def __init__(self, connection: Connection, *, now: datetime, writing: bool) -> None:
        self.connection = connection
        self.now = now
        self.directives = DirectiveRegister(connection, writing=writing, now=now)
        self.history: HistoryRegister = self.directives.history
        self.agencies: AgencyRegister = self.directives.agencies
        self.documents = DocumentRegister(connection, self.directives, writing=writing, now=now)
        self.papers = PaperRegister(connection, self.directives)
        self.periods = PeriodRegister(connection, self.directives)
        self.calendar = CalendarRegister(connection, self.history)
        self.dossiers = DossierRegister(connection, self.history)
        self.accounts = AccountRegister(connection, self.history, self.directives.messages)
        self.followers = FollowRegister(connection, self.papers, self.accounts)
        self.handovers = HandOverRegister(
            connection, self.accounts, self.history, self.directives.messages
        )
        self.views = ViewRegister(connection, self.accounts, self.directives.messages)
        self.looks = LookRegister(connection)
        self.imports = ImportRegister(connection, self.history)
        self.causes = CauseRegister(connection, self.agencies, self.history)
        self.messages: MessageRegister = self.directives.messages
        self._open_what_is_left(connection, now)
        self.escalation = EscalationRegister(
            connection, self.history, self.messages, self.jobs, self.runs
        )
        self.rules = RuleRegister(connection, self.history, self.escalation)
        self.suppressions = SuppressionRegister(connection, self.history)
        self.review = ReviewRegister(
            connection, self.agencies, self.history, self.messages, writing=writing, now=now
        )
        self.bases = BasisRegister(connection, self.history)
        self.violations = ViolationRegister(
            connection,
            agencies=self.agencies,
            calendar=self.calendar,
            history=self.history,
            escalation=self.escalation,
            now=now,
        )

    def _open_what_is_left(self, connection: Connection, now: datetime) -> None:
        """What is told and what is done after the commit."""
        self.delivery = DeliveryRegister(connection)
        self.mails = MailRegister(connection)
        self.inbox = InboxRegister(connection)
        self.jobs = JobRegister(connection, now)
        self.nights = NightRegister(connection)
        self.runs = RunRegister(connection)

    @property
    def leaves_work(self) -> bool:
        """Whether something was left for after the commit: a notice to deliver, a job to run."""
        return self.messages.left or self.jobs.left


@contextmanager
def writing(engine: Engine, now: datetime) -> Iterator[Unit]:
    """Open a unit that commits when the block ends and rolls back on any error.

    A constraint of the database that fails is a refusal, never half a change: the
    database is the second guard behind the rules. So is a circle of waiting writers that
    PostgreSQL had to break: everything is as before, and the act can be tried again.
    """
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        try:
            yield Unit(connection, now=now, writing=True)
        except IntegrityError as error:
            raise Refused("conflict") from error
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in BROKEN_CIRCLES:
                raise
            raise Refused("conflict") from error


@contextmanager
def reading(engine: Engine, now: datetime) -> Iterator[Unit]:
    """Open a unit that only reads, all of it as of one moment; nothing it does is kept.

    PostgreSQL is told so and refuses to write; its end is a commit all the same, because
    psycopg forgets every prepared statement at a rollback.
    """
    refuses = engine.dialect.name == "postgresql"
    with (
        engine.connect().execution_options(**(ONE_MOMENT if refuses else {})) as connection,
        connection.begin() as transaction,
    ):
        yield Unit(connection, now=now, writing=False)
        if not refuses:
            transaction.rollback()
