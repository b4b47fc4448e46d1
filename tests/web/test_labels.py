"""A code without words is shown as it is, and the log says so once."""

from web.history.telling import words
from web.labels import label


def test_a_code_without_words_is_said_in_the_log_once(app, caplog):
    with app.test_request_context():
        assert label("no_such_code", "state") == "no_such_code"
        assert label("no_such_code", "state") == "no_such_code"
        assert label("assigned", "state") == "Chờ tiếp nhận"
    assert [one.getMessage() for one in caplog.records] == [
        "no words for 'no_such_code' among state"
    ]


def test_the_number_of_a_paper_is_no_code_without_words(app, caplog):
    with app.test_request_context():
        told = [words("source", "7215/UBND-KSTTHC"), words("state", "in_progress")]
        unknown = words("state", "no_such_state")
    assert told == ["7215/UBND-KSTTHC", "Đang thực hiện"]
    assert unknown == "no_such_state"
    assert [one.getMessage() for one in caplog.records] == [
        "no words for 'no_such_state' among state"
    ]


def test_what_does_not_look_like_a_code_stays_out_of_the_log(app, caplog):
    with app.test_request_context():
        assert label("Bà Hoa, số 7", "state") == "Bà Hoa, số 7"
    assert [one.getMessage() for one in caplog.records] == [
        "no words for 'what is no code' among state"
    ]
