"""What agencies report in the periods of a clause stands in its row, and opens its rows."""

import html
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import standing
from forms import filled, form_on
from standing import MONTHLY, file, go_to

from workflow.accounts.records import Membership, Role
from workflow.directives.targets import TargetBasis, TargetScope
from workflow.errors import Invalid, Refused

SEP = date(2021, 9, 19)


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def clause_of(world, **more):
    return world.issue(
        world.clause(
            lead=("H32.02", "H32.03", "H32.10"), coordinating=(), deadline=MONTHLY,
            target_indicator="Tỷ lệ đúng hạn", target_value=Decimal(80), target_unit="%", **more,
        )
    )  # fmt: skip


@pytest.fixture
def rates(world):
    """One of three reported September, with both numbers of its rate."""
    made = clause_of(world, target_scope=TargetScope.EACH)
    go_to(world, SEP)
    file(
        world,
        made[1].number,
        1,
        "clerk",
        figure=Decimal(90),
        numerator=Decimal(9),
        denominator=Decimal(10),
    )
    return made


def test_the_row_of_a_clause_tells_each_period_and_opens_its_rows(world, rates):
    client = world.sign_in("office")
    text = client.get("/documents/2021-0001").text
    told = words(text)
    assert "kỳ tháng 9/2021 (hạn 19/09/2021): 1/3 cơ quan đã báo số liệu : 9/10 = 90 %" in told
    assert "1 cơ quan đạt chỉ tiêu 80 %" in told
    assert "2 chưa có số liệu" in told
    for figure, number in (("yes", 1), ("no", 2)):
        [url] = re.findall(rf'href="(/periods/\?[^"]*figure={figure})"', text)
        page = client.get(html.unescape(url)).text
        assert f"{number} kỳ báo cáo" in words(page), figure
    assert "90 % (9/10)" in client.get(html.unescape(url).replace("=no", "=yes")).text
    grouped = words(client.get("/directives/?group=clause").text)
    assert "Tỷ lệ đúng hạn, kỳ tháng 9/2021 (hạn 19/09/2021): 1/3 cơ quan đã báo số liệu" in grouped


def test_the_files_of_the_rows_carry_the_figures(world, rates):
    client = world.sign_in("office")
    answer = client.get("/periods/export.csv?clause=2021-0001-01&due=2021-09-19")
    [row] = [line for line in answer.text.splitlines() if rates[1].number in line]
    assert row.endswith('"90","9","10","%"'), row
    answer = client.get("/directives/export.csv?clause=2021-0001-01")
    [row] = [line for line in answer.text.splitlines() if rates[1].number in line]
    assert "Tỷ lệ đúng hạn 80 % (của mỗi cơ quan chủ trì)" in row
    own = "của riêng từng kỳ (cả năm: cộng các kỳ)"
    assert row.endswith(f'"90","9","10","2021-09-19","{own}","90","9","10","0"'), row


def test_a_rate_of_a_period_is_made_by_its_two_numbers(world):
    number = standing.standing(
        world, target_indicator="Tỷ lệ", target_value=Decimal(80), target_unit="%"
    )
    go_to(world, SEP)
    for given, wrong in (
        ({"numerator": Decimal(9)}, {"denominator": "required"}),
        ({"numerator": Decimal(9), "denominator": Decimal(20)}, {"figure": "rate_differs"}),
        ({"numerator": Decimal(9), "denominator": Decimal(0)}, {"denominator": "not_a_rate"}),
    ):
        with pytest.raises(Invalid) as error:
            file(world, number, 1, figure=Decimal(90), **given)
        assert error.value.errors == wrong
    client, address = world.sign_in("clerk"), f"/periods/{number}/1/report_period"
    data = filled(form_on(client.get(address).text, address), result="Đã làm", figure="90",
                  numerator="9", denominator="10")  # fmt: skip
    assert client.post(address, data=data).status_code == 303
    assert "số liệu đạt được 90 % (9/10)" in words(client.get(f"/periods/{number}/1").text)


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (TargetScope.EACH, "của mỗi cơ quan chủ trì"),
        (TargetScope.WHOLE, "của cả mục, mọi cơ quan gộp lại"),
    ],
)
def test_whose_a_target_is_stands_wherever_it_does(world, scope, told):
    made = clause_of(world, target_scope=scope)
    go_to(world, SEP)
    client = world.sign_in("clerk")
    for address in (
        "/documents/2021-0001", f"/directives/{made[1].number}", f"/periods/{made[1].number}/1",
        f"/periods/{made[1].number}/1/report_period",
    ):  # fmt: skip
        assert f"80 % ({told})" in words(client.get(address).text), address


def test_a_target_of_all_is_no_agencys_own(world):
    made = clause_of(world, target_scope=TargetScope.WHOLE)
    go_to(world, SEP)
    file(
        world,
        made[1].number,
        1,
        "clerk",
        figure=Decimal(50),
        numerator=Decimal(5),
        denominator=Decimal(10),
    )
    text = words(world.sign_in("office").get("/documents/2021-0001").text)
    assert "5/10 = 50 %; chưa đạt chỉ tiêu chung 80 %" in text
    page = world.sign_in("office").get(f"/periods/{made[1].number}/1/confirm_period").text
    assert "chưa đạt chỉ tiêu 80" not in page


def test_a_target_over_several_leads_waits_until_somebody_says_whose_it_is(world):
    with pytest.raises(Refused) as error:
        clause_of(world)
    assert (error.value.code, error.value.params) == ("clauses_wait", {"positions": [1]})
    clause_of(world, target_scope=TargetScope.EACH)


