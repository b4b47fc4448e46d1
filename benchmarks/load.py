"""Servers on the loopback, and a closed-loop client that is bounded in time and number."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.measure import Sample, percentile
from benchmarks.province import PASSWORD

HERE = Path(__file__).absolute().parent
WORKERS = "2"
HOST = "127.0.0.1"
START_SECONDS = 30


@contextmanager
def served(
    python: str | Path, application: str, cwd: Path, environment: Mapping[str, str]
) -> Iterator[str]:
    """Serve a WSGI application with two sync workers of gunicorn; give its address."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            str(python), "-m", "gunicorn", "-w", WORKERS, "-b", f"{HOST}:{port}",
            "--log-level", "error", application,
        ],
        cwd=cwd,
        env=dict(environment),
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("a server did not start")


def sign_in(address: str, login: str) -> str:
    """Sign in through the form and return the session's cookie."""
    place = urlsplit(address).netloc
    cookie, page = _ask(place, "GET", "/sign-in")
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    form = {"login": login, "password": PASSWORD, "csrf_token": token}
    cookie, _ = _ask(place, "POST", "/sign-in", body=urlencode(form), cookie=cookie)
    return cookie


def _ask(
    place: str, method: str, path: str, *, body: str = "", cookie: str = ""
) -> tuple[str, str]:
    connection = http.client.HTTPConnection(place, timeout=20)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status >= http.client.BAD_REQUEST:
        raise SystemExit(f"{method} {path}: {answer.status}\n{text[-2000:]}")
    kept = (answer.getheader("Set-Cookie") or cookie).split(";")[0]
    return kept, text


def fetch(address: str, path: str, cookie: str = "") -> str:
    """Return a page's text; anything but a good answer ends the run."""
    return _ask(urlsplit(address).netloc, "GET", path, cookie=cookie)[1]


def press(name: str, url: str, *, cookie: str, connections: int, seconds: float) -> Sample:
    """Ask one page over and over and return how fast it came."""
    if shutil.which("wrk"):
        return _wrk(name, url, cookie, connections, seconds)
    return _threads(name, url, cookie, connections, seconds)


def _wrk(name: str, url: str, cookie: str, connections: int, seconds: float) -> Sample:
    ran = subprocess.run(
        [
            "wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s",
            "-s", str(HERE / "wrk.lua"), "-H", f"Cookie: {cookie}", url,
        ],
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=True,
    )  # fmt: skip
    told = next(line for line in ran.stdout.splitlines() if line.startswith("JSON "))
    return Sample(engine=name, **json.loads(told.removeprefix("JSON ")))


def _threads(name: str, url: str, cookie: str, connections: int, seconds: float) -> Sample:
    times: list[float] = []
    wrong: list[int] = []
    until = time.perf_counter() + seconds
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path

    def client() -> None:
        while time.perf_counter() < until:
            began = time.perf_counter()
            connection = http.client.HTTPConnection(parts.netloc, timeout=20)
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            connection.close()
            times.append(time.perf_counter() - began)
            if answer.status != http.client.OK:
                wrong.append(answer.status)

    threads = [threading.Thread(target=client) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return Sample(
        engine=name,
        rate=len(times) / seconds,
        p50_ms=percentile(times, 0.50) * 1e3,
        p95_ms=percentile(times, 0.95) * 1e3,
        p99_ms=percentile(times, 0.99) * 1e3,
        errors=len(wrong),
        more={"client": f"threads of {sys.implementation.name}"},
    )
