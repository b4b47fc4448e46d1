"""What the report shows apart: a page for each agency at a meeting, the progress to a day."""

import re
from datetime import date
from html import unescape

import standing
from report_pages import DAYS, ONCE, page
from sqlalchemy import update

from models.agencies.rows import AgencyRow
from workflow.text import sort_key


def test_each_agency_has_a_page_for_the_meeting(september):
    text = page(september.sign_in("leader"), path="/summaries/meeting")
    assert text.count('class="dd-paper"') == 4
    own = text.partition("Sở Xây dựng")[2].partition("</article>")[0]
    assert "Vướng mắc: =1+1 thiếu số liệu" in own
    assert "Yêu cầu hoàn thành nhiệm vụ" in own
    assert "Trả lời 1 đề nghị, kiến nghị" in own


def test_the_agency_that_was_asked_for_stands_before_its_units(world):
    unit_name = "An Bình, đơn vị trực thuộc"
    with world.unit() as unit:
        of = AgencyRow.code == "H32.10.1"
        unit.connection.execute(
            update(AgencyRow).where(of).values(name=unit_name, sort_key=sort_key(unit_name))
        )
    world.issue(world.clause(1, lead="H32.10.1"), world.clause(2, lead="H32.10"))
    text = page(world.sign_in("leader"), "agency=H32.10", "/summaries/meeting")
    names = re.findall(r'<h2 id="paper-\d">([^<]+)</h2>', text)
    assert names == [world.agencies["H32.10"].name, unit_name]


def test_the_page_for_the_meeting_tells_of_missing_periods_of_the_year_unless_asked(world, clock):
    standing.standing(world, lead="H32.04")
    standing.go_to(world, date(2021, 11, 22))
    text = page(world.sign_in("leader"), "agency=H32.04", "/summaries/meeting")
    assert "từ ngày 01/01/2021 đến ngày 22/11/2021" in text
    own = text.partition('class="dd-paper"')[2].partition("</article>")[0]
    assert "3 kỳ báo cáo quá hạn, chưa nộp</a>, lâu nhất từ hạn 19/09/2021" in own
    assert 'href="/periods/?agency=H32.04&amp;count=missing"' in own
    assert "Yêu cầu gửi ngay 3 báo cáo kỳ còn thiếu (lâu nhất quá 64 ngày)." in own


def test_an_agency_outside_the_scope_has_none(september):
    client = september.sign_in("other_clerk")
    assert client.get(f"/summaries/meeting?{DAYS}&agency=H32.03").status_code == 404
    assert client.get(f"/summaries/meeting?{DAYS}&agency=H32.04").status_code == 200


def test_what_falls_due_up_to_a_day_is_counted_and_drawn(september):
    text = page(september.sign_in("leader"), "until=2021-09-30", "/summaries/timeline")
    assert "5 nhiệm vụ đến hạn tới 30/09/2021: 1 đã xong, 2 quá hạn chưa xong" in text
    assert text.count('class="dd-line-bar"') == 5
    assert "Tạm dừng" in text
    [(column, more)] = re.findall(r'<a href="([^"]+)" aria-label="09/09/2021: (\d+)', text)
    narrowed = page(september.sign_in("leader"), unescape(column).partition("?")[2],
                    "/summaries/timeline")  # fmt: skip
    assert narrowed.count('class="dd-line-bar"') == int(more) == 4


@ONCE
def test_days_of_the_progress_that_cannot_be_read_are_told(world):
    client = world.sign_in("clerk")
    for query, said in (("until=x", "dd-error"), ("from=2021-12-31&until=2021-01-01", "dd-error")):
        assert said in page(client, query, "/summaries/timeline")
    assert "Không có nhiệm vụ nào đến hạn" in page(
        client, "until=2021-09-30", "/summaries/timeline"
    )


def test_many_agencies_are_chosen_from_before_their_pages_are_built(september, monkeypatch):
    monkeypatch.setattr("web.summaries.meeting.AT_ONCE", 1)
    client = september.sign_in("leader")
    text = page(client, path="/summaries/meeting")
    assert "Chọn cơ quan" in text
    assert 'class="dd-paper"' not in text
    assert 'class="dd-paper"' in page(client, f"{DAYS}&all=yes", "/summaries/meeting")
