"""The inbox: one's own notices only, read, put away, all at once, and how letters come."""

import re
from datetime import UTC, datetime

import pytest
from upkeep import counted_queries
from world import csrf_of

from web.jobs.running import run_due
from workflow.accounts.records import Role
from workflow.errors import Invalid
from workflow.messages.inbox import choose_letters
from workflow.messages.records import Choices, Notice, Urgency

AT = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def tell(world):
    def say(*keys, to="clerk", **more):
        notices = [
            Notice(
                **{
                    "key": key,
                    "kind": "job.dead",
                    "subject": "status",
                    "subject_key": "",
                    "params": {"name": key},
                    "to_account": world.accounts[to],
                    "at": AT,
                }
                | more
            )
            for key in keys
        ]
        with world.unit() as unit:
            unit.messages.post_all(notices)
        with world.app.app_context():
            run_due(world.office, AT)

    return say


@pytest.fixture
def clerk(world):
    return world.sign_in("clerk")


def press(client, address, **fields):
    token = csrf_of(client.get("/inbox/?show=all").text)
    return client.post(address, data={"csrf_token": token} | fields)


def bell(client):
    """What the bell counts, as it is read aloud."""
    page = client.get("/account").text
    head = page.partition("dd-bell")[2].partition("</a>")[0]
    return head.partition('dd-count">')[2].partition("<")[0]


def ids(client, show="all"):
    page = client.get(f"/inbox/?show={show}").text
    return [int(part.split("/open")[0]) for part in page.split('action="/inbox/')[1:]
            if "/open" in part[:20]]  # fmt: skip


def test_the_bell_counts_what_is_unread(tell, clerk):
    assert bell(clerk) == ""
    tell("một", "hai", "ba")
    assert bell(clerk) == "3"
    press(clerk, f"/inbox/{ids(clerk)[0]}/read")
    assert bell(clerk) == "2"


def test_an_empty_inbox_says_what_will_stand_there(clerk):
    page = clerk.get("/inbox/").text
    assert "Không có thông báo mới" in page
    assert "sẽ được báo ở đây" in page


def test_notices_stand_newest_first_and_open_where_they_lead(world, tell, clerk):
    [directive] = world.issue()
    tell("cũ")
    tell("mới", subject="directive", subject_key=directive.number)
    page = clerk.get("/inbox/").text
    assert page.index("mới") < page.index("cũ")
    answer = press(clerk, f"/inbox/{ids(clerk)[0]}/open")
    assert answer.location == f"/directives/{directive.number}"
    assert "mới" not in clerk.get("/inbox/").text
    assert "mới" in clerk.get("/inbox/?show=all").text


def test_reading_a_page_changes_nothing(tell, clerk):
    tell("một")
    for address in ("/inbox/", "/inbox/?show=all", "/inbox/?show=archived"):
        clerk.get(address)
    assert bell(clerk) == "1"


def test_put_away_it_leaves_the_inbox_and_can_be_taken_back(tell, clerk):
    tell("một")
    [item] = ids(clerk)
    press(clerk, f"/inbox/{item}/archive")
    assert (ids(clerk), ids(clerk, "archived"), bell(clerk)) == ([], [item], "")
    press(clerk, f"/inbox/{item}/back")
    assert (ids(clerk), ids(clerk, "archived")) == ([item], [])


def test_read_can_be_made_unread_again(tell, clerk):
    tell("một")
    [item] = ids(clerk)
    press(clerk, f"/inbox/{item}/read")
    press(clerk, f"/inbox/{item}/unread")
    assert ids(clerk, "unread") == [item]


def test_all_read_means_all_one_saw_not_what_came_since(tell, clerk):
    tell("một", "hai")
    seen = max(ids(clerk))
    tell("ba")
    press(clerk, "/inbox/read-all", upto=seen)
    assert len(ids(clerk, "unread")) == 1
    assert "ba" in clerk.get("/inbox/").text


@pytest.mark.parametrize("what", ["open", "read", "unread", "archive", "back"])
def test_another_persons_notice_is_not_there(world, tell, clerk, what):
    tell("của người khác", to="head")
    head = world.sign_in("head")
    [item] = ids(head)
    assert press(clerk, f"/inbox/{item}/{what}").status_code == 404
    assert ids(head, "unread") == [item]
    assert "của người khác" not in clerk.get("/inbox/?show=all").text


