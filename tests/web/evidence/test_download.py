"""Evidence is handed out within its directive's scope, never shown by this server."""

from __future__ import annotations

import io

import pytest


@pytest.fixture
def piece(world):
    (directive,) = world.issue()
    world.report(directive.number, files=(world.file(name="Báo cáo số 5.pdf"),))
    return world.directive(directive.number).evidence[0]


def test_the_file_comes_as_an_attachment_under_its_own_name(world, piece):
    answer = world.sign_in("office").get(f"/evidence/{piece.id}", buffered=True)
    assert answer.status_code == 200
    assert answer.data == world.office.files.path(piece.sha256).read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert (
        "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20s%E1%BB%91%205.pdf"
        in answer.headers["Content-Disposition"]
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.content_type == "application/pdf"


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("other_clerk", 200), ("inspector", 200), ("leader", 200), ("foreign", 404),
     ("commune", 404), ("admin", 404)],
)  # fmt: skip
def test_who_may_read_the_directive_takes_its_evidence(world, piece, who, status):
    assert world.sign_in(who).get(f"/evidence/{piece.id}", buffered=True).status_code == status


def test_who_reads_only_the_clause_does_not_take_the_evidence(world):
    _, other = world.issue(
        world.clause(1, lead="H32.11", coordinating=()), world.clause(2, coordinating=())
    )
    world.report(other.number)
    (found,) = world.directive(other.number).evidence
    client = world.sign_in("foreign")
    assert client.get(f"/directives/{other.number}").status_code == 200
    assert client.get(f"/evidence/{found.id}", buffered=True).status_code == 404


@pytest.mark.parametrize("key", ["0", "999999", "2147483648", "abc", "-1"])
def test_a_piece_that_is_none_is_not_found(world, key):
    assert world.sign_in("office").get(f"/evidence/{key}", buffered=True).status_code == 404


def test_a_file_that_was_lost_is_not_found_and_not_an_error(world, piece):
    world.office.files.path(piece.sha256).unlink()
    assert world.sign_in("office").get(f"/evidence/{piece.id}", buffered=True).status_code == 404


def test_a_file_that_was_changed_on_the_disk_is_refused_and_put_right_when_it_comes_again(
    world, piece
):
    path = world.office.files.path(piece.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole + b"x")
    answer = world.sign_in("office").get(f"/evidence/{piece.id}", buffered=True)
    assert (answer.status_code, "file_changed" in answer.text) == (409, True)
    assert "không còn đúng với mã băm" in answer.text
    world.office.files.keep(piece.sha256, io.BytesIO(whole))
    again = world.sign_in("office").get(f"/evidence/{piece.id}", buffered=True)
    assert (again.status_code, again.data) == (200, whole)
