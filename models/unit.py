"""One use case is one transaction: a unit of work over one connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

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
from workflow.messages.bundling import HANDFUL

BROKEN_CIRCLES = frozenset({"40P01", "40001"})
"""PostgreSQL's states for a deadlock and for a transaction that came too late."""


class Unit:
    """What one transaction can ask of memory, feature by feature; each opens when it is asked."""

    def __init__(
        self, connection: Connection, *, now: datetime, writing: bool, handful: int = HANDFUL
    ) -> None:
        self.connection = connection
        self.now = now
        self.writing = writing
        self.head = ""
        """The head of the history that this transaction saw, where somebody asked; else empty."""
        self._handful = handful

    @cached_property
    def directives(self) -> DirectiveRegister:
        """Directives, read and written."""
        return DirectiveRegister(self.connection, writing=self.writing, now=self.now)

    @cached_property
    def history(self) -> HistoryRegister:
        """The chained history."""
        return self.directives.history

    @cached_property
    def agencies(self) -> AgencyRegister:
        """The tree of agencies."""
        return self.directives.agencies

    @cached_property
    def messages(self) -> MessageRegister:
        """The outbox."""
        messages = self.directives.messages
        messages.handful = self._handful
        return messages

    @cached_property
    def documents(self) -> DocumentRegister:
        """Documents and drafts."""
        return DocumentRegister(
            self.connection, self.directives, writing=self.writing, now=self.now
        )

    @cached_property
    def papers(self) -> PaperRegister:
        """The office's papers, and many lines at once."""
        return PaperRegister(self.connection, self.directives)

    @cached_property
    def periods(self) -> PeriodRegister:
        """Reporting periods of standing work."""
        return PeriodRegister(self.connection, self.directives)

    @cached_property
    def calendar(self) -> CalendarRegister:
        """The table of days."""
        return CalendarRegister(self.connection, self.history)

    @cached_property
    def dossiers(self) -> DossierRegister:
        """Dossiers and their imports."""
        return DossierRegister(self.connection, self.history)

    @cached_property
    def accounts(self) -> AccountRegister:
        """People and their roles."""
        return AccountRegister(self.connection, self.history, self.messages)

    @cached_property
    def followers(self) -> FollowRegister:
        """Who follows a directive."""
        return FollowRegister(self.connection, self.papers, self.accounts)

    @cached_property
    def handovers(self) -> HandOverRegister:
        """Open work that goes to another person."""
        return HandOverRegister(self.connection, self.accounts, self.history, self.messages)

    @cached_property
    def views(self) -> ViewRegister:
        """Views that were kept."""
        return ViewRegister(self.connection, self.accounts, self.messages)

    @cached_property
    def looks(self) -> LookRegister:
        """Who looked at an applicant."""
        return LookRegister(self.connection)

    @cached_property
    def imports(self) -> ImportRegister:
        """Files that were brought."""
        return ImportRegister(self.connection, self.history)

    @cached_property
    def causes(self) -> CauseRegister:
        """Causes of lateness."""
        return CauseRegister(self.connection, self.agencies, self.history)

    @cached_property
    def delivery(self) -> DeliveryRegister:
        """Notices on their way to people."""
        return DeliveryRegister(self.connection)

    @cached_property
    def mails(self) -> MailRegister:
        """Letters by e-mail."""
        return MailRegister(self.connection)

    @cached_property
    def inbox(self) -> InboxRegister:
        """What lies in an inbox."""
        return InboxRegister(self.connection)

    @cached_property
    def jobs(self) -> JobRegister:
        """Jobs that were left."""
        return JobRegister(self.connection, self.now)

    @cached_property
    def nights(self) -> NightRegister:
        """Nights that were swept."""
        return NightRegister(self.connection)

    @cached_property
    def runs(self) -> RunRegister:
        """The ledger of runs."""
        return RunRegister(self.connection)

    @cached_property
    def escalation(self) -> EscalationRegister:
        """Stored escalations."""
        return EscalationRegister(
            self.connection, self.history, self.messages, self.jobs, self.runs
        )

    @cached_property
    def rules(self) -> RuleRegister:
        """Rules and their versions."""
        return RuleRegister(self.connection, self.history, self.escalation)

    @cached_property
    def suppressions(self) -> SuppressionRegister:
        """Marks that suppress."""
        return SuppressionRegister(self.connection, self.history)

    @cached_property
    def review(self) -> ReviewRegister:
        """Cases of the inspectors' desk."""
        return ReviewRegister(
            self.connection,
            self.agencies,
            self.history,
            self.messages,
            writing=self.writing,
            now=self.now,
        )

    @cached_property
    def bases(self) -> BasisRegister:
        """Legal bases of violations."""
        return BasisRegister(self.connection, self.history)

    @cached_property
    def violations(self) -> ViolationRegister:
        """Violations, found and judged."""
        return ViolationRegister(
            self.connection,
            agencies=self.agencies,
            calendar=self.calendar,
            history=self.history,
            escalation=self.escalation,
            now=self.now,
        )

    @property
    def leaves_work(self) -> bool:
        """Whether something was left for after the commit: a notice to deliver, a job to run."""
        return self.messages.left or self.jobs.left


@contextmanager
def writing(engine: Engine, now: datetime, *, handful: int = HANDFUL) -> Iterator[Unit]:
    """Open a unit that commits when the block ends and rolls back on any error.

    A constraint of the database that fails is a refusal, never half a change: the
    database is the second guard behind the rules. So is a circle of waiting writers that
    PostgreSQL had to break: everything is as before, and the act can be tried again.
    `handful` is how many notices of one source a person gets one by one.
    """
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        try:
            yield Unit(connection, now=now, writing=True, handful=handful)
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
