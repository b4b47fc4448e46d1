"""Takes the README's pictures anew of a demo that is served: `make pictures PASSWORD=…`.

The demo prints its address and password; its clock stands, so that a picture changes only with
the pages.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}
PICTURES = (
    ("leader", "leader", "/", WIDE),
    ("case", "inspector", "/review/VPNL-2021-0004", WIDE),
    ("phone", "clerk", "/", PHONE),
)
"""The picture's name, who looks, at what, on which screen."""


def take(browser: Browser, address: str, password: str) -> None:
    """Sign in as each and keep what they see first."""
    for name, login, path, screen in PICTURES:
        page = browser.new_context(viewport=screen, locale="vi-VN").new_page()
        page.goto(f"{address}/sign-in")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
        page.click("button[name=language][value=vi]")
        page.goto(f"{address}{path}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    """Read where the demo is served and its password."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("password")
    asked.add_argument("--address", default="http://127.0.0.1:5000")
    asked.add_argument("--chromium", default="/usr/bin/chromium")
    given = asked.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        take(browser, given.address.rstrip("/"), given.password)
        browser.close()


if __name__ == "__main__":
    main()
