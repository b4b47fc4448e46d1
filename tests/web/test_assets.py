"""The front-end files: whether they are there, where they are found, and what they may not do."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from web import assets

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "web" / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "web" / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "web" / "static" / "js").glob("*.js"))


def lay_out(folder, without=()):
    for name in assets.REQUIRED:
        if name not in without:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"content of {name}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def build():
    """The build step as a module, without running it."""
    spec = importlib.util.spec_from_file_location("build_step", ROOT / "setup.py")
    module = importlib.util.module_from_spec(spec)
    path_before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = path_before
    return module


def test_the_set_up_left_every_required_file():
    assert assets.missing_assets() == []


def test_an_absent_and_an_empty_file_are_both_missing(tmp_path):
    lay_out(tmp_path, without={"vendor/icons.svg"})
    (tmp_path / "js/rows.js").write_bytes(b"")

    assert assets.missing_assets(tmp_path) == ["js/rows.js", "vendor/icons.svg"]


def test_the_check_says_what_to_run_and_fails(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(assets, "static_folder", lambda: tmp_path)

    assert assets.main() == 1

    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"{len(assets.REQUIRED)} front-end files are missing" in said
    assert "pip install -e ." in said


def test_the_check_passes_when_all_stands(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(assets, "static_folder", lambda: lay_out(tmp_path))

    assert assets.main() == 0
    assert capsys.readouterr().err == ""


def test_every_file_written_here_is_listed_and_nothing_else():
    static = ROOT / "web" / "static"
    written = {path.relative_to(static).as_posix() for path in (*SHEETS, *SCRIPTS)}

    assert set(assets.OWN) - {"favicon.svg"} == written


def test_every_page_asks_for_each_listed_file_once(client):
    page = client.get("/sign-in").text

    asked = re.findall(r"(?:href|src)=\"/static/([a-z/]+\.(?:css|js))\?v=", page)
    assert sorted(name for name in asked if not name.startswith(assets.VENDOR)) == sorted(
        name for name in assets.OWN if name != "favicon.svg"
    )


def test_the_app_refuses_to_start_without_its_files(tmp_path):
    lay_out(tmp_path, without={"vendor/tabler.min.css"})

    with pytest.raises(RuntimeError, match=r"vendor/tabler\.min\.css"):
        assets.register_assets(Flask("bare", static_folder=str(tmp_path)))


def test_an_address_changes_exactly_when_the_content_does(tmp_path):
    lay_out(tmp_path)
    app = Flask("laid", static_folder=str(tmp_path), static_url_path="/static")
    app.debug = True
    assets.register_assets(app)
    with app.test_request_context():
        asset_url = app.jinja_env.globals["asset_url"]
        first = asset_url("css/tokens.css")
        (tmp_path / "css/frame.css").write_text("another file", encoding="utf-8")
        assert asset_url("css/tokens.css") == first
        (tmp_path / "css/tokens.css").write_text("changed, and longer", encoding="utf-8")
        second = asset_url("css/tokens.css")

    assert re.fullmatch(r"/static/css/tokens\.css\?v=[0-9a-f]{12}", first)
    assert second != first


def test_a_server_looks_at_each_file_once(tmp_path):
    lay_out(tmp_path)
    app = Flask("laid", static_folder=str(tmp_path), static_url_path="/static")
    assets.register_assets(app)
    with app.test_request_context():
        asset_url = app.jinja_env.globals["asset_url"]
        first = asset_url("css/tokens.css")
        (tmp_path / "css/tokens.css").unlink()
        assert asset_url("css/tokens.css") == first


def test_a_versioned_file_may_be_kept_for_a_year(tmp_path):
    lay_out(tmp_path)
    app = Flask("laid", static_folder=str(tmp_path), static_url_path="/static")
    assets.register_assets(app)

    answer = app.test_client().get("/static/css/tokens.css")

    assert answer.cache_control.max_age == 365 * 24 * 3600
    answer.close()


def test_a_second_build_fetches_nothing(monkeypatch):
    for name in ("HTTPS_PROXY", "npm_config_registry"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    stamp = ROOT / "web/static/vendor/.stamp"
    before = stamp.stat().st_mtime_ns

    command = [sys.executable, "setup.py", "-q", "build_assets", "--for-tests"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 0, done.stderr
    assert stamp.stat().st_mtime_ns == before


def test_another_lock_file_makes_the_files_stale(build, tmp_path, monkeypatch):
    vendor = ROOT / "web/static/vendor"
    assert build.up_to_date(vendor)
    assert build.corpora_stand()
    (tmp_path / "web").mkdir()
    for name in ("package.json", "package-lock.json", "setup.py", "web/cutting.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "package-lock.json").write_bytes(b"{}")
    monkeypatch.setattr(build, "ROOT", tmp_path)

    assert not build.up_to_date(vendor)
    assert not build.corpora_stand()


def test_the_recipe_names_all_that_the_build_takes():
    """What it left out could change, and the old files would stand; our own are no part of it."""
    build = (ROOT / "setup.py").read_text(encoding="utf-8")
    taken = set(re.findall(r"\bassets\.([A-Z_]+)", build)) - {"RECIPE", "VENDOR", "FETCHED"}

    assert {name for name in taken if getattr(assets, name) not in assets.RECIPE} == set()


def test_a_catalogue_is_compiled_for_run_time(build, tmp_path, monkeypatch):
    words = tmp_path / "web/translations/en/LC_MESSAGES/messages.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid ""\nmsgstr ""\n\nmsgid "Hạn"\nmsgstr "Due"\n', encoding="utf-8")
    monkeypatch.setattr(build, "ROOT", tmp_path)

    build.compile_catalogues()

    assert b"Due" in words.with_suffix(".mo").read_bytes()


def test_the_lock_file_names_no_mirror_and_proves_each_package():
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')


def test_the_sheet_of_faces_covers_vietnamese_and_lends_figures():
    sheet = (ROOT / "web/static/vendor/fonts.css").read_text(encoding="utf-8")

    assert sheet.count("@font-face") == len(assets.FONTS)
    assert "U+1EA0-1EF9" in sheet
    assert sheet.rstrip().endswith("unicode-range:U+30-39;size-adjust:101.7%}")


def borne(text):
    """The words that a template or a script puts where classes stand."""
    said = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    said = re.sub(
        r"\{[{%].*?[%}]\}", lambda asked: " ".join(re.findall(r"'[^']*'", asked[0])), said
    )
    places = re.findall(r"class\s*=\s*\"([^\"]*)\"|class(?:List|Name)([^\n;]*)", said)
    return {word for place in places for word in re.findall(r"[\w-]+", " ".join(place))}


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS], ids=lambda p: str(p.relative_to(ROOT)))
def test_no_class_is_borne_whose_style_was_left_out(path):
    """Whoever wants one of Tabler's others names it in assets.STYLE_CLASSES."""
    left_out = (ROOT / "web/static/vendor/left-out.txt").read_text(encoding="utf-8").split()

    assert borne(path.read_text(encoding="utf-8")) & set(left_out) == set()


