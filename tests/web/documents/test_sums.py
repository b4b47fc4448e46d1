"""What a document says of all its agencies together, and of one's own work in it first."""

import re
from datetime import date
from decimal import Decimal

import pytest
from forms import form_on
from standing import MONTHLY, go_to

from web.documents.sums import summed


class Told:
    def __init__(self, figure, numerator=None, denominator=None):
        self.figure, self.numerator, self.denominator = figure, numerator, denominator


@pytest.mark.parametrize(
    ("told", "unit", "reported", "words"),
    [
        ([Told(Decimal(3)), Told(Decimal("4.5")), Told(None)], "hồ sơ", 2, "tổng 7,5 hồ sơ"),
        ([Told(None)], "hồ sơ", 0, ""),
        (
            [Told(Decimal(90), Decimal(9), Decimal(10)), Told(Decimal(50), Decimal(5), Decimal(10))],
            "%", 2, "14/20 = 70 %",
        ),
        (
            [Told(Decimal(90), Decimal(9), Decimal(10)), Told(Decimal(50))],
            "%", 2, "9/10 = 90 % (1 báo cáo chỉ có tỷ lệ, không gộp được)",
        ),
        ([Told(Decimal(90))], "%", 1, "chưa có đủ tử số và mẫu số để gộp"),
    ],
)  # fmt: skip
def test_amounts_add_and_rates_go_through_both_numbers(app, told, unit, reported, words):
    with app.test_request_context():
        found = summed(told, unit)
    assert (found.reported, found.asked, found.words) == (reported, len(told), words)


def test_a_clause_with_an_indicator_tells_the_sum_of_its_agencies(world):
    made = world.issue(
        world.clause(
            lead=("H32.02", "H32.03"), coordinating=(), target_indicator="Hồ sơ xử lý",
            target_unit="hồ sơ",
        )
    )  # fmt: skip
    world.report(made[1].number, figure=Decimal(12))
    text = world.sign_in("office").get("/documents/2021-0001").text
    assert re.search(r"1/2 cơ quan đã báo số liệu: <strong>tổng 12 hồ sơ</strong>", text)
    assert "1 chưa báo cáo" in text
    grouped = world.sign_in("office").get("/directives/?group=clause").text
    assert "Hồ sơ xử lý: 1/2 cơ quan đã báo số liệu; tổng 12 hồ sơ" in grouped


def test_an_agency_sees_its_own_work_of_a_document_first(world):
    world.issue(
        world.clause(1, lead=("H32.02", "H32.03", "H32.04"), coordinating=()),
        world.clause(2, lead="H32.03", coordinating=()),
    )
    text = world.sign_in("clerk").get("/documents/2021-0001").text
    head = text.partition("dd-figures")[2].partition("</ul>")[0]
    assert head.index("của cơ quan mình") < head.index("nhiệm vụ trong văn bản")
    assert re.search(r"<b>2</b> của cơ quan mình", head)


def test_what_is_missing_of_a_clause_stands_together_with_one_reminder(world):
    world.issue(world.clause(lead=("H32.02", "H32.03"), coordinating=(), deadline=MONTHLY))
    go_to(world, date(2021, 9, 22))
    text = world.sign_in("office").get("/periods/?count=missing").text
    assert text.count("2 cơ quan chưa báo cáo") == 1
    [address] = re.findall(r'href="(/papers/remind\?[^"]*)"', text)
    assert address.count("number=2021-0001-01.") == 2
    letters = world.sign_in("office").get(address.replace("&amp;", "&")).text
    assert letters.count("Chưa báo cáo kỳ tháng 9/2021, hạn 19/09/2021, quá 3 ngày") == 2
    assert "không thời hạn" not in letters


def test_a_letter_over_one_period_carries_that_agency_and_period_alone(world):
    one, other = world.issue(
        world.clause(lead=("H32.02", "H32.03"), coordinating=(), deadline=MONTHLY)
    )
    go_to(world, date(2021, 10, 22))
    client = world.sign_in("office")
    text = client.get(f"/periods/{other.number}/2").text
    [address] = re.findall(r'href="(/papers/remind\?[^"]*)"', text)
    address = address.replace("&amp;", "&")
    page = client.get(address).text
    assert one.number not in page
    assert "kỳ tháng 10/2021" in page
    assert "kỳ tháng 9/2021" not in page
    answer = client.post(address, data=form_on(page, "/remind"), follow_redirects=True)
    assert "Chưa báo cáo kỳ tháng 10/2021, hạn 19/10/2021, quá 3 ngày" in answer.text


def test_the_rhythm_read_is_told_with_its_first_day_and_end_before_issue(world):
    client = world.sign_in("office")
    text = client.get("/documents/deadline?text=Hằng tháng, ngày 25&issued_on=21/09/2021").text
    for said in ("hằng tháng, ngày 25", "4 kỳ", "25/09/2021", "chỉ dài 5 ngày", "31/12/2021"):
        assert said in text, said


def test_a_document_with_missing_periods_alone_offers_the_letters(world):
    made = world.issue(
        world.clause(1, lead=("H32.02", "H32.03"), coordinating=(), deadline=MONTHLY),
        world.clause(2, lead="H32.03", coordinating=(), deadline="30/09/2021"),
    )
    go_to(world, date(2021, 10, 4))
    client = world.sign_in("office")
    text = client.get("/documents/2021-0001").text
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    assert "2 cơ quan còn kỳ quá hạn, chưa báo cáo" in told
    [address] = set(re.findall(r'href="(/papers/remind\?document=[^"]*)"', text))
    letters = client.get(address.replace("&amp;", "&")).text
    assert letters.count("Chưa báo cáo kỳ tháng 9/2021") == 2
    assert all(one.number in letters for one in made)
    assert "2 cơ quan, mỗi cơ quan một văn bản" in letters
    day = client.get("/periods/?clause=2021-0001-01&due=2021-09-19&figure=no").text
    [address] = re.findall(r'href="(/papers/remind\?number[^"]*)"', day)
    assert client.get(address.replace("&amp;", "&")).text.count("Chưa báo cáo kỳ tháng 9") == 2
    assert "2 kỳ báo cáo" in client.get("/periods/?clause=2021-0001-01&count=missing").text
