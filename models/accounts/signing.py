"""What signing in asks of memory: attempts that the throttle counts, sessions that end."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, text, update

from models.accounts.rows import SessionRow, SignInAttemptRow
from workflow.accounts.records import Failures

KEPT_FOR = timedelta(days=30)
NAMES, ADDRESSES = 1, 2
ADDRESS_MOST, BROWSER_MOST = 64, 500
_HOLD = text("SELECT pg_advisory_xact_lock(:kind, hashtext(:key))")


def token_hash(token: str) -> str:
    """Return what a session is kept under."""
    return sha256(token.encode()).hexdigest()


class SignInRegister:
    """Attempts and sessions within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold_sign_in(self, login_key: str, address: str) -> None:
        """Let attempts on one name, and from one address, be counted one after the other."""
        if self._connection.dialect.name != "postgresql":
            return
        for kind, key in ((NAMES, login_key), (ADDRESSES, address)):
            self._connection.execute(_HOLD, {"kind": kind, "key": key})

    def failures(self, login_key: str, address: str, since: datetime) -> Failures:
        """Return the failures since `since` that no success followed, by name and by address."""
        by_name, name_last = self._failed(SignInAttemptRow.login_key == login_key, since)
        by_address, address_last = self._failed(SignInAttemptRow.address == address, since)
        return Failures(
            by_name=by_name,
            name_last=name_last,
            by_address=by_address,
            address_last=address_last,
        )

    def _failed(self, who: ColumnElement[bool], since: datetime) -> tuple[int, datetime | None]:
        success = (
            select(func.coalesce(func.max(SignInAttemptRow.id), 0))
            .where(who, SignInAttemptRow.succeeded.is_(True))
            .scalar_subquery()
        )
        row = self._connection.execute(
            select(func.count(), func.max(SignInAttemptRow.at)).where(
                who,
                SignInAttemptRow.succeeded.is_(False),
                SignInAttemptRow.at >= since,
                SignInAttemptRow.id > success,
            )
        ).one()
        return int(row[0]), row[1]

    def note_attempt(self, login_key: str, address: str, at: datetime, *, succeeded: bool) -> int:
        """Keep an attempt, whether the account exists or not, and drop those long past."""
        self._connection.execute(
            delete(SignInAttemptRow).where(
                or_(SignInAttemptRow.login_key == login_key, SignInAttemptRow.address == address),
                SignInAttemptRow.at < at - KEPT_FOR,
            )
        )
        values = {"login_key": login_key, "address": address, "at": at, "succeeded": succeeded}
        added = insert(SignInAttemptRow).returning(SignInAttemptRow.id)
        return int(self._connection.execute(added, values).scalar_one())

    def mark_succeeded(self, attempt_id: int) -> None:
        """Note that an attempt proved right."""
        self._connection.execute(
            update(SignInAttemptRow).where(SignInAttemptRow.id == attempt_id).values(succeeded=True)
        )

    def forget_failures(self, login_key: str) -> int:
        """Count the failures of a name no more; return how many there were."""
        return self._connection.execute(
            delete(SignInAttemptRow).where(
                SignInAttemptRow.login_key == login_key, SignInAttemptRow.succeeded.is_(False)
            )
        ).rowcount

    def open_session(
        self, token: str, account_id: int, at: datetime, address: str, browser: str
    ) -> None:
        """Begin a session, and drop this account's sessions that are long over."""
        self._connection.execute(
            delete(SessionRow).where(
                SessionRow.account_id == account_id, SessionRow.started_at < at - KEPT_FOR
            )
        )
        self._connection.execute(
            insert(SessionRow),
            {
                "token_hash": token_hash(token),
                "account_id": account_id,
                "started_at": at,
                "address": address,
                "browser": browser,
            },
        )

    def change_token(self, old: str, new: str) -> None:
        """Let a session go on under a new token; the old one is dead."""
        self._connection.execute(
            update(SessionRow)
            .where(SessionRow.token_hash == token_hash(old), SessionRow.ended_at.is_(None))
            .values(token_hash=token_hash(new))
        )

    def close_session(self, token: str, at: datetime) -> None:
        """End one session."""
        self._end(SessionRow.token_hash == token_hash(token), at)

    def close_sessions(self, account_id: int, at: datetime) -> None:
        """End every session of an account."""
        self._end(SessionRow.account_id == account_id, at)

    def _end(self, which: ColumnElement[bool], at: datetime) -> None:
        self._connection.execute(
            update(SessionRow).where(which, SessionRow.ended_at.is_(None)).values(ended_at=at)
        )