def test_marking_all_read_touches_nobody_elses(world, tell, clerk):
    tell("một", to="head")
    press(clerk, "/inbox/read-all", upto=2**31 - 1)
    assert bell(world.sign_in("head")) == "1"


def test_marking_read_up_to_no_notice_there_can_be_marks_nothing(world, tell, clerk):
    tell("một")
    assert press(clerk, "/inbox/read-all", upto=-(2**40)).status_code == 303
    assert bell(clerk) == "1"


def test_a_long_inbox_is_paged_and_counted_in_two_queries_more_than_none(world, tell, clerk):
    def asked():
        with counted_queries(world) as made:
            assert clerk.get("/inbox/?show=all").status_code == 200
        return len(made)

    few = asked()
    tell(*(f"n{n:03}" for n in range(120)), urgency=Urgency.URGENT)
    assert asked() == few
    assert few <= 8
    first = ids(clerk)
    assert len(first) == 50
    second = ids(clerk, f"all&after={first[-1]}")
    assert len(second) == 50
    assert max(second) < min(first)
    assert ids(clerk, f"all&before={second[0]}") == first
    assert "120 thông báo" in clerk.get("/inbox/?show=all").text


def test_how_letters_come_is_chosen_and_kept(world, clerk):
    page = clerk.get("/account/letters").text
    assert "checked" in page
    fields = {"csrf_token": csrf_of(page), "digest_hour": "14"}
    assert clerk.post("/account/letters", data=fields).status_code == 303
    with world.office.reading() as unit:
        chosen = unit.inbox.choices(world.accounts["clerk"])
    assert chosen == Choices(by_email=False, digest_hour=14)
    clerk.post("/account/letters", data=fields | {"by_email": "y", "digest_hour": ""})
    with world.office.reading() as unit:
        assert unit.inbox.choices(world.accounts["clerk"]) == Choices()


def test_an_hour_outside_office_hours_is_refused_at_the_field(clerk):
    page = clerk.get("/account/letters").text
    answer = clerk.post("/account/letters", data={"csrf_token": csrf_of(page), "digest_hour": "3"})
    assert answer.status_code == 422
    assert "Hãy chọn một trong các mục." in answer.text


def test_an_hour_that_is_none_is_refused_behind_the_form_too(world):
    with pytest.raises(Invalid), world.unit() as unit:
        choose_letters(unit.inbox, world.actor("clerk"), Choices(digest_hour=24))


def test_a_role_told_after_it_changed_hands_shows_in_the_new_hands_inbox(world, tell, clerk):
    tell("việc", to_account=None, to_role=Role.AGENCY_CLERK, to_agency=world.agencies["H32.03"].id)
    assert len(ids(clerk)) == 1


def test_many_of_a_kind_stand_on_one_line_that_leads_to_them(tell, clerk):
    tell("lone", kind="period.planned", subject="directive", subject_key="x",
         params={"periods": 2, "due_on": "2021-09-20"})  # fmt: skip
    tell(*(f"n{n}" for n in range(6)))
    page = clerk.get("/inbox/").text
    assert "7 thông báo" in page
    assert re.findall(r'href="([^"]*kind=job.dead)"', page)
    assert "n3" not in page
    assert "n3" in clerk.get("/inbox/?show=unread&kind=job.dead").text
    newest = max(ids(clerk))
    press(clerk, "/inbox/read-all", upto=newest, kind="job.dead")
    assert len(ids(clerk, "unread")) == 1


def test_a_notice_names_the_agency_and_the_work_to_who_may_read_them(world, tell, clerk):
    (directive,) = world.issue()
    tell("a", kind="directive.remind", subject="directive", subject_key=directive.number)
    tell("b", kind="directive.remind", subject="directive", subject_key=directive.number,
         to="foreign")  # fmt: skip
    named = f"Sở Tài nguyên và Môi trường · {directive.content[:20]}"
    assert named in clerk.get("/inbox/").text
    assert named not in world.sign_in("foreign").get("/inbox/").text
