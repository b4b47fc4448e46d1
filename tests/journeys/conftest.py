"""A real Chromium before a real server, on both databases; each person has a browser of their own."""

from __future__ import annotations

import contextlib
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server
from world import PASSWORD, World

sys.path.insert(0, str(Path(__file__).parent))

from someone import Someone

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000
"""Milliseconds that a page is given to show what is looked for, as actions are by themselves."""
expect.set_options(timeout=PATIENCE)


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


def read_whole(app):
    """Hand answers over read and closed.

    Where a browser hangs up, as one does that leaves a page, werkzeug's server fails at what it
    still reads of the request and never closes the file that it was sending.
    """

    def answer(environ, start_response):
        with contextlib.closing(app(environ, start_response)) as parts:
            return [b"".join(parts)]

    return answer


@pytest.fixture
def address(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, read_whole(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def person(browser: Browser, address: str, world: World):
    """Return a maker of people: `person("clerk")` is signed in, with a browser of their own."""
    del world
    yield from _people(browser, address, PASSWORD)


@pytest.fixture
def newcomer(browser: Browser, address: str):
    """Return a maker of the demo's people."""
    yield from _people(browser, address, "mật khẩu của hành trình")


def _people(browser: Browser, address: str, password: str):
    made: list[Someone] = []

    def make(login: str | None = None, *, width: int = 1280) -> Someone:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", accept_downloads=True
        )
        someone = Someone(page=context.new_page(), address=address)
        made.append(someone)
        if login:
            someone.sign_in(login, password)
        return someone

    yield make
    troubles = [trouble for someone in made for trouble in someone.troubles]
    for someone in made:
        someone.page.context.close()
    assert troubles == []
