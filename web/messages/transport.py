"""How a letter leaves: by SMTP, to the console, or not at all."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from typing import Protocol

from web.background import MailSettings

LOG = logging.getLogger("dondoc.mail")
PERMANENT = 500


class MailRefused(Exception):
    """The letter was not accepted; `answer` is a code or a kind of error, never an address."""

    def __init__(self, answer: str, *, for_good: bool = False) -> None:
        self.answer = answer
        self.for_good = for_good
        super().__init__(answer)


class Transport(Protocol):
    """What takes letters."""

    def send(self, letter: EmailMessage) -> str:
        """Hand a letter over; return the answer, or raise MailRefused."""


class Console:
    """Prints letters where the server's messages go: for a trial without a mail server."""

    def send(self, letter: EmailMessage) -> str:
        """Print a letter."""
        print(letter.as_string(), flush=True)  # noqa: T201 - what this transport is for
        return "printed"


class Smtp:
    """Hands letters to a mail server, one connection for each."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    def send(self, letter: EmailMessage) -> str:
        """Hand a letter over; MailRefused says whether trying again makes sense."""
        try:
            with self._connect() as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            answer = " ".join(sorted({str(code) for code in codes}))
            raise MailRefused(answer, for_good=min(codes) >= PERMANENT) from None
        except smtplib.SMTPResponseException as error:
            raise MailRefused(str(error.smtp_code)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise MailRefused(type(error).__name__) from None
        return "250"

    def _connect(self) -> smtplib.SMTP:
        chosen = self._settings
        if chosen.security == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                chosen.host, chosen.port, timeout=chosen.timeout, context=context
            )
        else:
            server = smtplib.SMTP(chosen.host, chosen.port, timeout=chosen.timeout)
        try:
            if chosen.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if chosen.user:
                server.login(chosen.user, chosen.password)
        except BaseException:
            server.close()
            raise
        return server


def transport_of(settings: MailSettings) -> Transport | None:
    """Return what takes letters here; None where none leave."""
    if settings.by == "console":
        return Console()
    return Smtp(settings) if settings.by == "smtp" else None


def reachable(settings: MailSettings) -> str:
    """Say whether the mail server answers: empty when it does, else what went wrong."""
    if settings.by != "smtp":
        return ""
    try:
        with Smtp(settings)._connect() as server:  # noqa: SLF001 - its own module
            server.noop()
    except (smtplib.SMTPException, OSError) as error:
        return type(error).__name__
    return ""
