"""One paper serves all clauses of a document: filed, recorded, judged, told line by line."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from forms import filled, form_on

from workflow.directives.records import Action, State

PDF = b"%PDF-1.4\nx\n%%EOF\n"


@pytest.fixture
def numbers(world):
    made = world.issue(*(world.clause(n, expected_output="Báo cáo") for n in (1, 2, 3)))
    return [one.number for one in made]


def key_of(numbers):
    return "-".join(numbers[0].split("-")[:2])


def states(world, numbers):
    return [world.directive(n).state for n in numbers]


def file(name="bao-cao.pdf"):
    return (io.BytesIO(PDF), name)


SIGNED = {"report_number": "45/BC-STNMT", "report_date": "20/08/2021", "signer": "Võ Đình Khôi"}


def send(client, numbers, action, query="", files=(), **typed):
    """Fill the form of an act, every line in it unless said otherwise, and send it."""
    address = f"/papers/{key_of(numbers)}/{action}{query}"
    data = form_on(client.get(address).text, f"/{action}")
    lines = [name.removesuffix("-version") for name in data if name.endswith("-version")]
    data = filled(data, **({f"{line}-include": "y" for line in lines} | typed))
    if files:
        data = data | {"files": list(files)}
    return client.post(address, data=data, content_type="multipart/form-data")


def test_one_press_accepts_all_of_a_document(world, numbers):
    client = world.sign_in("clerk")
    page = client.get(f"/documents/{key_of(numbers)}").text
    data = form_on(page, "/accept")
    assert sum(name.endswith("-include") for name in data) == 3
    answer = client.post(f"/papers/{key_of(numbers)}/accept", data=data)
    assert answer.status_code == 303
    assert states(world, numbers) == [State.IN_PROGRESS] * 3
    assert "xong 3 nhiệm vụ" in client.get(answer.location).text


def test_one_report_with_one_file_serves_every_clause(world, numbers):
    answer = send(
        world.sign_in("clerk"), numbers, "report", files=[file()],
        report_number="45/BC-STNMT", report_date="20/08/2021", signer="Võ Thủ Trưởng",
        result="Đã xử lý xong", **{f"{numbers[1]}-result": "Riêng mục hai"},
    )  # fmt: skip
    assert answer.status_code == 303
    assert states(world, numbers) == [State.REPORTED] * 3
    client = world.sign_in("office")
    pages = [client.get(f"/directives/{n}").text for n in numbers]
    assert all("45/BC-STNMT" in page and "bao-cao.pdf" in page for page in pages)
    assert ["Riêng mục hai" in page for page in pages] == [False, True, False]


@pytest.mark.parametrize(
    ("who", "action", "ticked"),
    [("clerk", "report", [False, False]), ("office", "record_report", [True, False])],
)
def test_a_paper_begins_with_nothing_that_nobody_began(world, who, action, ticked):
    first = world.clause(1, deadline="Trước ngày 26-8")
    made = world.issue(first, world.clause(2, deadline="Hằng tháng, trước ngày 20"))
    numbers = [one.number for one in made]
    page = world.sign_in(who).get(f"/papers/{key_of(numbers)}/{action}").text
    data = form_on(page, f"/{action}")
    assert [f"{number}-include" in data for number in numbers] == ticked
    assert "Chọn tất cả" in page


def test_a_line_left_out_is_told_and_waits(world, numbers):
    client = world.sign_in("clerk")
    answer = send(
        client,
        numbers,
        "report",
        files=[file()],
        result="Xong",
        **SIGNED | {f"{numbers[2]}-include": []},
    )
    assert answer.status_code == 303
    assert "để lại 1" in client.get(answer.location).text
    assert states(world, numbers) == [State.REPORTED, State.REPORTED, State.ASSIGNED]


def test_what_is_missing_stands_at_its_line_and_nothing_is_kept(world, numbers):
    answer = send(
        world.sign_in("clerk"), numbers, "report", files=[file()], report_number="45/BC",
        **{f"{numbers[0]}-result": "Chỉ mục một"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Chưa ghi gì: 2 dòng cần sửa" in answer.text
    assert f'id="{numbers[1]}-result-error"' in answer.text
    assert f'id="{numbers[0]}-result-error"' not in answer.text
    assert "Chỉ mục một" in answer.text
    assert 'value="45/BC"' in answer.text
    assert "bao-cao.pdf" in answer.text
    assert states(world, numbers) == [State.ASSIGNED] * 3


def test_what_is_wrong_with_the_paper_for_one_line_names_that_line(world):
    made = world.issue(world.clause(), world.clause(2, expected_output="Báo cáo"))
    plain, asks = (one.number for one in made)
    missing = "Cần kèm ít nhất một minh chứng"
    day = {"received_on": "23/08/2021"}
    for ticked, words in (
        ({}, f"{asks}: {missing}"),
        ({f"{plain}-include": ""}, missing),
    ):
        answer = send(
            world.sign_in("office"), [plain, asks], "record_report", result="Xong",
            **SIGNED | day | ticked,
        )  # fmt: skip
        assert answer.status_code == 422
        assert words in answer.text
        assert (f"{asks}: {missing}" in answer.text) == words.startswith(asks)


def test_nothing_ticked_is_no_paper(world, numbers):
    left = {f"{n}-include": [] for n in numbers}
    answer = send(world.sign_in("clerk"), numbers, "update", done="x", **left)
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một nhiệm vụ." in answer.text


def test_a_form_sent_twice_tells_every_line_the_second_time(world, numbers):
    client = world.sign_in("clerk")
    address = f"/papers/{key_of(numbers)}/accept"
    data = form_on(client.get(address).text, "/accept")
    assert client.post(address, data=data).status_code == 303
    again = client.post(address, data=data)
    assert again.status_code == 409
    assert again.text.count("Chưa làm được") >= 3
    assert all(n in again.text for n in numbers)


def test_the_office_records_one_paper_for_an_agency_that_never_signs_in(world, numbers):
    world.issue(world.clause(1, lead="H32.04", coordinating=()))
    answer = send(
        world.sign_in("office"), numbers, "record_report", files=[file()], result="Xong",
        report_number="45/BC-STNMT", report_date="20/08/2021", received_on="23/08/2021",
        signer="Võ Thủ Trưởng",
    )  # fmt: skip
    assert answer.status_code == 303
    assert states(world, numbers) == [State.REPORTED] * 3
    assert all(world.directive(n).report_recorded for n in numbers)


def test_the_office_says_whose_paper_it_records_where_there_are_several(world):
    made = world.issue(world.clause(1), world.clause(2, lead="H32.04", coordinating=()))
    numbers = [one.number for one in made]
    client = world.sign_in("office")
    page = client.get(f"/papers/{key_of(numbers)}/record_report").text
    links = re.findall(r"record_report\?lead=\d+", page)
    assert len(links) == 2
    lead = world.agencies["H32.04"].id
    answer = send(
        client, numbers, "record_report", f"?lead={lead}", result="Xong", report_number="9/BC-SXD",
        report_date="20/08/2021", received_on="23/08/2021", signer="Bùi Xây Dựng",
    )  # fmt: skip
    assert answer.status_code == 303
    assert states(world, numbers) == [State.ASSIGNED, State.REPORTED]


@pytest.fixture
def reported(world, numbers):
    for n in numbers:
        world.report(n)
    return numbers


def test_reports_are_verified_and_returned_together(world, reported):
    answer = send(
        world.sign_in("office"), reported, "judge", decision="met", grade="good",
        **{f"{reported[1]}-decision": "return", f"{reported[1]}-remark": "Thiếu số liệu",
           f"{reported[2]}-decision": "partly_met"},
    )  # fmt: skip
    assert answer.status_code == 303
    assert states(world, reported) == [State.VERIFIED, State.IN_PROGRESS, State.VERIFIED]
    one, _, three = (world.directive(n) for n in reported)
    assert (one.verdict, one.grade, three.verdict) == ("met", "good", "partly_met")


def test_one_new_date_serves_all_that_go_back(world, reported):
    client = world.sign_in("office")
    wrong = send(client, reported, "judge", decision="return", remark="Thiếu", due_on="abc")
    assert wrong.status_code == 422
    assert 'id="due_on-error"' in wrong.text
    own = {f"{reported[1]}-due_on": "20/10/2021"}
    send(client, reported, "judge", decision="return", remark="Thiếu", due_on="15/10/2021", **own)
    days = [world.directive(n).due_on.day for n in reported]
    assert days == [15, 20, 15]


def test_a_line_sent_back_without_a_reason_stops_them_all(world, reported):
    answer = send(
        world.sign_in("office"), reported, "judge", decision="met",
        **{f"{reported[1]}-decision": "return"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert f'id="{reported[1]}-remark-error"' in answer.text
    assert states(world, reported) == [State.REPORTED] * 3


def test_lines_without_a_verdict_stay(world, reported):
    answer = send(
        world.sign_in("inspector"), reported, "judge", **{f"{reported[0]}-decision": "met"}
    )
    assert answer.status_code == 303
    assert states(world, reported) == [State.VERIFIED, State.REPORTED, State.REPORTED]


def test_four_eyes_hold_for_every_line(world, numbers):
    """Who recorded a paper with its file has a hand in it, and the page says so before a click."""
    client = world.sign_in("office")
    send(
        client, numbers, "record_report", files=[file()], result="Xong", report_number="4/BC",
        report_date="20/08/2021", received_on="23/08/2021", signer="Võ Thủ Trưởng",
    )  # fmt: skip
    page = client.get(f"/papers/{key_of(numbers)}/judge").text
    assert "Báo cáo ở đây chờ người khác xác nhận" in page
    assert page.count("Bạn đã cập nhật hoặc tải minh chứng") == 3


@pytest.mark.parametrize(
    ("who", "action", "status"),
    [
        ("clerk", "accept", 200), ("officer", "accept", 200), ("officer", "report", 403),
        ("other_clerk", "accept", 403), ("other_clerk", "update", 200), ("foreign", "accept", 404),
        ("office", "accept", 403), ("office", "record_report", 200), ("leader", "judge", 403),
        ("inspector", "judge", 200), ("clerk", "judge", 403), ("admin", "judge", 404),
    ],
)  # fmt: skip
def test_each_paper_opens_to_those_it_is_for(world, numbers, who, action, status):
    assert world.sign_in(who).get(f"/papers/{key_of(numbers)}/{action}").status_code == status


def test_a_document_that_is_not_there_is_not_found(world, numbers):
    client = world.sign_in("office")
    assert client.get("/papers/2021-9999/judge").status_code == 404
    assert client.get("/papers/abc/judge").status_code == 404


def test_what_cannot_be_done_now_stands_beside_with_its_reason(world, numbers):
    world.act("clerk", numbers[0], Action.ACCEPT)
    page = world.sign_in("clerk").get(f"/papers/{key_of(numbers)}/accept").text
    assert "1 nhiệm vụ khác chưa làm được lần này" in page
    assert "Không làm được khi nhiệm vụ ở trạng thái “Đang thực hiện”." in page


def test_every_line_asks_for_its_figure_whether_it_has_a_target_or_not(world):
    made = world.issue(
        world.clause(
            1, target_indicator="Tỷ lệ đúng hạn", target_value=Decimal(100), target_unit="hồ sơ"
        ),
        world.clause(2),
    )
    numbers = [one.number for one in made]
    client = world.sign_in("clerk")
    page = client.get(f"/papers/{key_of(numbers)}/report").text
    assert "Tỷ lệ đúng hạn" in page
    wrong = send(client, numbers, "report", result="x", **{f"{numbers[0]}-figure": "nhiều"})
    assert wrong.status_code == 422
    assert f'id="{numbers[0]}-figure-error"' in wrong.text
    assert states(world, numbers) == [State.ASSIGNED] * 2
    told = {f"{numbers[0]}-figure": "97", f"{numbers[1]}-figure": "120"}
    right = send(client, numbers, "report", result="x", **SIGNED | told)
    assert right.status_code == 303
    for number, figure in zip(numbers, ("97", "120"), strict=True):
        assert f"số liệu đạt được {figure}" in client.get(f"/directives/{number}").text


def test_a_unit_finds_the_parts_it_was_handed_on_the_document(world):
    [top] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", top.number, Action.ACCEPT)
    world.act(
        "district", top.number, Action.HAND_DOWN, agency=world.agencies["H32.10.1"].id,
        content="x", due_on=date(2021, 9, 10),
    )  # fmt: skip
    client = world.sign_in("commune")
    page = client.get(f"/documents/{top.number[:9]}").text
    data = form_on(page, "/accept")
    assert f"{top.number}-01-include" in data
    assert client.post(f"/papers/{top.number[:9]}/accept", data=data).status_code == 303
    assert world.directive(f"{top.number}-01").state is State.IN_PROGRESS


def test_a_paper_begins_with_what_officers_prepared_files_too(world, numbers):
    world.act("officer", numbers[0], Action.PREPARE, result="Đã rà soát 120 hồ sơ",
              report_number="12/BC", files=(world.file(name="so-lieu.pdf"),))  # fmt: skip
    client = world.sign_in("clerk")
    page = client.get(f"/papers/{key_of(numbers)}/report").text
    assert page.count("Điền sẵn từ báo cáo") == 1
    assert "so-lieu.pdf" in page
    [kept] = re.findall(rf'name="{numbers[0]}-prepared_files"[^>]*value="(\w+)"', page)
    data = form_on(page, "/report")
    assert data[f"{numbers[0]}-result"] == ["Đã rà soát 120 hồ sơ"]
    assert data["report_number"] == ["12/BC"]
    assert [f"{n}-include" in data for n in numbers] == [True, False, False]
    answer = send(client, numbers, "report", files=[file()], result="Xong",
                  **SIGNED | {f"{numbers[0]}-prepared_files": kept})  # fmt: skip
    assert answer.status_code == 303, answer.text[-2000:]
    first, second = world.directive(numbers[0]), world.directive(numbers[1])
    assert sorted(piece.name for piece in first.evidence) == ["bao-cao.pdf", "so-lieu.pdf"]
    assert [piece.name for piece in second.evidence] == ["bao-cao.pdf"]
    assert first.standing_report is None
    assert world.accounts["officer"] in first.touched_by


def test_prepared_files_that_went_back_meanwhile_are_not_dropped_unsaid(world, numbers):
    kept = world.file(name="so-lieu.pdf")
    world.act("officer", numbers[0], Action.PREPARE, result="x", files=(kept,))
    client = world.sign_in("clerk")
    data = form_on(client.get(f"/papers/{key_of(numbers)}/report").text, "/report")
    world.act("head", numbers[0], Action.GIVE_BACK, note="Thiếu")
    data |= {f"{one}-include": "y" for one in numbers} | {"result": "Xong"}
    data[f"{numbers[0]}-prepared_files"] = kept.sha256
    answer = client.post(f"/papers/{key_of(numbers)}/report", data=data)
    assert answer.status_code == 422
    assert f'id="{numbers[0]}-prepared_files-error"' in answer.text


def test_what_waits_for_another_lead_is_not_counted_to_be_accepted(world, numbers):
    world.act("clerk", numbers[0], Action.DECLINE, paper="9/STNMT", ask="part", reason="x",
              files=(world.file(),))  # fmt: skip
    page = world.sign_in("clerk").get(f"/documents/{key_of(numbers)}").text
    assert sum(name.endswith("-include") for name in form_on(page, "/accept")) == 2


@pytest.mark.parametrize(
    ("who", "action", "more"),
    [("clerk", "report", {}), ("office", "record_report", {"received_on": "23/08/2021"})],
)
def test_one_letter_answers_clauses_of_two_documents_typed_once(world, numbers, who, action, more):
    """The lines of another document come into the form, and nothing typed or chosen is lost."""
    others = [one.number for one in world.issue(world.clause(1), world.clause(2))]
    other, client = key_of(others), world.sign_in(who)
    address = f"/papers/{key_of(numbers)}/{action}"
    data = form_on(client.get(address).text, f"/{action}")
    data = filled(data, result="Đã xong", **SIGNED, **more, **{f"{numbers[0]}-include": "y"})
    data |= {f"{n}-include": [] for n in numbers[1:]}
    widened = client.post(
        address, data=data | {"also": [other], "files": [file()]},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert widened.status_code == 200
    assert states(world, [*numbers, *others]) == [State.ASSIGNED] * 5, "nothing is kept yet"
    assert f"{others[0]}-version" in widened.text
    data = form_on(widened.text, f"/{action}")
    assert data["report_number"] == ["45/BC-STNMT"]
    assert "bao-cao.pdf" in widened.text
    assert f"{others[0]}-include" not in data
    data = filled(data, **{f"{others[0]}-include": "y"})
    answer = client.post(address, data=data, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text[-3000:]
    assert states(world, [numbers[0], others[0]]) == [State.REPORTED] * 2
    assert states(world, [*numbers[1:], others[1]]) == [State.ASSIGNED] * 3
    for number in (numbers[0], others[0]):
        page = world.sign_in("office").get(f"/directives/{number}").text
        assert "45/BC-STNMT" in page
        assert "bao-cao.pdf" in page


def test_only_documents_on_which_the_agency_leads_open_work_are_offered(world, numbers):
    mine = key_of([one.number for one in world.issue(world.clause(1))])
    theirs = key_of([one.number for one in world.issue(world.clause(1, lead="H32.02"))])
    client = world.sign_in("clerk")
    address = f"/papers/{key_of(numbers)}/report"
    page = client.get(address).text
    assert 'name="also" value="which"' in page
    assert f'name="also" value="{mine}"' not in page
    data = form_on(page, "/report") | {"also": ["which"]}
    page = client.post(address, data=data, content_type="multipart/form-data").text
    assert f'name="also" value="{mine}"' in page
    assert f'name="also" value="{theirs}"' not in page
    assert 'name="also"' not in client.get(f"/papers/{key_of(numbers)}/accept").text
    data = form_on(page, "/report") | {"also": [theirs]}
    widened = client.post(address, data=data, content_type="multipart/form-data")
    assert f"{theirs}-01-version" not in widened.text
    spoiled = client.post(address, data=data | {"also": ["x"]}, content_type="multipart/form-data")
    assert spoiled.status_code == 200


def test_who_asks_which_other_documents_there_are_is_told_when_there_are_none(world, numbers):
    client, address = world.sign_in("clerk"), f"/papers/{key_of(numbers)}/report"
    data = filled(form_on(client.get(address).text, "/report"), result="Đã xong")
    asked = client.post(
        address, data=data | {"also": ["which"]}, content_type="multipart/form-data"
    )
    assert "Không văn bản nào khác có việc đang làm" in asked.text
    assert form_on(asked.text, "/report")["result"] == ["Đã xong"]


@pytest.fixture
def over_two(world, numbers):
    """One report of an agency on clauses of two documents, and another agency's beside them."""
    made = world.issue(world.clause(1), world.clause(2), world.clause(3, lead="H32.04"))
    others = [one.number for one in made]
    for n in (numbers[0], others[0]):
        world.report(n, report_number="45/BC", report_date=date(2021, 8, 20))
    world.report(others[1], report_number="46/BC", report_date=date(2021, 8, 20))
    return numbers, others


