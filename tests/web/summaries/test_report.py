"""The Friday report: a sum that agrees on the page and in the rows behind it."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import urlencode

from report_pages import BECAME, DAYS, ONCE, draft, figures, page, words_of
from sqlalchemy import event
from violating import add_dossiers, recorded
from world import csrf_of

from workflow.directives.records import Action


def test_both_sides_are_one_sum_in_every_row(september):
    rows = figures(page(september.sign_in("leader")))
    assert list(rows) == [
        "Sở Tài nguyên và Môi trường", "Sở Xây dựng", "UBND huyện Cam Lâm", "UBND huyện Vạn Ninh",
        "Cộng",
    ]  # fmt: skip
    for told, _links in rows.values():
        assert int(told["carried"]) + int(told["new"]) == int(told["given"])
        assert sum(int(told[one]) for one in BECAME) == int(told["given"])
    whole, _ = rows["Cộng"]
    assert [whole[one] for one in ("carried", "new", *BECAME)] == [
        "5",
        "1",
        "1",
        "0",
        "2",
        "2",
        "1",
    ]


def test_each_figure_opens_as_many_rows_as_it_says(september):
    client = september.sign_in("office")
    checked = 0
    for told, links in figures(page(client)).values():
        for key, [url] in ((key, link) for key, link in links.items() if link and key != "agency"):
            opened = client.get(unescape(url)).text
            assert opened.count('data-col="what"') - 1 == int(told[key]), url
            checked += 1
    assert checked > 15


def test_the_meetings_page_tells_of_the_one_stop_shop_with_the_units_below(september):
    ids = {code: one.id for code, one in september.agencies.items()}
    day, late = date(2021, 9, 2), {"due_on": date(2021, 9, 9), "promised_on": date(2021, 9, 9)}
    done = {"received_on": day, "ended_on": date(2021, 9, 8), "promised_last_on": None} | late
    add_dossiers(
        september,
        done | {"agency_id": ids["H32.10"]},
        done | {"agency_id": ids["H32.10.1"]},
        done | {"agency_id": ids["H32.10.1"], "ended_on": date(2021, 9, 20)},
        done | {"agency_id": ids["H32.10"], "received_on": date(2021, 8, 30)},
        done | {"agency_id": ids["H32.11"]},
    )
    at = datetime(2021, 9, 20, 3, tzinfo=UTC)
    recorded(september, agency_id=ids["H32.10.1"], occurred_at=at)
    client = september.sign_in("leader")
    text = page(client, f"{DAYS}&agency=H32.10", path="/summaries/meeting")
    shop = text.partition("Một cửa, cả đơn vị trực thuộc")[2].partition("</ul>")[0]
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shop))
    assert "66,7 % hồ sơ đúng hạn (trên 3) 1 hồ sơ trễ hạn 1 trường hợp có dấu hiệu vi phạm" in told
    rates, overdue, signs = map(unescape, re.findall(r'href="([^"]+)"', shop))
    assert "66,7" in client.get(rates).text
    assert "1 hồ sơ" in client.get(overdue).text
    assert "1 vi phạm" in client.get(signs).text


def test_the_annex_says_how_late_and_what_was_last_said(september):
    text = page(september.sign_in("leader"))
    annex = text.partition('id="late-work"')[2]
    assert "Đã lập danh sách" in annex
    assert "thiếu số liệu" in annex
    assert "Kiến nghị: Đề nghị mở dữ liệu" in annex
    assert re.search(r'<span class="dd-late">21</span>', annex)


@ONCE
def test_without_a_period_it_is_this_week_and_the_address_says_so(world):
    answer = world.sign_in("leader").get("/summaries/?document=")
    assert (answer.status_code, "from=2021-08-23&to=2021-08-23" in answer.headers["Location"]) == (
        302, True,
    )  # fmt: skip


@ONCE
def test_days_that_cannot_be_read_are_told_at_their_field_and_kept(world):
    client = world.sign_in("leader")
    for query, said in (
        ("from=32/13/2021&to=1/9/2021", 'value="32/13/2021"'),
        ("from=20/8/2021&to=10/8/2021", "Ngày cuối phải sau ngày đầu."),
        ("from=1/1/2030&to=2/1/2030", "Ngày này chưa đến."),
        ("from=2021-08-01&to=2021-08-02&documents=x", "Không đọc được văn bản “x”."),
    ):
        assert said in page(client, query)


@ONCE
def test_the_days_of_the_form_can_be_sent_again_in_english_too(world):
    client = world.sign_in("leader")
    client.post("/language", data={"language": "en", "csrf_token": csrf_of(client.get("/").text)})
    for path, names in (
        ("/summaries/", ("from", "to")),
        ("/summaries/timeline", ("from", "until")),
    ):
        text = page(client, "", path)
        typed = {name: re.search(rf'name="{name}" value="([^"]+)"', text)[1] for name in names}
        assert "dd-error" not in page(client, urlencode(typed), path)


def test_documents_source_and_agency_narrow_it(september):
    client = september.sign_in("office")
    key = "2021-0001"
    rows = figures(page(client, f"{DAYS}&documents={key}&documents=2021-0099"))
    assert rows["Cộng"][0]["given"] == "5"
    assert "Không có nhiệm vụ nào trong kỳ này" in page(client, f"{DAYS}&source=meeting")
    assert set(figures(page(client, f"{DAYS}&agency=H32.10"))) == {"UBND huyện Cam Lâm", "Cộng"}


def test_what_came_into_the_book_later_is_told_and_counted_when_asked(september):
    september.clock.at += timedelta(days=2)
    client = september.sign_in("office")
    september.issue(september.clause(lead="H32.05", coordinating=()), issued_on=date(2021, 9, 27))
    text = page(client)
    assert "1 nhiệm vụ giao đến hết kỳ nhưng vào sổ sau ngày 30/09/2021 nên chưa tính." in text
    assert figures(text)["Cộng"][0]["new"] == "1"
    [url] = re.findall(r'nên chưa tính\. <a href="([^"]+)"', text)
    asked = page(client, unescape(url).partition("?")[2])
    assert figures(asked)["Cộng"][0]["new"] == "2"
    assert "nên chưa tính" not in asked


def test_an_agency_reads_its_own_figures_only(september):
    rows = figures(page(september.sign_in("other_clerk")))
    assert set(rows) == {"Sở Xây dựng", "Cộng"}


def test_more_rows_cost_no_more_statements(september):
    client = september.sign_in("leader")
    few = [statements(september, client, path) for path in ("/summaries/", "/summaries/meeting")]
    for _ in range(2):
        september.issue(
            *(
                september.clause(n, lead=("H32.02", "H32.03", "H32.05"), deadline="Trước ngày 10-9")
                for n in range(1, 8)
            )
        )
    assert [statements(september, client, p) for p in ("/summaries/", "/summaries/meeting")] == few
    assert max(few) <= 8


def statements(world, client, path):
    seen = []

    def note(connection, cursor, statement, *rest):
        if not statement.upper().startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    engine = world.office.engine
    event.listen(engine, "before_cursor_execute", note)
    page(client, path=path)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_what_coordinating_agencies_owe_is_counted_and_told(world, clock):
    [made] = world.issue(world.clause(coordinating=("H32.04", "H32.02")))
    world.act("clerk", made.number, Action.ACCEPT)
    world.act(
        "clerk", made.number, Action.REQUEST_INPUT, what="Số liệu quý III",
        agencies=(world.agencies["H32.04"].id,), needed_on=date(2021, 8, 31),
    )  # fmt: skip
    clock.at += timedelta(days=16)
    client = world.sign_in("leader")
    text = page(client, "from=2021-09-01&to=2021-09-08")
    [url] = re.findall(r'chưa trả lời <span[^>]*><a href="([^"]+)">1</a>', text)
    late = client.get(unescape(url)).text
    assert "Số liệu quý III" in late
    assert '<span class="dd-late">8</span>' in late
    assert "Sở Xây dựng (1)" in words_of(draft(client, days="from=2021-09-01&to=2021-09-08"))
    assert "chưa trả lời <span" not in page(client, "from=2021-08-01&to=2021-08-31")


@ONCE
def test_extensions_and_new_leads_of_the_days_open_their_rows(world, clock):
    made = world.issue(*(world.clause(n, coordinating=()) for n in (1, 2, 3)))
    for one in made[:2]:
        world.act("clerk", one.number, Action.REQUEST_EXTENSION, due_on=date(2021, 10, 20),
                  reason="Mưa bão")  # fmt: skip
    world.act("leader", made[0].number, Action.DECIDE_EXTENSION, decision="granted")
    world.act("leader", made[1].number, Action.DECIDE_EXTENSION, decision="refused", reason="Gấp")
    world.act("clerk", made[1].number, Action.REQUEST_EXTENSION, due_on=date(2021, 10, 11),
              reason="Thêm tuần")  # fmt: skip
    world.act("office", made[2].number, Action.REASSIGN, agency=world.agencies["H32.04"].id,
              reason="Đúng ngành")  # fmt: skip
    client = world.sign_in("office")
    text = page(client)
    for kind, count, said in (
        ("asked", 3, "11/10/2021"),
        ("granted", 1, "29/09/2021"),
        ("refused", 1, "20/10/2021"),
        ("reassigned", 1, "Sở Xây dựng"),
    ):
        [(url, told)] = re.findall(
            rf'href="([^"]*/summaries/moves[^"]*kind={kind}[^"]*)">(\d+)<', text
        )
        assert int(told) == count
        rows = client.get(unescape(url)).text
        assert rows.count("<tr") == count + 1
        assert said in rows
    other = world.sign_in("other_clerk").get("/summaries/moves?kind=asked").text
    assert made[0].number not in other
