"""The first entry of a history names who gave the work, not only who entered it."""


def test_the_first_entry_says_who_gave_the_work(world):
    [made] = world.issue(world.clause(), assigner_id=world.actor("leader").account_id)
    text = world.sign_in("clerk").get(f"/directives/{made.number}").text
    history = text.partition('id="history"')[2]
    first = history.rpartition("Giao nhiệm vụ")[2]
    assert "Người giao" in first
    assert world.actor("leader").name in first
    assert "dd-printed" in text