def test_the_form_asks_whose_a_shared_target_is(world):
    client, address = world.sign_in("office"), "/documents/new"
    page = client.get(address).text
    leads = [f"a:{world.agencies[code].id}" for code in ("H32.02", "H32.03")]
    assert all(f'value="{code}"' in page for code in leads)
    data = filled(form_on(page, address), **{"clauses-0-content": "Giảm trễ hạn"}) | {
        "clauses-0-leads": leads, "clauses-0-target_indicator": "Tỷ lệ",
        "clauses-0-target_value": "80", "clauses-0-target_unit": "%",
    }  # fmt: skip
    waits = "Chỉ tiêu: chưa chọn của mỗi cơ quan hay của cả mục"
    kept = client.post(address, data=data)
    assert kept.status_code == 303
    assert waits in client.get(kept.location).text
    kept = client.post(address, data=data | {"clauses-0-target_scope": "whole"})
    assert waits not in client.get(kept.location).text


OCT = date(2021, 10, 19)


@pytest.mark.parametrize(
    ("basis", "together", "alone"),
    [
        (
            TargetBasis.PERIOD,
            "cả năm 2021, cộng các kỳ: 2/3 cơ quan có số liệu: tổng 75 hồ sơ",
            "cả năm 2021, cộng các kỳ: tổng 70 hồ sơ",
        ),
        (
            TargetBasis.RUNNING,
            "lũy kế năm 2021, theo kỳ mới nhất có số liệu: 2/3 cơ quan có số liệu: tổng 45 hồ sơ",
            "lũy kế năm 2021, theo kỳ mới nhất có số liệu: tổng 40 hồ sơ",
        ),
    ],
)
def test_a_year_of_amounts_is_told_by_the_rule_of_its_target(world, basis, together, alone):
    """30, then 40 of one lead; 5, then nothing of another; nothing of the third."""
    made = world.issue(
        world.clause(
            lead=("H32.02", "H32.03", "H32.10"), coordinating=(), deadline=MONTHLY,
            target_indicator="Hồ sơ số hóa", target_value=Decimal(100), target_unit="hồ sơ",
            target_scope=TargetScope.EACH, target_basis=basis,
        )
    )  # fmt: skip
    own, other = made[1].number, made[2].number
    go_to(world, SEP)
    file(world, own, 1, "clerk", figure=Decimal(30))
    file(world, other, 1, "district", figure=Decimal(5))
    go_to(world, OCT)
    file(world, own, 2, "clerk", figure=Decimal(40))
    go_to(world, date(2021, 10, 25))
    client = world.sign_in("office")
    text = words(client.get("/documents/2021-0001").text)
    assert together in text, text[text.find("Hồ sơ số hóa") :][:900]
    assert "3 kỳ đã đến hạn chưa có số liệu, chưa tính" in text
    page = words(client.get(f"/directives/{own}").text)
    assert alone in page
    assert "chưa có số liệu, chưa tính" not in page
    answer = client.get("/directives/export.csv?clause=2021-0001-01")
    [row] = [line for line in answer.text.splitlines() if other in line]
    assert row.endswith('"5","","","1"'), row


def test_the_form_asks_what_a_figure_of_a_period_tells(world):
    client, address = world.sign_in("office"), "/documents/new"
    data = filled(
        form_on(client.get(address).text, address),
        **{"clauses-0-content": "Số hóa", "clauses-0-target_basis": "running"},
    )
    kept = client.post(address, data=data)
    assert kept.status_code == 303
    with world.office.reading() as unit:
        [clause] = unit.documents.document(int(kept.location.rsplit("/", 1)[1])).clauses
    assert clause.target_basis is TargetBasis.RUNNING


def test_the_list_by_clause_shows_the_year_in_a_mark_for_each_period(world, rates):
    """September: one of three in time, one late, one silent; October still runs."""
    go_to(world, date(2021, 9, 25))
    there = Membership(
        role=Role.AGENCY_CLERK, agency_id=world.agencies["H32.02"].id, valid_from=SEP
    )
    home_affairs = replace(
        world.actor("other_clerk"),
        agency_id=there.agency_id,
        memberships=(there,),
        agency_path=world.agencies["H32.02"].path,
    )
    rate = {"figure": Decimal(80), "numerator": Decimal(8), "denominator": Decimal(10)}
    file(world, rates[0].number, 1, home_affairs, **rate)
    client = world.sign_in("office")
    text = client.get("/directives/?group=clause").text
    [(label, marks)] = re.findall(
        r'class="dd-year-marks" role="img" aria-label="([^"]+)">(.*?)</span></span>', text
    )
    stands = re.findall(r'class="is-(\w+)" title="([^"]+)">(.)<', marks)
    assert stands[0][::2] == ("missing", "!")
    assert {one[::2] for one in stands[1:]} == {("ahead", "·")}
    assert "2/3 cơ quan đã báo cáo, 1 báo cáo muộn, 1 chưa báo cáo" in stands[0][1]
    assert label.startswith("Năm 2021: tháng 9/2021: 2/3 cơ quan")
    assert all(words in label for _kind, words, _sign in stands)
    file(world, rates[2].number, 1, "district", **rate)
    text = client.get("/directives/?group=clause").text
    assert re.search(r'dd-year-marks.*?class="is-late" title="[^"]*3/3 cơ quan', text)
    assert 'class="is-missing"' not in text
