"""The front-end files a page needs: where they come from, whether they are there, their address.

Standard library only, so that the build step can read the same list before anything is installed.
"""

import functools
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

VENDOR = "vendor"

COPIES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "tom-select.popular.min.js": "tom-select/dist/js/tom-select.popular.min.js",
    "tom-select.min.css": "tom-select/dist/css/tom-select.min.css",
}
"""File under ``vendor`` -> file inside ``node_modules``."""

FONT_PACKAGE = "@fontsource/be-vietnam-pro"
FONT_FAMILY = "Be Vietnam Pro"
FONT_SUBSETS = ("latin", "vietnamese")
FONT_WEIGHTS = (400, 500, 600, 700)
FONT_SHEET = "fonts.css"

ICON_PACKAGE = "@tabler/icons"
ICON_SPRITE = "icons.svg"
ICONS = (
    "alert-circle",
    "alert-triangle",
    "arrow-back-up",
    "arrow-down",
    "arrow-forward-up",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "ban",
    "bell",
    "building",
    "calendar",
    "calendar-due",
    "calendar-event",
    "calendar-off",
    "calendar-plus",
    "calendar-time",
    "certificate",
    "check",
    "checklist",
    "checks",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle",
    "circle-check",
    "circle-dashed",
    "circle-minus",
    "circle-plus",
    "circle-x",
    "clock",
    "clock-exclamation",
    "clock-pause",
    "columns-3",
    "copy",
    "corner-down-right",
    "device-desktop",
    "dots",
    "download",
    "edit",
    "external-link",
    "eye",
    "eye-off",
    "file",
    "file-spreadsheet",
    "file-text",
    "filter",
    "flag",
    "gavel",
    "hash",
    "help",
    "hierarchy-2",
    "history",
    "home",
    "hourglass",
    "inbox",
    "info-circle",
    "key",
    "keyboard",
    "language",
    "link",
    "list-details",
    "lock",
    "lock-open",
    "login",
    "logout",
    "menu-2",
    "message",
    "minus",
    "moon",
    "paperclip",
    "player-pause",
    "player-stop",
    "plus",
    "printer",
    "progress",
    "refresh",
    "rotate",
    "search",
    "selector",
    "send",
    "settings",
    "shield-check",
    "signature",
    "sitemap",
    "sun",
    "sun-moon",
    "table",
    "target",
    "trash",
    "trending-up",
    "upload",
    "user",
    "user-circle",
    "users",
    "writing",
    "x",
)
"""Names of Tabler outline icons drawn anywhere; the build makes one sprite of them."""

OWN = (
    "css/tokens.css",
    "css/frame.css",
    "css/parts.css",
    "css/tables.css",
    "css/forms.css",
    "css/print.css",
    "js/theme.js",
    "js/dondoc.js",
    "js/forms.js",
    "favicon.svg",
)
"""Files written here, not fetched."""


FIGURES_PACKAGE = "@fontsource/inter"
FIGURES_RANGE = "U+30-39"
FIGURES_SIZE = "101.7%"
"""Be Vietnam Pro has no figures of equal width; Inter's ten, raised to its height, stand in."""


def font_file(subset: str, weight: int) -> str:
    """Name of one upright face, the same under ``vendor/fonts`` and inside the font's package."""
    return f"be-vietnam-pro-{subset}-{weight}-normal.woff2"


def figures_file(weight: int) -> str:
    """Name of the face that lends its figures, likewise the same in both places."""
    return f"inter-latin-{weight}-normal.woff2"


FONTS = (
    *(font_file(subset, weight) for weight in FONT_WEIGHTS for subset in FONT_SUBSETS),
    *(figures_file(weight) for weight in FONT_WEIGHTS),
)

FETCHED = (
    *COPIES,
    FONT_SHEET,
    ICON_SPRITE,
    "licences.txt",
    *(f"fonts/{name}" for name in FONTS),
)
"""Everything the build leaves under ``vendor``."""

REQUIRED = (*OWN, *(f"{VENDOR}/{name}" for name in FETCHED))


def static_folder() -> Path:
    """The package's own static folder."""
    return Path(__file__).resolve().parent / "static"


def missing_assets(folder: Path | str | None = None) -> list[str]:
    """Required files that are absent or empty, in the order of the list; empty when all stand."""
    base = Path(folder) if folder is not None else static_folder()
    return [name for name in REQUIRED if not _stands(base / name)]


def _stands(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


@functools.lru_cache(maxsize=512)
def _digest(path: str, changed_at_ns: int, size: int) -> str:
    """First 12 hex digits of the SHA-256 of the content; the other arguments only key the cache."""
    del changed_at_ns, size
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def asset_version(name: str, folder: Path | str | None = None) -> str:
    """A short name for the content of a static file; changes exactly when the content does."""
    path = (Path(folder) if folder is not None else static_folder()) / name
    facts = path.stat()
    return _digest(str(path), facts.st_mtime_ns, facts.st_size)


def register_assets(app: "Flask") -> None:
    """Give templates ``asset_url(name)`` and let browsers keep static files for a year.

    The address carries the content's version, so a changed file has another address.
    Raises RuntimeError, naming the files and the remedy, when the front-end build has not run.
    """
    folder = app.static_folder
    missing = missing_assets(folder)
    if missing:
        raise RuntimeError(complaint(missing))

    def asset_url(name: str) -> str:
        return app.url_for("static", filename=name, v=asset_version(name, folder))

    app.jinja_env.globals["asset_url"] = asset_url
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600


def complaint(missing: list[str]) -> str:
    """One line: how many files are missing, the first of them, and what to run."""
    shown = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")  # noqa: PLR2004
    return (
        f"{len(missing)} front-end files are missing ({shown}). "
        "Run `python setup.py build_assets` (or `make setup`) with the npm registry in reach."
    )


def main() -> int:
    """Check the static folder: 0 when every required file stands, 1 with one line when not."""
    missing = missing_assets()
    if missing:
        sys.stderr.write(complaint(missing) + "\n")
        return 1
    sys.stdout.write(f"{len(REQUIRED)} front-end files in place.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