def test_one_report_on_two_documents_is_judged_at_once_line_by_line(world, over_two):
    numbers, others = over_two
    client = world.sign_in("office")
    page = client.get(f"/papers/{key_of(numbers)}/judge").text
    assert "còn trả lời 1 nhiệm vụ của văn bản khác" in page
    assert f'id="of-{key_of(others)}"' in page
    assert others[1] not in page, "another report of that agency waits where it stands"
    answer = send(
        client, numbers, "judge", decision="met",
        **{f"{others[0]}-decision": "return", f"{others[0]}-remark": "Thiếu số liệu"},
    )  # fmt: skip
    assert answer.status_code == 303
    assert states(world, [numbers[0], *others[:2]]) == [
        State.VERIFIED, State.IN_PROGRESS, State.REPORTED,
    ]  # fmt: skip
    again = client.get(f"/papers/{key_of(others)}/judge").text
    assert "của văn bản khác" not in again


def test_a_line_of_the_other_document_judged_meanwhile_is_told(world, over_two):
    numbers, others = over_two
    client = world.sign_in("office")
    data = form_on(client.get(f"/papers/{key_of(numbers)}/judge").text, "/judge")
    world.act("office2", others[0], Action.VERIFY, verdict="met")
    answer = client.post(f"/papers/{key_of(numbers)}/judge", data=filled(data, decision="met"))
    assert answer.status_code == 200
    assert states(world, [numbers[0], others[0]]) == [State.VERIFIED, State.VERIFIED]
    assert others[0] in answer.text


