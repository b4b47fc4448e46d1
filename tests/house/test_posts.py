"""No post does anything for whom it is not, or without its own token from its own site."""

import casework
import colleaguing
import paperwork
import periodwork
import pytest
import ruling
import violating
from backends import ON_ONE_DATABASE
from digest import digest_of
from doors import client_of, told
from places import ITEM, JOB, rules_of
from world import csrf_of

from tests.house.test_routes import (
    ACTS,
    ASSESSORS,
    DESK,
    PEOPLE,
    POSTS_OF_ADMIN,
    POSTS_OF_ALL,
    POSTS_OF_ASSESSORS,
    POSTS_OF_CLERK,
    POSTS_OF_DESK,
    POSTS_OF_OFFICE,
    REVIEW_ACTS,
)

VALUES = {
    "document_id": "draft",
    "row": "row",
    "number": "own",
}


def address_of_post(world, rule):  # noqa: PLR0911 - one for each feature
    """Return an address of a rule that takes posts, leading to something that is there."""
    import upkeep

    if rule == ACTS:
        return f"/directives/{world.made['own']}/verify"
    if rule in POSTS_OF_DESK:
        return f"{rule}?action=acknowledge"
    if rule == REVIEW_ACTS:
        return f"/review/{world.made['case']}/propose"
    if rule.startswith("/violations"):
        return violating.address_of_post(world, rule)
    if rule.startswith(("/inbox", "/jobs")):
        rule = rule.replace(ITEM, f"/inbox/{world.made['notice']}")
        rule = rule.replace(JOB, f"/jobs/{world.made['dead job']}")
        return rule.replace("<any(read, unread, archive, back):what>", "archive")
    if rule in ruling.POSTS:
        return ruling.address(world, rule)
    if rule in colleaguing.POSTS:
        return colleaguing.address(world, rule)
    if rule in casework.POSTS:
        return casework.address(world, rule)
    if rule in paperwork.POSTS:
        return paperwork.address(world, rule)
    if rule in periodwork.POSTS:
        return periodwork.address(world, rule)
    if rule.startswith("/documents"):
        for name, made in VALUES.items():
            rule = rule.replace(f"<int:{name}>", str(world.made[made]))
        return rule.replace("<key>", world.made["own"].rpartition("-")[0])
    return upkeep.address(world, rule) if "<" in rule else rule


@pytest.mark.parametrize("who", [None, *PEOPLE])
def test_no_post_does_anything_for_whom_it_is_not(furnished, who):
    client = client_of(furnished, who)
    token = csrf_of(client.get("/account" if who else "/sign-in").text)
    before, found = digest_of(furnished.office.engine), {}
    closed = [rule for rule in POSTS_OF_OFFICE if who != "office"]
    closed += [rule for rule in POSTS_OF_ADMIN if who != "admin"]
    closed += [rule for rule, open_to in casework.POSTS.items() if who not in open_to]
    closed += [rule for rule, open_to in paperwork.POSTS.items() if who not in open_to]
    closed += [rule for rule, open_to in periodwork.POSTS.items() if who not in open_to]
    closed += [rule for rule, open_to in ruling.POSTS.items() if who not in open_to]
    closed += [rule for rule, open_to in colleaguing.POSTS.items() if who not in open_to]
    closed += [rule for rule in POSTS_OF_CLERK if who != "clerk"]
    closed += [rule for rule in POSTS_OF_ASSESSORS if who not in ASSESSORS]
    closed += [rule for rule in POSTS_OF_DESK if who not in DESK]
    closed += (
        []
        if who
        else [ACTS, violating.ACTS, REVIEW_ACTS, *(POSTS_OF_ALL - {"/sign-in", "/language"})]
    )
    for rule in closed:
        answer = client.post(address_of_post(furnished, rule), data={"csrf_token": token})
        found[rule] = told(answer)
    assert set(found.values()) <= ({403, 404} if who else {"sign in"}), found
    assert digest_of(furnished.office.engine) == before


@ON_ONE_DATABASE
@pytest.mark.parametrize("who", ["office", "admin", "clerk"])
@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({}, {}),
        ({"csrf_token": ""}, {}),
        ({"csrf_token": "IjEyMyI.ZZZZ.zzzzzzzzzzzzzzzzzzzzzzzzzzz"}, {}),
        ({"csrf_token": "of another"}, {}),
        ({"csrf_token": "true"}, {"Origin": "https://evil.example"}),
        ({"csrf_token": "true"}, {"Origin": "http://localhost.evil.example"}),
        ({"csrf_token": "true"}, {"Sec-Fetch-Site": "cross-site"}),
        ({"csrf_token": "true"}, {"Sec-Fetch-Site": "same-site"}),
    ],
    ids=[
        "none",
        "empty",
        "forged",
        "another's",
        "origin",
        "like origin",
        "cross-site",
        "same-site",
    ],
)
def test_every_post_of_the_map_needs_its_own_token_from_its_own_site(
    furnished, who, fields, headers
):
    client, other = furnished.sign_in(who), furnished.sign_in("leader")
    tokens = {
        "true": csrf_of(client.get("/account").text),
        "of another": csrf_of(other.get("/account").text),
    }
    data = {name: tokens.get(value, value) for name, value in fields.items()}
    before = digest_of(furnished.office.engine)
    for rule in sorted(rules_of(furnished.app, "POST")):
        answer = client.post(address_of_post(furnished, rule), data=data, headers=headers)
        assert answer.status_code in {400, 403}, (rule, answer.status_code)
    assert digest_of(furnished.office.engine) == before
    assert client.get("/account").status_code == 200
