"""Which cells of a workbook show a date without its day: "09/2021" is a month, not its first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from web.uploads.archive import Archive
from web.uploads.xml import elements

_MONTH, _YEAR = "%m/%Y", "%Y"
_BUILT_IN = {"17": "mmm-yy"}
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]|[_*].')


def styles_without_day(archive: Archive, part: str) -> Mapping[str, str]:
    """Return by the number of a cell's style how such a date is shown, from the part of styles."""
    if part not in archive.parts:
        return {}
    wanted = frozenset({"numFmt", "cellStyleXfs", "cellXfs", "xf"})
    formats, styles = dict(_BUILT_IN), list[str]()
    for name, attributes in elements(archive.unpack(archive.parts[part]), wanted):
        if name == "numFmt":
            formats.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        elif name == "xf":
            styles.append(_shown(formats.get(attributes.get("numFmtId", ""), "")))
        else:
            styles.clear()
    return {str(at): shown for at, shown in enumerate(styles) if shown}


def _shown(format_code: str) -> str:
    """Return the form of a date of which `format_code` shows no day and no time, else ""."""
    letters = set(_NO_LETTERS.sub("", format_code.partition(";")[0].lower()))
    if "y" not in letters or letters & set("dhs"):
        return ""
    return _MONTH if "m" in letters else _YEAR


def as_shown(value: object, form: str) -> str | None:
    """Return what a reader sees of a date in a cell of such a style; None where it holds none."""
    return value.strftime(form) if isinstance(value, date) else None
