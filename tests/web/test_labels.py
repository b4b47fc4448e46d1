"""A code without words is shown as it is, and the log says so once."""

from web.labels import label


def test_a_code_without_words_is_said_in_the_log_once(app, caplog):
    with app.test_request_context():
        assert label("no_such_code", "state") == "no_such_code"
        assert label("no_such_code", "state") == "no_such_code"
        assert label("assigned", "state") == "Chờ tiếp nhận"
    assert [one.getMessage() for one in caplog.records] == [
        "no words for 'no_such_code' among state"
    ]
