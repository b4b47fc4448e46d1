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
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "tom-select.popular.min.js": "tom-select/dist/js/tom-select.popular.min.js",
    "tom-select.min.css": "tom-select/dist/css/tom-select.min.css",
}
"""File under ``vendor`` -> file inside ``node_modules``."""

STYLE_SHEET = "tabler.min.css"
STYLE_SOURCE = "@tabler/core/dist/css/tabler.min.css"
STYLE_CLASSES = (
    "active", "btn", "btn-primary", "btn-sm", "disabled", "form-check", "form-check-input",
    "form-check-label", "form-control", "form-label", "form-select", "is-invalid", "required",
)  # fmt: skip
"""Classes of Tabler's that pages bear; the build leaves out what only others are met by."""
STYLE_LEFT_OUT = "left-out.txt"
"""Lists these others: a page that bears one would look as if the sheet had never known it."""

FONT_PACKAGE = "@fontsource/be-vietnam-pro"
FONT_FAMILY = "Be Vietnam Pro"
FONT_SUBSETS = ("latin", "vietnamese")
FONT_WEIGHTS = (400, 500, 600, 700)
FONT_SHEET = "fonts.css"

ICON_PACKAGE = "@tabler/icons"
ICON_SPRITE = "icons.svg"
ICONS = (
    "alarm", "alert-circle", "alert-triangle", "archive", "arrow-back-up", "arrow-down",
    "arrow-forward-up", "arrow-left", "arrow-merge", "arrow-right", "arrow-up", "arrows-split",
    "ban", "bell", "building", "calendar", "calendar-check", "calendar-due", "calendar-event",
    "calendar-off", "calendar-plus", "calendar-stats", "calendar-time", "calendar-x", "certificate",
    "chart-bar", "chart-line", "check", "checkbox", "checklist", "checks", "chevron-down",
    "chevron-left", "chevron-right", "chevron-up", "circle", "circle-arrow-right", "circle-check",
    "circle-dashed", "circle-minus", "circle-plus", "circle-x", "clipboard-check", "clipboard-list",
    "clock", "clock-exclamation", "clock-pause", "columns-3", "copy", "corner-down-right",
    "database", "device-desktop", "device-floppy", "dots", "download", "edit", "external-link",
    "eye", "eye-check", "eye-off", "file", "file-export", "file-import", "file-plus",
    "file-spreadsheet", "file-text", "filter", "flag", "folder", "gavel", "git-fork", "hash",
    "help", "hierarchy-2", "history", "home", "hourglass", "id", "inbox", "info-circle", "key",
    "keyboard", "language", "link", "list-check", "list-details", "lock", "lock-open", "login",
    "logout", "mail", "menu-2", "message", "minus", "moon", "note", "notes", "paperclip",
    "password", "pencil", "phone", "player-pause", "player-stop", "plus", "point", "printer",
    "progress", "question-mark", "refresh", "repeat", "report", "report-analytics", "rotate",
    "rubber-stamp", "search", "selector", "send", "settings", "share", "shield", "shield-check",
    "shield-lock", "signature", "sitemap", "sort-ascending", "sort-descending", "star", "sun",
    "sun-moon", "table", "tag", "tags", "target", "transfer", "trash", "trending-up", "upload",
    "user", "user-check", "user-circle", "user-off", "user-plus", "user-share", "user-x", "users",
    "users-group", "users-plus", "world", "writing", "x", "zoom-question",
)  # fmt: skip
"""Names of Tabler outline icons drawn anywhere; the build makes one sprite of them."""

SHEETS = (
    "tokens", "frame", "parts", "tables", "forms", "work", "documents", "upkeep", "inbox",
    "dossiers", "violations", "escalation", "papers", "looking", "summaries",
)  # fmt: skip
"""Sheets of style of every page, in their order: later ones may say more of what came before."""

SCRIPTS = (
    "panels", "appearance", "choosing", "folding", "keys", "asking", "columns", "rows", "selects",
    "files", "sending", "filling", "answers", "keeping",
)  # fmt: skip
"""Scripts of every page, a subject each; none calls another.

They run in this order: rows have their numbers before their selects are opened, and a form that
a question or a file holds back does not count as sent.
"""

OWN = (
    *(f"css/{name}.css" for name in (*SHEETS, "print")),
    "js/theme.js",
    *(f"js/{name}.js" for name in SCRIPTS),
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
    STYLE_SHEET,
    STYLE_LEFT_OUT,
    FONT_SHEET,
    ICON_SPRITE,
    "licences.txt",
    *(f"fonts/{name}" for name in FONTS),
)
"""Everything the build leaves under ``vendor``."""

RECIPE = (
    COPIES, STYLE_SHEET, STYLE_SOURCE, STYLE_CLASSES, STYLE_LEFT_OUT, FONT_PACKAGE, FONT_FAMILY,
    FONT_SUBSETS, FONT_WEIGHTS, FONT_SHEET, FIGURES_PACKAGE, FIGURES_RANGE, FIGURES_SIZE,
    ICON_PACKAGE, ICON_SPRITE, ICONS,
)  # fmt: skip
"""What the build takes, and of which package; nothing is fetched anew for files written here."""

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
    """Give templates ``asset_url(name)`` and the lists; browsers keep static files for a year.

    The address carries the content's version, so a changed file has another address.
    Raises RuntimeError, naming the files and the remedy, when the front-end build has not run.
    """
    from flask import has_request_context, request  # noqa: PLC0415 - the build has no Flask

    folder = app.static_folder
    missing = missing_assets(folder)
    if missing:
        raise RuntimeError(complaint(missing))

    known: dict[tuple[str, str], str] = {}

    def asset_url(name: str) -> str:
        """A page asks this for each icon: files are looked at again only while developing."""
        key = (request.script_root if has_request_context() else "", name)
        if key not in known or app.debug:
            known[key] = app.url_for("static", filename=name, v=asset_version(name, folder))
        return known[key]

    app.jinja_env.globals |= {"asset_url": asset_url, "SHEETS": SHEETS, "SCRIPTS": SCRIPTS}
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600


def complaint(missing: list[str]) -> str:
    """One line: how many files are missing, the first of them, and what to run."""
    shown = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")  # noqa: PLR2004
    return (
        f"{len(missing)} front-end files are missing ({shown}). "
        "Run `pip install -e .` with the npm registry in reach."
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
