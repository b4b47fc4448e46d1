"""Parts for several units at once, each with its own day, and what is said of a day off."""

import html
from datetime import date

import pytest
from forms import filled, form_on

from workflow.directives.records import Action
from workflow.errors import Invalid

COMMON, OWN, SATURDAY = date(2021, 9, 10), date(2021, 9, 7), date(2021, 9, 11)


@pytest.fixture
def number(world):
    """Work of the district, accepted."""
    [made] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    return made.number


@pytest.fixture
def units(world):
    return [a.id for code, a in sorted(world.agencies.items()) if code.startswith("H32.10.")]


def hand_down(world, number, units, **given):
    world.act("district", number, Action.HAND_DOWN, agency=units, content="Rà soát", **given)
    return [part.due_on for part in world.directive(number).parts]


def test_a_unit_has_its_own_day_and_the_others_that_of_all(world, number, units):
    assert len(units) > 1
    days = hand_down(world, number, units, due_on=COMMON, unit_days=((units[0], OWN),))
    assert days == [OWN] + [COMMON] * (len(units) - 1)
    with world.office.reading() as unit:
        assert unit.history.verify().ok


def test_the_history_tells_the_day_of_each_unit(world, number, units):
    hand_down(world, number, units, due_on=COMMON, unit_days=((units[0], OWN),))
    page = html.unescape(world.sign_in("district").get(f"/directives/{number}").text)
    names = [a.name for a in world.agencies.values() if a.id in units]
    told = "; ".join(
        f"{name}: {'07' if at == 0 else '10'}/09/2021" for at, name in enumerate(names)
    )
    assert "Hạn riêng của từng đơn vị" in page
    assert told in page


def test_without_a_day_for_all_each_unit_has_its_own(world, number, units):
    with pytest.raises(Invalid) as error:
        hand_down(world, number, units, unit_days=((units[0], OWN),))
    assert error.value.errors == {"due_on": "required"}
    assert hand_down(world, number, units[:1], unit_days=((units[0], OWN),)) == [OWN]


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2020, 1, 1), "date_past"), (date(2022, 1, 3), "outside_parent"), ("mai", "not_a_date")],
)
def test_a_day_that_does_not_fit_is_refused(world, number, units, day, code):
    with pytest.raises(Invalid) as error:
        hand_down(world, number, units, due_on=COMMON, unit_days=((units[0], day),))
    assert error.value.errors == {"unit_days": code}


def test_a_day_belongs_to_a_chosen_unit(world, number, units):
    with pytest.raises(Invalid) as error:
        hand_down(world, number, units[:1], due_on=COMMON, unit_days=((units[1], OWN),))
    assert error.value.errors == {"unit_days": "unit_not_chosen"}


def test_the_form_takes_a_day_for_each_unit_and_keeps_what_was_typed(world, number, units):
    client, address = world.sign_in("district"), f"/directives/{number}/hand_down"
    page = client.get(address).text
    data = filled(form_on(page, address), content="Rà soát", due_on="10/09/2021")
    data |= {"agency": [str(key) for key in units], f"unit_days-{units[0]}": "07/13/2021"}
    refused = client.post(address, data=data)
    assert refused.status_code == 422
    assert 'value="07/13/2021"' in refused.text
    done = client.post(address, data=data | {f"unit_days-{units[0]}": "07/09/2021"})
    assert done.status_code == 303
    assert world.directive(number).parts[0].due_on == OWN


def test_a_day_off_is_marked_and_the_working_day_before_it_offered(world, number, units):
    client = world.sign_in("district")
    address = f"/directives/{number}/hand_down/day"
    text = client.get(address, query_string={"due_on": "11/09/2021"}).text
    assert "Ngày nghỉ" in text
    assert "Lấy ngày làm việc trước đó, 10/09/2021" in text
    key = f"unit_days-{units[0]}"
    own = client.get(address, query_string={"unit": units[0], key: "11/09/2021"}).text
    assert f"{key}&#34;: &#34;10/09/2021" in own
    assert "Lấy ngày" not in client.get(address, query_string={"due_on": "10/09/2021"}).text
