"""The settings of background work: read once, refused in words, no secret told."""

from datetime import time, timedelta

import pytest

from web.background import WrongSettingError, background_from
from web.config import SettingsError, from_env


def test_without_settings_everything_runs_here_and_no_letter_leaves():
    found = background_from({})
    assert (found.jobs.engine, found.mail.by, found.mail.leaves) == ("instance", "none", False)
    assert (found.hours.opens, found.hours.closes) == (time(7, 30), time(17, 0))
    assert found.jobs.sweep_at == time(0, 30)


def test_all_of_it_can_be_told():
    found = background_from(
        {
            "DONDOC_MAIL": "smtp",
            "DONDOC_SMTP_HOST": "mail.khanhhoa.gov.vn",
            "DONDOC_SMTP_PORT": "465",
            "DONDOC_SMTP_SECURITY": "tls",
            "DONDOC_SMTP_USER": "dondoc",
            "DONDOC_SMTP_PASSWORD": "bí mật",
            "DONDOC_MAIL_FROM": "dondoc@khanhhoa.gov.vn",
            "DONDOC_PUBLIC_URL": "https://dondoc.khanhhoa.gov.vn",
            "DONDOC_JOBS": "redis://localhost:6379/0",
            "DONDOC_JOB_THREADS": "0",
            "DONDOC_JOB_LEASE_SECONDS": "120",
            "DONDOC_SWEEP_AT": "1:05",
            "DONDOC_OFFICE_OPENS": "07:00",
            "DONDOC_OFFICE_CLOSES": "16:30",
            "DONDOC_DIGEST_HOUR": "9",
        }
    )
    assert (found.mail.port, found.mail.security) == (465, "tls")
    assert found.public_url == "https://dondoc.khanhhoa.gov.vn/"
    assert (found.jobs.threads, found.jobs.lease) == (0, timedelta(minutes=2))
    assert (found.jobs.sweep_at, found.hours.digest_hour) == (time(1, 5), 9)
    assert "bí mật" not in repr(found)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("MAIL", "pigeon", "one of none, console, smtp"),
        ("SMTP_PORT", "0", "from 1 to 65535"),
        ("SMTP_SECURITY", "ssl", "one of starttls, tls, none"),
        ("JOBS", "celery", "instance, database, off"),
        ("JOB_THREADS", "many", "from 0 to 64"),
        ("JOB_LEASE_SECONDS", "1", "from 5 to 3600"),
        ("SWEEP_AT", "25:00", "a time of day"),
        ("OFFICE_OPENS", "half past seven", "a time of day"),
        ("DIGEST_HOUR", "24", "from 0 to 23"),
        ("PUBLIC_URL", "dondoc.khanhhoa.gov.vn", "an address"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_is_wanted(name, text, wanted):
    with pytest.raises(WrongSettingError, match=f"DONDOC_{name} must be .*{wanted}"):
        background_from({f"DONDOC_{name}": text})


def test_letters_by_smtp_need_the_address_their_links_lead_to():
    with pytest.raises(WrongSettingError, match="DONDOC_PUBLIC_URL"):
        background_from({"DONDOC_MAIL": "smtp"})


def test_offices_cannot_close_before_they_open():
    with pytest.raises(WrongSettingError, match="DONDOC_OFFICE_CLOSES"):
        background_from({"DONDOC_OFFICE_OPENS": "17:00", "DONDOC_OFFICE_CLOSES": "8:00"})


def test_the_program_tells_a_wrong_one_like_any_other(tmp_path):
    environ = {"DONDOC_INSTANCE": str(tmp_path), "DONDOC_SWEEP_AT": "never"}
    with pytest.raises(SettingsError, match="DONDOC_SWEEP_AT"):
        from_env(environ)


def test_a_wrong_address_with_a_password_in_it_is_not_repeated():
    with pytest.raises(WrongSettingError) as told:
        background_from({"DONDOC_JOBS": "amqp://user:secret@host"})
    assert "secret" not in str(told.value)
