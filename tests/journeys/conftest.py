"""A real Chromium before a real server, on both databases; each person has a browser of their own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from werkzeug.serving import make_server
from world import PASSWORD, World

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = chromium() is None
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)
            if missing:
                item.add_marker(
                    pytest.mark.skip(reason="needs Debian's chromium: apt-get install chromium")
                )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def address(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Someone:
    """A person at a browser; everything that went wrong in it is kept."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self.troubles.append(f"another origin: {request.url}")

    def go(self, path: str) -> Page:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 500, f"{path}: {answer.status}"
        return self.page

    def sign_in(self, login: str) -> Page:
        self.go("/sign-in")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self.page


@pytest.fixture
def person(browser: Browser, address: str, world: World):
    """Return a maker of people: `person("clerk")` is signed in, with a browser of their own."""
    made: list[Someone] = []

    def make(login: str | None = None, *, width: int = 1280) -> Someone:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", accept_downloads=True
        )
        someone = Someone(page=context.new_page(), address=address)
        made.append(someone)
        if login:
            someone.sign_in(login)
        return someone

    yield make
    troubles = [trouble for someone in made for trouble in someone.troubles]
    for someone in made:
        someone.page.context.close()
    assert troubles == []
