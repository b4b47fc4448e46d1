"""Static files leave packed where the browser can unpack them."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

WORDY = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})
"""What grows much smaller; fonts and pictures are packed already."""


def register(app: Flask) -> None:
    """Pack what the static folder hands out to `app`'s visitors, each file once.

    Pages stay as they are: they hold a token beside what somebody typed, and the length of the
    two packed together would tell of the token. A proxy in front may go on packing for itself.
    """
    packed: dict[str, bytes] = {}

    @app.after_request
    def pack(response: Response) -> Response:
        name, _weak = response.get_etag()
        is_wordy = request.endpoint == "static" and response.mimetype in WORDY
        if not (is_wordy and name and response.status_code == 200):  # noqa: PLR2004 - a whole file
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] <= 0:
            return response
        response.direct_passthrough = False
        whole = response.get_data()  # read each time: it closes the file
        if name not in packed:
            packed[name] = gzip.compress(whole, mtime=0)
        response.set_data(packed[name])
        response.set_etag(name, weak=True)
        response.content_encoding = "gzip"
        return response