def test_the_classes_of_a_template_and_of_a_script_are_found():
    assert borne('<b class="btn{% if one %} modal{% endif %}">') >= {"btn", "modal"}
    assert borne('row.classList.add("badge");') >= {"badge"}
    assert borne("<b class=\"dd-row{{ ' modal' if lead }}\">") == {"dd-row", "modal"}
    assert borne('{# class="modal" #}<b id="modal">') == set()


def test_the_sheet_knows_the_classes_that_are_borne_and_is_a_tenth_of_what_it_was():
    sheet = (ROOT / "web/static/vendor/tabler.min.css").read_text(encoding="utf-8")
    left_out = (ROOT / "web/static/vendor/left-out.txt").read_text(encoding="utf-8").split()

    assert [name for name in assets.STYLE_CLASSES if f".{name}" not in sheet] == []
    assert set(left_out) & set(assets.STYLE_CLASSES) == set()
    assert len(left_out) > 3_000
    assert len(sheet) < 100_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_drawn_icon_is_in_the_sprite(path):
    drawn = set(re.findall(r"\bicon\(\s*\"([a-z0-9-]+)\"", path.read_text(encoding="utf-8")))

    assert drawn <= set(assets.ICONS)


def test_every_icon_of_the_menu_is_in_the_sprite():
    from web.context import MENU

    drawn = {place.icon for _, places in MENU for place in places}

    assert drawn <= set(assets.ICONS)


