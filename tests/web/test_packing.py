"""Static files are packed for who can unpack them; pages never are."""

import gzip
from pathlib import Path

import pytest

from web.assets import static_folder

SHEET = "/static/vendor/tabler.min.css"


@pytest.fixture
def plain():
    return Path(static_folder(), "vendor", "tabler.min.css").read_bytes()


def ask(app, address, **headers):
    return app.test_client().get(address, headers=headers)


def test_a_sheet_leaves_packed_and_is_the_same_when_unpacked(app, plain):
    for _time in range(2):
        with ask(app, SHEET, **{"Accept-Encoding": "br, gzip"}) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert int(answer.headers["Content-Length"]) < len(plain) / 5
            assert gzip.decompress(answer.data) == plain
            assert "Accept-Encoding" in answer.vary
            assert answer.mimetype == "text/css"


@pytest.mark.parametrize("able", ["", "identity", "gzip;q=0"])
def test_who_cannot_unpack_gets_it_plain(app, plain, able):
    with ask(app, SHEET, **{"Accept-Encoding": able}) as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.data == plain
        assert "Accept-Encoding" in answer.vary


def test_what_the_browser_holds_is_not_sent_again(app):
    with ask(app, SHEET, **{"Accept-Encoding": "gzip"}) as first:
        name = first.headers["ETag"]
    with ask(app, SHEET, **{"Accept-Encoding": "gzip", "If-None-Match": name}) as again:
        assert again.status_code == 304
        assert not again.data


@pytest.mark.parametrize("address", ["/sign-in", "/static/vendor/fonts/none.woff2", "/nowhere"])
def test_pages_and_what_is_not_there_are_left_alone(app, address):
    with ask(app, address, **{"Accept-Encoding": "gzip"}) as answer:
        assert "Content-Encoding" not in answer.headers
