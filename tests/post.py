"""A mail server for tests that keeps what it gets, and refuses when told to."""

from __future__ import annotations

import asyncio
import email
import socket
from collections.abc import Awaitable
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from world import World

from web.background import MailSettings


class Mailbox:
    """What came in, in order; `answer` is what the server says to every letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.asked = 0
        self.answer = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: ARG002, N802
        if self.answer.startswith("550"):
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: ARG002, N802
        self.asked += 1
        if self.answer.startswith("250"):
            letter = email.message_from_bytes(envelope.content, policy=default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        return self.answer

    def texts(self) -> list[str]:
        return [letter.get_content() for letter in self.letters]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class AtAnyPort(Controller):
    """A server at a port that nobody else can take meanwhile; a busy machine is waited for."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._bound = socket.create_server(("127.0.0.1", 0))
        port = int(self._bound.getsockname()[1])
        super().__init__(mailbox, hostname="127.0.0.1", port=port, ready_timeout=60)

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._bound)


@contextmanager
def mail_server(mailbox: Mailbox | None = None):
    """Run a mail server; yield its mailbox and its port."""
    mailbox = mailbox or Mailbox()
    controller = AtAnyPort(mailbox)
    controller.start()
    try:
        yield mailbox, controller.port
    finally:
        controller.stop()


@contextmanager
def letters_leave(world: World, mail: MailSettings):
    """Let letters of the small province leave as `mail` says."""
    before = world.office.settings
    background = replace(before.background, mail=mail, public_url="https://dondoc.khanhhoa.gov.vn/")
    world.office.settings = replace(before, background=background)
    try:
        yield
    finally:
        world.office.settings = before


def to_server(port: int) -> MailSettings:
    return MailSettings(
        by="smtp", host="127.0.0.1", port=port, security="none", sender="dondoc@khanhhoa.gov.vn"
    )
