"""Three gigabytes at a door: refused by what the header says, or as soon as too much came."""

from __future__ import annotations

import html
import io

import pytest
from world import csrf_of

GIGABYTE = 1024**3
BLOCK = b"A" * 65_536
STREAMED = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}


class Endless(io.RawIOBase):
    """A body that goes on for three gigabytes, and counts how much of it was taken."""

    def __init__(self, begin):
        self.begin, self.taken = begin, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        if self.taken >= 3 * GIGABYTE:
            return 0
        part = self.begin or BLOCK
        part, self.begin = part[: len(buffer)], part[len(buffer) :] if self.begin else b""
        buffer[: len(part)] = part
        self.taken += len(part)
        return len(part)


def begin(token, field):
    head = 'Content-Disposition: form-data; name="'
    return (
        f'--x\r\n{head}csrf_token"\r\n\r\n{token}\r\n'
        f'--x\r\n{head}{field}"; filename="a.xlsx"\r\n\r\n'
    ).encode()


def send(client, path, body, **how):
    environ = {"wsgi.input": body} | how
    content_type = "multipart/form-data; boundary=x"
    return client.post(path, content_type=content_type, environ_overrides=environ)


@pytest.mark.parametrize("path", ["/documents/import", "/documents/new"])
@pytest.mark.parametrize("says_its_size", [True, False])
def test_three_gigabytes_are_not_taken_in(world, path, says_its_size):
    client = world.sign_in("office")
    token = csrf_of(client.get(path).text)
    body = Endless(begin(token, "file"))
    how = {"CONTENT_LENGTH": str(3 * GIGABYTE)} if says_its_size else STREAMED
    answer = send(client, path, body, **how)
    assert answer.status_code == 413
    assert "Dữ liệu gửi lên vượt mức máy chủ cho phép" in html.unescape(answer.text)
    most = 0 if says_its_size else world.office.settings.request_bytes + len(BLOCK) * 2
    assert body.taken <= most
    with world.office.reading() as unit:
        assert unit.documents.document(1) is None
