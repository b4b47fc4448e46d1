"""Whether a page is sound: axe finds nothing, it has one heading, nothing sticks out of it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from someone import Someone

AXE = Axe()
WIDE, NARROW, HEIGHT = 1280, 390, 900
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
KINDS = """
[...new Set([...document.querySelectorAll('body *')].map(e => [
    e.tagName, e.getAttribute('role'), e.type, [...e.classList].sort().join('.'),
    ...[...e.attributes].map(a => a.name).filter(n => n.startsWith('aria-')).sort(),
].join(' ')))]
"""
"""The kinds of elements a page is made of: rules of soundness speak of kinds, not of rows."""


class Looks:
    """Looks at pages as several people.

    Axe looks at each page once, and again where somebody's holds a kind of element that no
    page had; a page is made narrow again where it holds one that it did not have before.
    """

    def __init__(self) -> None:
        self._seen: dict[str, set[str]] = {}
        self._ever: set[str] = set()

    def troubles(self, someone: Someone, address: str) -> list[str]:
        """Return what is wrong with the page that stands before somebody, wide and narrow."""
        page, known = someone.page, self._seen.get(address)
        kinds = set(page.evaluate(KINDS))
        found = violations_of(page) if known is None or kinds - self._ever else []
        found += shape_of(page)
        self._ever |= kinds
        if known is not None and kinds <= known:
            return found
        self._seen[address] = kinds | (known or set())
        page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        found += [f"narrow: {one}" for one in shape_of(page)]
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        return found


def shape_of(page) -> list[str]:
    """Return what sticks out of a page, and a missing or second heading."""
    wide = page.evaluate(STICKS_OUT)
    heads = page.locator("h1").count()
    return [f"sticks out by {wide} px"] * (wide > 0) + [f"{heads} h1"] * (heads != 1)


def violations_of(page) -> list[str]:
    """Return what axe finds."""
    found = AXE.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:140]}" for v in found]