def test_lines_that_went_back_begin_from_what_they_said_and_why(world, numbers):
    client = world.sign_in("clerk")
    for n in numbers[:2]:
        world.report(n, result=f"Kết quả {n}", signer="Võ Đình Khôi", figure=Decimal("82.5"))
        world.act("office", n, Action.RETURN, reason="Thiếu số liệu huyện")
    page = client.get(f"/papers/{key_of(numbers)}/report").text
    data = form_on(page, "/report")
    assert data[f"{numbers[0]}-result"] == [f"Kết quả {numbers[0]}"]
    assert data[f"{numbers[1]}-figure"] == ["82,5"]
    assert data[f"{numbers[2]}-result"] == [""]
    assert page.count("Thiếu số liệu huyện") == 2
    assert data["report_number"] == data["signer"] == [""], "the third line is another matter"


@pytest.mark.parametrize(
    ("who", "action", "told"),
    [("clerk", "report", "45/BC-STNMT"), ("office", "record_report", "45/BC-STNMT")],
)
def test_a_paper_that_was_taken_back_whole_is_the_same_paper_still(
    world, numbers, who, action, told
):
    send(world.sign_in("clerk"), numbers, "report", result="Xong", files=[file()], **SIGNED)
    assert states(world, numbers) == [State.REPORTED] * 3
    for n in numbers:
        world.act("clerk", n, Action.RECALL, reason="Nhầm số")
    data = form_on(world.sign_in(who).get(f"/papers/{key_of(numbers)}/{action}").text, f"/{action}")
    assert (data["report_number"], data["report_date"]) == ([told], ["20/08/2021"])
    assert data[f"{numbers[2]}-result"] == ["Xong"]


def test_a_returned_paper_asks_for_another_number_and_keeps_who_signs(world, numbers):
    for n in numbers:
        world.report(n, signer="Võ Đình Khôi", report_number="45/BC")
        world.act("office", n, Action.RETURN, reason="Thiếu")
    page = world.sign_in("clerk").get(f"/papers/{key_of(numbers)}/report").text
    data = form_on(page, "/report")
    assert (data["report_number"], data["signer"]) == ([""], ["Võ Đình Khôi"])
