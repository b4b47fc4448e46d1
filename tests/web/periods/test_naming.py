"""What a period is called, by its rule and its due day."""

from datetime import date

import pytest

from web.periods.naming import name_of
from workflow.periods.records import Period

NAMES = [
    ("FREQ=MONTHLY;BYMONTHDAY=19", date(2025, 10, 19), "tháng 10/2025"),
    ("FREQ=MONTHLY;BYMONTHDAY=5", date(2025, 10, 5), "tháng 9/2025"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2025, 10, 31), "tháng 10/2025"),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", date(2025, 9, 20), "quý III/2025"),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", date(2026, 1, 5), "quý IV/2025"),
    ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", date(2025, 6, 15), "6 tháng đầu năm 2025"),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", date(2025, 12, 15), "năm 2025"),
    ("FREQ=WEEKLY;BYDAY=FR", date(2025, 10, 3), "tuần đến 03/10/2025"),
    ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=20", date(2025, 10, 20), "3"),
    ("FREQ=MONTHLY;BYMONTHDAY=10,25", date(2025, 10, 25), "3"),
    ("", date(2025, 10, 25), "3"),
]


@pytest.mark.parametrize(("rule", "due", "name"), NAMES)
def test_a_period_is_called_by_what_it_reports_on(app, rule, due, name):
    period = Period(id=1, directive_id=1, serial=3, from_on=due, to_on=due, due_on=due, agency_id=1)
    with app.test_request_context():
        assert name_of(period, rule) == name