def test_the_sprite_draws_each_listed_icon_once():
    sprite = (ROOT / "web/static/vendor/icons.svg").read_text(encoding="utf-8")

    assert re.findall(r'<symbol id="([^"]+)"', sprite) == list(assets.ICONS)
    assert list(assets.ICONS) == sorted(set(assets.ICONS))


FORBIDDEN_IN_PAGES = {
    "an inline style": r"\sstyle\s*=",
    "a style element": r"<style[\s>]",
    "an inline script": r"<script(?![^>]*\bsrc=)",
    "an inline handler": r"\son[a-z]+\s*=\s*[\"']",
    "another origin": r"(?:href|src|action|poster|srcset)\s*=\s*[\"'](?:https?:)?//",
    "a javascript address": r"javascript:",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_carries_what_the_browser_is_told_to_block(path):
    text = path.read_text(encoding="utf-8")
    found = {what: re.search(pattern, text) for what, pattern in FORBIDDEN_IN_PAGES.items()}

    assert {what: at.group(0) for what, at in found.items() if at} == {}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_sheet_reaches_outside(path):
    text = path.read_text(encoding="utf-8")

    assert "@import" not in text
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_builds_code_or_markup_from_words(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(
        r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", text
    )


def tokens():
    text = (ROOT / "web/static/css/tokens.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--dd-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", text)
    return {name: (light, dark) for name, light, dark in pairs}


def luminance(colour):
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "soft", "blue", "red", "amber", "green")
      for ground in ("paper", "sheet")),
    ("ink", "sunk"), ("soft", "sunk"), ("blue", "sunk"), ("ink", "hover"), ("soft", "hover"),
    ("blue", "hover"), ("red", "hover"), ("amber", "hover"), ("green", "hover"),
    ("red", "red-wash"), ("ink", "red-wash"), ("blue", "red-wash"),
    ("amber", "amber-wash"), ("ink", "amber-wash"), ("blue", "amber-wash"),
    ("green", "green-wash"), ("ink", "green-wash"), ("blue", "green-wash"),
    ("blue-deep", "blue-wash"), ("ink", "blue-wash"), ("soft", "blue-wash"),
]  # fmt: skip


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_every_ground(ink, ground, theme):
    colours = tokens()

    assert contrast(colours[ink][theme], colours[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("fill", ["blue-fill", "blue-fill-deep"])
def test_white_words_can_be_read_on_the_main_button(fill, theme):
    assert contrast("#ffffff", tokens()[fill][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "sunk"])
@pytest.mark.parametrize("mark", ["line-strong", "focus"])
def test_edges_of_controls_and_the_focus_can_be_seen(mark, ground, theme):
    colours = tokens()

    assert contrast(colours[mark][theme], colours[ground][theme]) >= 3


def test_a_corpus_that_was_not_fetched_fails_its_test_and_says_what_to_run(tmp_path, monkeypatch):
    import corpora

    monkeypatch.setattr(corpora, "FETCHED", tmp_path)

    with pytest.raises(pytest.fail.Exception, match="Run `make setup`"):
        corpora.spectrum("simple")
