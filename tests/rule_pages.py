"""A rule as it is typed, forms sent from a page, and the statements that a page asks for."""

from sqlalchemy import event
from world import csrf_of

TYPED = {
    "code": "MC-09", "title": "Thử", "violation_types": ["V16", "V17"],
    "group_by": ["agency", "field"], "window_kind": "days", "window_days": "30",
    "levels": "3, 5, 8", "weights": "V17 = 2", "repeat_within_days": "180", "reason": "Để thử",
}  # fmt: skip


def post(client, url, page=None, **data):
    token = csrf_of(client.get(page or url).text)
    return client.post(url, data={"csrf_token": token, **data})


def statements(world, client, address):
    """How many statements a page takes, the ones of signing in and of the frame included."""
    counted = []
    engine = world.office.engine

    def count(*_):
        counted.append(1)

    event.listen(engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(counted)
